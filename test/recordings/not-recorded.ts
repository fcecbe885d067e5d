/** Something that no recording of AWS covers, the sentence it follows, and the test that holds the engine to it. */
export interface NotRecorded {
  readonly what: string
  /** AWS's own words; undefined where it has none for this; `from` then tells what the engine follows. */
  readonly sentence: string | undefined
  readonly from: string
  /** A file under test/, and the name of the test in it. */
  readonly test: readonly [file: string, name: string]
}

const tokens = 'integration/states/task-tokens.test.ts'
const executions = 'integration/states/execution.test.ts'
const nested = 'integration/states/nested-and-redrive.test.ts'
const parallel = 'integration/states/parallel-and-map.test.ts'
const sendTaskErrors = 'API Reference, SendTaskSuccess, errors'
const redriving = 'Developer Guide, "Restarting state machine executions with redrive"'
const startExecution = 'API Reference, StartExecution'
const quotas = 'Developer Guide, "Step Functions service quotas"'

/** Not measured against AWS: the engine follows the documentation here, or a choice of its own. */
export const notRecorded: readonly NotRecorded[] = [
  {
    what: 'a computed timeout, also one that is fractional or not positive',
    sentence: 'The JSONata expression value must be a positive integer.',
    from: 'CDK API Reference, aws_stepfunctions.Timeout.jsonata; the error is States.QueryEvaluationError',
    test: [tokens, 'takes the seconds of a timeout from an expression, and fails for a fraction'],
  },
  {
    what: 'a token answered before its function returned',
    sentence: undefined,
    from: 'API Reference, SendTaskSuccess, says only who sends it; README, "Task tokens"',
    test: [tokens, 'honours once an answer that comes before the function has returned'],
  },
  {
    what: 'a token answered before its function failed',
    sentence: undefined,
    from: 'README, "Task tokens": it was accepted, so it came first',
    test: [tokens, 'honours an early answer even when the function then fails'],
  },
  {
    what: 'a token used twice',
    sentence:
      'The task token has either expired or the task associated with the token has already been closed.',
    from: `${sendTaskErrors}: TaskTimedOut`,
    test: [tokens, 'answers a token that was used with TaskTimedOut and a made-up one with InvalidToken'],
  },
  {
    what: 'a made-up token',
    sentence: 'The provided token is not valid.',
    from: `${sendTaskErrors}: InvalidToken`,
    test: [tokens, 'answers a token that was used with TaskTimedOut and a made-up one with InvalidToken'],
  },
  {
    what: 'a token whose task was retried',
    sentence:
      'The task token has either expired or the task associated with the token has already been closed.',
    from: `${sendTaskErrors}: TaskTimedOut`,
    test: [tokens, 'gives every retry a token of its own; the old one is over'],
  },
  {
    what: 'a token of a stopped execution, and a stop while waiting',
    sentence:
      'The task token has either expired or the task associated with the token has already been closed.',
    from: `${sendTaskErrors}: TaskTimedOut; status ABORTED and event ExecutionAborted as StopExecution names them`,
    test: [tokens, 'tells the holder of a stopped execution’s token that the task is over'],
  },
  {
    what: 'heartbeats that keep a token open',
    sentence: 'This action resets the Heartbeat clock.',
    from: 'API Reference, SendTaskHeartbeat',
    test: [tokens, 'waits as long as heartbeats come in time, and States.HeartbeatTimeout catches their end'],
  },
  {
    what: 'heartbeats beyond the timeout',
    sentence:
      "The Timeout of a task, defined in the state machine's Amazon States Language definition, is its maximum allowed duration, regardless of the number of SendTaskHeartbeat requests received.",
    from: 'API Reference, SendTaskHeartbeat',
    test: [tokens, 'times out in spite of its heartbeats, which leave no event'],
  },
  {
    what: 'a redrive',
    sentence:
      'When you redrive an execution, Step Functions continues the failed execution from the unsuccessful step and uses the same input.',
    from: redriving,
    test: [executions, 'are redriven from the state that failed, within 14 days'],
  },
  {
    what: 'a redrive with a newer definition at hand',
    sentence:
      'Redriven executions use the same state machine definition and execution ARN that was used for the original execution attempt.',
    from: redriving,
    test: [executions, 'are redriven with the definition they started with'],
  },
  {
    what: 'a redrive of a Parallel or Map state',
    sentence:
      'For workflows that include an Inline Map or Parallel state, RedriveExecution API action reschedules and redrives only the iterations and branches that failed or aborted.',
    from: 'API Reference, RedriveExecution',
    test: [nested, 'goes on with what had not succeeded: %s'],
  },
  {
    what: 'a name used again',
    sentence:
      'For a STANDARD workflow, if you call StartExecution with the same name and input as a running execution, the call succeeds and return the same response as the original request. If the execution is closed or if the input is different, it returns a 400 ExecutionAlreadyExists error. You can reuse the name 90 days after it closes.',
    from: startExecution,
    test: [executions, 'start once for the same name and input while running, and not again for 90 days'],
  },
  {
    what: 'a bad name, an unknown machine, an input that is no JSON or too large',
    sentence: 'The provided JSON input data is not valid.',
    from: `${startExecution}, errors: InvalidExecutionInput (and InvalidName, StateMachineDoesNotExist)`,
    test: [executions, 'refuse a bad name, an unknown machine, and an input that is no JSON or over 256 KiB'],
  },
  {
    what: 'the end of a task that waits for a nested execution',
    sentence: undefined,
    from: 'Developer Guide, "Run a Job (.sync)": stopping what was started is attempted; the nested execution is stopped',
    test: [nested, 'are stopped when the task that waits for them is over'],
  },
  {
    what: 'the time for a whole execution',
    sentence: undefined,
    from: 'status TIMED_OUT and event ExecutionTimedOut, without details, as their names say',
    test: [executions, 'time out as a whole'],
  },
  {
    what: 'an execution of more than a year',
    sentence: undefined,
    from: `${quotas}: at most one year; the status is TIMED_OUT, as for a timeout of its own`,
    test: [executions, 'end after one year at the latest'],
  },
  {
    what: 'a full history',
    sentence: undefined,
    from: `${quotas}: 25,000 events; the execution fails with States.Runtime, which nothing catches`,
    test: [executions, 'fail at 25,000 events'],
  },
  {
    what: 'an inline Map of more than forty items',
    sentence: 'In this mode, the Map state supports up to 40 concurrent iterations.',
    from: 'Developer Guide, "Using Map state in Inline mode"',
    test: [
      parallel,
      'runs at most forty iterations of an inline Map at a time and keeps the order of the outputs',
    ],
  },
  {
    what: 'a definition put again while executions run',
    sentence: 'Running executions will continue to use the previous definition and roleArn.',
    from: 'API Reference, UpdateStateMachine',
    test: [executions, 'keep the definition they started with'],
  },
  {
    what: 'States.ALL and States.DataLimitExceeded in a Retry',
    sentence: "This is a terminal error that can't be caught by the States.ALL error type.",
    from: 'Developer Guide, "Handling errors"; in a Catch of a task it is caught: recorded',
    test: [
      'unit/states/retry-and-catch.test.ts',
      'take a task’s too large result in a Catch of States.ALL, as recorded',
    ],
  },
]
