import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { todayInCopenhagen } from '../../functions/domain/base/time.ts'
import { eventually, startLocal, temporaryFolder, type LocalStart } from '../support/local-year.ts'
import { readMailboxes, type MailboxMail } from '../support/year-mails.ts'

/**
 * A person plays Svendborg with the mail programs of Debian: s-nail on the Maildir and over SMTP, and swaks.
 * They are installed where they are missing (root).
 */
const contact = 'mette.proeve@svendborg-kommune.example'
const run = promisify(execFile)
const environment = { ...process.env, LC_ALL: 'C.UTF-8', HOME: '/nonexistent' }

async function installClients(): Promise<void> {
  const missing = ['s-nail', 'swaks'].filter((name) => !existsSync(`/usr/bin/${name}`))
  if (missing.length === 0) return
  const apt = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  await run('apt-get', ['update', '-qq'], apt)
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], apt)
}

const temporary = temporaryFolder('clients')
const folder = join(temporary.path, 'data')
const maildir = join(folder, 'mailboxes', contact, 'Maildir')
let system: LocalStart

const nowAt = (): string =>
  z.object({ nowAt: z.string() }).parse(JSON.parse(readFileSync(join(folder, 'clock.json'), 'utf8'))).nowAt
const smtp = (): URL => {
  const addresses = z
    .object({ smtp: z.string() })
    .parse(JSON.parse(readFileSync(join(folder, 'addresses.json'), 'utf8')))
  return new URL(addresses.smtp)
}
const inbox = async (): Promise<readonly MailboxMail[]> =>
  existsSync(maildir) ? (await readMailboxes(folder)).filter(({ mailbox }) => mailbox === contact) : []
const mailNamed = (subject: RegExp): Promise<MailboxMail> =>
  eventually(
    `a mail ${String(subject)}`,
    async () => (await inbox()).find((mail) => subject.test(mail.subject)),
    {
      withinMs: 60_000,
      everyMs: 300,
    },
  )
/** Mails of the contact that answer her own. */
const receipts = async (): Promise<readonly MailboxMail[]> =>
  (await inbox()).filter(
    ({ subject, headers }) => subject.startsWith('SV:') && headers.get('auto-submitted') === 'auto-replied',
  )
const seen = new Set<string>()
/** The receipt that was not there before: while the clock stands all are of the same moment, in no order. */
const nextReceipt = async (): Promise<MailboxMail> => {
  const found = await eventually(
    'a receipt',
    async () => (await receipts()).find(({ id }) => !seen.has(id)),
    { everyMs: 300 },
  )
  seen.add(found.id)
  return found
}
const turns = (): number => system.printed().stdout.split('479 has the turn').length - 1

/** Runs s-nail on the contact's Maildir with commands as if typed. */
async function snail(options: readonly string[], commands: string): Promise<string> {
  const child = run('s-nail', ['-:/', ...options, '-f', maildir], { env: environment })
  // It may have ended without reading: then its exit code tells.
  child.child.stdin?.on('error', () => undefined).end(commands)
  return (await child).stdout
}
/** The number s-nail shows a mail under. */
async function numberOf(subject: RegExp): Promise<string> {
  const list = await snail(['-R', '-H', '-Sttycharset=utf-8', '-Sheadline=%m %s'], '')
  const line = list.split('\n').find((one) => subject.test(one))
  const [number] = /\d+/.exec(line ?? '') ?? []
  if (number === undefined) throw new Error(`s-nail lists no ${String(subject)}:\n${list}`)
  return number
}
/** A real reply: In-Reply-To, References, the quotation above the answer. */
const replyWithSnail = async (subject: RegExp, lines: readonly string[]): Promise<string> =>
  snail(
    [
      '-#',
      '-Sv15-compat',
      `-Smta=${smtp().href}`,
      '-Ssmtp-auth=none',
      '-Sttycharset=utf-8',
      // s-nail would take the comma in the ministry's name for a second address.
      '-Sreply-to-honour',
      '-Squote',
      '-Sindentprefix=> ',
      `-Sfrom=${contact}`,
    ],
    `reply ${await numberOf(subject)}\n${lines.join('\n')}\n~.\nexit\n`,
  )
