import * as z from 'zod'
import { letterOrderSchema } from '../functions/domain/casefile/letters.ts'
import { isStreamId } from '../functions/domain/base/stream-id.ts'

/**
 * Every function once, with what AWS and the system on one machine must agree on: name, limits, schedule and
 * queue. What a function may do stands in `infra/aws/function-rights.ts`, since only AWS has roles; its code is
 * `functions/lambda/<name>.ts`.
 */

/** What a function gets on AWS; the time limit holds on one machine too. */
interface Limits {
  /** 1,769 MB is one whole CPU. */
  readonly memoryMb: number
  readonly timeoutSeconds: number
}
const small = { memoryMb: 512, timeoutSeconds: 60 } as const satisfies Limits
/** Works through many agreements in one call. */
const large = { memoryMb: 1769, timeoutSeconds: 600 } as const satisfies Limits

/** A time of day in Copenhagen, `HH:MM`. */
export type TimeOfDay = `${number}:${number}`

/** When a schedule fires, in Danish time. `weekdays` is Monday to Friday: EventBridge knows no Danish holidays. */
export type ScheduleRule =
  | { readonly kind: 'every'; readonly minutes: number }
  | { readonly kind: 'daily'; readonly time: TimeOfDay }
  | { readonly kind: 'weekdays'; readonly time: TimeOfDay }
  | { readonly kind: 'yearly'; readonly month: number; readonly day: number; readonly time: TimeOfDay }

/** An event that a schedule could not hand over is tried this often and this long, then it is told of. */
export const scheduleRetries = { attempts: 20, maxAgeHours: 12 } as const

/** What a schedule's function failed at is tried again after these waits, as Lambda does; then it is a failed event. */
export const asyncRetryMinutes = [1, 2] as const

/** The event of every schedule: the time it was due, never the time it is. */
export const scheduledInput = { scheduledAt: '<aws.scheduler.scheduled-time>' } as const

interface QueueSettings {
  readonly name: string
  /** Never reserved concurrency: throttled polls would drive good mail into the dead-letter queue. */
  readonly concurrency: number
}

/**
 * So often a mail is handed in. The last time it is held for a person, read by nobody: otherwise a few mails that no
 * reader finishes would occupy every place of work.
 */
export const mailTries = 3

/** What a queue that feeds a function is: one message an invocation. */
const fedBy = <T extends QueueSettings>(queue: T, limits: Limits, maxReceives: number) => ({
  ...limits,
  queue: {
    ...queue,
    /** Six times the function's limit, as AWS advises: a message is not handed out while it is worked on. */
    visibilitySeconds: 6 * limits.timeoutSeconds,
    /** So often a message is handed in; after that it is a dead letter. */
    maxReceives,
  },
})

// Inputs and outputs of the workflows' tasks only grow for 13 months: running executions send what their
// definition sent.

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
  /** Step Functions' model: 1 to 2,048 characters. */
  token: z.string().min(1).max(2048),
  kind: z.string(),
  expects: z.string(),
})
const letterInput = caseInput.extend({ order: letterOrderSchema })

/** The workflows' tasks: their names are the placeholders in the definitions. */
export const tasks = {
  /** Any case: what comes next. */
  PlanNext: { input: planInput, output: planOutputSchema, ...small },
  /** Any case: stores the token, then looks whether what it waits for is already so. */
  WaitForRecord: { input: waitInput, output: nothing, ...small },
  /** Any case: sends a letter once. */
  SendLetter: { input: letterInput, output: nothing, ...small },
  /** Any case: starts the next attempt after 330 days. */
  RenewExecution: { input: caseInput, output: nothing, ...small },

  OpenReview: { input: attachInput, output: nothing, ...small },
  DraftAssessment: { input: caseInput, output: nothing, ...small },
  AssessFinally: { input: caseInput, output: nothing, ...small },
  CloseReview: { input: caseInput, output: nothing, ...small },

  AttachRenegotiation: { input: attachInput, output: nothing, ...small },
  LapseProposal: { input: caseInput, output: nothing, ...small },
  EnactRider: { input: caseInput, output: nothing, ...small },
  SettleRenegotiation: { input: caseInput, output: nothing, ...small },

  AttachRun: { input: attachInput, output: nothing, ...small },
  PrepareRun: { input: caseInput, output: nothing, ...large },
  StartReviews: { input: caseInput, output: nothing, ...large },
  CompileReport: { input: caseInput, output: nothing, ...large },
  SendFactChecks: { input: caseInput, output: nothing, ...large },
  FreezeReport: { input: caseInput, output: nothing, ...large },
} as const satisfies Record<string, Limits & { input: z.ZodType; output: z.ZodType }>
export type TaskName = keyof typeof tasks

/** Functions that no workflow calls: queues, schedules, HTTP and the command line do. */
export const otherFunctions = {
  StartYear: {
    ...small,
    schedule: {
      rule: { kind: 'yearly', month: 12, day: 1, time: '09:00' },
      says: 'Opens the year on 1 December',
    },
  },
  TakeInMail: fedBy({ name: 'intake', concurrency: 5 }, { memoryMb: 1769, timeoutSeconds: 60 }, mailTries),
  /** More than five tries: a letter's event may come before the letter is on the record. */
  TakeDeliveryEvent: fedBy({ name: 'deliveries', concurrency: 2 }, small, 8),
  RecordExecutionLost: small,
  /** HTTP API answers 503 after 30 s. */
  Console: { memoryMb: 1024, timeoutSeconds: 29 },
  Reconcile: {
    ...large,
    schedule: { rule: { kind: 'every', minutes: 5 }, says: 'Commands begun and not finished' },
  },
  SendDailyMails: {
    ...large,
    schedule: { rule: { kind: 'weekdays', time: '07:30' }, says: 'What waits for whom' },
  },
  SendExperiences: {
    ...large,
    schedule: {
      rule: { kind: 'weekdays', time: '09:00' },
      says: 'The experiences of a year to every municipality, once they are released',
    },
  },
  AnchorRecord: {
    ...large,
    schedule: {
      rule: { kind: 'daily', time: '02:00' },
      says: 'Last hashes into the archive and the journal',
    },
  },
  ImportAgreements: large,
  RecordObservations: large,
  ReplayMail: large,
  ResumeCase: small,
  VerifyRecord: large,
  YearProgress: large,
  SummariseYear: large,
} as const satisfies Record<string, FunctionRow>

type FunctionRow = Limits & {
  readonly schedule?: { readonly rule: ScheduleRule; readonly says: string }
  readonly queue?: QueueSettings & { readonly visibilitySeconds: number; readonly maxReceives: number }
}
export type FunctionName = TaskName | keyof typeof otherFunctions

/** Every function of the system: the workflows' tasks and the others. */
export const functions: Readonly<Record<FunctionName, FunctionRow>> = { ...tasks, ...otherFunctions }

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functions, name)
export const functionNames: readonly FunctionName[] = Object.keys(functions).filter(isFunctionName)

/** `SendLetter` is `send-letter`: the file in `functions/lambda` and the last part of the deployed name. */
export const fileNameOf = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()

/** What the clock starts. */
export const schedules = functionNames.flatMap((calls) => {
  const { schedule } = functions[calls]
  return schedule === undefined ? [] : [{ calls, ...schedule }]
})

/** The state machines, by the names they are deployed and started under. */
export const stateMachines = ['annual-run', 'agreement-review', 'renegotiation'] as const
export type StateMachine = (typeof stateMachines)[number]
