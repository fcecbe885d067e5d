import type { Decider } from '../../functions/domain/base/command.ts'
import { personIdSchema, type MinistryRole } from '../../functions/domain/base/values.ts'
import { directorySchema, type Directory } from '../../functions/domain/directory/directory.ts'

/** The ministry of the tests: its directory's literal stands here alone. */

/** Who presses a button. */
export const decider = (id: string, ...roles: readonly MinistryRole[]): Decider => ({
  id: personIdSchema.parse(id),
  roles,
  barredFrom: [],
})
export const sofie = decider('sofie', 'caseworker')
export const karl = decider('karl', 'caseworker')
export const anders = decider('anders', 'approver')
export const birgit = decider('birgit', 'approver')
export const vibeke = decider('vibeke', 'head-of-department')

const names: Readonly<Record<string, string>> = {
  sofie: 'Sofie Eksempel',
  karl: 'Karl Prøveholm',
  anders: 'Anders Prøvesen',
  birgit: 'Birgit Eksempelgaard',
  vibeke: 'Vibeke Prøvelykke',
  begge: 'Bente Beggesen',
  inhabil: 'Ida Inhabilsen',
  ole: 'Ole Prøvelund',
}

/** Who stands in the directory. */
export const person = (
  id: string,
  roles: readonly MinistryRole[],
  more: { readonly deputy?: boolean; readonly barredFrom?: readonly string[] } = {},
) => ({
  id,
  name: names[id] ?? `${id} Prøve`,
  title: 'fuldmægtig',
  email: `${id}@ministeriet.example`,
  phone: '00 00 00 00',
  roles,
  deputy: false,
  barredFrom: [] as readonly string[],
  ...more,
})

/** These people in the ministry, whose name and domain change on 28 June 2015. */
export const directoryOf = (...people: readonly object[]): Directory =>
  directorySchema.parse({
    people,
    ministry: {
      domains: [
        { from: '2013-08-09', replyDomain: 'svar.ministeriet.example', domain: 'ministeriet.example' },
        { from: '2015-06-28', replyDomain: 'svar.nytministerium.example', domain: 'nytministerium.example' },
      ],
      officeHead: [{ from: '2013-08-09', name: 'Anders Prøvesen', title: 'kontorchef' }],
      privacyPolicy: 'ministeriet.example/privatlivspolitik',
      complaint: '',
    },
  })

/** One of each, as the sample set has them. */
export const directory = directoryOf(
  person('sofie', ['caseworker']),
  person('anders', ['approver']),
  person('birgit', ['approver'], { deputy: true }),
  person('ida', ['administrator']),
  person('ole', ['auditor']),
)
/** Two caseworkers. */
export const withKarl = directoryOf(
  person('sofie', ['caseworker']),
  person('karl', ['caseworker']),
  person('anders', ['approver']),
)
