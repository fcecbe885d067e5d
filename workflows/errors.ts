/**
 * The errors that a workflow branches on: their `name` is what Retry and Catch match. Everything else that a
 * task throws is unexpected and fails the execution at the task itself, where redrive can take it up.
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
/** Others wrote to the stream at the same time, five times over: try again. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy'
}

/** Every error name that a definition may name beside AWS's own. */
export const workflowErrors = ['AlreadySatisfied', 'NothingToDo', 'LetterUncertain', 'TooBusy'] as const
