import { letterOrderId } from '../../domain/casework/letters.ts'
import {
  disseminationForm,
  factCheckForm,
  hearingForm,
  readableFields,
  contactConfirmationForm,
} from '../../domain/form/form.ts'
import type { FormField } from '../../domain/form/field.ts'
import { takeMail } from '../../domain/review/decide/take-mail.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import type { StreamId } from '../../domain/stream-id.ts'
import { todayInCopenhagen } from '../../domain/time.ts'
import { replyDomains } from '../../domain/directory.ts'
import { natureOf } from '../../intake/automatic.ts'
import { readReply } from '../../intake/read-reply.ts'
import { classifySender } from '../../intake/sender.ts'
import { reviewCase } from '../cases/review-case.ts'
import { observeReply } from '../observe-reply.ts'
import { performOwedLetters } from '../letters/owed.ts'
import type { LetterPorts } from '../letters/send-once.ts'
import { loadCase, perform } from '../record/perform.ts'
import type { Ports } from '../../ports.ts'
import { mailReceived, readSheets, type ArrivingMail } from './arriving.ts'
import { verdictsOf, type ReceivedMail } from './received-mail.ts'

export type IntakePorts = LetterPorts & Pick<Ports, 'landing' | 'mime' | 'spreadsheets'>

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

const agreementKeys = (state: ReviewState): readonly string[] => {
  const { content } = state
  if (content === null) return []
  return [
    ...content.targets.map((target) => target.key),
    ...content.assumptions.map((assumption) => assumption.key),
    ...(content.actionPlan?.actions ?? []).map((action) => action.key),
  ]
}

/** Takes a mail into a review: who sent it, what it says, one commit, one answer. */
export const intoReview = async (
  ports: IntakePorts,
  stream: StreamId,
  mail: ArrivingMail,
  received: ReceivedMail,
  named: { readonly municipality: string | null; readonly letterKey: string | null },
): Promise<void> => {
  const { state } = await loadCase(ports, reviewCase, stream)
  if (state.agreement === null) throw new Error(`${stream} has no review`)
  const on = todayInCopenhagen(mail.receivedAt)
  const [contacts, directory] = await Promise.all([
    ports.contacts.of(state.agreement),
    ports.directory.read(),
  ])
  const letter = state.letters.find((candidate) => candidate.letterKey === named.letterKey)
  const party = named.municipality ?? letter?.order.party ?? null
  const sender = classifySender({
    message: mail.message,
    verdicts: verdictsOf(received),
    contacts: contacts.filter((contact) => party === null || contact.municipality === party),
    on,
    matched: true,
    ownDomains: replyDomains(directory),
  })
  const nature = natureOf({
    message: mail.message,
    envelopeFrom: received.mail.source,
    receivedOn: on,
    fromContact: sender.is === 'contact' || sender.is === 'co-reporter',
  })
  if (sender.is === 'ourselves') return
  const { sheets } = nature.is === 'person' ? await readSheets(ports, mail.message) : { sheets: [] }
  const reading =
    nature.is !== 'person' || party === null
      ? null
      : readReply({
          message: mail.message,
          form: answerable(state, party),
          sent: state.letters.flatMap((sent) =>
            sent.order.party === party && sent.text !== null ? [sent.text] : [],
          ),
          year: state.year,
          receivedOn: on,
          workbook: sheets,
          agreementKeys: agreementKeys(state),
        })
  const event = mailReceived({
    mail,
    sender,
    nature,
    reading,
    party,
    answers: letter === undefined ? null : letterOrderId(letter.order),
  })
  const wish = reading?.wishes.find((candidate) => candidate.wish === 'extension')
  const performed = await perform(ports, reviewCase, stream, {
    id: `mail/${mail.mailKey}`,
    actor: { by: 'sender', standing: event.standing },
    decide: (current) =>
      takeMail(current, {
        event,
        answersOrder: letter === undefined ? null : { kind: letter.order.kind, about: letter.order.about },
        extension: wish === undefined ? null : { until: wish.until, byKey: wish.byKey },
      }),
  })
  await afterReviewMail(ports, stream, performed.loaded.state)
}

/** The acts a mail that counts owes: its answer, and what the agreement's stream is told. Safe to repeat. */
export const afterReviewMail = async (
  ports: LetterPorts,
  stream: StreamId,
  state: ReviewState,
): Promise<void> => {
  await performOwedLetters(ports, stream)
  await observeReply(ports, state)
}