const standsStill = async (): Promise<boolean> => {
  const before = nowAt()
  await sleep(2500)
  return nowAt() === before
}

beforeAll(async () => {
  await installClients()
  system = startLocal(['--play', '479', '--port', '0', '--data', folder])
}, 240_000)
afterAll(async () => {
  await system.kill()
  temporary.remove()
})

describe('a person plays Svendborg', () => {
  it('the clock stands while it is her turn, and goes on when she has answered with s-nail', async () => {
    await mailNamed(/er I fortsat kontakt/)
    await eventually('the turn is told', () => (turns() > 0 ? true : undefined))
    expect(await standsStill()).toBe(true)
    const stoodAt = nowAt()
    await replyWithSnail(/er I fortsat kontakt/, ['OK'])
    await mailNamed(/: indberetning for 2014, frist/)
    expect(nowAt() > stoodAt).toBe(true)
  })

  it('s-nail lists and reads the request; the clock stands on its day', async () => {
    await eventually('the turn is told again', () => (turns() > 1 ? true : undefined))
    const number = await numberOf(/indberetning for 2014/)
    const shown = await snail(['-R', '-Sttycharset=utf-8'], `type ${number}\nexit\n`)
    expect(shown).toContain('Indberetning af resultater for 2014')
    expect(shown).toContain('M1 i alt: ____ personer')
    expect(todayInCopenhagen(nowAt())).toBe('2015-01-15')
    expect(await standsStill()).toBe(true)
  })

  it('a reply by s-nail with its quotation is answered at once with the figures as they were read', async () => {
    await replyWithSnail(/indberetning for 2014/, ['M1 i alt: 134', 'M1 heraf: 61', 'M2: 24,5'])
    const receipt = await nextReceipt()
    expect(receipt.text.split('\n')[0]).toMatch(/^Tak\. Vi mangler /)
    expect(receipt.text).toContain('Mål 1: 61 af 134 personer = 45,5 pct.')
    expect(receipt.text).toContain('Mål 2: 24,5 uger')
    // Something is missing: it is still her turn.
    expect(await standsStill()).toBe(true)
    expect(todayInCopenhagen(nowAt())).toBe('2015-01-15')
  })

  it('the rest by swaks completes it, and the clock goes on', async () => {
    const request = await mailNamed(/: indberetning for 2014, frist/)
    const stoodAt = nowAt()
    const subject = Buffer.from('Vores tal for 2014 (æøå)').toString('base64')
    const rest = 'M3: ja, 14. november 2014\nFS2: 66\nH1 udgift: 400.000 kr.\nFormidling: kommer senere\n'
    const options = {
      '--server': smtp().host,
      '--from': contact,
      '--to': request.replyTo,
      '--h-Subject': `=?utf-8?B?${subject}?=`,
      '--body': rest,
      '--silent': '2',
    }
    const headers = [`In-Reply-To: ${request.messageId}`, 'Content-Type: text/plain; charset=utf-8']
    await run('swaks', [
      ...Object.entries(options).flat(),
      ...headers.flatMap((header) => ['--add-header', header]),
    ])
    const receipt = await nextReceipt()
    expect(receipt.text.split('\n')[0]).toBe('Tak, vi har alt, hvad vi skal bruge. I skal ikke gøre mere.')
    expect(receipt.text).toContain('Mål 3: ja, 14. november 2014')
    expect(receipt.text).toContain('Aktivitet 1, udgift: 400.000 kr.')
    expect(receipt.inReplyTo).not.toBe('')
    await eventually('the clock goes on', () => (nowAt() > stoodAt ? true : undefined))
  })
})
