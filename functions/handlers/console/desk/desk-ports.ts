import type { Ports } from '../../../ports/ports.ts'
import type { LetterPorts } from '../../letters/send-once.ts'

/** What the desk of the year needs: the record, letters as they would be sent, and the acts of decisions. */
export type DeskPorts = LetterPorts &
  Pick<Ports, 'outbox'> & { readonly reportFormats: Pick<Ports['reportFormats'], 'print'> }
