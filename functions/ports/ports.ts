import type { ReadSpreadsheet } from '../intake/message.ts'
import type { ReportFormats } from '../web/report/report-files.ts'
import type {
  Archive,
  Clock,
  ContactStore,
  Digest,
  DirectoryStore,
  ListEntryStore,
  Outbox,
  Register,
  StreamStore,
  WaitStore,
  Workflows,
} from './record.ts'
import type {
  AnswerLedger,
  Landing,
  LetterClaims,
  MailSender,
  Meter,
  MimeComposer,
  MimeParser,
  TokenSigner,
  WorkbookWriter,
} from './mail.ts'
import type { Settings } from './console.ts'

/** Everything; a handler takes only what it uses (`Pick<Ports, ...>`). */
export interface Ports {
  readonly clock: Clock
  readonly streams: StreamStore
  readonly waits: WaitStore
  readonly listEntries: ListEntryStore
  readonly outbox: Outbox
  readonly register: Register
  readonly contacts: ContactStore
  readonly claims: LetterClaims
  readonly answers: AnswerLedger
  readonly meter: Meter
  readonly archive: Archive
  readonly landing: Landing
  readonly mail: MailSender
  readonly workflows: Workflows
  readonly mime: MimeParser
  readonly composer: MimeComposer
  readonly digest: Digest
  readonly tokens: TokenSigner
  readonly settings: Settings
  readonly directory: DirectoryStore
  readonly workbooks: WorkbookWriter
  readonly spreadsheets: ReadSpreadsheet
  readonly reportFormats: ReportFormats
}
