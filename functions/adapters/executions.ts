import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionDoesNotExist,
  InvalidToken,
  ListExecutionsCommand,
  paginateGetExecutionHistory,
  type SFNClient,
} from '@aws-sdk/client-sfn'
import * as z from 'zod'
import { executionStatuses, type Machine } from '../domain/execution/execution.ts'
import type { Executions } from '../ports/console.ts'
import { readEvent } from './execution-event.ts'

/** Executions on a page of the list. */
const pageSize = 50
/** Events a call, the most that Step Functions gives. */
const eventsACall = 1000

const lineSchema = z.object({
  name: z.string(),
  status: z.enum(executionStatuses),
  startDate: z.date(),
  stopDate: z.date().optional(),
})

const lineOf = (machine: Machine, answered: unknown) => {
  const { name, status, startDate, stopDate } = lineSchema.parse(answered)
  return {
    machine,
    name,
    status,
    startedAt: startDate.toISOString(),
    endedAt: stopDate?.toISOString() ?? null,
  }
}

/** What `ask` answers, or `otherwise` where there is no such execution. */
const unlessGone = async <T>(ask: () => Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return otherwise
    throw error
  }
}

/** @param options.machines the ARN of each state machine */
export function makeExecutions(options: {
  client: SFNClient
  machines: Readonly<Record<Machine, string>>
}): Executions {
  const { client, machines } = options
  const arnOf = (machine: Machine, name: string): string =>
    `${machines[machine].replace(':stateMachine:', ':execution:')}:${name}`
  const page = async (
    machine: Machine,
    status: Parameters<Executions['list']>[1]['status'],
    from: string | null,
  ) =>
    client.send(
      new ListExecutionsCommand({
        stateMachineArn: machines[machine],
        maxResults: pageSize,
        ...(status === null ? {} : { statusFilter: status }),
        ...(from === null ? {} : { nextToken: from }),
      }),
    )
  return {
    async list(machine, { status, from }) {
      const answered = await page(machine, status, from).catch((error: unknown) => {
        // A page's token lives a day: an old link shows the beginning again.
        if (error instanceof InvalidToken && from !== null) return page(machine, status, null)
        throw error
      })
      return {
        executions: (answered.executions ?? []).map((one) => lineOf(machine, one)),
        next: answered.nextToken ?? null,
      }
    },
    describe: (machine, name) =>
      unlessGone(async () => {
        const answered = await client.send(
          new DescribeExecutionCommand({ executionArn: arnOf(machine, name) }),
        )
        const { input = null, output = null, error = null, cause = null } = answered
        return { ...lineOf(machine, answered), input, output, error, cause }
      }, null),
    definition: (machine, name) =>
      unlessGone(async () => {
        const { definition } = await client.send(
          new DescribeStateMachineForExecutionCommand({ executionArn: arnOf(machine, name) }),
        )
        return definition === undefined ? null : z.unknown().parse(JSON.parse(definition))
      }, null),
    history: (machine, name) =>
      unlessGone(async () => {
        const events = []
        const asked = {
          executionArn: arnOf(machine, name),
          includeExecutionData: true,
          maxResults: eventsACall,
        }
        for await (const { events: found } of paginateGetExecutionHistory({ client }, asked))
          events.push(...(found ?? []).map(readEvent))
        return events
      }, []),
  }
}
