/** A definition that the engine does not accept, with every reason: the state, the field, and what is wrong. */
export class DefinitionError extends Error {
  readonly problems: readonly DefinitionProblem[]
  constructor(machine: string, problems: readonly DefinitionProblem[]) {
    super(
      `The definition of '${machine}' is refused:\n` +
        problems
          .map(
            (p) =>
              `- ${p.state === undefined ? 'the state machine' : `state '${p.state}'`}, ${p.field}: ${p.message}`,
          )
          .join('\n'),
    )
    this.name = 'DefinitionError'
    this.problems = problems
  }
}

export interface DefinitionProblem {
  /** Name of the state; absent for the machine itself. */
  readonly state: string | undefined
  /** Path of the field inside the state, e.g. `Retry[0].ErrorEquals`. */
  readonly field: string
  readonly message: string
}

/** An error that the service answers to a caller: the name is AWS's error code. */
export class ServiceError extends Error {
  constructor(name: string, message: string) {
    super(message)
    this.name = name
  }
}

/** An expression or template that gave no usable value. `cause` lacks the words that name the state. */
export class EvaluationFailure extends Error {
  /** Path of the field inside the state, e.g. `Output/result`. */
  readonly location: string
  /** True for a value that was computed but cannot be used, e.g. a text that is no timestamp. */
  readonly afterEntry: boolean
  constructor(message: string, location: string, afterEntry = false) {
    super(message)
    this.name = 'EvaluationFailure'
    this.location = location
    this.afterEntry = afterEntry
  }
}
