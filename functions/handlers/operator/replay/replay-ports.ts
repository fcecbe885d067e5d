import type { Ports } from '../../../ports/ports.ts'
import type { StreamRegister } from '../../../ports/record.ts'
import type { ReadingPorts } from '../../intake/read-mail.ts'

/** What replaying needs: reading as the intake does, every stream, and the commands no queue repeats. */
export type ReplayPorts = ReadingPorts &
  Pick<Ports, 'outbox'> & { readonly streams: Ports['streams'] & StreamRegister }

/** Which mails are read again, and what for. */
export interface ReplayOf {
  readonly isMeant: (mail: {
    readonly mailKey: string
    readonly rawSha256: string
    readonly receivedAt: string
  }) => boolean
  /** Enters what they say now; otherwise nothing is written. */
  readonly apply: boolean
  /** Who asks for it. */
  readonly by: string
}
