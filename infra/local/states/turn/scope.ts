import type { Scope } from '../expressions/expression.ts'
import type { Frame } from './execution.ts'
import type { Json, JsonObject } from '../values/json.ts'
import type { State } from '../language/machine.ts'
import { stateOf, type Turn } from './turn.ts'

/** Whether the context object of a state has a task token. */
const hasToken = (state: State): boolean =>
  state.type === 'Task' && 'pattern' in state.resource && state.resource.pattern !== 'response'

const instant = (ms: number): string => new Date(ms).toISOString()

/** The context object, `$states.context`, in AWS's order. */
export const contextOf = (turn: Turn, frame: Frame): JsonObject => {
  const { execution, machine } = turn
  const state = stateOf(turn, frame)
  const counts = state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map'
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.input,
      StartTime: instant(execution.startedAt),
      Name: execution.name,
      RoleArn: turn.roleArn,
      RedriveCount: execution.redriveCount,
      ...(execution.redrivenAt === undefined ? {} : { RedriveTime: instant(execution.redrivenAt) }),
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
    State: {
      Name: frame.state,
      EnteredTime: instant(frame.enteredAt),
      ...(counts ? { RetryCount: frame.retryCount } : {}),
    },
    ...(hasToken(state) ? { Task: { Token: turn.tokenOf(frame) } } : {}),
    ...(frame.item === undefined
      ? {}
      : { Map: { Item: { Index: frame.item.index, Value: frame.item.value } } }),
  }
}

/** What the expressions of a frame's state see; `more` is `result` or `errorOutput`, where there is one. */
export const scopeOf = (turn: Turn, frame: Frame, more: { readonly [key: string]: Json } = {}): Scope => ({
  states: { input: frame.input, ...more },
  context: () => contextOf(turn, frame),
  variables: frame.variables,
  now: turn.now,
  chance: turn.chance,
})
