import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx, writeXlsx } from 'hucre'
import { createTransport } from 'nodemailer'
import PostalMime, { type Email } from 'postal-mime'
import { expect, onTestFinished, test } from 'vitest'
import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import { LocalClock } from '../../../infra/local/clock.ts'
import { openMaildirs } from '../../../infra/local/mail/maildir.ts'
import { openSmtpIn } from '../../../infra/local/mail/smtp-in.ts'
import { openContactPlayers } from '../../../infra/local/players/contact-player.ts'
import { directoryOf } from '../../../infra/local/players/directory.ts'
import { knownFiguresSchema, playersScriptSchema } from '../../../infra/local/players/script.ts'

const set = join(import.meta.dirname, '../../../infra/local/sample/set')
const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(set, ...path), 'utf8'))
const script = playersScriptSchema.parse(json('players.json'))
const agreements = readdirSync(join(set, 'agreements')).map((name) =>
  agreementFileSchema.parse(json('agreements', name)),
)
const directory = directoryOf(agreements, script, knownFiguresSchema.parse(json('figures.json')))

const svar = 'svar+svendborg-rk-2014-7qx4m2p9t3vw8hnd@svar.ministeriet.example'
const form =
  'M1 i alt: ____ personer\n\nM1 heraf: ____ personer\n\nM2: ____ uger\n\nM3: ____\n\nFS2: ____ personer\n\nH1 udgift: ____ kr.\n\nFormidling: ____\n'
const contactOf = (id: string): string =>
  agreements.find(({ agreement }) => agreement.id === id)!.contacts.find(({ role }) => role === 'contact')!
    .email
const caseOf = (id: string): string =>
  agreements.find(({ agreement }) => agreement.id === id)!.agreement.caseNumber

interface Received {
  readonly atMs: number
  readonly raw: Buffer
}

async function start(options: { root?: string; except?: string[]; brokenLanding?: () => boolean } = {}) {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'players-'))
  const clock = new LocalClock({
    mode: 'moved',
    startMs: Date.parse('2015-01-15T08:00:00Z'),
    file: join(root, 'clock.json'),
  })
  const maildirs = openMaildirs(join(root, 'mailboxes'))
  const received: Received[] = []
  const smtp = await openSmtpIn({
    port: 0,
    clock,
    domains: ['svar.ministeriet.example'],
    verdicts: {},
    landing: {
      bucketName: 'landing',
      topicArn: 'arn:aws:sns:eu-west-1:000000000000:received',
      put: (_key, raw) => {
        if (options.brokenLanding?.() === true) throw new Error('The disk is full')
        received.push({ atMs: clock.now(), raw })
      },
    },
    enqueue: () => undefined,
  })
  const troubles: unknown[] = []
  const players = await openContactPlayers({
    script,
    directory,
    except: new Set(options.except),
    maildirs,
    smtpPort: smtp.port,
    outboxFolder: join(root, 'players'),
    clock,
    onTrouble: (trouble) => troubles.push(trouble),
  })
  const stop = async (): Promise<void> => {
    clock.stop()
    await players.close()
    await smtp.close()
  }
  onTestFinished(async () => {
    await stop().catch(() => undefined)
    rmSync(root, { recursive: true, force: true })
  })
  return { root, clock, maildirs, received, players, troubles, stop }
}

async function letter(over: {
  to: string
  caseNumber: string
  subject?: string
  text?: string
  workbook?: Uint8Array
}): Promise<Buffer> {
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    from: { name: 'Ministeriet', address: svar },
    to: over.to,
    subject: `${over.subject ?? 'Resultatkontrakt: indberetning for 2014, frist 2. marts 2015'} (sagsnr. ${over.caseNumber}) [#7QX4M2P9T3VW8HND]`,
    date: new Date('2015-01-15T08:00:00Z'),
    messageId: `<request-${over.caseNumber}@eu-west-1.amazonses.com>`,
    text: over.text ?? form,
    ...(over.workbook === undefined
      ? {}
      : { attachments: [{ filename: 'indberetning-2014.xlsx', content: Buffer.from(over.workbook) }] }),
  })
  return message as Buffer
}

const parsed = (received: readonly Received[]): Promise<Email[]> =>
  Promise.all(received.map(({ raw }) => PostalMime.parse(raw)))
const runTo = async (clock: LocalClock, day: string): Promise<void> => {
  const moved = await clock.moveTo(`${day}T12:00:00Z`)
  if (!moved.reached) throw new Error(moved.because)
}

