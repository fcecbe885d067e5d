/**
 * What a task may fail with, in three kinds, by the `name` that Retry and Catch match.
 *
 * - **Expected**: the workflow has its own way for it.
 * - **Transient**: the same call may succeed in a while. Every task has the one retrier for it.
 * - **Permanent**: everything else. It fails the execution at the task itself, where redrive can take it up.
 */

/** What a wait would wait for is already so: go on as if it had been waited for. */
export class AlreadySatisfied extends Error {
  override readonly name = 'AlreadySatisfied'
}
/** A higher attempt is attached, or the case is finished: this execution has nothing to do. */
export class NothingToDo extends Error {
  override readonly name = 'NothingToDo'
}
/** The letter may have gone: look for its trace, then try again (at 5, 15 and 60 minutes). */
export class LetterUncertain extends Error {
  override readonly name = 'LetterUncertain'
}
/** Others wrote to the stream at the same time, time after time: try again. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy'
}
/** The mail system takes no more just now, or was not reached: the letter has not gone. */
export class SendLater extends Error {
  override readonly name = 'SendLater'
}
/** A service that the function calls throttled, timed out, was unavailable, or its answer was lost. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault'
}

/** What time alone mends, one or several at once: whoever is repeated anyway leaves it for then. */
export const isForLater = (error: unknown): boolean =>
  error instanceof AggregateError
    ? error.errors.length > 0 && error.errors.every(isForLater)
    : [LetterUncertain, TooBusy, SendLater, ServiceFault].some((kind) => error instanceof kind)

/** What a definition may catch, beside `States.Timeout` on a wait. */
export const expectedErrors = ['AlreadySatisfied', 'NothingToDo', 'LetterUncertain'] as const

/** Lambda's own errors of an invocation that did not come to its end. */
const invocationErrors = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
] as const

const transientErrors = [...invocationErrors, 'TooBusy', 'SendLater', 'ServiceFault'] as const

/**
 * The retrier of every task. With full jitter the n-th wait is anywhere in 2ⁿ seconds, at most 300. Of a thousand
 * letters owed at one moment, where SES takes 14 a second, all have gone when the window is 128 s wide (1,792 have
 * room in it): the seventh of 24 attempts. All of them wait some 45 minutes on average, 90 at most: an outage of a
 * service ends before an execution does.
 */
export const transientRetrier = {
  ErrorEquals: transientErrors,
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxAttempts: 24,
  MaxDelaySeconds: 300,
  JitterStrategy: 'FULL',
} as const

/** The retrier, before that one, of every task that sends letters: for some 17 hours. */
export const uncertainRetrier = {
  Comment:
    'Silence leaves a letter uncertain: looked for again at 5, 15 and 60 minutes, then sent again with the same MIME',
  ErrorEquals: ['LetterUncertain'],
  IntervalSeconds: 300,
  BackoffRate: 2.5,
  MaxAttempts: 24,
  MaxDelaySeconds: 2700,
} as const

/**
 * How AWS's services name what is transient (each service's API reference, "Common errors"; S3's error responses).
 * Whatever answers 429 or 5xx is transient too, by whatever name.
 */
export const transientServiceErrors: ReadonlySet<string> = new Set([
  // Throttled.
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'LimitExceededException',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'SlowDown',
  'KmsThrottlingException',
  'ExecutionLimitExceeded',
  // Others at work on the same thing.
  'TransactionInProgressException',
  'TransactionConflictException',
  'OperationAborted',
  // Timed out.
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  // Unavailable.
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'InternalError',
  'InternalFailure',
  'InternalServerError',
  'InternalServerException',
  'InternalServiceError',
])

/** Node's codes of a connection that was not made: nothing has left. */
export const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Node's codes of a connection that was lost: the answer was, perhaps. */
export const connectionLost: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])
