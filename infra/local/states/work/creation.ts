import type { Core } from './core.ts'
import { ServiceError } from '../values/errors.ts'
import type { Execution } from '../turn/execution.ts'
import { byteLength, parseJson, type Json } from '../values/json.ts'
import { limits } from '../values/limits.ts'

const FORBIDDEN = new Set('<>{}[]?*"#%\\^|~`$&,;:/')

/** AWS's rule for the name of an execution: no whitespace, no control character, none of a list of others. */
const isName = (name: string): boolean =>
  name.length >= 1 &&
  name.length <= limits.nameLength &&
  !/[\s\p{Cc}]/u.test(name) &&
  !name.split('').some((letter) => FORBIDDEN.has(letter))

const sameText = (a: string, b: string): boolean =>
  a === b || JSON.stringify(parseJson(a)) === JSON.stringify(parseJson(b))

const readInput = (text: string): Json => {
  if (byteLength(text) > limits.payloadBytes)
    throw new ServiceError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: input is larger than ${limits.payloadBytes} bytes`,
    )
  try {
    return parseJson(text)
  } catch (error) {
    throw new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: ${String(error)}`)
  }
}

/**
 * Starts an execution; only inside the line. The same name with the same input answers the running execution;
 * any other use of a name within 90 days of its end is ExecutionAlreadyExists. Throws ServiceError.
 */
export const createExecution = async (
  core: Core,
  request: {
    readonly machineArn: string
    readonly name: string
    readonly input: string
    readonly parent?: Execution['parent']
  },
): Promise<Execution> => {
  const { store, arns, machines, options } = core
  const machineName = arns.machineIn(request.machineArn)
  const machine = machineName === undefined ? undefined : machines.current(machineName)
  if (machine === undefined)
    throw new ServiceError(
      'StateMachineDoesNotExist',
      `State Machine Does Not Exist: '${request.machineArn}'`,
    )
  if (!isName(request.name)) throw new ServiceError('InvalidName', `Invalid Name: '${request.name}'`)
  const input = readInput(request.input)
  const arn = arns.execution(machine.name, request.name)
  const existing = core.find(arn)
  const now = options.clock.now()
  if (existing !== undefined) {
    if (
      existing.status === 'RUNNING' &&
      request.parent === undefined &&
      sameText(existing.inputText, request.input)
    )
      return existing
    if (existing.stoppedAt === undefined || now - existing.stoppedAt < limits.nameReuseMs)
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`)
  }
  const id = store.run(
    `INSERT INTO executions (machine, name, definition_id, status, started_at, input, event_count, frame_count,
      redrive_count, parent) VALUES (?, ?, ?, 'RUNNING', ?, ?, 0, 0, 0, ?)`,
    machine.name,
    request.name,
    machine.definitionId,
    now,
    request.input,
    request.parent === undefined ? null : JSON.stringify(request.parent),
  )
  const execution: Execution = {
    id,
    arn,
    name: request.name,
    machineName: machine.name,
    definitionId: machine.definitionId,
    input,
    inputText: request.input,
    startedAt: now,
    status: 'RUNNING',
    stoppedAt: undefined,
    output: undefined,
    error: undefined,
    cause: undefined,
    eventCount: 0,
    frameCount: 0,
    redriveCount: 0,
    redrivenAt: undefined,
    parent: request.parent,
  }
  core.adopt(execution)
  await core.apply(id, { kind: 'start' })
  return execution
}
