import type { StreamId } from '../domain/base/stream-id.ts'

/** What only a few need of the record: the nightly list of all streams, and erasing. */

/**
 * All streams that ever began: written before a stream's first commit, so that none can hide (handlers/README.md,
 * "The record").
 */
export interface StreamRegister {
  /** Consistent; in the order of their ids. A stream may stand here whose first commit never came. */
  streams(): Promise<readonly StreamId[]>
}

/** The private parts beside the chain. */
export interface PrivateParts {
  /**
   * Removes content and salt of one commit's private part; the commit, its hash and the chain stay as they are.
   * Safe to repeat. Two persons and a ground are asked for by the caller, never here.
   * @returns false when there was none, or none any more
   */
  erase(stream: StreamId, seq: number): Promise<boolean>
}

/** What an erasure takes out of the archive. Two persons and a ground are asked for by the caller, never here. */
export interface ArchiveErasure {
  /** Lifts the lock and removes every version of the object, and whatever hides it. Safe to repeat. */
  erase(key: string): Promise<void>
}

/** A mail lies in the landing bucket too, under a name that nobody keeps, until its short life is over. */
export interface LandingErasure {
  /**
   * Removes what holds exactly these bytes. Safe to repeat.
   * @returns how many objects went
   */
  eraseTwins(bytes: Uint8Array): Promise<number>
}
