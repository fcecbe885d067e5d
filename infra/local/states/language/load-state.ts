import type {
  BlockSource,
  CatcherSource,
  MapSource,
  ParallelSource,
  RetrierSource,
  StateSource,
  TaskSource,
} from './definition-schema.ts'
import type { Json } from '../values/json.ts'
import { checkGuards, checkTask, checkWait } from './state-checks.ts'
import type {
  Block,
  Catcher,
  ChoiceState,
  MapState,
  ParallelState,
  Retrier,
  State,
  TaskState,
} from './machine.ts'
import type { Problems } from './problems.ts'
import { readResource } from './resource.ts'
import { compileTemplate, type Template } from '../expressions/template.ts'
import type { Integrations } from '../types.ts'

/** A block's loader, handed to the states that contain blocks. */
export type LoadBlock = (source: BlockSource, outerVariables: ReadonlySet<string>) => Block

export interface StateContext {
  readonly problems: Problems
  readonly integrations: Integrations
  readonly nested: LoadBlock
  /** Variables that states of the blocks inside this one may not assign. */
  readonly variables: ReadonlySet<string>
}

type Field = (value: Json | undefined, location: string, more?: readonly string[]) => Template | undefined

const retriers = (sources: readonly RetrierSource[] | undefined): readonly Retrier[] =>
  (sources ?? []).map((source) => ({
    errorEquals: source.ErrorEquals,
    intervalSeconds: source.IntervalSeconds ?? 1,
    backoffRate: source.BackoffRate ?? 2,
    maxAttempts: source.MaxAttempts ?? 3,
    maxDelaySeconds: source.MaxDelaySeconds,
    fullJitter: source.JitterStrategy === 'FULL',
  }))

const catchers = (sources: readonly CatcherSource[] | undefined, field: Field): readonly Catcher[] =>
  (sources ?? []).map((source, index) => ({
    errorEquals: source.ErrorEquals,
    next: source.Next,
    assign: field(source.Assign, `Catch[${index}]/Assign`, ['errorOutput']),
    output: field(source.Output, `Catch[${index}]/Output`, ['errorOutput']),
  }))

/** Checks what a state's schema cannot say, and compiles its expressions. */
export const loadState = (name: string, source: StateSource, context: StateContext): State => {
  const { problems } = context
  const field: Field = (value, location, more) =>
    value === undefined
      ? undefined
      : compileTemplate(value, location, (place, why) => problems.add(name, place, why), more)
  const leading = (from: {
    Next?: string | undefined
    End?: true | undefined
    Output?: Json | undefined
    Assign?: Record<string, Json> | undefined
  }): { next: string | undefined; assign: Template | undefined; output: Template | undefined } => {
    if ((from.Next === undefined) === (from.End === undefined))
      problems.add(name, 'Next', 'a state has either Next or End')
    const more = source.Type === 'Pass' || source.Type === 'Wait' ? [] : ['result']
    return {
      next: from.Next,
      assign: field(from.Assign, 'Assign', more),
      output: field(from.Output, 'Output', more),
    }
  }
  const guarded = (
    from: TaskSource | ParallelSource | MapSource,
  ): { retry: readonly Retrier[]; catch: readonly Catcher[] } => {
    checkGuards(name, from, problems)
    return { retry: retriers(from.Retry), catch: catchers(from.Catch, field) }
  }

  const task = (from: TaskSource): TaskState => {
    const resource = readResource(from.Resource, context.integrations)
    if ('refused' in resource) problems.add(name, 'Resource', resource.refused)
    else checkTask(name, from, resource, problems)
    return {
      type: 'Task',
      name,
      ...leading(from),
      ...guarded(from),
      resource:
        'refused' in resource ? { kind: 'lambda-arn', arn: from.Resource, functionName: '' } : resource,
      arguments: field(from.Arguments, 'Arguments'),
      timeoutSeconds: field(from.TimeoutSeconds, 'TimeoutSeconds'),
      heartbeatSeconds: field(from.HeartbeatSeconds, 'HeartbeatSeconds'),
      roleArn: field(from.Credentials?.RoleArn, 'Credentials/RoleArn'),
    }
  }
  const parallel = (from: ParallelSource): ParallelState => ({
    type: 'Parallel',
    name,
    ...leading(from),
    ...guarded(from),
    arguments: field(from.Arguments, 'Arguments'),
    branches: from.Branches.map((branch) => context.nested(branch, context.variables)),
  })
  const map = (from: MapSource): MapState => {
    const { Mode = 'INLINE', ExecutionType } = from.ItemProcessor.ProcessorConfig ?? {}
    if (Mode === 'INLINE') {
      if (ExecutionType !== undefined)
        problems.add(name, 'ItemProcessor.ProcessorConfig.ExecutionType', 'belongs to a distributed Map')
      if (from.Label !== undefined) problems.add(name, 'Label', 'belongs to a distributed Map')
    }
    return {
      type: 'Map',
      name,
      ...leading(from),
      ...guarded(from),
      items: field(from.Items, 'Items'),
      itemSelector: field(from.ItemSelector, 'ItemSelector'),
      maxConcurrency: field(from.MaxConcurrency, 'MaxConcurrency'),
      processor: context.nested(from.ItemProcessor, context.variables),
      toleratedFailureCount: field(from.ToleratedFailureCount, 'ToleratedFailureCount'),
      toleratedFailurePercentage: field(from.ToleratedFailurePercentage, 'ToleratedFailurePercentage'),
      distributed: Mode === 'DISTRIBUTED' ? { label: from.Label } : undefined,
    }
  }
  const choice = (from: Extract<StateSource, { Type: 'Choice' }>): ChoiceState => ({
    type: 'Choice',
    name,
    default: from.Default,
    assign: field(from.Assign, 'Assign'),
    output: field(from.Output, 'Output'),
    choices: from.Choices.map((rule, index) => ({
      condition: compileTemplate(rule.Condition, `Choices[${index}]/Condition`, (place, why) =>
        problems.add(name, place, why),
      ),
      next: rule.Next,
      assign: field(rule.Assign, `Choices[${index}]/Assign`),
      output: field(rule.Output, `Choices[${index}]/Output`),
    })),
  })

  switch (source.Type) {
    case 'Pass':
      return { type: 'Pass', name, ...leading(source) }
    case 'Succeed':
      return { type: 'Succeed', name, output: field(source.Output, 'Output') }
    case 'Fail':
      return { type: 'Fail', name, error: field(source.Error, 'Error'), cause: field(source.Cause, 'Cause') }
    case 'Wait':
      checkWait(name, source, problems)
      return {
        type: 'Wait',
        name,
        ...leading(source),
        seconds: field(source.Seconds, 'Seconds'),
        timestamp: field(source.Timestamp, 'Timestamp'),
      }
    case 'Choice':
      return choice(source)
    case 'Task':
      return task(source)
    case 'Parallel':
      return parallel(source)
    default:
      return map(source)
  }
}
