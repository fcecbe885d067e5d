import type { Directory } from '../../../functions/domain/directory/directory.ts'
import { personIdSchema } from '../../../functions/domain/base/values.ts'
import type { Decider } from '../../../functions/domain/base/command.ts'

export const person = (id: string, ...roles: ('caseworker' | 'approver')[]): Decider => ({
  id: personIdSchema.parse(id),
  roles,
  barredFrom: [],
})
export const sofie = person('sofie-eksempel', 'caseworker')
export const karl = person('karl-proeveholm', 'caseworker')
export const anders = person('anders-proevesen', 'approver')
export const birgit = person('birgit-eksempelgaard', 'approver')

const people = [
  ['sofie-eksempel', 'Sofie Eksempel', 'fuldmægtig', 'caseworker'],
  ['anders-proevesen', 'Anders Prøvesen', 'kontorchef', 'approver'],
] as const

/** The ministry as it is in the world: two people, a name that changes in June. */
export const directory: Directory = {
  people: people.map(([id, name, title, role]) => ({
    id: personIdSchema.parse(id),
    name,
    title,
    email: `${id}@ministeriet.example`,
    phone: '00 00 00 00',
    roles: [role],
    deputy: false,
    barredFrom: [],
  })),
  ministry: {
    domains: [
      { from: '2013-08-09', replyDomain: 'svar.ministeriet.example', domain: 'ministeriet.example' },
      { from: '2015-06-28', replyDomain: 'svar.nytministerium.example', domain: 'nyt.example' },
    ],
    officeHead: [{ from: '2013-08-09', name: 'Anders Prøvesen', title: 'kontorchef' }],
    privacyPolicy: '',
    complaint: '',
  },
}
