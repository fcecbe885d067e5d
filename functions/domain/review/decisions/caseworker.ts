import * as z from 'zod'
import { accept, refuse } from '../../base/stream.ts'
import { personIdSchema } from '../../base/values.ts'
import { mayBeCaseworkerOf } from '../../directory/directory.ts'
import type { ReviewEvent } from '../state.ts'
import { command } from './declare.ts'

const choosePerson = 'Vælg en sagsbehandler, der ikke er inhabil i sagen.'

/** A caseworker takes the case over, or is given it: letters, tasks and daily mails follow. */
export const takeOverCase = command('take-over-case', {
  input: z.object({ person: personIdSchema }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Skift sagsbehandler', en: 'Change the caseworker' },
  done: {
    da: 'Sagen har fået en anden sagsbehandler.',
    en: 'The case has another caseworker.',
  },
  facts: ['people'],
  decide: (state, { person }, who, _now, { people }) => {
    if (state.caseworker === person) return accept<ReviewEvent>()
    return people.some((one) => one.id === person && mayBeCaseworkerOf(one, state))
      ? accept<ReviewEvent>({ type: 'CaseworkerAssigned', v: 1, caseworker: person, by: who.id })
      : refuse('fields', `${person} is no caseworker, or is barred from the case`, choosePerson)
  },
})
