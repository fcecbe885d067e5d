import { advance } from '../step/advance.ts'
import { makeArns } from '../store/arns.ts'
import { makeChance } from '../values/chance.ts'
import type { Core } from './core.ts'
import { failExecution } from '../step/end-execution.ts'
import type { Effect, Frame } from '../turn/execution.ts'
import { makeCaller, type Caller } from './call.ts'
import {
  EXECUTIONS,
  loadSnapshot,
  newSnapshot,
  readExecution,
  saveTurn,
  type StoredSnapshot,
} from '../store/snapshots.ts'
import { makeLine } from './line.ts'
import { makeMachines } from '../store/machines.ts'
import { announce } from './notices.ts'
import { openStore } from '../store/store.ts'
import { makeToken } from './task-token.ts'
import type { Turn } from '../turn/turn.ts'
import type { EngineOptions } from '../types.ts'

/** Executions kept in memory between two stimuli. */
const AT_HAND = 16_000

/** Puts the engine's parts together on its file. Throws when the file cannot be taken. */
export const makeCore = (options: EngineOptions): Core => {
  const { clock, region = 'us-east-1', account = '111111111111' } = options
  const arns = makeArns(region, account)
  const store = openStore(options.file, options.seed, options.survives)
  const seed = options.seed ?? store.secret
  const machines = makeMachines(store, options.integrations, arns, clock)
  const line = makeLine(store, options)
  const roleArn = options.roleArn ?? `arn:aws:iam::${account}:role/local-states`
  // Executions that something happened to of late, as they stand in the store; the others are read when needed.
  const atHand = new Map<number, StoredSnapshot>()
  line.onEnd((stored) => {
    if (!stored) atHand.clear()
    clock.changed()
  })
  const keep = (id: number, snapshot: StoredSnapshot): void => {
    atHand.set(id, snapshot)
    if (atHand.size <= AT_HAND) return
    for (const oldest of atHand.keys()) {
      atHand.delete(oldest)
      if (atHand.size <= AT_HAND / 2) return
    }
  }

  const open = (id: number): StoredSnapshot | undefined => {
    const known = atHand.get(id)
    if (known !== undefined) return known
    const row = store.get(`${EXECUTIONS} WHERE executions.id = ?`, id)
    if (row === undefined) return undefined
    const snapshot = loadSnapshot(store, readExecution(row, arns.execution))
    keep(id, snapshot)
    return snapshot
  }

  const adopt: Core['adopt'] = (execution) => keep(execution.id, newSnapshot(execution))

  const turnOn = (snapshot: StoredSnapshot, key: string): Turn & StoredSnapshot => {
    const { execution } = snapshot
    return {
      ...snapshot,
      machine: machines.byDefinition(execution.definitionId),
      now: clock.now(),
      chance: makeChance(`${seed}/${execution.arn}/${execution.id}/${execution.eventCount}/${key}`),
      region,
      roleArn,
      tokenOf: (frame: Frame) =>
        makeToken(store.secret, { execution: execution.id, frame: frame.id, attempt: frame.attempt }),
      events: [],
      effects: [],
      touched: new Set(),
      added: [],
      ready: [],
    }
  }

  /** What a step owes: calls after it is stored, and whatever concerns other executions in the same transaction. */
  const carryOut = (snapshot: StoredSnapshot, effect: Effect): void => {
    const { execution } = snapshot
    if (effect.kind === 'call') {
      const frame = snapshot.frames.get(effect.frame)
      if (frame !== undefined && frame.attempt === effect.attempt) caller.call(execution, frame)
      return
    }
    if (effect.kind === 'stop-nested') {
      const cause = `The task that started the execution is over: ${execution.arn}`
      line.within(() => apply(effect.execution, { kind: 'stop', error: undefined, cause }))
      return
    }
    announce(core, execution, effect.kind)
    const { parent } = execution
    if (effect.kind === 'ended' && parent !== undefined)
      line.within(() => caller.endNested(parent, execution))
  }

  const apply: Core['apply'] = async (id, stimulus) => {
    const snapshot = open(id)
    if (snapshot === undefined) return
    const turn = turnOn(snapshot, stimulus.kind)
    try {
      await advance(turn, stimulus)
    } catch (error) {
      atHand.delete(id)
      options.onFault?.(error)
      await failSafely(id, error)
      return
    }
    saveTurn(store, turn)
    for (const effect of turn.effects) carryOut(snapshot, effect)
    if (snapshot.execution.status !== 'RUNNING') atHand.delete(id)
  }

  /** A fault of the engine must not leave an execution hanging: it fails with States.Runtime and can be redriven. */
  const failSafely = async (id: number, error: unknown): Promise<void> => {
    const snapshot = open(id)
    const root = [...(snapshot?.frames.values() ?? [])].find((frame) => frame.parent === undefined)
    if (snapshot === undefined || root === undefined) throw error
    const turn = turnOn(snapshot, 'fault')
    failExecution(turn, root, { error: 'States.Runtime', cause: `The engine failed: ${String(error)}` })
    saveTurn(store, turn)
    for (const effect of turn.effects) carryOut(snapshot, effect)
  }

  const find: Core['find'] = (arn) => {
    const names = arns.executionIn(arn)
    if (names === undefined) return undefined
    const row = store.get(
      `${EXECUTIONS} WHERE executions.id =
        (SELECT max(id) FROM executions WHERE machine = ? AND name = ?)`,
      names.machine,
      names.name,
    )
    return row === undefined ? undefined : readExecution(row, arns.execution)
  }

  const core: Core = { options, arns, store, machines, line, find, open, adopt, apply }
  const caller: Caller = makeCaller(core, seed)
  return core
}
