import { EvaluationFailure } from '../values/errors.ts'
import { exit } from './exit.ts'
import { unexpectedType } from '../expressions/expression.ts'
import type { Failure, Frame } from '../turn/execution.ts'
import { isJsonArray, type Json } from '../values/json.ts'
import { limits } from '../values/limits.ts'
import type { MapState } from '../language/machine.ts'
import { exceeded, isExceeded } from './map-failures.ts'
import { failed, rest, type Outcome } from '../turn/outcome.ts'
import { scopeOf } from '../turn/scope.ts'
import type { Template } from '../expressions/template.ts'
import { failureDetails, makeFrame, record, recordAside, type Turn } from '../turn/turn.ts'

const itemsOf = async (turn: Turn, frame: Frame, state: MapState): Promise<readonly Json[]> => {
  const items = state.items === undefined ? frame.input : await state.items.evaluate(scopeOf(turn, frame))
  if (isJsonArray(items)) return items
  if (state.items?.expression !== undefined)
    throw unexpectedType(state.items.expression, 'Items', 'array', items)
  throw new EvaluationFailure('The input of a Map state without Items must be an array.', 'Items')
}

const number = async (
  turn: Turn,
  frame: Frame,
  template: Template | undefined,
  field: string,
): Promise<number | undefined> => {
  if (template === undefined) return undefined
  const value = await template.evaluate(scopeOf(turn, frame))
  if (typeof value === 'number' && value >= 0) return value
  if (template.expression !== undefined) throw unexpectedType(template.expression, field, 'number', value)
  throw new EvaluationFailure(`The ${field} field must be a number that is not negative.`, field)
}

/** Starts iterations until as many run as may run at a time; ends the state when none is left. */
const goOn = async (turn: Turn, frame: Frame, state: MapState): Promise<Outcome> => {
  const work = turn.iterations.get(frame.id)
  let phase = frame.phase
  if (phase.kind !== 'iterations' || work === undefined) return rest
  const distributed = state.distributed !== undefined
  while (phase.open < phase.concurrency && phase.next < work.items.length) {
    const index: number = phase.next
    const value = work.items[index] ?? null
    const item = { index, value }
    const input =
      state.itemSelector === undefined
        ? value
        : await state.itemSelector.evaluate(scopeOf(turn, { ...frame, item }))
    const started = distributed
      ? frame.lastEvent
      : recordAside(turn, frame, 'MapIterationStarted', {
          mapIterationStartedEventDetails: { index, name: state.name },
        })
    makeFrame(turn, state.processor, {
      parent: frame.id,
      index,
      item,
      silent: distributed || frame.silent,
      input,
      // The iterations of a distributed Map are executions of their own and see no variable of this one.
      variables: distributed ? {} : frame.variables,
      lastEvent: started,
    })
    phase = { ...phase, next: index + 1, open: phase.open + 1 }
    frame.phase = phase
    turn.touched.add(frame.id)
  }
  return phase.open > 0 || phase.next < work.items.length ? rest : end(turn, frame, state)
}

const end = async (turn: Turn, frame: Frame, state: MapState): Promise<Outcome> => {
  const work = turn.iterations.get(frame.id)
  const lastAside = frame.phase.kind === 'iterations' ? frame.phase.lastAside : frame.lastEvent
  const outputs = [...(work?.outputs ?? [])].sort(([a], [b]) => a - b).map(([, output]) => output)
  turn.iterations.delete(frame.id)
  if (state.distributed === undefined) frame.lastEvent = lastAside
  const last = state.distributed === undefined ? lastAside : recordAside(turn, frame, 'MapRunSucceeded')
  recordAside(turn, frame, 'MapStateSucceeded', {}, last)
  return exit(turn, frame, state, state.next, outputs, { result: outputs })
}

const mapRunArn = (turn: Turn, state: MapState): string => {
  const label = state.distributed?.label ?? turn.chance.uuid()
  return `${turn.machine.arn.replace(':stateMachine:', ':mapRun:')}/${label}:${turn.chance.uuid()}`
}

/** Evaluates the items and starts as many iterations as may run at a time. */
export const enterMap = async (turn: Turn, frame: Frame, state: MapState): Promise<Outcome> => {
  const items = await itemsOf(turn, frame, state)
  const asked = (await number(turn, frame, state.maxConcurrency, 'MaxConcurrency')) ?? 0
  const count = await number(turn, frame, state.toleratedFailureCount, 'ToleratedFailureCount')
  const percentage = await number(turn, frame, state.toleratedFailurePercentage, 'ToleratedFailurePercentage')
  record(turn, frame, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } })
  if (state.distributed !== undefined)
    record(turn, frame, 'MapRunStarted', { mapRunStartedEventDetails: { mapRunArn: mapRunArn(turn, state) } })
  const most =
    state.distributed === undefined ? limits.inlineMapConcurrency : limits.distributedMapConcurrency
  turn.iterations.set(frame.id, { items, outputs: new Map() })
  frame.phase = {
    kind: 'iterations',
    next: 0,
    open: 0,
    failed: 0,
    concurrency: asked === 0 ? most : Math.min(asked, most),
    tolerance: { count, percentage },
    lastAside: frame.lastEvent,
  }
  return goOn(turn, frame, state)
}

/** An iteration has come to its end: the next one starts, or the state ends. */
export const endIteration = async (
  turn: Turn,
  frame: Frame,
  state: MapState,
  child: Frame,
  output: Json,
): Promise<Outcome> => {
  if (frame.phase.kind !== 'iterations') return rest
  turn.iterations.get(frame.id)?.outputs.set(child.index, output)
  turn.added.push({ frame: frame.id, index: child.index })
  turn.touched.add(frame.id)
  if (state.distributed === undefined) frame.lastEvent = child.lastEvent
  const lastAside =
    state.distributed === undefined
      ? recordAside(turn, frame, 'MapIterationSucceeded', {
          mapIterationSucceededEventDetails: { index: child.index, name: state.name },
        })
      : frame.lastEvent
  frame.phase = { ...frame.phase, open: frame.phase.open - 1, lastAside }
  return goOn(turn, frame, state)
}

/**
 * An iteration has failed. An inline Map fails with it; a distributed one goes on while it tolerates the failures,
 * and gives the outputs of those that succeeded.
 */
export const failIteration = async (
  turn: Turn,
  frame: Frame,
  state: MapState,
  child: Frame,
  failure: Failure,
): Promise<Outcome> => {
  if (state.distributed === undefined) {
    frame.lastEvent = child.lastEvent
    recordAside(turn, frame, 'MapIterationFailed', {
      mapIterationFailedEventDetails: { index: child.index, name: state.name },
    })
    return failed(failure.error, failure.cause, failure)
  }
  if (frame.phase.kind !== 'iterations') return rest
  const items = turn.iterations.get(frame.id)?.items.length ?? 0
  const failures = frame.phase.failed + 1
  frame.phase = { ...frame.phase, open: frame.phase.open - 1, failed: failures }
  turn.touched.add(frame.id)
  if (!isExceeded(failures, items, frame.phase.tolerance)) return goOn(turn, frame, state)
  record(turn, frame, 'MapRunFailed', { mapRunFailedEventDetails: failureDetails(exceeded) })
  return failed(exceeded.error, exceeded.cause)
}
