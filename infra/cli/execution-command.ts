import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn'
import { makeExecutions } from '../../functions/adapters/step-functions.ts'
import type { Machine } from '../../functions/domain/execution/execution.ts'
import { graphOf } from '../../functions/domain/execution/graph.ts'
import { executionLines } from './execution-text.ts'
import { notAnswering, type Target } from './target.ts'
import { CommandFailed, UsageError } from './usage.ts'

const machines = {
  'review-': 'agreement-review',
  'renegotiation-': 'renegotiation',
  'run-': 'annual-run',
} as const

const machineFor = (name: string): Machine => {
  const found = Object.entries(machines).find(([start]) => name.startsWith(start))?.[1]
  if (found === undefined)
    throw new UsageError(
      `${JSON.stringify(name)} is no execution's name: they are like review-2014-svendborg-rk-a1, renegotiation-svendborg-rk-1-a1, run-2014-a1`,
    )
  return found
}

/**
 * Prints an execution: where it stands, its graph with the state of each state, what is open and until when, its
 * input, output and history. @throws CommandFailed, UsageError
 */
export async function executionCommand(
  target: Target,
  name: string,
  print: (line: string) => void,
): Promise<0 | 1> {
  const machine = machineFor(name)
  const client = new SFNClient(target.client('SFN'))
  try {
    const prefix = `aarshjul-${target.stage}-`
    const own = await machineArn(client, `${prefix}${machine}`)
    const arnOf = (one: Machine): string => own.replace(`${prefix}${machine}`, `${prefix}${one}`)
    const executions = makeExecutions({
      client,
      machines: {
        'annual-run': arnOf('annual-run'),
        'agreement-review': arnOf('agreement-review'),
        renegotiation: arnOf('renegotiation'),
      },
    })
    const description = await executions.describe(machine, name)
    if (description === null) throw new CommandFailed(`There is no execution ${name}.`)
    const [definition, events] = await Promise.all([
      executions.definition(machine, name),
      executions.history(machine, name),
    ])
    for (const line of executionLines({ description, graph: graphOf(definition), events })) print(line)
    return 0
  } catch (error) {
    if (notAnswering(error))
      throw new CommandFailed('The system does not answer: it has ended. Start it again with npm start.')
    throw error
  } finally {
    client.destroy()
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
