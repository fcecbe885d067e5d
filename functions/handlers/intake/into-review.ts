import {
  disseminationForm,
  factCheckForm,
  hearingForm,
  readableFields,
  contactConfirmationForm,
} from '../../domain/form/form.ts'
import type { FormField } from '../../domain/form/field.ts'
import { takeVouchedMail } from '../../domain/review/decide/release.ts'
import { takeMail, typedWhile } from '../../domain/review/decide/take-mail.ts'
import type { ReviewState, ReviewEvent } from '../../domain/review/state.ts'
import type { Decision } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { needsTypingIn } from '../../intake/attachment-kind.ts'
import type { Sender } from '../../intake/sender.ts'
import { reviewCase } from '../streams/cases.ts'
import { observeReply } from '../record/observe-reply.ts'
import type { LetterPorts } from '../letters/send-once.ts'
import { sendOwed } from '../letters/answers.ts'
import { reviewComposer } from '../letters/composers.ts'
import { loadCase, perform } from '../record/perform.ts'
import type { Named, Placing } from './arriving.ts'
import type { InspectedMail } from './inspect-mail.ts'
import { agreementKeys, readMail, type ReadingPorts } from './read-mail.ts'
import type { Vouched, IncomingMail } from '../../domain/casefile/mails.ts'

/** Every line a reply in this review may answer: the form, and what the letters since have asked. */
const answerable = (state: ReviewState, municipality: string): readonly FormField[] => {
  if (state.content === null) return []
  const all = [
    ...readableFields(state.content, { year: state.year, municipality }),
    ...hearingForm(state.content, { year: state.year }),
    ...disseminationForm(),
    ...factCheckForm(),
    ...contactConfirmationForm(),
  ]
  return all.filter((field, index) => all.findIndex((other) => other.key === field.key) === index)
}

/** A mail read against everything that a reply in the review may answer; null for one of our own. */
export const readForReview = async (
  ports: ReadingPorts,
  state: ReviewState,
  mail: InspectedMail,
  named: Named,
  sender: Sender | null = null,
): Promise<(IncomingMail & { readonly needsTypingIn: boolean }) | null> => {
  if (state.agreement === null) throw new Error('there is no review to read a mail for')
  const letter = state.letters.find((candidate) => candidate.letterKey === named.letterKey)
  const party = named.municipality ?? letter?.order.party ?? null
  const read = await readMail(ports, mail, {
    agreement: state.agreement,
    party,
    year: state.year,
    form: party === null ? [] : answerable(state, party),
    agreementKeys: agreementKeys(state.content),
    letters: state.letters,
    mails: state.mails,
    letter: letter ?? null,
    sender,
    typesIn: typedWhile.includes(state.status),
  })
  return read === null
    ? null
    : {
        event: read.event,
        answersOrder: letter === undefined ? null : { kind: letter.order.kind, about: letter.order.about },
        needsTypingIn: needsTypingIn(mail.message.attachments),
      }
}

/**
 * Takes a mail into a review: who sent it, what it says, one commit, one answer.
 * @param placing the person who has placed it here from an inbox; null: it found its own way
 */
export const intoReview = async (
  ports: ReadingPorts,
  stream: StreamId,
  mail: InspectedMail,
  named: Named,
  placing: Placing | null = null,
): Promise<void> => {
  const { state } = await loadCase(ports, reviewCase, stream)
  if (state.agreement === null) throw new Error(`${stream} has no review`)
  const incoming = await readForReview(ports, state, mail, named)
  if (incoming === null) return
  const performed = await perform(ports, reviewCase, stream, {
    id: `mail/${mail.mailKey}`,
    actor: placing?.actor ?? { by: 'sender', standing: incoming.event.standing },
    decide: (current) => takeIntoReview(current, incoming, placing?.vouched ?? null),
  })
  await afterReviewMail(ports, stream, performed.loaded.state)
}

/** @param vouched as what a person has placed it here; null: it found its own way */
export const takeIntoReview = (
  state: ReviewState,
  incoming: IncomingMail,
  vouched: Vouched | null,
): Decision<ReviewEvent> =>
  vouched === null
    ? takeMail(state, incoming)
    : takeVouchedMail(state, { event: incoming.event, answersOrder: incoming.answersOrder }, vouched)

/** The acts a mail that counts owes: its answer, and what the agreement's stream is told. Safe to repeat. */
export const afterReviewMail = async (
  ports: LetterPorts,
  stream: StreamId,
  state: ReviewState,
): Promise<void> => {
  await sendOwed(ports, reviewComposer, stream)
  await observeReply(ports, state)
}
