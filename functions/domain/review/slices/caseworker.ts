import { event } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { personIdSchema, type PersonId } from '../../base/values.ts'

/** A caseworker took the case over, or was given it. */
const caseworkerAssignedSchema = event('CaseworkerAssigned', {
  caseworker: personIdSchema,
  by: personIdSchema,
})

export interface Caseworker {
  /** Null: nobody was named; the case falls to a caseworker by its agreement's id. */
  readonly caseworker: PersonId | null
}
const initial: Caseworker = { caseworker: null }

/** Whose case it is. */
export const caseworkerSlice = slice({
  initial,
  events: [caseworkerAssignedSchema],
  fold: { CaseworkerAssigned: (_state, { caseworker }) => ({ caseworker }) },
})
