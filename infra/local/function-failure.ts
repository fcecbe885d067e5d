/** What Lambda answers for a failed invocation, as Step Functions and the log see it. */
export type FailurePayload = {
  readonly errorType: string
  readonly errorMessage: string
  readonly trace?: readonly string[]
}

/**
 * A failed invocation. Its `name` is the error type that Retry and Catch match, `payload` the JSON text that
 * Lambda would have answered.
 */
export class FunctionFailure extends Error {
  readonly failure: FailurePayload
  readonly payload: string

  constructor(failure: FailurePayload, options?: ErrorOptions) {
    super(failure.errorMessage, options)
    this.name = failure.errorType
    this.failure = failure
    this.payload = JSON.stringify(failure)
  }
}

/** A thrown value as the Node runtime of Lambda reports it: an error by its name, anything else by its type. */
export function failureOf(thrown: unknown): FailurePayload {
  if (thrown instanceof Error)
    return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] }
}

/**
 * A function that did not answer in time. Lambda says so with `Sandbox.Timedout`; without an error type, as
 * older runtimes did, Step Functions would make it `Lambda.Unknown`, so a Retry names both.
 */
export const timedOut = (requestId: string, timeoutMs: number): FailurePayload => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
})

/** Lambda's limit of an answer, in bytes (6 MB and a little). */
export const maxAnswerBytes = 6_291_556

/** An answer above Lambda's limit. */
export const tooLarge = (bytes: number): FailurePayload => ({
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${maxAnswerBytes} bytes).`,
})
