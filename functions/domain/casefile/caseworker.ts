import * as z from 'zod'
import type { Decider } from '../base/command.ts'
import { slice } from '../base/slice.ts'
import { accept, event, refuse, type Decision } from '../base/stream.ts'
import { personIdSchema, type PersonId } from '../base/values.ts'
import { mayBeCaseworkerOf, type CaseToAssign, type MinistryPerson } from '../directory/directory.ts'

/** A caseworker took the case over, or was given it. */
const caseworkerAssignedSchema = event('CaseworkerAssigned', {
  caseworker: personIdSchema,
  by: personIdSchema,
})

interface Caseworker {
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

const choosePerson = 'Vælg en sagsbehandler, der ikke er inhabil i sagen.'

/**
 * A caseworker takes the case over, or is given it: letters, tasks and daily mails follow. Each kind of case declares
 * it under its own name.
 */
export const takingOver = {
  input: z.object({ person: personIdSchema }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Skift sagsbehandler', en: 'Change the caseworker' },
  done: {
    da: 'Sagen har fået en anden sagsbehandler.',
    en: 'The case has another caseworker.',
  },
  facts: ['people'],
  decide: (
    state: Caseworker & CaseToAssign,
    { person }: { readonly person: PersonId },
    who: Decider,
    _now: string,
    { people }: { readonly people: readonly MinistryPerson[] },
  ): Decision<z.infer<typeof caseworkerAssignedSchema>> => {
    if (state.caseworker === person) return accept()
    return people.some((one) => one.id === person && mayBeCaseworkerOf(one, state))
      ? accept({ type: 'CaseworkerAssigned', v: 1, caseworker: person, by: who.id })
      : refuse('fields', `${person} is no caseworker, or is barred from the case`, choosePerson)
  },
} as const
