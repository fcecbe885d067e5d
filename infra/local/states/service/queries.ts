import * as z from 'zod'
import type { Core } from '../work/core.ts'
import { ServiceError } from '../values/errors.ts'
import type { Execution } from '../turn/execution.ts'
import { isObject } from '../values/json.ts'
import { placeOf, tokenFor } from './paging.ts'
import { redriveObstacle } from '../work/redrive-status.ts'
import { readExecution } from '../store/snapshots.ts'
import type { ExecutionStatus, HistoryEvent } from '../types.ts'

const paging = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().min(1).optional() }
const status = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'])

/** Requests that read, in AWS's shapes. */
export const querySchemas = {
  describeExecution: z.strictObject({
    executionArn: z.string(),
    includedData: z.enum(['ALL_DATA']).optional(),
  }),
  getExecutionHistory: z.strictObject({
    executionArn: z.string(),
    reverseOrder: z.boolean().optional(),
    includeExecutionData: z.literal(true).optional(),
    ...paging,
  }),
  listExecutions: z.strictObject({ stateMachineArn: z.string(), statusFilter: status.optional(), ...paging }),
  describeStateMachine: z.strictObject({
    stateMachineArn: z.string(),
    includedData: z.enum(['ALL_DATA']).optional(),
  }),
  describeStateMachineForExecution: z.strictObject({
    executionArn: z.string(),
    includedData: z.enum(['ALL_DATA']).optional(),
  }),
  listStateMachines: z.strictObject(paging),
}

type Request<Name extends keyof typeof querySchemas> = z.input<(typeof querySchemas)[Name]>

export interface ExecutionListItem {
  readonly executionArn: string
  readonly stateMachineArn: string
  readonly name: string
  readonly status: ExecutionStatus
  readonly startDate: number
  readonly stopDate?: number
  readonly redriveCount: number
  readonly redriveDate?: number
}

export interface ExecutionDescription extends ExecutionListItem {
  readonly input: string
  readonly inputDetails: { readonly included: true }
  readonly output?: string
  readonly outputDetails?: { readonly included: true }
  readonly error?: string
  readonly cause?: string
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE'
  readonly redriveStatusReason?: string
}

export interface StateMachineListItem {
  readonly stateMachineArn: string
  readonly name: string
  readonly type: 'STANDARD'
  readonly creationDate: number
}

/** The reading operations. Dates are seconds since the epoch. */
export interface Queries {
  describeExecution(request: Request<'describeExecution'>): Promise<ExecutionDescription>
  getExecutionHistory(
    request: Request<'getExecutionHistory'>,
  ): Promise<{ events: readonly HistoryEvent[]; nextToken?: string }>
  listExecutions(
    request: Request<'listExecutions'>,
  ): Promise<{ executions: readonly ExecutionListItem[]; nextToken?: string }>
  describeStateMachine(
    request: Request<'describeStateMachine'>,
  ): Promise<StateMachineListItem & { status: 'ACTIVE'; definition: string; roleArn: string }>
  /** The definition that the execution runs: the one that was in force when it started. */
  describeStateMachineForExecution(request: Request<'describeStateMachineForExecution'>): Promise<{
    stateMachineArn: string
    name: string
    definition: string
    roleArn: string
    updateDate: number
  }>
  listStateMachines(
    request: Request<'listStateMachines'>,
  ): Promise<{ stateMachines: readonly StateMachineListItem[]; nextToken?: string }>
}

const isEvent = (value: unknown): value is HistoryEvent => isObject(value) && typeof value['id'] === 'number'

const size = (maxResults: number | undefined): number =>
  maxResults === undefined || maxResults === 0 ? 100 : maxResults

