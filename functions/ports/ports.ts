import type { ReadSpreadsheet } from '../intake/message.ts'
import type { ReportFormats } from '../web/report/report-files.ts'
import type * as record from './record.ts'
import type * as mail from './mail.ts'
import type { Settings } from './console.ts'

/** Everything; a handler takes only what it uses (`Pick<Ports, ...>`). */
export interface Ports {
  readonly clock: record.Clock
  readonly streams: record.StreamStore
  readonly waits: record.WaitStore
  readonly listEntries: record.ListEntryStore
  readonly outbox: record.Outbox
  readonly register: record.Register
  readonly contacts: record.ContactStore
  readonly claims: mail.LetterClaims
  readonly answers: mail.AnswerLedger
  readonly meter: mail.Meter
  readonly archive: record.Archive
  readonly landing: mail.Landing
  readonly mail: mail.MailSender
  readonly workflows: record.Workflows
  readonly mime: mail.MimeParser
  readonly composer: mail.MimeComposer
  readonly digest: record.Digest
  readonly tokens: mail.TokenSigner
  readonly settings: Settings
  readonly directory: record.DirectoryStore
  readonly workbooks: mail.WorkbookWriter
  readonly spreadsheets: ReadSpreadsheet
  readonly reportFormats: ReportFormats
}
