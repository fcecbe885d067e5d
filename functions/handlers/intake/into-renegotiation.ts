import { withinBudget } from '../../domain/casework/answer-budget.ts'
import { heldForItsId } from '../../domain/casework/held-for.ts'
import { unprintedFields } from '../../domain/form/form.ts'
import { renegotiationForm } from '../../domain/renegotiation/form.ts'
import { takeMail } from '../../domain/renegotiation/decide/take-mail.ts'
import { takeVouchedMail } from '../../domain/renegotiation/decide/their-mails.ts'
import { withoutProposals } from '../../domain/review/proposals.ts'
import { todayInCopenhagen } from '../../domain/time.ts'
import type { StreamId } from '../../domain/stream-id.ts'
import { renegotiationCase } from '../cases/renegotiation-case.ts'
import { performOwedLetters } from '../letters/owed.ts'
import { contactsOf } from '../letters/recipients.ts'
import { loadCase, perform } from '../record/perform.ts'
import type { ArrivingMail } from './arriving.ts'
import type { Named, Placing } from './placing.ts'
import { agreementKeys, readMail, type ReadingPorts } from './read-mail.ts'
import type { Envelope } from './received-mail.ts'

/**
 * Takes an answer to a proposal into its renegotiation; only a signatory's binds.
 * @param placing the person who has placed it here from an inbox; null: it found its own way
 */
export const intoRenegotiation = async (
  ports: ReadingPorts,
  stream: StreamId,
  mail: ArrivingMail,
  envelope: Envelope,
  named: Named,
  placing: Placing | null = null,
): Promise<void> => {
  const { state } = await loadCase(ports, renegotiationCase, stream)
  const { agreement, content } = state
  if (agreement === null || content === null) throw new Error(`${stream} has no renegotiation`)
  const letter = state.letters.find((candidate) => candidate.letterKey === named.letterKey)
  const party = named.municipality ?? letter?.order.party ?? null
  const read = await readMail(ports, mail, envelope, {
    agreement,
    party,
    year: state.year,
    form: [...renegotiationForm(state), ...unprintedFields(content, { year: state.year })],
    agreementKeys: agreementKeys(content),
    letters: state.letters,
    mails: state.mails,
    letter: letter ?? null,
  })
  if (read === null) return
  const contacts =
    party === null
      ? []
      : contactsOf(await ports.contacts.of(agreement), party, todayInCopenhagen(mail.receivedAt), 'signatory')
  const from = read.sender?.email.toLowerCase()
  const facts = { isSignatory: contacts.some((contact) => contact.email.toLowerCase() === from) }
  const incoming = {
    // An answer to a proposal is by key or marked by a person; its words are no figures.
    event: withoutProposals(read.event),
    answersOrder: letter === undefined ? null : { kind: letter.order.kind, about: letter.order.about },
  }
  await perform(ports, renegotiationCase, stream, {
    id: `mail/${mail.mailKey}`,
    actor: placing?.actor ?? { by: 'sender', standing: read.event.standing },
    decide: (current) =>
      placing === null
        ? takeMail(
            current,
            {
              ...incoming,
              event: withinBudget(current, heldForItsId(current.mails, incoming.event)),
            },
            facts,
          )
        : takeVouchedMail(current, incoming, facts, placing.vouched),
  })
  await performOwedLetters(ports, stream)
}
