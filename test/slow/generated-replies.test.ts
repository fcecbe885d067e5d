import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MailRecord } from '../../functions/domain/casefile/mails.ts'
import { compose } from '../integration/intake/compose-mail.ts'
import { replyOf } from '../integration/intake/reply-generator.ts'
import { combinations, recipe } from '../integration/intake/reply-recipes.ts'
import { figuresOfReading } from '../integration/intake/seen-figures.ts'
import { seenReply } from '../integration/intake/seen-recipes.ts'
import { chanceOf } from '../support/chance.ts'
import { eventually } from '../support/local-year.ts'
import { readYearRecord } from '../support/year-record.ts'
import { contact, openStandingYear } from './standing-year.ts'

/**
 * Replies of both generators to Svendborg's real request, sent by SMTP to the local system as it runs: each is in the
 * record with what its generator says, and nothing else. `REPLY_SEED=<whole number>` draws the same again,
 * `REPLIES=<n>` more or fewer.
 */
const seed = Number(process.env['REPLY_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const wanted = Number(process.env['REPLIES'] ?? 200)

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

let year: ReturnType<typeof openStandingYear>
beforeAll(() => {
  year = openStandingYear('replies')
})
afterAll(() => year.end())

describe(`${wanted} replies by SMTP, drawn by ${seed}`, () => {
  it(`each is recorded with the figures it was made of (REPLY_SEED=${seed})`, async () => {
    const request = await year.untilRequest()
    const isIdle = async () => ((await year.inHand()) === '' ? true : undefined)
    const replies = await draw(request.text)
    // One after another: of many at once one may lose every race for the case, and is tried again when the clock goes on.
    for (const { raw } of replies) {
      // A connection that stays open is work in hand.
      const { send, close } = year.openSmtp(1)
      await send(contact, request.replyTo, raw)
      close()
      await eventually('it is taken in', isIdle, { withinMs: 120_000, everyMs: 20 })
    }
    await year.system.kill()
    const { agreements, inbox } = await readYearRecord(year.folder, 2014)
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
