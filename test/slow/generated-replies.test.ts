import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { clockStateSchema } from '../../infra/local/control.ts'
import { replyOf } from '../integration/intake/reply-generator.ts'
import { combinations, recipe, type Recipe } from '../integration/intake/reply-recipes.ts'
import { eventually, startLocal, temporaryFolder, type LocalStart } from '../support/local-year.ts'
import { readMailboxes, type MailboxMail } from '../support/year-mails.ts'
import { readYearRecord } from '../support/year-record.ts'
import { values } from '../unit/intake/mail.ts'

/**
 * Replies of the generator to Svendborg's real request, sent by SMTP to the local system as it runs: each is in the
 * record with what the generator says, and nothing else. `REPLY_SEED=<whole number>` draws the same again,
 * `REPLIES=<n>` more or fewer.
 */
const seed = Number(process.env['REPLY_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const wanted = Number(process.env['REPLIES'] ?? 200)
const contact = 'mette.proeve@svendborg-kommune.example'

/** Mulberry32: the same row of numbers from 0 to 1 for the same seed. */
const chanceOf = (start: number): (() => number) => {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const draw = (): readonly Recipe[] => {
  const chance = chanceOf(seed)
  const drawn = new Set<number>()
  while (drawn.size < wanted) drawn.add(Math.floor(chance() * combinations))
  return [...drawn].map(recipe)
}

const temporary = temporaryFolder('replies')
const folder = join(temporary.path, 'data')
const maildir = join(folder, 'mailboxes', contact, 'Maildir')
const addresses = () =>
  z
    .object({ smtp: z.string(), console: z.string() })
    .parse(JSON.parse(readFileSync(join(folder, 'addresses.json'), 'utf8')))
const inHand = async (): Promise<string> => {
  const answer = await fetch(new URL('/local/clock', addresses().console))
  const { inHand: work } = clockStateSchema.parse(await answer.json())
  return work.map(({ reason, count }) => `${reason} ${count}`).join(', ')
}
const mailNamed = (subject: RegExp): Promise<MailboxMail> =>
  eventually(
    `a mail ${String(subject)}`,
    async () =>
      // Opening the mailboxes would make the folder that the system is about to make.
      existsSync(maildir)
        ? (await readMailboxes(folder)).find((mail) => mail.mailbox === contact && subject.test(mail.subject))
        : undefined,
    { withinMs: 120_000, everyMs: 300 },
  )
const turns = (): number => system.printed().stdout.split('479 has the turn').length - 1

let system: LocalStart
beforeAll(() => {
  system = startLocal(['--play', '479', '--port', '0', '--data', folder])
})
afterAll(async () => {
  await system.kill()
  temporary.remove()
})

describe(`${wanted} replies by SMTP, drawn by ${seed}`, () => {
  it(`each is recorded with the figures it was made of (REPLY_SEED=${seed})`, async () => {
    const question = await mailNamed(/er I fortsat kontakt/)
    const { host } = new URL(addresses().smtp)
    const [hostname = '', port = ''] = host.split(':')
    const transport = createTransport({ host: hostname, port: Number(port), secure: false, ignoreTLS: true })
    const send = (raw: string | Buffer, to: string) =>
      transport.sendMail({ envelope: { from: contact, to }, raw })
    await send(`From: ${contact}\r\nTo: ${question.replyTo}\r\nSubject: SV: ${question.subject.replace(/[^\x20-\x7e]/gu, '')}\r\nMessage-ID: <first@svendborg-kommune.example>\r\n\r\nOK\r\n`, question.replyTo) // prettier-ignore
    const request = await mailNamed(/: indberetning for 2014, frist/)
    await eventually('the turn is told again', () => (turns() > 1 ? true : undefined), { withinMs: 300_000 })
    const isIdle = async () => ((await inHand()) === '' ? true : undefined)
    const replies = await Promise.all(
      draw().map(async (asked) => ({ asked, ...(await replyOf(asked, request.text)) })),
    )
    // One after another: of many at once one may lose every race for the case, and is tried again when the clock goes on.
    for (const { raw } of replies) {
      await send(raw, request.replyTo)
      await eventually('it is taken in', isIdle, { withinMs: 120_000, everyMs: 20 })
    }
    await system.kill()
    const { agreements, inbox } = await readYearRecord(folder, 2014)
    // Nothing lies where a person would have to place it.
    expect(
      inbox.flatMap(({ state }) => state.mails.map(({ reason, private: words }) => [reason, words?.subject])),
    ).toEqual([])
    const mails = [...agreements.values()].flatMap(({ review }) => review.state.mails)
    const wrong = replies.flatMap(({ asked, expected }) => {
      const id = `<generated-${asked.seed}@svendborg-kommune.example>`
      const mail = mails.find(({ details }) => details?.messageId === id)
      const found = {
        standing: mail?.standing,
        values: mail === undefined ? null : values({ answers: mail.values.map((one) => ({ ...one, text: '', written: '' })), doubts: [], wishes: [], confirms: false, freeText: '', theirCaseNumber: null, citizenData: false }), // prettier-ignore
        doubts: mail?.doubts ?? [],
      }
      const right = { standing: 'counts', values: expected, doubts: [] }
      return JSON.stringify(sorted(found.values)) === JSON.stringify(sorted(right.values)) &&
        found.standing === right.standing &&
        found.doubts.length === 0
        ? []
        : [{ asked, right, found }]
    })
    expect(replies).toHaveLength(wanted)
    expect(wrong).toEqual([])
  })
})

const sorted = (read: Readonly<Record<string, string>> | null): readonly (readonly [string, string])[] =>
  Object.entries(read ?? {}).toSorted(([one], [other]) => one.localeCompare(other))
