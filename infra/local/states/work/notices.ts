import { setTimeout as sleep } from 'node:timers/promises'
import type { Core } from './core.ts'
import type { Execution } from '../turn/execution.ts'
import type { ExecutionStatusChangeEvent } from '../types.ts'

const started = (core: Core, execution: Execution): ExecutionStatusChangeEvent => ({
  executionArn: execution.arn,
  stateMachineArn: core.arns.stateMachine(execution.machineName),
  name: execution.name,
  status: 'RUNNING',
  startDate: execution.startedAt,
  stopDate: null,
  input: execution.inputText,
  inputDetails: { included: true },
  output: null,
  outputDetails: null,
  error: null,
  cause: null,
  redriveCount: execution.redriveCount,
  redriveDate: execution.redrivenAt ?? null,
})

const ended = (core: Core, execution: Execution): ExecutionStatusChangeEvent => ({
  ...started(core, execution),
  status: execution.status,
  stopDate: execution.stoppedAt ?? null,
  output: execution.output === undefined ? null : JSON.stringify(execution.output),
  outputDetails: execution.output === undefined ? null : { included: true },
  error: execution.error ?? null,
  cause: execution.cause ?? null,
})

/** Real time between the attempts to deliver a notice; after the last one it waits for the next start. */
const PAUSES_MS = [50, 250, 1000]

const tell = async (core: Core, event: ExecutionStatusChangeEvent): Promise<void> => {
  for (const pause of PAUSES_MS) {
    try {
      await core.options.onStatusChange?.(event)
      return
    } catch {
      // EventBridge tries again as well; the receiver takes a notice more than once.
      await sleep(pause)
    }
  }
  await core.options.onStatusChange?.(event)
}

/** Delivers a stored notice until the receiver has taken it, and then forgets it. The clock is held meanwhile. */
const deliver = (core: Core, id: number, event: ExecutionStatusChangeEvent): void => {
  const release = core.line.hold(`execution ${event.name}: ${event.status} told`)
  const work = async (): Promise<void> => {
    await tell(core, event)
    await core.line.submit('notice', () => core.store.run('DELETE FROM notices WHERE id = ?', id))
  }
  work()
    .catch((error: unknown) => (core.line.isClosed() ? undefined : core.options.onFault?.(error)))
    .finally(release)
}

/** Stores the notice of a change of status with the change, and delivers it afterwards. */
export const announce = (core: Core, execution: Execution, change: 'started' | 'ended'): void => {
  if (core.options.onStatusChange === undefined) return
  // A step can start an execution and end it: the start is told as it was.
  const event = change === 'started' ? started(core, execution) : ended(core, execution)
  const id = core.store.run(
    'INSERT INTO notices (execution, body) VALUES (?, ?)',
    execution.id,
    JSON.stringify(event),
  )
  core.line.afterwards(() => deliver(core, id, event))
}

const isEvent = (value: unknown): value is ExecutionStatusChangeEvent =>
  typeof value === 'object' && value !== null && 'executionArn' in value && 'status' in value

/** Delivers the notices that a crash left behind. */
export const deliverLeftNotices = (core: Core): void => {
  for (const row of core.store.all('SELECT id, body FROM notices ORDER BY id')) {
    const event: unknown = JSON.parse(String(row['body']))
    if (isEvent(event)) deliver(core, Number(row['id']), event)
  }
}
