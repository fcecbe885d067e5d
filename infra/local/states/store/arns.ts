/** The names that AWS gives to what the engine keeps. */
export interface Arns {
  readonly stateMachine: (name: string) => string
  readonly execution: (machine: string, name: string) => string
  /** Name of the machine in an ARN; undefined when it is no ARN of a state machine. */
  machineIn(arn: string): string | undefined
  /** Names of machine and execution in an ARN; undefined when it is no ARN of an execution. */
  executionIn(arn: string): { readonly machine: string; readonly name: string } | undefined
}

export const makeArns = (region: string, account: string): Arns => {
  const prefix = `arn:aws:states:${region}:${account}`
  const tail = (arn: string, kind: string): string[] | undefined =>
    arn.startsWith(`${prefix}:${kind}:`) ? arn.slice(prefix.length + kind.length + 2).split(':') : undefined
  return {
    stateMachine: (name) => `${prefix}:stateMachine:${name}`,
    execution: (machine, name) => `${prefix}:execution:${machine}:${name}`,
    machineIn: (arn) => {
      const parts = tail(arn, 'stateMachine')
      return parts?.length === 1 ? parts[0] : undefined
    },
    executionIn: (arn) => {
      const [machine, name, ...more] = tail(arn, 'execution') ?? []
      return machine !== undefined && name !== undefined && more.length === 0 ? { machine, name } : undefined
    },
  }
}
