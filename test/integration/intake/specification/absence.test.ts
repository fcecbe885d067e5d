import { beforeEach, describe, expect, test } from 'vitest'
import { contactSchema } from '../../../../functions/domain/agreement/content.ts'
import { turnOf } from '../../../../functions/domain/review/open-tasks.ts'
import { agreementIdSchema } from '../../../../functions/domain/base/values.ts'
import { contactsSection } from '../../../../functions/web/review/contacts-section.ts'
import { tasksOfReview } from '../../../../functions/web/review/review-tasks.ts'
import { svendborg } from '../../../fixtures/agreements/svendborg.ts'
import { complete, mainMailbox, mette } from '../compose-mail.ts'
import { openPostOffice, type PostOffice } from '../post-office.ts'
import { absencesOn, openAbsences } from '../../../../functions/domain/review/collection.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

const agreement = agreementIdSchema.parse('svendborg-rk')
const deputy = 'lene.proevelund@svendborg-kommune.example'
const enterDeputy = (): Promise<void> =>
  office.ports.contacts.put(
    agreement,
    contactSchema.parse({
      ...svendborg.contacts[0],
      id: 'svendborg-lene',
      role: 'deputy',
      name: 'Lene Prøvelund',
      email: deputy,
    }),
  )
const away = (until: string) =>
  office.reply({ subject: 'Automatisk svar: tal', text: `Jeg er fraværende til og med ${until}.` })
const sentTo = async (kind: string) =>
  (await office.state()).letters.filter(({ order }) => order.kind === kind)
const shown = async (today: string): Promise<string> => {
  const contacts = await office.ports.contacts.of(agreement)
  const markup = await contactsSection(await office.state(), contacts, '/reviews/2014/svendborg-rk', today)
  return markup.toString().replaceAll(/\s+/gu, ' ')
}
const tasks = async () =>
  tasksOfReview(await office.state(), { today: '2015-02-25', caseworker: 'sofie', href: '/r' }).filter(
    ({ kind }) => kind === 'absence',
  )

describe('absence notes', () => {
  test('MAIL 134: a note over the due date: request to the deputy with the absent in copy, once; the date stands and no data changes', async () => {
    await enterDeputy()
    const before = await office.figures()
    const due = (await sentTo('request'))[0]?.dueOn
    const { mail, answers } = await away('den 1. oktober 2015')
    expect(mail).toMatchObject({ standing: 'automatic', absentUntil: '2015-10-01', values: [] })
    expect(answers).toEqual([])
    await office.until('2015-02-25')
    await office.until('2015-02-26')
    const letters = await sentTo('to-deputy')
    expect(letters.map(({ to, dueOn }) => ({ to, dueOn }))).toEqual([{ to: [deputy, mette], dueOn: due }])
    expect(letters[0]?.text?.replaceAll(/\s+/gu, ' ')).toContain(
      'Mette Prøve er fraværende til den 1. oktober 2015. Derfor får I ministeriets anmodning på denne adresse.',
    )
    expect(await office.figures()).toEqual(before)
  })
  test('MAIL 134: without a deputy the main mailbox gets it', async () => {
    await away('den 1. oktober 2015')
    await office.until('2015-02-25')
    expect((await sentTo('to-deputy')).map(({ to }) => to)).toEqual([[mainMailbox, mette]])
  })
  test('MAIL 134: it is a task of the caseworker until a contact is entered, a note is written or everything is there', async () => {
    expect(await tasks()).toEqual([])
    await away('den 1. oktober 2015')
    expect(turnOf(await office.state(), '2015-02-25')).toBe('caseworker')
    const [task] = await tasks()
    expect(task?.what).toContain('fraværende til og med 1. oktober 2015')
    expect(task?.roles).toContain('caseworker')
    await office.decide({ do: 'note', about: 'phone', text: 'Lene svarer i stedet.' })
    expect(await tasks()).toEqual([])
    expect(turnOf(await office.state(), '2015-02-25')).toBe('municipality')

    const other = await openPostOffice()
    await other.reply({ subject: 'Autosvar', text: 'Jeg er på barsel til 1. oktober 2015.' })
    expect(openAbsences(await other.state())).toHaveLength(1)
    await other.reply({ from: mette, text: complete })
    expect(openAbsences(await other.state())).toEqual([])
  })
  test('MAIL 134: the note stands beside the contact until its last day is over; one that ends before the due date is shown only', async () => {
    const { mail } = await away('den 27. februar 2015')
    expect(await tasks()).toEqual([])
    await office.until('2015-02-25')
    expect(await sentTo('to-deputy')).toEqual([])
    const page = await shown('2015-02-27')
    expect(page).toMatch(/Mette Prøve, udviklingskonsulent.*fraværende<\/span> til og med 27\. februar 2015/u)
    expect(page).toContain(`href="/reviews/2014/svendborg-rk/mails/${mail?.mailKey ?? ''}"`)
    expect(await shown('2015-02-28')).not.toContain('fraværende</span>')
  })
  test('MAIL 134: a note without a day is shown until she writes again, a later note in place of the one before', async () => {
    await office.reply({ subject: 'Automatisk svar: tal', text: 'Jeg er ikke på kontoret.' })
    expect(await shown('2015-02-25')).toContain('fraværende</span> uden slutdato')
    await away('den 27. februar 2015')
    expect(absencesOn(await office.state(), '2015-02-25').map(({ until }) => until)).toEqual(['2015-02-27'])
    const other = await openPostOffice()
    await other.reply({ subject: 'Automatisk svar: tal', text: 'Jeg er ikke på kontoret.' })
    await other.reply({ text: 'M2: 24,5' })
    expect(absencesOn(await other.state(), '2015-02-25')).toEqual([])
  })
})
