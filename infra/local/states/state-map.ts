import { EvaluationFailure } from './errors.ts'
import { exit } from './exit.ts'
import { unexpectedType } from './expressions.ts'
import type { Failure, Frame } from './execution.ts'
import { isJsonArray, type Json } from './json.ts'
import { limits } from './limits.ts'
import type { MapState } from './machine.ts'
import { failed, rest, type Outcome } from './outcome.ts'
import { scopeOf } from './scope.ts'
import type { Template } from './template.ts'
import { makeFrame, record, recordAside, type Turn } from './turn.ts'

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

const startIterations = async (turn: Turn, frame: Frame, state: MapState): Promise<Outcome> => {
  const work = turn.iterations.get(frame.id)
  let phase = frame.phase
  if (phase.kind !== 'iterations' || work === undefined) return rest
  while (phase.open < phase.concurrency && phase.next < work.items.length) {
    const index: number = phase.next
    const value = work.items[index] ?? null
    const item = { index, value }
    const input =
      state.itemSelector === undefined
        ? value
        : await state.itemSelector.evaluate(scopeOf(turn, { ...frame, item }))
    const started = recordAside(turn, frame, 'MapIterationStarted', {
      mapIterationStartedEventDetails: { index, name: state.name },
    })
    makeFrame(turn, state.processor, {
      parent: frame.id,
      index,
      item,
      input,
      variables: frame.variables,
      lastEvent: started,
    })
    phase = { ...phase, next: index + 1, open: phase.open + 1 }
    frame.phase = phase
    turn.touched.add(frame.id)
  }
  return phase.open > 0 || phase.next < work.items.length ? rest : endMap(turn, frame, state)
}

const endMap = async (turn: Turn, frame: Frame, state: MapState): Promise<Outcome> => {
  const work = turn.iterations.get(frame.id)
  const outputs = (work?.items ?? []).map((_, index) => work?.outputs.get(index) ?? null)
  turn.iterations.delete(frame.id)
  recordAside(turn, frame, 'MapStateSucceeded')
  return exit(turn, frame, state, state.next, outputs, { result: outputs })
}

/** Evaluates the items and starts as many iterations as may run at a time. */
export const enterMap = async (turn: Turn, frame: Frame, state: MapState): Promise<Outcome> => {
  const items = await itemsOf(turn, frame, state)
  const asked = (await number(turn, frame, state.maxConcurrency, 'MaxConcurrency')) ?? 0
  await number(turn, frame, state.toleratedFailureCount, 'ToleratedFailureCount')
  await number(turn, frame, state.toleratedFailurePercentage, 'ToleratedFailurePercentage')
  record(turn, frame, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } })
  const concurrency = Math.min(asked === 0 ? limits.inlineMapConcurrency : asked, limits.inlineMapConcurrency)
  turn.iterations.set(frame.id, { items, outputs: new Map() })
  frame.phase = { kind: 'iterations', next: 0, open: 0, failed: 0, concurrency }
  return startIterations(turn, frame, state)
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
  frame.phase = { ...frame.phase, open: frame.phase.open - 1 }
  frame.lastEvent = child.lastEvent
  turn.touched.add(frame.id)
  recordAside(turn, frame, 'MapIterationSucceeded', {
    mapIterationSucceededEventDetails: { index: child.index, name: state.name },
  })
  return startIterations(turn, frame, state)
}

/** An iteration has failed, and the Map with it. */
export const failIteration = (
  turn: Turn,
  frame: Frame,
  state: MapState,
  child: Frame,
  failure: Failure,
): Outcome => {
  frame.lastEvent = child.lastEvent
  recordAside(turn, frame, 'MapIterationFailed', {
    mapIterationFailedEventDetails: { index: child.index, name: state.name },
  })
  turn.iterations.delete(frame.id)
  return failed(failure.error, failure.cause, failure)
}
