import { sdkMetadata } from './call-service.ts'
import type { Chance } from '../values/chance.ts'
import type { Core } from './core.ts'
import { createExecution } from './creation.ts'
import { ServiceError } from '../values/errors.ts'
import type { CallResult, Execution } from '../turn/execution.ts'
import { isJsonObject, parseJson, type Json, type JsonObject } from '../values/json.ts'
import { redriveFields } from './redrive-status.ts'
import type { Pattern } from '../language/resource.ts'

const inputText = (input: Json | undefined): string => {
  if (input === undefined || input === null) return '{}'
  return typeof input === 'string' ? input : JSON.stringify(input)
}

/** Serves `states:startExecution` and its `.sync` forms; only inside the line. */
export const startNested = async (
  core: Core,
  pattern: Pattern,
  args: Json,
  task: NonNullable<Execution['parent']>,
  chance: Chance,
): Promise<CallResult> => {
  const given = isJsonObject(args) ? args : {}
  const unknown = Object.keys(given).find((key) => !['StateMachineArn', 'Input', 'Name'].includes(key))
  if (unknown !== undefined)
    return {
      ok: false,
      error: 'States.Runtime',
      cause: `startExecution: the argument '${unknown}' is not implemented`,
    }
  const { StateMachineArn: machineArn, Name: asked, Input } = given
  const name = typeof asked === 'string' ? asked : chance.uuid()
  try {
    const child = await createExecution(core, {
      machineArn: typeof machineArn === 'string' ? machineArn : '',
      name,
      input: inputText(Input),
      ...(pattern === 'response' ? {} : { parent: task }),
    })
    const output: Json = { ExecutionArn: child.arn, ...sdkMetadata(chance), StartDate: child.startedAt }
    return pattern === 'response' ? { ok: true, output } : { ok: true, output, nested: child.id }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const cause =
      `${error.message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${error.name}; ` +
      `Request ID: ${chance.uuid()}; Proxy: null)`
    return { ok: false, error: `StepFunctions.${error.name}Exception`, cause }
  }
}

const sorted = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))

/** What the end of a nested execution is to the task that waits for it: `.sync:2` gives JSON, `.sync` its text. */
export const nestedResult = (core: Core, pattern: Pattern, child: Execution): CallResult => {
  const data = (text: string): Json => (pattern === 'sync2' ? parseJson(text) : text)
  const description = sorted({
    ...(child.cause === undefined ? {} : { Cause: child.cause }),
    ...(child.error === undefined ? {} : { Error: child.error }),
    ExecutionArn: child.arn,
    Input: data(child.inputText),
    InputDetails: { Included: true },
    Name: child.name,
    ...(child.output === undefined
      ? {}
      : { Output: data(JSON.stringify(child.output)), OutputDetails: { Included: true } }),
    ...redriveFields(child, core.options.clock.now()),
    StartDate: child.startedAt,
    StateMachineArn: core.arns.stateMachine(child.machineName),
    Status: child.status,
    ...(child.stoppedAt === undefined ? {} : { StopDate: child.stoppedAt }),
  })
  return child.status === 'SUCCEEDED'
    ? { ok: true, output: description }
    : { ok: false, error: 'States.TaskFailed', cause: JSON.stringify(description) }
}
