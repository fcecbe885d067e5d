import type { CatcherSource, RetrierSource, TaskSource, WaitSource } from './definition-schema.ts'
import { isExpression } from '../expressions/expression.ts'
import { isObject } from '../values/json.ts'
import type { Problems } from './problems.ts'
import type { Resource } from './resource.ts'
import { readTimestamp } from '../values/timestamp.ts'

/** AWS's reserved error names; another name that starts with `States.` is a mistake that no error will match. */
const reserved = new Set([
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.Http.Socket',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
])

const checkNames = (
  state: string,
  field: string,
  sources: readonly (RetrierSource | CatcherSource)[] | undefined,
  problems: Problems,
): void => {
  sources?.forEach((source, index) => {
    const place = `${field}[${index}].ErrorEquals`
    for (const name of source.ErrorEquals)
      if (name.startsWith('States.') && !reserved.has(name))
        problems.add(state, place, `'${name}' is not one of the error names that Step Functions reserves`)
    if (!source.ErrorEquals.includes('States.ALL')) return
    if (source.ErrorEquals.length > 1) problems.add(state, place, 'States.ALL must stand alone')
    if (index < sources.length - 1) problems.add(state, place, 'States.ALL must stand in the last entry')
  })
}

/** Checks Retry and Catch beyond their schema. */
export const checkGuards = (
  state: string,
  source: { readonly Retry?: RetrierSource[] | undefined; readonly Catch?: CatcherSource[] | undefined },
  problems: Problems,
): void => {
  checkNames(state, 'Retry', source.Retry, problems)
  checkNames(state, 'Catch', source.Catch, problems)
  source.Retry?.forEach((retrier, index) => {
    if (retrier.MaxDelaySeconds !== undefined && retrier.MaxDelaySeconds <= (retrier.IntervalSeconds ?? 1))
      problems.add(state, `Retry[${index}].MaxDelaySeconds`, 'must be greater than IntervalSeconds')
  })
}

/** Checks that a Wait has exactly one of its two fields, and a literal time that can be read. */
export const checkWait = (state: string, source: WaitSource, problems: Problems): void => {
  if ((source.Seconds === undefined) === (source.Timestamp === undefined))
    problems.add(state, 'Seconds', 'a Wait has exactly one of Seconds and Timestamp')
  const { Timestamp } = source
  if (Timestamp !== undefined && !isExpression(Timestamp) && readTimestamp(Timestamp) === undefined)
    problems.add(state, 'Timestamp', `'${Timestamp}' is no ISO 8601 date-time with an offset`)
}

const argumentFields: Readonly<Record<string, readonly string[]>> = {
  'lambda-invoke': ['FunctionName', 'Payload'],
  'start-execution': ['StateMachineArn', 'Input', 'Name'],
}
const requiredArgument: Readonly<Record<string, string>> = {
  'lambda-invoke': 'FunctionName',
  'start-execution': 'StateMachineArn',
}

/** Checks a Task's literal times and the names of the arguments of the services that the engine itself serves. */
export const checkTask = (
  state: string,
  source: TaskSource,
  resource: Resource,
  problems: Problems,
): void => {
  const { TimeoutSeconds, HeartbeatSeconds, Arguments } = source
  if (
    typeof TimeoutSeconds === 'number' &&
    typeof HeartbeatSeconds === 'number' &&
    HeartbeatSeconds >= TimeoutSeconds
  )
    problems.add(state, 'HeartbeatSeconds', 'must be smaller than TimeoutSeconds')
  const known = argumentFields[resource.kind]
  const required = requiredArgument[resource.kind]
  if (known === undefined || required === undefined || Arguments === undefined) return
  if (isObject(Arguments)) {
    for (const key of Object.keys(Arguments))
      if (!known.includes(key)) problems.add(state, `Arguments.${key}`, 'is not implemented by this engine')
    if (!Object.hasOwn(Arguments, required)) problems.add(state, `Arguments.${required}`, 'is required')
  } else if (typeof Arguments !== 'string' || !isExpression(Arguments)) {
    problems.add(state, 'Arguments', 'must be an object or an expression {% ... %}')
  }
}
