import type { StreamId } from '../../domain/base/stream-id.ts'
import type { Ports } from '../../ports/ports.ts'
import type {
  ArchiveLinks,
  Assets,
  ConsoleSession,
  ConsoleSettings,
  DownloadNote,
  Executions,
  FormTokens,
  IdentityProvider,
  RateCounters,
  RateLimits,
  SessionStore,
} from '../../ports/console.ts'
import type { RecordPorts } from '../record/perform.ts'

/** What a person's decision needs: the record, what facts are read from, and the acts it owes. */
export type DecidingPorts = RecordPorts &
  Pick<Ports, 'archive' | 'contacts' | 'digest' | 'directory' | 'outbox'> & {
    /** A correction sheet's pages, printed when it is issued. */
    readonly reportFormats: Pick<Ports['reportFormats'], 'print'>
    /** The acts a decision owes beside waits and list entry: letters answered at once. Safe to repeat. */
    readonly afterDecision: (stream: StreamId, commandId: string) => Promise<void>
  }

/** What the console needs. Business time is `clock`; sessions live by real time. */
export type ConsolePorts = DecidingPorts &
  Pick<Ports, 'answers' | 'mime' | 'spreadsheets' | 'tokens'> & {
    readonly archiveLinks: ArchiveLinks
    readonly sessions: SessionStore
    readonly identity: IdentityProvider
    readonly forms: FormTokens
    readonly assets: Assets
    readonly executions: Executions
    readonly settings: ConsoleSettings
    readonly rates: RateCounters
    readonly rateLimits: RateLimits
    /** Where a request came from, as whoever took it says; null where nobody says. */
    readonly addressOf: (env: unknown) => string | null
    /** Real time, ms since 1970. */
    readonly realNowMs: () => number
    /** Told of what somebody has taken away, for the log of the console. */
    readonly noteDownload: (note: DownloadNote) => void
    /** Told of what went wrong; the page tells the reader only that something did. */
    readonly report: (error: unknown) => void
  }

/** What the session guard hands to the pages behind it. */
export interface ConsoleEnv {
  readonly Variables: {
    readonly session: ConsoleSession
    readonly sessionId: string
    /** It tried a token or a login that was not its own. */
    readonly failed?: boolean
  }
}
