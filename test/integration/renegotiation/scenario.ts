import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import { atCopenhagen } from '../../../functions/domain/base/time.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { RenegotiationWorld } from './world.ts'

export const at = (date: string, clock = '10:00'): string => atCopenhagen(date, clock)

export const id = svendborg.agreement.id
export const change = { target: 'M1', year: 2015, from: '50', to: '46' } as const
export const draft = {
  riderNumber: 1,
  changes: [change],
  effectiveFrom: '2015-07-01',
  note: 'kvoten',
} as const
export const accepted = { Svar: { is: 'proposal-answer', answer: 'accepted' } } as const
export const declined = { Svar: { is: 'proposal-answer', answer: 'declined' } } as const
export const counter = { 'M1 ny målværdi': { is: 'number', value: '44' } } as const

export const flat = (text: string): string => text.replace(/\s+/g, ' ')

/** On 27 March the quota is known; on 20 April the proposal is approved and goes out the next morning. */
export const observed = async (): Promise<RenegotiationWorld> => {
  const world = await new RenegotiationWorld(at('2015-03-27', '08:30')).prepare(svendborg)
  await world.observe({ [id]: '160' })
  return world
}

export const proposed = async (): Promise<{ world: RenegotiationWorld; subject: string }> => {
  const world = await observed()
  await world.pass(id, at('2015-04-17', '13:00'))
  const subject = await world.propose(id, draft)
  await world.pass(id, at('2015-04-20', '12:00'))
  return { world, subject }
}

/** A partnership of three with a contact and a signatory each. */
export const codes = ['479', '450', '482'] as const
export const partnership = agreementFileSchema.parse({
  agreement: {
    ...svendborg.agreement,
    id: 'sydfyn-rk',
    parties: codes.map((municipality, index) => ({
      municipality,
      role: index === 0 ? 'lead' : 'member',
      from: '2013-01-01',
      to: null,
    })),
  },
  signatures: [
    svendborg.signatures[0],
    ...codes.map((party) => ({ party, name: 'Prøve Person', title: 'kommunaldirektør', on: '2012-11-12' })),
  ],
  contacts: codes.flatMap((municipality) =>
    svendborg.contacts.map((contact) => ({
      ...contact,
      municipality,
      id: `${contact.id}-${municipality}`,
      email: contact.email.replace('svendborg', `k${municipality}`),
    })),
  ),
})
