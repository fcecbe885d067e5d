import { EvaluationFailure } from '../values/errors.ts'
import { exit, fits, tooLarge } from './exit.ts'
import type { Answer, CallResult, Frame } from '../turn/execution.ts'
import { byteLength, type Json, type JsonObject } from '../values/json.ts'
import { limits } from '../values/limits.ts'
import type { TaskState } from '../language/machine.ts'
import { failed, rest, type Outcome } from '../turn/outcome.ts'
import { scopeOf } from '../turn/scope.ts'
import { secondsOf } from './seconds.ts'
import {
  clearTimers,
  failureDetails,
  inputDetails,
  outputDetails,
  record,
  setTimer,
  stopNested,
  type Turn,
} from '../turn/turn.ts'

const named = (state: TaskState): JsonObject =>
  state.resource.kind === 'lambda-arn'
    ? {}
    : { resource: state.resource.resource, resourceType: state.resource.resourceType }

/** Starts an attempt: evaluates what the state sends, records it, and leaves the call to be made. */
export const enterTask = async (turn: Turn, frame: Frame, state: TaskState): Promise<Outcome> => {
  frame.attempt += 1
  const scope = scopeOf(turn, frame)
  const timeout =
    state.timeoutSeconds === undefined
      ? undefined
      : await secondsOf(state.timeoutSeconds, 'TimeoutSeconds', 1, scope)
  const heartbeat =
    state.heartbeatSeconds === undefined
      ? undefined
      : await secondsOf(state.heartbeatSeconds, 'HeartbeatSeconds', 1, scope)
  if (timeout !== undefined && heartbeat !== undefined && heartbeat >= timeout)
    throw new EvaluationFailure(
      'HeartbeatSeconds must be smaller than TimeoutSeconds.',
      'HeartbeatSeconds',
      true,
    )
  const args = state.arguments === undefined ? frame.input : await state.arguments.evaluate(scope)
  const roleArn = state.roleArn === undefined ? undefined : await state.roleArn.evaluate(scope)
  if (byteLength(JSON.stringify(args)) > limits.payloadBytes) return tooLarge(state.name)
  const details: JsonObject = {
    ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
    ...(heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat }),
    ...(typeof roleArn === 'string' ? { taskCredentials: { roleArn } } : {}),
  }
  if (state.resource.kind === 'lambda-arn') {
    record(turn, frame, 'LambdaFunctionScheduled', {
      lambdaFunctionScheduledEventDetails: {
        ...inputDetails(args),
        resource: state.resource.arn,
        ...details,
      },
    })
    record(turn, frame, 'LambdaFunctionStarted')
  } else {
    record(turn, frame, 'TaskScheduled', {
      taskScheduledEventDetails: {
        parameters: JSON.stringify(args),
        region: turn.region,
        ...named(state),
        ...details,
      },
    })
    record(turn, frame, 'TaskStarted', { taskStartedEventDetails: named(state) })
  }
  if (timeout !== undefined) setTimer(turn, frame, 'timeout', turn.now + timeout * 1000)
  if (heartbeat !== undefined) setTimer(turn, frame, 'heartbeat', turn.now + heartbeat * 1000)
  frame.phase = { kind: 'calling', arguments: args, ...(typeof roleArn === 'string' ? { roleArn } : {}) }
  turn.effects.push({ kind: 'call', frame: frame.id, attempt: frame.attempt })
  return rest
}

const succeed = async (turn: Turn, frame: Frame, state: TaskState, output: Json): Promise<Outcome> => {
  clearTimers(turn, frame)
  if (state.resource.kind === 'lambda-arn')
    record(turn, frame, 'LambdaFunctionSucceeded', {
      lambdaFunctionSucceededEventDetails: outputDetails(output),
    })
  else
    record(turn, frame, 'TaskSucceeded', {
      taskSucceededEventDetails: { ...outputDetails(output), ...named(state) },
    })
  return exit(turn, frame, state, state.next, output, { result: output })
}

const fail = (
  turn: Turn,
  frame: Frame,
  state: TaskState,
  failure: { readonly error: string | undefined; readonly cause: string | undefined },
): Outcome => {
  clearTimers(turn, frame)
  if (state.resource.kind === 'lambda-arn')
    record(turn, frame, 'LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: failureDetails(failure) })
  else
    record(turn, frame, 'TaskFailed', {
      taskFailedEventDetails: { ...failureDetails(failure), ...named(state) },
    })
  return failed(failure.error, failure.cause)
}

/** The token's holder has answered. */
export const answerTask = async (
  turn: Turn,
  frame: Frame,
  state: TaskState,
  answer: Answer,
): Promise<Outcome> =>
  answer.ok ? succeed(turn, frame, state, answer.output) : fail(turn, frame, state, answer)

/** The call has come back. */
export const endCall = async (
  turn: Turn,
  frame: Frame,
  state: TaskState,
  result: CallResult,
): Promise<Outcome> => {
  const early = frame.phase.kind === 'calling' ? frame.phase.answer : undefined
  const { resource } = state
  if (!result.ok) {
    // An answer that was accepted before the function failed is not lost: it came first.
    return early === undefined ? fail(turn, frame, state, result) : answerTask(turn, frame, state, early)
  }
  if (!fits(result.output)) {
    const outcome = tooLarge(resource.kind === 'lambda-arn' ? resource.arn : resource.resourceType)
    if (outcome.kind !== 'fail') return outcome
    const { failure } = outcome
    fail(turn, frame, state, failure)
    return { kind: 'fail', failure: { ...failure, ofResult: true } }
  }
  if (resource.kind === 'lambda-arn' || resource.pattern === 'response')
    return succeed(turn, frame, state, result.output)
  record(turn, frame, 'TaskSubmitted', {
    taskSubmittedEventDetails: { ...outputDetails(result.output), ...named(state) },
  })
  if (early !== undefined) return answerTask(turn, frame, state, early)
  frame.phase = result.nested === undefined ? { kind: 'token' } : { kind: 'nested', execution: result.nested }
  return rest
}

/** The time for the task, or for its next heartbeat, is over. */
export const timeOutTask = async (
  turn: Turn,
  frame: Frame,
  state: TaskState,
  timer: 'timeout' | 'heartbeat',
): Promise<Outcome> => {
  if (frame.phase.kind === 'calling' && frame.phase.answer !== undefined)
    return answerTask(turn, frame, state, frame.phase.answer)
  clearTimers(turn, frame)
  stopNested(turn, frame)
  if (state.resource.kind === 'lambda-arn')
    record(turn, frame, 'LambdaFunctionTimedOut', {
      lambdaFunctionTimedOutEventDetails: { error: 'States.Timeout' },
    })
  else
    record(turn, frame, 'TaskTimedOut', {
      taskTimedOutEventDetails: { error: 'States.Timeout', ...named(state) },
    })
  return failed('States.Timeout', undefined, { heartbeat: timer === 'heartbeat' })
}

/** A sign of life: the time until the next one starts again. */
export const heartbeat = async (turn: Turn, frame: Frame, state: TaskState): Promise<void> => {
  if (state.heartbeatSeconds === undefined) return
  const seconds = await secondsOf(state.heartbeatSeconds, 'HeartbeatSeconds', 1, scopeOf(turn, frame))
  setTimer(turn, frame, 'heartbeat', turn.now + seconds * 1000)
}
