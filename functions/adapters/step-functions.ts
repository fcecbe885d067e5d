import * as z from 'zod'
import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  ListExecutionsCommand,
  SFNClient,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
  paginateGetExecutionHistory,
  type HistoryEvent,
} from '@aws-sdk/client-sfn'
import { namesFaults, outermost } from './service-fault.ts'
import type { Workflows } from '../ports/record.ts'
import { executionStatuses, type ExecutionEvent, type Machine } from '../domain/execution/execution.ts'
import type { Executions } from '../ports/console.ts'

type MachineName = Parameters<Workflows['start']>[0]

/** Step Functions' client; region, credentials and endpoint come from the SDK's own variables. */
export const makeSfnClient = (): SFNClient => {
  const client = new SFNClient({})
  client.middlewareStack.add(namesFaults, outermost)
  return client
}

/** @param options.machines the ARN of each state machine */
export function makeWorkflows(options: {
  client: SFNClient
  machines: Readonly<Record<MachineName, string>>
}): Workflows {
  const { client, machines } = options
  return {
    async start(machine, name, input) {
      try {
        await client.send(
          new StartExecutionCommand({
            stateMachineArn: machines[machine],
            name,
            input: JSON.stringify(input),
          }),
        )
        return 'started'
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'exists'
        throw error
      }
    },
    async succeed(token) {
      try {
        // A token carries no facts: what wakes up reads the record.
        await client.send(new SendTaskSuccessCommand({ taskToken: token, output: '{}' }))
        return 'sent'
      } catch (error) {
        if (overErrors.some((over) => error instanceof over)) return 'over'
        throw error
      }
    },
  }
}

const overErrors = [TaskTimedOut, TaskDoesNotExist, InvalidToken]

/** What the details of an event have, whatever its type; each type has some of them. */
interface Details {
  readonly name?: string | undefined
  readonly input?: string | undefined
  readonly parameters?: string | undefined
  readonly output?: string | undefined
  readonly error?: string | undefined
  readonly cause?: string | undefined
  readonly resource?: string | undefined
  readonly timeoutInSeconds?: number | undefined
}

/** An event has its details in one member, named after its type. */
const detailsOf = (event: HistoryEvent): Details =>
  event.stateEnteredEventDetails ??
  event.stateExitedEventDetails ??
  event.taskScheduledEventDetails ??
  event.taskStartedEventDetails ??
  event.taskSucceededEventDetails ??
  event.taskFailedEventDetails ??
  event.taskTimedOutEventDetails ??
  event.taskSubmittedEventDetails ??
  event.taskSubmitFailedEventDetails ??
  event.taskStartFailedEventDetails ??
  event.lambdaFunctionScheduledEventDetails ??
  event.lambdaFunctionSucceededEventDetails ??
  event.lambdaFunctionFailedEventDetails ??
  event.lambdaFunctionTimedOutEventDetails ??
  event.lambdaFunctionScheduleFailedEventDetails ??
  event.lambdaFunctionStartFailedEventDetails ??
  event.evaluationFailedEventDetails ??
  event.mapRunFailedEventDetails ??
  event.executionStartedEventDetails ??
  event.executionSucceededEventDetails ??
  event.executionFailedEventDetails ??
  event.executionTimedOutEventDetails ??
  event.executionAbortedEventDetails ??
  {}

/** An event of Step Functions as the operator is shown it. */
const readEvent = (event: HistoryEvent): ExecutionEvent => {
  const { name, input, parameters, output, error, cause, resource, timeoutInSeconds } = detailsOf(event)
  return {
    id: event.id ?? 0,
    previousId: event.previousEventId ?? 0,
    at: event.timestamp?.toISOString() ?? '',
    type: event.type ?? '',
    state: name ?? null,
    input: input ?? parameters ?? null,
    output: output ?? null,
    error: error ?? null,
    cause: cause ?? null,
    resource: resource ?? null,
    timeoutSeconds: timeoutInSeconds ?? null,
  }
}

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
