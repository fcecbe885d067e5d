import { replyDomains } from '../../domain/directory/directory.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { natureOf } from '../../intake/automatic.ts'
import type { Ports } from '../../ports/ports.ts'
import type { ArrivingMail } from './arriving.ts'
import type { Envelope } from './received-mail.ts'

/** What machines and we ourselves send is no answer: it changes nothing wherever it goes. */
export const isOfPerson = async (
  ports: Pick<Ports, 'directory'>,
  { message, receivedAt }: Pick<ArrivingMail, 'message' | 'receivedAt'>,
  envelope: Envelope,
): Promise<boolean> => {
  const own = replyDomains(await ports.directory.read())
  const from = (message.from[0]?.address ?? '').toLowerCase()
  if (own.some((domain) => from.endsWith(`@${domain.toLowerCase()}`))) return false
  const receivedOn = todayInCopenhagen(receivedAt)
  return natureOf({ message, envelopeFrom: envelope.source, receivedOn, fromContact: true }).is === 'person'
}
