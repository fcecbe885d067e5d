import type { InboxHome } from '../../domain/inbox/inbox.ts'
import { todayInCopenhagen } from '../../domain/time.ts'
import { natureOf } from '../../intake/automatic.ts'
import { holdsCitizenNumber } from '../../intake/citizen-data.ts'
import { htmlToText } from '../../intake/html-text.ts'
import type { ParsedMessage } from '../../intake/message.ts'
import type { TokenNames } from '../../ports.ts'
import type { ArrivingMail } from './arriving.ts'
import { likelyHomes, type HomePorts } from './likely-homes.ts'
import type { Envelope } from './received-mail.ts'

const holdsCitizenData = ({ subject, text, html }: ParsedMessage): boolean =>
  holdsCitizenNumber(`${subject}\n${text ?? ''}\n${html === null ? '' : htmlToText(html).body}`)

/**
 * Why a mail could not be placed, and where it may belong. What a machine wrote is no answer: it is kept and
 * shown, and holds no case back.
 */
export const unplaced = async (
  ports: HomePorts,
  { message, receivedAt }: ArrivingMail,
  envelope: Envelope,
  named: readonly TokenNames[],
): Promise<{ readonly reason: string; readonly homes: readonly InboxHome[] }> => {
  const nature = natureOf({
    message,
    envelopeFrom: envelope.source,
    receivedOn: todayInCopenhagen(receivedAt),
    fromContact: false,
  })
  if (nature.is !== 'person') return { reason: 'automatic', homes: [] }
  const homes = await likelyHomes(ports, message, named, receivedAt)
  const reason = named.length > 0 ? 'several-requests' : 'no-request'
  return { reason: holdsCitizenData(message) ? 'citizen-data' : reason, homes }
}
