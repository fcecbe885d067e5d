import type { MailRecord } from '../../../functions/domain/casefile/mails.ts'
import type { ReviewCommand } from '../../../functions/domain/review/commands.ts'
import type { ReviewState } from '../../../functions/domain/review/state.ts'
import {
  inboxStream,
  reviewStream,
  runStream,
  type StreamId,
} from '../../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { inboxCase } from '../../../functions/handlers/streams/cases.ts'
import { makeImportAgreements } from '../../../functions/handlers/operator/import-agreements.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { makeStartYear } from '../../../functions/handlers/schedules/start-year.ts'
import { makeTakeInMail } from '../../../functions/handlers/intake/take-in-mail.ts'
import type { ReceivedMail } from '../../../functions/handlers/intake/received-mail.ts'
import type { ParsedMessage } from '../../../functions/intake/message.ts'
import { compose, mette, type MailParts } from './compose-mail.ts'
import { anders, sofie } from '../../support/ministry.ts'
import { on, openPorts, worldOf, type Envelope as SesEnvelope } from '../../support/world.ts'
import { agreementFiles } from './office-records.ts'
import { makePlanNext } from '../../../functions/handlers/tasks/plan-next.ts'
import { makeSendLetter } from '../../../functions/handlers/tasks/send-letter.ts'
import { makeDraftAssessment } from '../../../functions/handlers/tasks/draft-assessment.ts'
import { makeOpenReview } from '../../../functions/handlers/tasks/open-review.ts'
import { makePrepareRun } from '../../../functions/handlers/tasks/prepare-run.ts'
import { makeStartReviews } from '../../../functions/handlers/tasks/start-reviews.ts'

/** The intake as it runs: the real handlers and adapters over ports in memory, with a clock the test moves. */

export interface Envelope extends SesEnvelope {
  readonly key?: string
}

/** What became of one mail. */
export interface Outcome {
  /** Its record in the review; null when it went elsewhere. */
  readonly mail: MailRecord | null
  /** In the inbox, belonging to no case. */
  readonly inbox: {
    readonly reason: string
    readonly likely: readonly string[]
    readonly error: string
  } | null
  /** What was sent in answer: kind, recipients and words. */
  readonly answers: readonly {
    readonly kind: string
    readonly to: readonly string[]
    readonly message: ParsedMessage
  }[]
}

export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>

/**
 * Three agreements asked for their results of 2014; it is 24 February 2015.
 * @param options.answersAnHour more stop all answers
 */
