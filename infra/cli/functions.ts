import { InvokeCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import { notAnswering, type Target } from './target.ts'
import { CommandFailed } from './usage.ts'

/** Calls a function of the system by its file's name and answers what it answered, read through a schema. */
export type CallFunction = <T>(name: string, input: unknown, schema: z.ZodType<T>) => Promise<T>

const failureSchema = z.object({ errorType: z.string(), errorMessage: z.string() })

/** Through Lambda's Invoke, on AWS and on one machine alike. @throws CommandFailed */
export function makeCallFunction(target: Target): CallFunction {
  // Once: a call that was not answered may have been made, and its function may take minutes.
  const client = new LambdaClient({ maxAttempts: 1, ...target.client('LAMBDA') })
  return async (name, input, schema) => {
    const FunctionName = `aarshjul-${target.stage}-${name}`
    const answer = await client
      .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(input) }))
      .catch((error: unknown) => {
        throw new CommandFailed(reasonOf(error, FunctionName), { cause: error })
      })
    const payload: unknown = JSON.parse(new TextDecoder().decode(answer.Payload) || 'null')
    if (answer.FunctionError === undefined) return schema.parse(payload)
    const failure = failureSchema.safeParse(payload)
    throw new CommandFailed(
      failure.success
        ? `${name} failed: ${failure.data.errorType}: ${failure.data.errorMessage}`
        : `${name} failed: ${answer.FunctionError}`,
    )
  }
}

const reasonOf = (error: unknown, name: string): string => {
  if (error instanceof ResourceNotFoundException) return `There is no function ${name}.`
  if (notAnswering(error)) return 'The system does not answer: it has ended. Start it again with npm start.'
  return `${name} could not be called: ${error instanceof Error ? error.message : String(error)}`
}
