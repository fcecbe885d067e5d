import type { SecretKind } from '../../functions/adapters/secrets.ts'
import type { FunctionName } from '../../workflows/tasks.ts'

/** What a function may do beside writing its log. */
export type Right =
  | 'read-record'
  | 'read-every-row'
  | 'commit'
  | 'write-waits'
  | 'write-beside'
  | 'keep-sessions'
  | 'read-archive'
  | 'write-archive'
  | 'erase-content'
  | 'read-landing'
  | 'send-mail'
  | 'start-executions'
  | 'complete-waits'
  | 'read-executions'
  | 'seal-rows'
  | 'sign-tokens'
  | 'sign-lists'
  | 'log-in'
  | 'check-door'

/** The secret that a right needs: whoever has no such right cannot read it. */
export const secretOf: Readonly<Partial<Record<Right, SecretKind>>> = {
  'seal-rows': 'seals',
  'sign-tokens': 'tokens',
  'sign-lists': 'lists',
  'keep-sessions': 'session',
  'log-in': 'login',
  'check-door': 'door',
}

/** Reads and writes streams; whoever commits completes the waits that are over. */
const commits = [
  'read-record',
  'commit',
  'write-waits',
  'seal-rows',
  'complete-waits',
] as const satisfies readonly Right[]
/** Commits, and keeps the register or what letters and commands are claimed by. */
const registers = [...commits, 'write-beside'] as const satisfies readonly Right[]
/** Sends letters: the exact MIME is archived first, attachments are read back. */
const sends = [
  ...registers,
  'sign-tokens',
  'read-archive',
  'write-archive',
  'send-mail',
] as const satisfies readonly Right[]

/** Mails the ministry's own people, which stands on no case's record. */
const mails = [
  'read-record',
  'write-beside',
  'seal-rows',
  'read-archive',
  'write-archive',
  'send-mail',
] as const satisfies readonly Right[]

/** What every function may do: a function without a line here does not compile. */
export const functionRights: Readonly<Record<FunctionName, readonly Right[]>> = {
  PlanNext: ['read-record'],
  WaitForRecord: ['read-record', 'write-waits', 'seal-rows'],
  SendLetter: sends,
  RenewExecution: ['start-executions'],

  OpenReview: commits,
  DraftAssessment: commits,
  AssessFinally: registers,
  CloseReview: commits,

  AttachRenegotiation: commits,
  LapseProposal: commits,
  EnactRider: commits,
  SettleRenegotiation: [...commits, 'start-executions'],

  AttachRun: commits,
  PrepareRun: sends,
  StartReviews: [...registers, 'start-executions'],
  // What it archived is read back: the record names its hash.
  CompileReport: [...commits, 'read-archive', 'write-archive'],
  SendFactChecks: sends,
  FreezeReport: [...commits, 'read-archive', 'write-archive'],

  StartYear: [...registers, 'start-executions'],
  TakeInMail: [...sends, 'read-landing', 'start-executions'],
  // A letter that nobody recorded is recorded as its archived MIME says it.
  TakeDeliveryEvent: [...registers, 'read-archive'],
  RecordExecutionLost: commits,
  // A review that is reopened goes on with its next attempt; the operator's pages show how executions stand.
  Console: [...sends, 'start-executions', 'read-executions', 'keep-sessions', 'log-in', 'check-door'],
  // What two persons have decided to erase goes here, where nothing from outside calls.
  Reconcile: [...sends, 'start-executions', 'erase-content'],
  SendDailyMails: mails,
  // Asks and tells; nothing is answered by a token.
  SendExperiences: [...registers, 'read-archive', 'write-archive', 'send-mail'],
  AnchorRecord: [...mails, 'sign-lists'],
  ImportAgreements: sends,
  RecordObservations: [...commits, 'start-executions'],
  ReplayMail: [...sends, 'start-executions'],
  ResumeCase: ['read-record', 'start-executions'],
  // Alone in looking at rows that nothing names: one that was put there from outside is found by its seal.
  VerifyRecord: ['read-record', 'read-every-row', 'read-archive', 'seal-rows', 'sign-lists'],
  YearProgress: ['read-record', 'read-archive'],
  SummariseYear: ['read-record'],
}