export const openPostOffice = async (options: { readonly answersAnHour?: number } = {}) => {
  const at = (date: string, time = '09:05'): string => on(date, time)
  const ports = await openPorts(at('2014-12-01'), options)
  const world = worldOf(ports)
  let serial = 0
  await makeImportAgreements(ports)({
    files: [...agreementFiles],
  })
  await makeStartYear(ports)({ year: 2014 })
  const input = (stream: StreamId) => ({ stream, attempt: 1, entered: ports.clock.now() })
  await makePrepareRun(ports)(input(runStream(2014)))
  const agreements = ['svendborg-rk', 'svendborg-pa', 'odense-rk'].map((id) => agreementIdSchema.parse(id))
  await world.decideRun({ do: 'release', agreements: [...agreements] })
  ports.clock.set(at('2015-01-15'))
  await makeStartReviews(ports)(input(runStream(2014)))

  /** Does what the workflow would do now, up to its next wait. */
  const work = async (stream: StreamId): Promise<void> => {
    for (let step = 0; step < 20; step += 1) {
      const plan = await makePlanNext(ports)({ ...input(stream), startedAt: ports.clock.now() })
      if (plan.next === 'letter' && plan.order !== null)
        await makeSendLetter(ports)({ ...input(stream), order: plan.order })
      else if (plan.next === 'draft') await makeDraftAssessment(ports)(input(stream))
      else return
      await world.deliver()
    }
  }
  const streams = agreements.map((id) => reviewStream(2014, id))
  for (const stream of streams) {
    await makeOpenReview(ports)({ ...input(stream), execution: 'arn:sample' })
    await work(stream)
  }
  ports.clock.set(at('2015-02-24', '14:07'))

  const [svendborgReview, otherReview, odenseReview] = streams as [StreamId, StreamId, StreamId]
  const state = (stream = svendborgReview): Promise<ReviewState> => world.state(stream)
  const inbox = async () => (await loadCase(ports, inboxCase, inboxStream(ports.clock.now()))).state.mails
  /** The request as it was sent, parsed. */
  const requestTo = async (stream: StreamId) => {
    const letter = (await state(stream)).letters.find(({ order }) => order.kind === 'request')
    const sent = ports.mail.sent.find(({ messageId }) => messageId === letter?.messageId)
    if (letter === undefined || sent === undefined) throw new Error('no request was sent')
    const message = await ports.mime.parse(sent.raw)
    const token = /#([0-9A-Z]{16})\]/u.exec(message.subject)?.[1]
    if (token === undefined) throw new Error('the request has no token')
    return { letter, message, token, address: sent.from, messageId: sent.messageId, text: message.text ?? '' }
  }
  const request = await requestTo(svendborgReview)
  const otherRequest = await requestTo(otherReview)
  const odenseRequest = await requestTo(odenseReview)

  const received = (key: string, envelope: Envelope): ReceivedMail =>
    world.received(key, { source: mette, recipients: [request.address], ...envelope })

  /** Everything that is on the record of a case, to see whether a mail changed it. */
  const mailsOf = async (stream: StreamId): Promise<readonly MailRecord[]> => (await state(stream)).mails

  /** One mail comes in, as SES hands it on. */
  const receive = async (raw: Uint8Array, envelope: Envelope = {}, over = ports): Promise<Outcome> => {
    const key = envelope.key ?? `landed-${(serial += 1)}`
    // No two mails come in the same instant.
    ports.clock.set(new Date(Date.parse(ports.clock.now()) + 60_000).toISOString())
    const before = {
      mails: new Set((await Promise.all(streams.map(mailsOf))).flat().map(({ mailKey }) => mailKey)),
      inbox: (await inbox()).length,
      sent: ports.mail.sent.length,
    }
    ports.landing.land(key, raw)
    await makeTakeInMail(over)(received(key, envelope))
    const found = (await Promise.all(streams.map(mailsOf)))
      .flat()
      .find(({ mailKey }) => !before.mails.has(mailKey))
    const kept = (await inbox())[before.inbox]
    const answers = await Promise.all(
      ports.mail.sent.slice(before.sent).map(async (sent) => {
        const all = (await Promise.all(streams.map(async (stream) => (await state(stream)).letters))).flat()
        const letter = all.find(({ messageId }) => messageId === sent.messageId)
        return { kind: letter?.order.kind ?? '', to: sent.to, message: await ports.mime.parse(sent.raw) }
      }),
    )
    await world.deliver()
    return {
      mail: found ?? null,
      inbox:
        kept === undefined
          ? null
          : { reason: kept.reason, likely: kept.likely, error: kept.private?.error ?? '' },
      answers,
    }
  }

  /** A reply to the request, as a mail program builds it, unless the parts say otherwise. */
  const replyOver = async (over: typeof ports, parts: MailParts, envelope: Envelope = {}): Promise<Outcome> =>
    receive(
      await compose({
        to: request.address,
        subject: `SV: ${request.message.subject}`,
        inReplyTo: request.messageId,
        references: [request.messageId],
        ...parts,
      }),
      { source: parts.from ?? mette, ...envelope },
      over,
    )
  const reply = (parts: MailParts, envelope: Envelope = {}): Promise<Outcome> =>
    replyOver(ports, parts, envelope)

  /** A decision in the console. */
  const decide = async (command: ReviewCommand, by: 'sofie' | 'anders' = 'sofie'): Promise<void> => {
    await world.decide(svendborgReview, command, by === 'sofie' ? sofie : anders)
    await world.deliver()
  }

  return {
    ports,
    at,
    request,
    otherRequest,
    odenseRequest,
    streams: { svendborg: svendborgReview, other: otherReview, odense: odenseReview },
    state,
    inbox,
    receive,
    received,
    reply,
    /** The same, taken in over other ports. */
    replyOver,
    decide,
    /** Moves the clock and does what is then due. */
    until: async (date: string, time = '09:05'): Promise<void> => {
      ports.clock.set(at(date, time))
      for (const stream of streams) await work(stream)
    },
    /** Figures that count, as `M1 i alt: 134`. */
    figures: async (stream = svendborgReview): Promise<Record<string, unknown>> => {
      const party = (await state(stream)).parties.find(
        ({ municipality }) => municipality === (stream === odenseReview ? '461' : '479'),
      )
      return Object.fromEntries(
        Object.entries(party?.figures ?? {}).map(([key, figure]) => [
          key,
          'value' in figure.value ? figure.value.value : figure.value.is,
        ]),
      )
    },
    lettersSince: (count: number): number => ports.mail.sent.length - count,
  }
}

/** The plain words of an answer. */
export const words = (message: ParsedMessage): string => (message.text ?? '').replace(/\s+/gu, ' ')
