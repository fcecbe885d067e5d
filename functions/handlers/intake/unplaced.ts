import type { InboxHome } from '../../domain/inbox/inbox.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { natureOf } from '../../intake/automatic.ts'
import { holdsCitizenNumber } from '../../intake/citizen-data.ts'
import type { ParsedMessage } from '../../intake/message.ts'
import { bodyOf } from '../../intake/message-body.ts'
import type { TokenNames } from '../../ports/record.ts'
import type { ArrivingMail } from './arriving.ts'
import { noticeOf, type InboxNotice } from './inbox-notice.ts'
import { likelyHomes, type HomePorts } from './likely-homes.ts'
import type { Envelope } from './received-mail.ts'

const holdsCitizenData = (message: ParsedMessage): boolean =>
  holdsCitizenNumber([message.subject, message.text ?? '', bodyOf(message).shown?.body ?? ''].join('\n'))

/**
 * Why a mail could not be placed, where it may belong, and who tells its contact of it. What a machine wrote is no
 * answer: it is kept and shown, and holds no case back.
 */
export const unplaced = async (
  ports: HomePorts,
  mail: ArrivingMail,
  envelope: Envelope,
  named: readonly TokenNames[],
): Promise<{
  readonly reason: string
  readonly homes: readonly InboxHome[]
  readonly notice: InboxNotice | null
}> => {
  const { message, receivedAt } = mail
  const nature = natureOf({
    message,
    envelopeFrom: envelope.source,
    receivedOn: todayInCopenhagen(receivedAt),
    fromContact: false,
  })
  if (nature.is !== 'person') return { reason: 'automatic', homes: [], notice: null }
  const homes = await likelyHomes(ports, message, named, receivedAt)
  if (holdsCitizenData(message)) return { reason: 'citizen-data', homes, notice: null }
  if (named.length > 0) return { reason: 'several-requests', homes, notice: null }
  return {
    reason: 'no-request',
    homes,
    notice: await noticeOf(ports, mail, envelope, homes, 'unplaced-notice'),
  }
}
