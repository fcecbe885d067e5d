import * as z from 'zod'
import { letterOrderSchema } from '../functions/domain/casefile/letters.ts'
import { isStreamId } from '../functions/domain/base/stream-id.ts'

/**
 * The tasks of the workflows: their names are the functions' names and the placeholders in the definitions.
 * Inputs and outputs only grow for 13 months: running executions send what their definition sent.
 */

const stream = z.string().refine(isStreamId, 'a stream of the record')
/**
 * Which case, which attempt at it, and when the state was entered: the same on every retry of the state, so
 * that a command's id is.
 */
const caseInput = z.object({ stream, attempt: z.int().positive(), entered: z.iso.datetime() })
export type CaseInput = z.infer<typeof caseInput>
const attachInput = caseInput.extend({ execution: z.string().min(1) })
/** Started at: at 330 days PlanNext answers "renew". */
const planInput = caseInput.extend({ startedAt: z.iso.datetime() })
const nothing = z.object({})

/** What PlanNext answers; a Choice reads `next` alone. */
export const planOutputSchema = z.object({
  next: z.string(),
  /** Whole seconds, 1 to 30 days; 1 where `next` is no wait. */
  seconds: z.int().min(1).max(2_592_000),
  /** What the wait expects, compared with the plan of later. */
  expects: z.string(),
  kind: z.string(),
  order: letterOrderSchema.nullable(),
})
export type PlanOutput = z.infer<typeof planOutputSchema>

const waitInput = caseInput.extend({
  token: z.string().min(1).max(1024),
  kind: z.string(),
  expects: z.string(),
})
const letterInput = caseInput.extend({ order: letterOrderSchema })

export const tasks = {
  /** Any case: what comes next. */
  PlanNext: { input: planInput, output: planOutputSchema },
  /** Any case: stores the token, then looks whether what it waits for is already so. */
  WaitForRecord: { input: waitInput, output: nothing },
  /** Any case: sends a letter once. */
  SendLetter: { input: letterInput, output: nothing },
  /** Any case: starts the next attempt after 330 days. */
  RenewExecution: { input: caseInput, output: nothing },

  OpenReview: { input: attachInput, output: nothing },
  DraftAssessment: { input: caseInput, output: nothing },
  AssessFinally: { input: caseInput, output: nothing },
  CloseReview: { input: caseInput, output: nothing },

  AttachRenegotiation: { input: attachInput, output: nothing },
  LapseProposal: { input: caseInput, output: nothing },
  EnactRider: { input: caseInput, output: nothing },
  SettleRenegotiation: { input: caseInput, output: nothing },

  AttachRun: { input: attachInput, output: nothing },
  PrepareRun: { input: caseInput, output: nothing },
  StartReviews: { input: caseInput, output: nothing },
  CompileReport: { input: caseInput, output: nothing },
  SendFactChecks: { input: caseInput, output: nothing },
  FreezeReport: { input: caseInput, output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
export type TaskName = keyof typeof tasks

/** Functions that no workflow calls: queues, schedules, HTTP and the command line do. */
export const otherFunctions = [
  'StartYear',
  'TakeInMail',
  'TakeDeliveryEvent',
  'RecordExecutionLost',
  'Console',
  'Reconcile',
  'SendDailyMails',
  'SendExperiences',
  'AnchorRecord',
  'ImportAgreements',
  'RecordObservations',
  'ReplayMail',
  'ResumeCase',
  'VerifyRecord',
  'YearProgress',
  'SummariseYear',
] as const
export type OtherFunction = (typeof otherFunctions)[number]

/** The state machines, by the names they are deployed and started under. */
export const stateMachines = ['annual-run', 'agreement-review', 'renegotiation'] as const
export type StateMachine = (typeof stateMachines)[number]
