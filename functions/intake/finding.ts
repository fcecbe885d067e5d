import type { DoubtKind, Provenance } from '../domain/casefile/reading.ts'
import type { KeyTarget } from './key-index.ts'
import type { Read } from './value-read.ts'

/** Something read under a key at one place: a value or a doubt, not yet weighed against other places. */
export interface Finding {
  readonly target: KeyTarget
  readonly read: Exclude<Read, { as: 'empty' }>
  readonly at: Provenance
  /** Depth of quotation; 0 is the sender's own text. */
  readonly level: number
}

/** A doubt that belongs to no field's value: misspelt and unknown keys. */
export interface LineDoubt {
  readonly kind: DoubtKind
  readonly key: string
  readonly written: string
  readonly details: Readonly<Record<string, string>>
  readonly at: Provenance
  readonly level: number
}

export interface LinesRead {
  readonly findings: readonly Finding[]
  readonly doubts: readonly LineDoubt[]
  /** Numbers of the lines that a key, a value or a note took. */
  readonly taken: ReadonlySet<number>
}
