import { makeMimeComposer } from '../../../functions/adapters/mime-composer.ts'
import { memoryPorts } from '../../../functions/adapters/memory/ports.ts'
import { directorySchema } from '../../../functions/domain/directory/directory.ts'

const person = (
  id: string,
  roles: readonly string[],
  more: { deputy?: boolean; barredFrom?: readonly string[] } = {},
) => ({
  id,
  name: `${id} Prøve`,
  title: 'fuldmægtig',
  email: `${id}@ministeriet.example`,
  phone: '00 00 00 00',
  roles,
  deputy: more.deputy ?? false,
  barredFrom: more.barredFrom ?? [],
})

/** One of each, as the sample set has them. */
export const directory = directorySchema.parse({
  people: [
    person('sofie', ['caseworker']),
    person('anders', ['approver']),
    person('birgit', ['approver'], { deputy: true }),
    person('ida', ['administrator']),
    person('ole', ['auditor']),
  ],
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

/** What lies outside, in memory, with the ministry's people in it. */
export const operationsPorts = async (startAt: string) => {
  const ports = {
    ...memoryPorts(startAt),
    composer: makeMimeComposer(),
    settings: {
      stage: 'test',
      consoleUrl: 'http://konsol.example',
      journalMailbox: 'journal@ministeriet.example',
      complaintText: '',
    },
  }
  await ports.directory.write(directory)
  return ports
}
export type OperationsPorts = Awaited<ReturnType<typeof operationsPorts>>
