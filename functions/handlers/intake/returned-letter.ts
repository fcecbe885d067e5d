import { firstDeliveryAt, type LetterRecord } from '../../domain/casefile/letters.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { DeliveryStatus } from '../../intake/machine/delivery-report.ts'
import type { Ports } from '../../ports/ports.ts'
import { recordOutcome } from '../letters/take-delivery-event.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import { withMails } from '../streams.ts'
import type { Named } from './arriving.ts'
import type { InspectedMail } from './inspect-mail.ts'

/** The address of the letter that a report speaks of; null where it speaks of none of them. */
const addressed = (letter: LetterRecord, { recipient, original }: DeliveryStatus): string | null => {
  const to = letter.to.map((address) => address.toLowerCase())
  const named = [original, recipient].find((address) => address !== undefined && to.includes(address))
  // Passed on to an address that we do not know: it is the only one meant, unless it is known to have arrived.
  const only = to.length === 1 && firstDeliveryAt(letter) === null ? to[0] : undefined
  return named ?? only ?? null
}

/** The letter that came back: the one that the thread names, else the last to an address of the report. */
const returned = (
  letters: readonly LetterRecord[],
  letterKey: string | null,
  failed: readonly DeliveryStatus[],
): LetterRecord | undefined => {
  const addresses = failed.flatMap(({ recipient, original }) => [recipient, original ?? recipient])
  return letterKey === null
    ? letters.findLast(({ to }) => to.some((address) => addresses.includes(address.toLowerCase())))
    : letters.find((letter) => letter.letterKey === letterKey)
}

/**
 * A bounce that comes as mail moves the delivery state of its letter as the sending service's event does (MAIL 206):
 * the two are one act, so that whichever comes second changes nothing. Every other mail does nothing here.
 */
export const noteReturned = async (
  ports: RecordPorts & Pick<Ports, 'digest'>,
  stream: StreamId,
  { letterKey }: Pick<Named, 'letterKey'>,
  { nature, receivedAt }: InspectedMail,
): Promise<void> => {
  if (nature.is !== 'bounce') return
  const failed = nature.recipients.filter(({ action }) => action === 'failed')
  const letters = await withMails(stream, async (kind, mails) => {
    const { state } = await loadCase(ports, kind, stream)
    return mails.facts(state).letters
  })
  const letter = returned(letters, letterKey, failed)
  if (letter === undefined) return
  for (const status of failed) {
    const address = addressed(letter, status)
    if (address === null) continue
    await recordOutcome(ports, stream, {
      letterKey: letter.letterKey,
      addresses: [address],
      at: receivedAt,
      result: 'bounced',
      permanent: status.permanent,
      status: status.status,
    })
  }
}
