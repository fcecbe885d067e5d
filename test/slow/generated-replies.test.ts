import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { MailRecord } from '../../functions/domain/casefile/mails.ts'
import { clockStateSchema } from '../../infra/local/control.ts'
import { compose } from '../integration/intake/compose-mail.ts'
import { replyOf } from '../integration/intake/reply-generator.ts'
import { combinations, recipe } from '../integration/intake/reply-recipes.ts'
import { figuresOfReading } from '../integration/intake/seen-figures.ts'
import { seenReply } from '../integration/intake/seen-recipes.ts'
import { chanceOf } from '../support/chance.ts'
import { eventually, startLocal, temporaryFolder, type LocalStart } from '../support/local-year.ts'
import { readMailboxes, type MailboxMail } from '../support/year-mails.ts'
import { readYearRecord } from '../support/year-record.ts'

/**
 * Replies of both generators to Svendborg's real request, sent by SMTP to the local system as it runs: each is in the
 * record with what its generator says, and nothing else. `REPLY_SEED=<whole number>` draws the same again,
 * `REPLIES=<n>` more or fewer.
 */
const seed = Number(process.env['REPLY_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const wanted = Number(process.env['REPLIES'] ?? 200)
const contact = 'mette.proeve@svendborg-kommune.example'

/** A reply, what its sender means, and whether the layout leaves nothing to ask. */
interface Drawn {
  readonly id: string
  readonly what: unknown
  readonly raw: Buffer
  readonly meant: Readonly<Record<string, string>>
  readonly isPlain: boolean
}

/** Half by marker, header style and quoting, half by the layouts that say which figures are meant. */
const draw = async (request: string): Promise<readonly Drawn[]> => {
  const chance = chanceOf(seed)
  const numbers = (count: number, below: number): readonly number[] => {
    const drawn = new Set<number>()
    while (drawn.size < count) drawn.add(Math.floor(chance() * below))
    return [...drawn]
  }
  const half = Math.ceil(wanted / 2)
  const quoting = numbers(half, combinations).map(async (nth): Promise<Drawn> => {
    const { raw, expected } = await replyOf(recipe(nth), request)
    return { id: `<generated-${nth}@svendborg-kommune.example>`, what: recipe(nth), raw, meant: expected, isPlain: true } // prettier-ignore
  })
  const laidOut = numbers(wanted - half, 1_000_000).map(async (nth): Promise<Drawn> => {
    const { layout, parts, meant, isPlain } = await seenReply(nth)
    const id = `<seen-${nth}@svendborg-kommune.example>`
    return { id, what: { layout, nth }, raw: await compose({ ...parts, messageId: id }), meant, isPlain }
  })
  return Promise.all([...quoting, ...laidOut])
}

/** Is a mail on the record as it was meant: every figure, none beside them, and a question where the layout leaves one? */
const isRight = ({ meant, isPlain }: Drawn, mail: MailRecord | undefined): boolean => {
  if (mail?.standing !== 'counts') return false
  const found = figuresOfReading({ answers: mail.values })
  if (isPlain)
    return isDeepStrictEqual(found, meant) && mail.values.length === Object.keys(meant).length && mail.doubts.length === 0 // prettier-ignore
  const asked = mail.doubts.map(({ key }) => key)
  return (
    Object.entries(found).every(([key, value]) => meant[key] === value) &&
    Object.keys(meant).every((key) => found[key] !== undefined || asked.some((one) => key === one || key.startsWith(`${one} `))) // prettier-ignore
  )
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
/** The first turn may pass untold: its mail is answered as soon as it is there. */
const isTheirTurn = (subject: string): boolean =>
  system.printed().stdout.includes(`479 has the turn: "${subject}"`)

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
    await eventually('the clock stands at it', () => (isTheirTurn(request.subject) ? true : undefined), {
      withinMs: 300_000,
    })
    const isIdle = async () => ((await inHand()) === '' ? true : undefined)
    const replies = await draw(request.text)
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
    const wrong = replies.flatMap((reply) => {
      const mail = mails.find(({ details }) => details?.messageId === reply.id)
      const { what, meant } = reply
      return isRight(reply, mail)
        ? []
        : [{ what, meant, standing: mail?.standing, values: mail?.values, doubts: mail?.doubts }]
    })
    expect(replies).toHaveLength(wanted)
    expect(wrong).toEqual([])
  })
})
