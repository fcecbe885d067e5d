import type { FunctionName } from '../../workflows/tasks.ts'

/** What a function may do beside writing its log and reading the secret. */
export type Right =
  | 'read-record'
  | 'read-every-row'
  | 'write-record'
  | 'read-archive'
  | 'write-archive'
  | 'erase-content'
  | 'read-landing'
  | 'send-mail'
  | 'start-executions'
  | 'complete-waits'
  | 'read-executions'

/** Reads and writes streams; whoever commits completes the waits that are over. */
const commits = ['read-record', 'write-record', 'complete-waits'] as const satisfies readonly Right[]
/** Sends letters: the exact MIME is archived first, attachments are read back. */
const sends = [...commits, 'read-archive', 'write-archive', 'send-mail'] as const satisfies readonly Right[]

/** Mails the ministry's own people, which stands on no case's record. */
const mails = [
  'read-record',
  'write-record',
  'read-archive',
  'write-archive',
  'send-mail',
] as const satisfies readonly Right[]

/** What every function may do: a function without a line here does not compile. */
export const functionRights: Readonly<Record<FunctionName, readonly Right[]>> = {
  PlanNext: ['read-record'],
  WaitForRecord: ['read-record', 'write-record'],
  SendLetter: sends,
  RenewExecution: ['start-executions'],

  OpenReview: commits,
  DraftAssessment: commits,
  AssessFinally: commits,
  CloseReview: commits,

  AttachRenegotiation: commits,
  LapseProposal: commits,
  EnactRider: commits,
  SettleRenegotiation: [...commits, 'start-executions'],

  AttachRun: commits,
  PrepareRun: sends,
  StartReviews: [...commits, 'start-executions'],
  // What it archived is read back: the record names its hash.
  CompileReport: [...commits, 'read-archive', 'write-archive'],
  SendFactChecks: sends,
  FreezeReport: [...commits, 'read-archive', 'write-archive'],

  StartYear: [...commits, 'start-executions'],
  TakeInMail: [...sends, 'read-landing', 'start-executions'],
  // A letter that nobody recorded is recorded as its archived MIME says it.
  TakeDeliveryEvent: [...commits, 'read-archive'],
  RecordExecutionLost: commits,
  // A review that is reopened goes on with its next attempt; the operator's pages show how executions stand.
  Console: [...sends, 'start-executions', 'read-executions'],
  // What two persons have decided to erase goes here, where nothing from outside calls.
  Reconcile: [...sends, 'start-executions', 'erase-content'],
  SendDailyMails: mails,
  SendExperiences: sends,
  AnchorRecord: mails,
  ImportAgreements: sends,
  RecordObservations: [...commits, 'start-executions'],
  ReplayMail: [...sends, 'start-executions'],
  ResumeCase: ['read-record', 'start-executions'],
  // Alone in looking at rows that nothing names: one that was put there from outside is found by its seal.
  VerifyRecord: ['read-record', 'read-every-row', 'read-archive'],
  YearProgress: ['read-record', 'read-archive'],
  SummariseYear: ['read-record'],
}
