/**
 * Quotas of AWS Step Functions that the engine enforces, so that nothing passes here that AWS rejects.
 * Source: "Step Functions service quotas", AWS Step Functions Developer Guide.
 */
export const limits = {
  /** Input or output of an execution, a state or a task, in bytes of UTF-8. */
  payloadBytes: 262_144,
  /** Events in the history of one standard execution. */
  historyEvents: 25_000,
  /** Iterations of an inline Map that run at the same time. */
  inlineMapConcurrency: 40,
  /** Child executions of a distributed Map that run at the same time. */
  distributedMapConcurrency: 10_000,
  /** Size of a definition, in bytes. */
  definitionBytes: 1_048_576,
  /** Length of a state's name, in characters. */
  stateNameLength: 80,
  /** Length of the name of an execution or a state machine, in characters. */
  nameLength: 80,
  /** Largest number of seconds in TimeoutSeconds, HeartbeatSeconds and Seconds. */
  seconds: 99_999_999,
  /** Longest run of a standard execution: one year, in milliseconds. */
  executionMs: 365 * 24 * 60 * 60 * 1000,
  /** How long a closed execution can be redriven: 14 days, in milliseconds. */
  redriveMs: 14 * 24 * 60 * 60 * 1000,
  /** How long the name of a closed execution stays taken: 90 days, in milliseconds. */
  nameReuseMs: 90 * 24 * 60 * 60 * 1000,
  /** Largest size of one assigned variable, in bytes. */
  variableBytes: 262_144,
} as const
