import * as z from 'zod'
import { localQueues, machineArn } from './embedded-aws.ts'
import { stateMachines } from '../../workflows/tasks.ts'
import type { LocalSystem } from './system.ts'

const lost = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const

/**
 * What a year that is over has left undone, in words: executions that ended badly, messages in the dead letters, and
 * acts that commands owe, letters among them.
 */
export const leftovers = async ({
  aws,
  clock,
}: Pick<LocalSystem, 'aws' | 'clock'>): Promise<readonly string[]> => {
  const executions: string[] = []
  for (const machine of stateMachines)
    for (const statusFilter of lost) {
      const found = await aws.engine.listExecutions({ stateMachineArn: machineArn(machine), statusFilter })
      executions.push(
        ...found.executions.map(({ name }) => `execution ${name} of ${machine}: ${statusFilter}`),
      )
    }
  const dead = Object.keys(localQueues).flatMap((queue) => {
    const { visible, inFlight, delayed } = aws.sqs.queues.count(`${queue}-dlq`)
    const count = visible + inFlight + delayed
    return count === 0 ? [] : [`${count} messages in ${queue}-dlq`]
  })
  const scheduledAt = clock.nowIso()
  const owed = z
    .record(z.string(), z.unknown())
    .parse((await aws.runtime.invoke('Reconcile', { scheduledAt }, 'schedule')) ?? {})
  const undone = Object.entries(owed).flatMap(([what, list]) =>
    Array.isArray(list) && list.length > 0 ? [`${what}: ${list.length}`] : [],
  )
  return [...executions, ...dead, ...undone]
}
