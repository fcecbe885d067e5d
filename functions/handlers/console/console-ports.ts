import type { StreamId } from '../../domain/base/stream-id.ts'
import type { Ports } from '../../ports/ports.ts'
import type {
  Assets,
  ConsoleSession,
  ConsoleSettings,
  Executions,
  FormTokens,
  IdentityProvider,
  SessionStore,
} from '../../ports/console.ts'
import type { RecordPorts } from '../record/perform.ts'
import type { YearDesk } from './year-desk.ts'

/** What the console needs. Business time is `clock`; sessions live by real time. */
export type ConsolePorts = RecordPorts &
  Pick<
    Ports,
    'answers' | 'outbox' | 'contacts' | 'archive' | 'digest' | 'directory' | 'mime' | 'spreadsheets'
  > & {
    readonly sessions: SessionStore
    readonly identity: IdentityProvider
    readonly forms: FormTokens
    readonly assets: Assets
    readonly executions: Executions
    readonly settings: ConsoleSettings
    /** Real time, ms since 1970. */
    readonly realNowMs: () => number
    /** The acts a decision owes beside waits and list entry: letters answered at once. Safe to repeat. */
    readonly afterDecision: (stream: StreamId) => Promise<void>
    /** Told of what went wrong; the page tells the reader only that something did. */
    readonly report: (error: unknown) => void
    /** Year run, matters, renegotiations and the joint report. */
    readonly desk: YearDesk
  }

/** What the session guard hands to the pages behind it. */
export interface ConsoleEnv {
  readonly Variables: { readonly session: ConsoleSession; readonly sessionId: string }
}