export const makeQueries = (core: Core): Queries => {
  const { store, arns, machines, options } = core
  const roleArn = options.roleArn ?? `arn:aws:iam::${options.account ?? '111111111111'}:role/local-states`

  const listItem = (execution: Execution): ExecutionListItem => ({
    executionArn: execution.arn,
    stateMachineArn: arns.stateMachine(execution.machineName),
    name: execution.name,
    status: execution.status,
    startDate: execution.startedAt / 1000,
    ...(execution.stoppedAt === undefined ? {} : { stopDate: execution.stoppedAt / 1000 }),
    redriveCount: execution.redriveCount,
    ...(execution.redrivenAt === undefined ? {} : { redriveDate: execution.redrivenAt / 1000 }),
  })
  const required = (arn: string): Execution => {
    if (arns.executionIn(arn) === undefined) throw new ServiceError('InvalidArn', `Invalid Arn: '${arn}'`)
    const execution = core.find(arn)
    if (execution === undefined)
      throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`)
    return execution
  }
  const machineNamed = (arn: string): NonNullable<ReturnType<typeof machines.current>> => {
    const name = arns.machineIn(arn)
    if (name === undefined) throw new ServiceError('InvalidArn', `Invalid Arn: '${arn}'`)
    const machine = machines.current(name)
    if (machine === undefined)
      throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`)
    return machine
  }
  const machineItem = (machine: { name: string; createdAt: number }): StateMachineListItem => ({
    stateMachineArn: arns.stateMachine(machine.name),
    name: machine.name,
    type: 'STANDARD',
    creationDate: machine.createdAt / 1000,
  })

  /** Events with ids from `from` (included) in the direction asked for, at most `count`. */
  const events = (
    execution: number,
    from: number,
    count: number,
    reverse: boolean,
  ): readonly HistoryEvent[] => {
    const found: HistoryEvent[] = []
    const rows = store.all(
      reverse
        ? 'SELECT body FROM events WHERE execution = ? AND first <= ? ORDER BY first DESC LIMIT ?'
        : `SELECT body FROM events WHERE execution = ?1 AND first >=
            coalesce((SELECT max(first) FROM events WHERE execution = ?1 AND first <= ?2), 0) ORDER BY first LIMIT ?3`,
      execution,
      from,
      count + 1,
    )
    for (const row of rows) {
      const body: unknown = JSON.parse(String(row['body']))
      const batch = Array.isArray(body) ? body.filter(isEvent) : []
      if (reverse) batch.reverse()
      for (const event of batch)
        if (found.length < count && (reverse ? event.id <= from : event.id >= from)) found.push(event)
    }
    return found
  }

  return {
    describeExecution: async (request) => {
      const execution = required(querySchemas.describeExecution.parse(request).executionArn)
      const obstacle = redriveObstacle(execution, options.clock.now())
      return {
        ...listItem(execution),
        input: execution.inputText,
        inputDetails: { included: true },
        ...(execution.output === undefined
          ? {}
          : { output: JSON.stringify(execution.output), outputDetails: { included: true as const } }),
        ...(execution.error === undefined ? {} : { error: execution.error }),
        ...(execution.cause === undefined ? {} : { cause: execution.cause }),
        redriveStatus: obstacle === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
        ...(obstacle === undefined ? {} : { redriveStatusReason: obstacle }),
      }
    },
    getExecutionHistory: async (request) => {
      const {
        executionArn,
        reverseOrder = false,
        maxResults,
        nextToken,
      } = querySchemas.getExecutionHistory.parse(request)
      const execution = required(executionArn)
      const list = `history-${execution.id}-${String(reverseOrder)}`
      const place = placeOf(nextToken, list)
      const from = place === 0 ? (reverseOrder ? execution.eventCount : 1) : place
      const page = events(execution.id, from, size(maxResults), reverseOrder)
      const last = page.at(-1)?.id
      const next = last === undefined ? undefined : last + (reverseOrder ? -1 : 1)
      const more = next !== undefined && next >= 1 && next <= execution.eventCount
      return { events: page, ...(more ? { nextToken: tokenFor(next, list) } : {}) }
    },
    listExecutions: async (request) => {
      const { stateMachineArn, statusFilter, maxResults, nextToken } =
        querySchemas.listExecutions.parse(request)
      const { name } = machineNamed(stateMachineArn)
      const list = `executions-${name}`
      const place = placeOf(nextToken, list)
      const count = size(maxResults)
      const rows = store.all(
        `SELECT * FROM executions WHERE machine = ? AND id < ? AND (? IS NULL OR status = ?) ORDER BY id DESC LIMIT ?`,
        name,
        place === 0 ? Number.MAX_SAFE_INTEGER : place,
        statusFilter ?? null,
        statusFilter ?? null,
        count + 1,
      )
      const page = rows.slice(0, count).map((row) => readExecution(row, arns.execution))
      const last = page.at(-1)
      return {
        executions: page.map(listItem),
        ...(rows.length > count && last !== undefined ? { nextToken: tokenFor(last.id, list) } : {}),
      }
    },
    describeStateMachine: async (request) => {
      const machine = machineNamed(querySchemas.describeStateMachine.parse(request).stateMachineArn)
      return { ...machineItem(machine), status: 'ACTIVE', definition: machine.definition, roleArn }
    },
    describeStateMachineForExecution: async (request) => {
      const execution = required(querySchemas.describeStateMachineForExecution.parse(request).executionArn)
      const row = machines.definition(execution.definitionId)
      return {
        stateMachineArn: arns.stateMachine(row.name),
        name: row.name,
        definition: row.definition,
        roleArn,
        updateDate: row.createdAt / 1000,
      }
    },
    listStateMachines: async (request) => {
      const { maxResults, nextToken } = querySchemas.listStateMachines.parse(request)
      const place = placeOf(nextToken, 'machines')
      const all = machines.list()
      const end = place + size(maxResults)
      return {
        stateMachines: all.slice(place, end).map(machineItem),
        ...(end < all.length ? { nextToken: tokenFor(end, 'machines') } : {}),
      }
    },
  }
}
