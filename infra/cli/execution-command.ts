import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  SFNClient,
  type HistoryEvent,
} from '@aws-sdk/client-sfn'
import { notAnswering, type Target } from './target.ts'
import { CommandFailed, UsageError } from './usage.ts'

const machines = {
  'review-': 'agreement-review',
  'renegotiation-': 'renegotiation',
  'run-': 'annual-run',
} as const

const machineFor = (name: string): string => {
  const found = Object.entries(machines).find(([start]) => name.startsWith(start))?.[1]
  if (found === undefined)
    throw new UsageError(
      `${JSON.stringify(name)} is no execution's name: they are like review-2014-svendborg-rk-a1, renegotiation-svendborg-rk-1-a1, run-2014-a1`,
    )
  return found
}

/** Prints what an execution has done, one line a state, and where it stands. @throws CommandFailed, UsageError */
export async function executionCommand(
  target: Target,
  name: string,
  print: (line: string) => void,
): Promise<0 | 1> {
  const machine = `aarshjul-${target.stage}-${machineFor(name)}`
  const client = new SFNClient(target.client('SFN'))
  try {
    const executionArn = `${(await machineArn(client, machine)).replace(':stateMachine:', ':execution:')}:${name}`
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }))
    print(`${name}  ${execution.status ?? '?'}  started ${timeOf(execution.startDate)}`)
    if (execution.stopDate !== undefined) print(`ended ${timeOf(execution.stopDate)}`)
    if (execution.error !== undefined) print(`error ${execution.error}: ${execution.cause ?? ''}`)
    for await (const page of paginateGetExecutionHistory(
      { client },
      { executionArn, includeExecutionData: true },
    ))
      for (const event of page.events ?? []) {
        const line = lineOf(event)
        if (line !== null) print(`${timeOf(event.timestamp)}  ${line}`)
      }
    return 0
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) throw new CommandFailed(`There is no execution ${name}.`)
    if (notAnswering(error))
      throw new CommandFailed('The system does not answer: it has ended. Start it again with npm start.')
    throw error
  }
}

const machineArn = async (client: SFNClient, name: string): Promise<string> => {
  let nextToken: string | undefined
  do {
    const page = await client.send(new ListStateMachinesCommand(nextToken === undefined ? {} : { nextToken }))
    const found = page.stateMachines?.find((machine) => machine.name === name)?.stateMachineArn
    if (found !== undefined) return found
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  throw new CommandFailed(`There is no state machine ${name}.`)
}

const timeOf = (date: Date | undefined): string => date?.toISOString() ?? '?'

/** States entered, and what failed; everything else is detail. */
const lineOf = (event: HistoryEvent): string | null => {
  const { stateEnteredEventDetails: entered, type } = event
  if (entered?.name !== undefined) return entered.name
  const failed =
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.lambdaFunctionFailedEventDetails ??
    event.executionFailedEventDetails ??
    event.executionTimedOutEventDetails ??
    event.executionAbortedEventDetails
  return failed === undefined
    ? null
    : `  ${type ?? ''}: ${failed.error ?? ''} ${failed.cause ?? ''}`.trimEnd()
}
