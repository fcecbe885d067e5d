import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn'
import type { Workflows } from '../ports/record.ts'

export type MachineName = Parameters<Workflows['start']>[0]

/** Step Functions' client; region, credentials and endpoint come from the SDK's own variables. */
export const makeSfnClient = (): SFNClient => new SFNClient({})

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
