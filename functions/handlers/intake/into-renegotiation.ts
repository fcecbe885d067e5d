import { unprintedFields } from '../../domain/form/form.ts'
import { renegotiationForm } from '../../domain/renegotiation/form.ts'
import { takeMail } from '../../domain/renegotiation/decide/take-mail.ts'
import { todayInCopenhagen } from '../../domain/time.ts'
import type { StreamId } from '../../domain/stream-id.ts'
import { renegotiationCase } from '../cases/renegotiation-case.ts'
import { performOwedLetters } from '../letters/owed.ts'
import { contactsOf } from '../letters/recipients.ts'
import { loadCase, perform } from '../record/perform.ts'
import type { ArrivingMail } from './arriving.ts'
import { agreementKeys, readMail, type IntakePorts } from './read-mail.ts'
import type { ReceivedMail } from './received-mail.ts'

/** Takes an answer to a proposal into its renegotiation; only a signatory's binds. */
export const intoRenegotiation = async (
  ports: IntakePorts,
  stream: StreamId,
  mail: ArrivingMail,
  received: ReceivedMail,
  named: { readonly municipality: string | null; readonly letterKey: string | null },
): Promise<void> => {
  const { state } = await loadCase(ports, renegotiationCase, stream)
  const { agreement, content } = state
  if (agreement === null || content === null) throw new Error(`${stream} has no renegotiation`)
  const letter = state.letters.find((candidate) => candidate.letterKey === named.letterKey)
  const party = named.municipality ?? letter?.order.party ?? null
  const read = await readMail(ports, mail, received, {
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
  await perform(ports, renegotiationCase, stream, {
    id: `mail/${mail.mailKey}`,
    actor: { by: 'sender', standing: read.event.standing },
    decide: (current) =>
      takeMail(
        current,
        {
          event: read.event,
          answersOrder: letter === undefined ? null : { kind: letter.order.kind, about: letter.order.about },
        },
        { isSignatory: contacts.some((contact) => contact.email.toLowerCase() === from) },
      ),
  })
  await performOwedLetters(ports, stream)
}
