import * as z from 'zod'
import type { LetterOutcome } from '../../domain/casefile/letters.ts'
import type { LetterClaim } from '../../domain/casefile/letter-claim.ts'
import { streamKind, type StreamId } from '../../domain/base/stream-id.ts'
import { recordExperienceOutcome } from '../../domain/year-run/experiences.ts'
import type { Ports } from '../../ports/ports.ts'
import { runCase } from '../streams/cases.ts'
import { readSheet } from './letter-sheet.ts'
import { recordSent } from './send-once.ts'
import { perform, type RecordPorts } from '../record/perform.ts'
import { withLetters } from '../streams.ts'

/** What SES publishes of a mail; only the fields used. */
export const deliveryEventSchema = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string(),
    tags: z.record(z.string(), z.array(z.string())).default({}),
  }),
  delivery: z.object({ timestamp: z.iso.datetime(), recipients: z.array(z.string()) }).optional(),
  bounce: z
    .object({
      bounceType: z.string(),
      timestamp: z.iso.datetime(),
      bouncedRecipients: z.array(z.object({ emailAddress: z.string(), status: z.string().default('') })),
    })
    .optional(),
})
export type DeliveryEvent = z.infer<typeof deliveryEventSchema>

/** Thrown when the letter is not on the record yet: the queue hands the event in again. */
export class LetterNotRecorded extends Error {
  override readonly name = 'LetterNotRecorded'
}

/**
 * Takes one event of the mail system: proof of delivery, or a bounce. An event is also the trace that settles an
 * uncertain sending, and puts on the record a letter that has gone and that nobody asks for any more.
 */
export const makeTakeDeliveryEvent =
  (ports: RecordPorts & Pick<Ports, 'archive' | 'claims' | 'digest' | 'mail'>) =>
  async (event: DeliveryEvent): Promise<void> => {
    const tag = event.mail.tags['letter']?.[0]
    const letter = tag === undefined ? null : await ports.register.findLetterTag(tag)
    if (letter === null) return
    const outcome = outcomeOf(event, letter.letterKey)
    if (outcome === null) return
    if (streamKind(letter.stream) === 'run') {
      await takeOfRun(ports, letter.stream, event, outcome)
      return
    }
    await withLetters(letter.stream, async (composer) => {
      const isKnown = () => recordOutcome(ports, letter.stream, outcome)
      if (await isKnown()) return
      const claim = await settleClaim(ports, letter.letterKey, event)
      if (claim?.state === 'sent' && (await recordSent(ports, composer, claim)) && (await isKnown())) return
      throw new LetterNotRecorded(`letter ${letter.letterKey.slice(0, 12)} is not on the record yet`)
    })
  }

/**
 * Puts on a case's record what became of a letter; what is known already changes nothing.
 * @returns false where the letter is not on the record
 */
export const recordOutcome = (
  ports: RecordPorts & Pick<Ports, 'digest'>,
  stream: StreamId,
  outcome: LetterOutcome,
): Promise<boolean> =>
  withLetters(stream, async (composer) => {
    const performed = await perform(ports, composer.kind, stream, {
      id: commandId(outcome, ports.digest),
      actor: { by: 'system', name: 'TakeDeliveryEvent' },
      decide: (state) => composer.recordOutcome(state, outcome),
    })
    return performed.outcome !== 'refused' || performed.refusal.kind !== 'unknown-letter'
  })

/**
 * What is claimed for a year's run: mails to the ministry's own people, on no record, and the letters to every
 * municipality, of which a bounce is put on the run's.
 */
const takeOfRun = async (
  ports: RecordPorts & Pick<Ports, 'archive' | 'claims' | 'digest' | 'mail'>,
  stream: StreamId,
  event: DeliveryEvent,
  outcome: LetterOutcome,
): Promise<void> => {
  const claim = await settleClaim(ports, outcome.letterKey, event)
  if (outcome.result !== 'bounced') return
  const performed = await perform(ports, runCase, stream, {
    id: commandId(outcome, ports.digest),
    actor: { by: 'system', name: 'TakeDeliveryEvent' },
    decide: (state) => recordExperienceOutcome(state, outcome),
  })
  if (performed.outcome !== 'refused') return
  // Known by its sheet: a letter that is out and not on the record yet.
  if (claim !== null && (await readSheet(ports, claim.rawSha256)) !== null)
    throw new LetterNotRecorded(`letter ${outcome.letterKey.slice(0, 12)} is not on the record yet`)
}

/** The event is also the trace of an attempt that was never answered: the claim as it stands then. */
const settleClaim = async (
  ports: Pick<Ports, 'claims' | 'mail'>,
  letterKey: string,
  event: DeliveryEvent,
): Promise<LetterClaim | null> => {
  const claim = await ports.claims.find(letterKey)
  if (claim?.state !== 'uncertain') return claim
  const messageId = await ports.mail.messageIdOf(event.mail.messageId)
  const sent: LetterClaim = { ...claim, state: 'sent', messageId }
  return (await ports.claims.advance(sent, 'uncertain')) ? sent : ports.claims.find(letterKey)
}

/** The same event again is the same command; a bounce for good after a passing one is another. */
const commandId = (outcome: LetterOutcome, digest: Ports['digest']): string => {
  const result = outcome.permanent ? `${outcome.result}-for-good` : outcome.result
  return `delivery/${outcome.letterKey}/${result}/${digest([...outcome.addresses].sort().join(' '))}`
}

const outcomeOf = (event: DeliveryEvent, letterKey: string): LetterOutcome | null => {
  const { delivery, bounce } = event
  if (delivery !== undefined)
    return {
      letterKey,
      addresses: delivery.recipients,
      at: delivery.timestamp,
      result: 'delivered',
      permanent: false,
      status: '',
    }
  if (bounce === undefined) return null
  return {
    letterKey,
    addresses: bounce.bouncedRecipients.map((recipient) => recipient.emailAddress),
    at: bounce.timestamp,
    result: 'bounced',
    permanent: bounce.bounceType === 'Permanent',
    status: bounce.bouncedRecipients[0]?.status ?? '',
  }
}
