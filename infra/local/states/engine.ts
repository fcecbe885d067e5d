import { makeCore } from './work/make-core.ts'
import type { TimerKind } from './turn/execution.ts'
import { deliverLeftNotices } from './work/notices.ts'
import { makeOperations, type ServiceOperations } from './service/operations.ts'
import { openStates, type OpenState } from './service/progress.ts'
import type { EngineOptions, StateMachineInput } from './types.ts'
import { listen } from './service/wire.ts'

export interface Engine extends ServiceOperations {
  /**
   * Validates and stores a state machine under its name. Running executions keep the definition they started
   * with. Throws DefinitionError with everything that is wrong.
   */
  putStateMachine(machine: StateMachineInput): { stateMachineArn: string }
  /** Takes up every running execution of the file. */
  start(): void
  /** Every state of a running execution that is at work or waits, and until when; for an operator's eyes. */
  openStates(executionArn: string): readonly OpenState[]
  /** Milliseconds since the epoch of the earliest timer (wait, timeout, heartbeat, retry). */
  nextDue(): number | undefined
  /** Fires all timers due at the clock's now. */
  fireDue(): void
  /** Whether nothing is in hand. */
  idle(): boolean
  /** Serves the wire protocol (AWS JSON 1.0) on 127.0.0.1; port 0 takes a free one. */
  listen(port: number): Promise<{ url: string; close(): Promise<void> }>
  /** Waits for what is in hand to be written, then closes the file. Calls in flight are taken up by the next start. */
  close(): Promise<void>
}

const timerKinds: ReadonlySet<unknown> = new Set(['wait', 'retry', 'timeout', 'heartbeat', 'execution'])
const isTimerKind = (kind: unknown): kind is TimerKind => timerKinds.has(kind)

/**
 * Opens an engine on a SQLite file, creating it when missing. Nothing runs until `start`, but requests are taken.
 * Throws when the file is in use by another process, damaged, or of another version.
 */
export const openEngine = (options: EngineOptions): Engine => {
  const core = makeCore(options)
  const { store, line, machines } = core
  const operations = makeOperations(core)
  const report = (error: unknown): void => options.onFault?.(error)
  const servers = new Set<{ close(): Promise<void> }>()

  const resume = (id: number): void => {
    line.submit(`execution ${id} taken up`, () => core.apply(id, { kind: 'resume' }), 'fresh').catch(report)
  }

  return {
    ...operations,
    putStateMachine: (source) => ({ stateMachineArn: machines.put(source).arn }),
    start: () => {
      for (const row of store.all(
        'SELECT DISTINCT execution FROM frames WHERE calling = 1 ORDER BY execution',
      ))
        resume(Number(row['execution']))
      deliverLeftNotices(core)
      options.clock.changed()
    },
    openStates: (executionArn) => openStates(core, executionArn),
    nextDue: () => {
      if (line.isClosed()) return undefined
      const due = store.get('SELECT min(due) AS due FROM timers')?.['due']
      return typeof due === 'number' ? due : undefined
    },
    fireDue: () => {
      if (line.isClosed()) return
      const rows = store.all(
        'SELECT execution, frame, kind FROM timers WHERE due <= ? ORDER BY due, execution, frame',
        options.clock.now(),
      )
      for (const { execution, frame, kind: timer } of rows) {
        if (!isTimerKind(timer)) continue
        line
          .submit(`timer ${timer} of execution ${String(execution)}`, () =>
            core.apply(Number(execution), { kind: 'timer', frame: Number(frame), timer }),
          )
          .catch(report)
      }
    },
    idle: () => line.idle(),
    listen: async (port) => {
      const server = await listen(operations, port, (reason) => line.hold(reason))
      servers.add(server)
      return server
    },
    close: async () => {
      for (const server of servers) await server.close()
      await line.close()
      store.close()
    },
  }
}
