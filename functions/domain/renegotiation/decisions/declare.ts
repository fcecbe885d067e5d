import { commandsOf } from '../../base/command.ts'
import type { MinistryPerson } from '../../directory/directory.ts'
import type { RenegotiationEvent, RenegotiationState } from '../state.ts'

/** What decisions on a renegotiation may need beside its state. */
export interface RenegotiationFacts {
  /** SHA-256 of a text, in hex: a draft's subject. */
  readonly digest: (text: string) => string
  /** The number of the agreement's next rider. */
  readonly nextRider: number
  /** The ministry's people. */
  readonly people: readonly MinistryPerson[]
  /** Every key that has ever stood for anything in the agreement. */
  readonly usedKeys: readonly string[]
}

/** Declares a decision that a person of the ministry takes on a renegotiation. */
export const command = commandsOf<RenegotiationState, RenegotiationEvent, RenegotiationFacts>({
  status: ({ status }) => (status === 'none' ? null : status),
  municipalities: ({ parties }) => parties.map(({ municipality }) => municipality),
})

/** The hash of the draft on the record. */
export const proposalSubject = ({ proposal }: RenegotiationState): string | null => proposal?.subject ?? null
