import type { FunctionName } from './names.ts'

/** What a function may do beside writing its log and reading the secret. */
export type Right =
  | 'read-record'
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

export interface FunctionNeeds {
  readonly rights: readonly Right[]
  readonly memoryMb: number
  readonly timeoutSeconds: number
}

const small = (rights: readonly Right[]): FunctionNeeds => ({ rights, memoryMb: 512, timeoutSeconds: 60 })
/** Works through many agreements in one call. */
const large = (rights: readonly Right[]): FunctionNeeds => ({ rights, memoryMb: 1769, timeoutSeconds: 600 })

/** Every function with its needs: a function without a line here does not compile. 1,769 MB is one whole CPU. */
export const functionNeeds: Readonly<Record<FunctionName, FunctionNeeds>> = {
  PlanNext: small(['read-record']),
  WaitForRecord: small(['read-record', 'write-record']),
  SendLetter: small(sends),
  RenewExecution: small(['start-executions']),

  OpenReview: small(commits),
  DraftAssessment: small(commits),
  AssessFinally: small(commits),
  CloseReview: small(commits),

  AttachRenegotiation: small(commits),
  LapseProposal: small(commits),
  EnactRider: small(commits),
  SettleRenegotiation: small([...commits, 'start-executions']),

  AttachRun: small(commits),
  PrepareRun: large(sends),
  StartReviews: large([...commits, 'start-executions']),
  CompileReport: large([...commits, 'write-archive']),
  SendFactChecks: large(sends),
  FreezeReport: large([...commits, 'read-archive', 'write-archive']),

  StartYear: small([...commits, 'start-executions']),
  TakeInMail: {
    rights: [...sends, 'read-landing', 'start-executions'],
    memoryMb: 1769,
    timeoutSeconds: 60,
  },
  // A letter that nobody recorded is recorded as its archived MIME says it.
  TakeDeliveryEvent: small([...commits, 'read-archive']),
  RecordExecutionLost: small(commits),
  /** HTTP API answers 503 after 30 s. */
  // A review that is reopened goes on with its next attempt; the operator's pages show how executions stand.
  Console: { rights: [...sends, 'start-executions', 'read-executions'], memoryMb: 1024, timeoutSeconds: 29 },
  // What two persons have decided to erase goes here, where nothing from outside calls.
  Reconcile: large([...sends, 'start-executions', 'erase-content']),
  SendDailyMails: large(mails),
  SendExperiences: large(sends),
  AnchorRecord: large(mails),
  ImportAgreements: large(sends),
  RecordObservations: large([...commits, 'start-executions']),
  ReplayMail: large([...sends, 'start-executions']),
  ResumeCase: small(['read-record', 'start-executions']),
  VerifyRecord: large(['read-record', 'read-archive']),
  YearProgress: large(['read-record', 'read-archive']),
  SummariseYear: large(['read-record']),
}