test('a contact answers at her time, with her figures, and the letter is then read', async () => {
  const { clock, maildirs, received } = await start()
  const address = contactOf('svendborg-rk')
  maildirs.deliver(address, '1-request', await letter({ to: address, caseNumber: caseOf('svendborg-rk') }))
  await runTo(clock, '2015-02-23')
  expect(received).toHaveLength(0)
  expect(maildirs.list(address).map(({ seen }) => seen)).toEqual([false])
  await runTo(clock, '2015-02-25')
  const [mail] = await parsed(received)
  expect(new Date(received[0]!.atMs).toISOString()).toBe('2015-02-24T13:07:00.000Z')
  expect(mail?.from?.address).toBe(address)
  expect(mail?.to?.[0]?.address).toBe(svar)
  expect(mail?.text).toContain('M1 i alt 134 personer')
  expect(mail?.inReplyTo).toBe(`<request-${caseOf('svendborg-rk')}@eu-west-1.amazonses.com>`)
  expect(maildirs.list(address).map(({ seen }) => seen)).toEqual([true])
})

test('a player killed before its answer was accepted sends the same message after a restart, and none after', async () => {
  let broken = true
  const first = await start({ brokenLanding: () => broken })
  const address = contactOf('faaborg-midtfyn-rk')
  const workbook = await writeXlsx({
    sheets: [
      {
        name: 'Indberetning',
        rows: [
          ['Indberetning for 2014'],
          [],
          [],
          ['Nøgle', 'Enhed', 'Jeres tal (udfyldes)', 'Bemærkning'],
          ['M1 i alt', 'personer', null, null],
          ['M3', '', null, null],
        ],
      },
    ],
  })
  first.maildirs.deliver(
    address,
    '1-request',
    await letter({ to: address, caseNumber: caseOf('faaborg-midtfyn-rk'), workbook }),
  )
  void first.clock.moveTo('2015-03-01T12:00:00Z').catch(() => undefined)
  while (first.troubles.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  await first.stop()
  expect(first.maildirs.list(address)[0]?.seen).toBe(false)

  broken = false
  const second = await start({ root: first.root })
  await runTo(second.clock, '2015-03-02')
  expect(second.received).toHaveLength(1)
  const [mail] = await parsed(second.received)
  const outbox = readdirSync(join(first.root, 'players'))
  expect(outbox).toHaveLength(1)
  expect(mail?.messageId).toContain(outbox[0]!.replace('.json', ''))
  const filled = await readXlsx(new Uint8Array(mail!.attachments[0]!.content as ArrayBuffer))
  expect(filled.sheets[0]?.rows[4]?.[2]).toBe(
    Number(directory.figuresOf('faaborg-midtfyn-rk', '430')['M1 i alt']),
  )
  expect(filled.sheets[0]?.rows[5]?.[2]).toBe('ja, 14. november 2014')
  await second.stop()

  const third = await start({ root: first.root })
  await runTo(third.clock, '2015-03-05')
  expect(third.received).toHaveLength(0)
})

test('one message delivered twice is the same message, and an absence note comes without an envelope sender', async () => {
  const { clock, maildirs, received } = await start()
  for (const id of ['morsoe-pa', 'thisted-pa'])
    maildirs.deliver(contactOf(id), '1-request', await letter({ to: contactOf(id), caseNumber: caseOf(id) }))
  await runTo(clock, '2015-02-28')
  const mails = await parsed(received)
  const twice = received.filter((_, nth) => mails[nth]?.from?.address === contactOf('morsoe-pa'))
  expect(twice).toHaveLength(2)
  const withoutTrace = (raw: Buffer): string => raw.toString('latin1').replace(/^[\s\S]*?(?=From:)/, '')
  expect(withoutTrace(twice[0]!.raw)).toBe(withoutTrace(twice[1]!.raw))
  const note = mails.find(({ subject }) => subject?.startsWith('Automatisk svar:'))
  expect(note?.headers.find(({ key }) => key === 'return-path')?.value).toBe('<>')
  expect(note?.text).toContain('M1 i alt: ____ personer')
})

test('a copy is put aside, and a municipality that a person plays is left alone and waited for', async () => {
  const { clock, maildirs, received, players } = await start({ except: ['479'] })
  const address = contactOf('svendborg-rk')
  maildirs.deliver(address, '1-request', await letter({ to: address, caseNumber: caseOf('svendborg-rk') }))
  maildirs.deliver(
    'post@middelfart-kommune.example',
    '1-copy',
    await letter({ to: contactOf('middelfart-rk'), caseNumber: caseOf('middelfart-rk') }),
  )
  await runTo(clock, '2015-03-02')
  expect(received).toHaveLength(0)
  expect(maildirs.list(address)[0]?.seen).toBe(false)
  expect(maildirs.list('post@middelfart-kommune.example')[0]?.seen).toBe(true)
  expect(await players.waitsFor('479')).toMatchObject([{ address, kind: 'request', seen: false }])
  maildirs.deliver(
    address,
    '2-receipt',
    await letter({
      to: address,
      caseNumber: caseOf('svendborg-rk'),
      subject: 'SV: Resultatkontrakt: indberetning for 2014',
      text: 'Tak, vi har alt, hvad vi skal bruge. I skal ikke gøre mere.',
    }),
  )
  expect(await players.waitsFor('479')).toEqual([])
})
