import * as z from 'zod'
import { awaitsAnswer } from '../step/advance.ts'
import type { Core } from '../work/core.ts'
import { createExecution } from '../work/creation.ts'
import { ServiceError } from '../values/errors.ts'
import type { Answer, Stimulus } from '../turn/execution.ts'
import { byteLength, parseJson } from '../values/json.ts'
import { limits } from '../values/limits.ts'
import { makeQueries, type Queries } from './queries.ts'
import { redriveObstacle } from '../work/redrive-status.ts'
import { readToken, type TokenTarget } from '../work/task-token.ts'

/** Requests that change something, in AWS's shapes. Dates are seconds since the epoch, as on the wire. */
export const commandSchemas = {
  startExecution: z.strictObject({
    stateMachineArn: z.string(),
    name: z.string().optional(),
    input: z.string().optional(),
    // Accepted and without effect: the engine sends no traces.
    traceHeader: z.string().optional(),
  }),
  stopExecution: z.strictObject({
    executionArn: z.string(),
    error: z.string().max(256).optional(),
    cause: z.string().max(32_768).optional(),
  }),
  sendTaskSuccess: z.strictObject({ taskToken: z.string().min(1), output: z.string() }),
  sendTaskFailure: z.strictObject({
    taskToken: z.string().min(1),
    error: z.string().max(256).optional(),
    cause: z.string().max(32_768).optional(),
  }),
  sendTaskHeartbeat: z.strictObject({ taskToken: z.string().min(1) }),
  redriveExecution: z.strictObject({ executionArn: z.string(), clientToken: z.string().optional() }),
}

type Request<Name extends keyof typeof commandSchemas> = z.input<(typeof commandSchemas)[Name]>
type Nothing = Record<string, never>

/** The operations of the service. They reject with ServiceError, its name AWS's error code. */
export interface ServiceOperations extends Queries {
  startExecution(request: Request<'startExecution'>): Promise<{ executionArn: string; startDate: number }>
  stopExecution(request: Request<'stopExecution'>): Promise<{ stopDate: number }>
  sendTaskSuccess(request: Request<'sendTaskSuccess'>): Promise<Nothing>
  sendTaskFailure(request: Request<'sendTaskFailure'>): Promise<Nothing>
  sendTaskHeartbeat(request: Request<'sendTaskHeartbeat'>): Promise<Nothing>
  redriveExecution(request: Request<'redriveExecution'>): Promise<{ redriveDate: number }>
}

const readOutput = (text: string): Answer => {
  if (byteLength(text) > limits.payloadBytes)
    throw new ServiceError('InvalidOutput', `Invalid Output: larger than ${limits.payloadBytes} bytes`)
  try {
    return { ok: true, output: parseJson(text) }
  } catch (error) {
    throw new ServiceError('InvalidOutput', `Invalid Output: ${String(error)}`)
  }
}

const over = (): ServiceError =>
  new ServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'")

export const makeOperations = (core: Core): ServiceOperations => {
  const { line, options, store } = core

  /** Works something into the task of a token. Throws what AWS answers for a token that is none or is over. */
  const onTask = (token: string, stimulus: (target: TokenTarget) => Stimulus): Promise<Nothing> =>
    line.submit('task token', async () => {
      const target = readToken(store.secret, token)
      if (target === undefined) throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'")
      const snapshot = core.open(target.execution)
      if (snapshot === undefined)
        throw new ServiceError('TaskDoesNotExist', "Task Does Not Exist: 'Provided task does not exist'")
      const frame = snapshot.frames.get(target.frame)
      if (snapshot.execution.status !== 'RUNNING' || !awaitsAnswer(frame, target.attempt)) throw over()
      // A timer that is due has struck, whether or not it was fired yet.
      const due = Math.min(frame.timers.timeout ?? Infinity, frame.timers.heartbeat ?? Infinity)
      if (due <= options.clock.now()) throw over()
      await core.apply(target.execution, stimulus(target))
      return {}
    })

  const required = (arn: string): ReturnType<Core['find']> & object => {
    if (core.arns.executionIn(arn) === undefined)
      throw new ServiceError('InvalidArn', `Invalid Arn: '${arn}'`)
    const execution = core.find(arn)
    if (execution === undefined)
      throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`)
    return execution
  }

  return {
    ...makeQueries(core),
    startExecution: async (request) => {
      const { stateMachineArn, name, input = '{}' } = commandSchemas.startExecution.parse(request)
      const execution = await line.submit(
        `start of ${name ?? 'an execution'}`,
        () =>
          createExecution(core, { machineArn: stateMachineArn, name: name ?? crypto.randomUUID(), input }),
        'fresh',
      )
      return { executionArn: execution.arn, startDate: execution.startedAt / 1000 }
    },
    stopExecution: async (request) => {
      const { executionArn, error, cause } = commandSchemas.stopExecution.parse(request)
      return line.submit(`stop of ${executionArn}`, async () => {
        const { id, status } = required(executionArn)
        if (status === 'RUNNING') await core.apply(id, { kind: 'stop', error, cause })
        return { stopDate: (required(executionArn).stoppedAt ?? options.clock.now()) / 1000 }
      })
    },
    sendTaskSuccess: async (request) => {
      const { taskToken, output } = commandSchemas.sendTaskSuccess.parse(request)
      const answer = readOutput(output)
      return onTask(taskToken, ({ frame, attempt }) => ({ kind: 'answer', frame, attempt, answer }))
    },
    sendTaskFailure: async (request) => {
      const { taskToken, error, cause } = commandSchemas.sendTaskFailure.parse(request)
      const answer: Answer = { ok: false, error, cause }
      return onTask(taskToken, ({ frame, attempt }) => ({ kind: 'answer', frame, attempt, answer }))
    },
    sendTaskHeartbeat: async (request) => {
      const { taskToken } = commandSchemas.sendTaskHeartbeat.parse(request)
      return onTask(taskToken, ({ frame, attempt }) => ({ kind: 'heartbeat', frame, attempt }))
    },
    redriveExecution: async (request) => {
      const { executionArn } = commandSchemas.redriveExecution.parse(request)
      return line.submit(`redrive of ${executionArn}`, async () => {
        const execution = required(executionArn)
        const obstacle = redriveObstacle(execution, options.clock.now())
        if (obstacle !== undefined) throw new ServiceError('ExecutionNotRedrivable', obstacle)
        await core.apply(execution.id, { kind: 'redrive' })
        return { redriveDate: options.clock.now() / 1000 }
      })
    },
  }
}
