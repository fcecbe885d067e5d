import { withinBudget } from '../../domain/casefile/answer-budget.ts'
import { heldForItsId } from '../../domain/casefile/held-mails.ts'
import { unprintedFields } from '../../domain/form/form.ts'
import { renegotiationForm } from '../../domain/renegotiation/proposal.ts'
import { takeMail, type SenderFacts } from '../../domain/renegotiation/decide/take-mail.ts'
import { takeVouchedMail } from '../../domain/renegotiation/decide/take-mail.ts'
import type { Decision } from '../../domain/base/stream.ts'
import type { RenegotiationState, RenegotiationEvent } from '../../domain/renegotiation/state.ts'
import { withoutProposals } from '../../domain/review/slices/proposals.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { Sender } from '../../intake/sender.ts'
import { renegotiationCase } from '../streams/cases.ts'
import { sendOwed } from '../letters/answers.ts'
import { renegotiationComposer } from '../letters/composers.ts'
import { contactsOf } from '../../domain/casefile/recipients.ts'
import { loadCase, perform } from '../record/perform.ts'
import type { Named, Placing } from './arriving.ts'
import type { InspectedMail } from './inspect-mail.ts'
import { agreementKeys, readMail, type ReadingPorts } from './read-mail.ts'
import type { Vouched, IncomingMail } from '../../domain/casefile/mails.ts'

/** What a mail says as an answer to a proposal, and whether a signatory sent it; null for one of our own. */
export const readForRenegotiation = async (
  ports: ReadingPorts,
  state: RenegotiationState,
  mail: InspectedMail,
  named: Named,
  known: Sender | null = null,
): Promise<ReadAnswer | null> => {
  const { agreement, content } = state
  if (agreement === null || content === null) throw new Error('there is no renegotiation to read a mail for')
  const letter = state.letters.find((candidate) => candidate.letterKey === named.letterKey)
  const party = named.municipality ?? letter?.order.party ?? null
  const read = await readMail(ports, mail, {
    agreement,
    party,
    year: state.year,
    form: [...renegotiationForm(state), ...unprintedFields(content, { year: state.year })],
    agreementKeys: agreementKeys(content),
    letters: state.letters,
    mails: state.mails,
    letter: letter ?? null,
    sender: known,
    typesIn: false,
  })
  if (read === null) return null
  const contacts =
    party === null ? [] : contactsOf(await ports.contacts.of(agreement), party, mail.receivedOn, 'signatory')
  const from = read.sender?.email.toLowerCase()
  return {
    incoming: {
      // An answer to a proposal is by key or marked by a person; its words are no figures.
      event: withoutProposals(read.event),
      answersOrder: letter === undefined ? null : { kind: letter.order.kind, about: letter.order.about },
    },
    facts: { isSignatory: contacts.some((contact) => contact.email.toLowerCase() === from) },
  }
}

interface ReadAnswer {
  readonly incoming: IncomingMail
  readonly facts: SenderFacts
}

/** @param vouched as what a person has placed it here; null: it found its own way */
export const takeIntoRenegotiation = (
  state: RenegotiationState,
  { incoming, facts }: ReadAnswer,
  vouched: Vouched | null,
): Decision<RenegotiationEvent> => {
  if (vouched !== null) return takeVouchedMail(state, incoming, facts, vouched)
  const held = heldForItsId(state.mails, incoming.event)
  const event = withinBudget(state, held)
  return takeMail(state, { ...incoming, event }, facts)
}

/**
 * Takes an answer to a proposal into its renegotiation; only a signatory's binds.
 * @param placing the person who has placed it here from an inbox; null: it found its own way
 */
export const intoRenegotiation = async (
  ports: ReadingPorts,
  stream: StreamId,
  mail: InspectedMail,
  named: Named,
  placing: Placing | null = null,
): Promise<void> => {
  const { state } = await loadCase(ports, renegotiationCase, stream)
  if (state.agreement === null || state.content === null) throw new Error(`${stream} has no renegotiation`)
  const read = await readForRenegotiation(ports, state, mail, named)
  if (read === null) return
  await perform(ports, renegotiationCase, stream, {
    id: `mail/${mail.mailKey}`,
    actor: placing?.actor ?? { by: 'sender', standing: read.incoming.event.standing },
    decide: (current) => takeIntoRenegotiation(current, read, placing?.vouched ?? null),
  })
  await sendOwed(ports, renegotiationComposer, stream)
}
