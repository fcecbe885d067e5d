import { makeChance } from '../values/chance.ts'
import type { Core } from './core.ts'
import type { CallResult, Execution, Frame } from '../turn/execution.ts'
import { callLambda, callService } from './call-service.ts'
import { nestedResult, startNested } from './nested.ts'
import { stateOf } from '../turn/turn.ts'
import { makeToken } from './task-token.ts'

/** Makes the calls that tasks owe. */
export interface Caller {
  /** Makes the call of a frame after the running transaction; its result comes back through the line. */
  call(execution: Execution, frame: Frame): void
  /** Tells the task that started an execution that it has ended; only inside the line. */
  endNested(parent: NonNullable<Execution['parent']>, child: Execution): Promise<void>
}

const failureOf = (error: unknown): CallResult => {
  if (!(error instanceof Error)) return { ok: false, error: 'Error', cause: String(error) }
  return { ok: false, error: error.name, cause: error.message }
}

export const makeCaller = (core: Core, seed: string): Caller => {
  const { line, options, machines } = core

  /** Runs a call outside the line, with the clock held, and brings the result back. */
  const outside = (execution: Execution, frame: Frame, run: () => Promise<CallResult>): void => {
    const { attempt, id: frameId } = frame
    line.afterwards(() => {
      const release = line.hold(`execution ${execution.name}: ${frame.state}`)
      const bringBack = async (): Promise<void> => {
        const result = await run().catch(failureOf)
        await line.submit(`execution ${execution.name}`, () =>
          core.apply(execution.id, { kind: 'result', frame: frameId, attempt, result }),
        )
      }
      bringBack()
        // After closing, the result is lost on purpose: the next start makes the call again.
        .catch((error: unknown) => (line.isClosed() ? undefined : options.onFault?.(error)))
        .finally(release)
    })
  }

  const call: Caller['call'] = (execution, frame) => {
    const snapshot = core.open(execution.id)
    if (snapshot === undefined || frame.phase.kind !== 'calling') return
    const state = stateOf({ ...snapshot, machine: machines.byDefinition(execution.definitionId) }, frame)
    if (state.type !== 'Task') return
    const { resource } = state
    const { arguments: args, roleArn } = frame.phase
    const chance = makeChance(`${seed}/${execution.arn}/${frame.id}/${frame.attempt}/call`)
    if (resource.kind === 'start-execution') {
      const task = { execution: execution.id, frame: frame.id, attempt: frame.attempt }
      line.within(async () => {
        const result = await startNested(core, resource.pattern, args, task, chance)
        await core.apply(execution.id, { kind: 'result', frame: frame.id, attempt: frame.attempt, result })
      })
    } else if (resource.kind === 'service') {
      const token = makeToken(core.store.secret, {
        execution: execution.id,
        frame: frame.id,
        attempt: frame.attempt,
      })
      const context = {
        executionArn: execution.arn,
        stateName: frame.state,
        attempt: frame.attempt,
        ...(resource.pattern === 'token' ? { taskToken: token } : {}),
        ...(roleArn === undefined ? {} : { roleArn }),
      }
      outside(execution, frame, () => callService(options.integrations, resource.tail, args, context))
    } else {
      outside(execution, frame, () => callLambda(options.integrations, resource, args, chance))
    }
  }

  const endNested: Caller['endNested'] = async (parent, child) => {
    const waiting = core.open(parent.execution)
    const frame = waiting?.frames.get(parent.frame)
    if (waiting === undefined || frame === undefined || frame.attempt !== parent.attempt) return
    const state = stateOf(
      { ...waiting, machine: machines.byDefinition(waiting.execution.definitionId) },
      frame,
    )
    if (state.type !== 'Task' || state.resource.kind !== 'start-execution') return
    const result = nestedResult(core, state.resource.pattern, child)
    await core.apply(parent.execution, {
      kind: 'result',
      frame: parent.frame,
      attempt: parent.attempt,
      result,
    })
  }

  return { call, endNested }
}
