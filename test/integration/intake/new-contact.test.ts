import { beforeEach, expect, it } from 'vitest'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { tasksOfReview } from '../../../functions/web/review/review-tasks.ts'
import { complete, mette } from './compose-mail.ts'
import { openPostOffice, words, type PostOffice } from './post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})
const lene = 'lene.proeve@svendborg-kommune.example'
const agreement = agreementIdSchema.parse('svendborg-rk')
const contacts = async () =>
  (await office.ports.contacts.of(agreement))
    .filter(({ role }) => role === 'contact')
    .map(({ email, validFrom, validTo }) => ({ email, validFrom, validTo }))
    .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom))
const enter = (mailKey: string | null) =>
  office.decide({
    do: 'enter-contact',
    contactId: 'entered-1',
    party: '479',
    role: 'contact',
    mailKey,
    name: 'Lene Prøve',
    title: 'konsulent',
    email: lene,
  })

it('a new contact is asked for by mail, entered by a person alone, and both are told', async () => {
  const reply = await office.reply({ text: `Kontakt: Lene Prøve, konsulent, ${lene}` })
  expect(reply.mail?.asksContact).toEqual({ role: 'contact' })
  const [before] = await contacts()
  expect(before).toMatchObject({ email: mette, validTo: null })
  const sent = office.ports.mail.sent.length
  await enter(reply.mail?.mailKey ?? '')
  expect(await contacts()).toEqual([
    { ...before, validTo: '2015-02-23' },
    { email: lene, validFrom: '2015-02-24', validTo: null },
  ])
  const [letter, ...more] = office.ports.mail.sent.slice(sent)
  expect(more).toEqual([])
  expect(letter?.to.toSorted()).toEqual([lene, mette])
  const text = words(await office.ports.mime.parse(letter?.raw ?? Buffer.from('')))
  expect(text).toContain(`Lene Prøve (${lene}) er fra i dag jeres kontakt i sagen.`)
  const later = await office.reply({ from: lene, fromName: 'Lene Prøve', text: 'M2: 24,5' })
  expect(later.mail?.standing).toBe('counts')
  expect(later.answers.map(({ to }) => to)).toEqual([[lene]])
})

it('a wish is decided once: entered or declined', async () => {
  const reply = await office.reply({ text: `Kontakt: Lene Prøve, konsulent, ${lene}` })
  const mailKey = reply.mail?.mailKey ?? ''
  await office.decide({ do: 'decline-contact', mailKey, reason: 'Mette er stadig kontakt' })
  await expect(enter(mailKey)).rejects.toThrow('no undecided mail of that municipality asks for a contact')
  expect(await contacts()).toHaveLength(1)
})

it('a new contact wished in free text is no more than a task: shown with its sentence, told in the receipt, entered by a person', async () => {
  const text = `Hej Sofie\n\nJeg er ikke længere kontakt i sagen. Skriv til Lene Prøve, ${lene}.\n\nMvh Mette`
  const reply = await office.reply({ text })
  expect(reply.mail?.asksContact).toEqual({ role: 'contact', inWords: true })
  expect(reply.mail?.details?.contactWish).toBe(
    `Jeg er ikke længere kontakt i sagen. Skriv til Lene Prøve, ${lene}.`,
  )
  const told = words(reply.answers[0]!.message)
  expect(told).toMatch(/^Tak\. Jeres tekst er gemt og læses af en medarbejder\./u)
  expect(told).toContain('Jeres ønske om en anden kontakt er modtaget. En medarbejder ser på det.')
  expect((await contacts()).map(({ email }) => email)).toEqual([mette])
  const waiting = tasksOfReview(await office.state(), { today: '2015-02-24', caseworker: 'sofie', href: '' })
  expect(waiting.map(({ kind }) => kind)).toEqual(['new-contact'])
  await enter(reply.mail?.mailKey ?? '')
  expect((await contacts()).map(({ email }) => email)).toEqual([mette, lene])
})

it('figures beside it are taken in as ever, and by key it needs no sentence', async () => {
  const both = await office.reply({
    text: `Lene Prøve overtager indberetningen efter mig (${lene}).\n\n${complete}`,
  })
  expect(both.mail?.values.length).toBeGreaterThan(5)
  expect(both.mail?.asksContact).toEqual({ role: 'contact', inWords: true })
  expect(words(both.answers[0]!.message)).toContain('Jeres ønske om en anden kontakt er modtaget.')
  const byKey = await office.reply({ text: `Kontakt: Lene Prøve, konsulent, ${lene}` })
  expect(byKey.mail?.asksContact).toEqual({ role: 'contact' })
  expect(words(byKey.answers[0]!.message)).toMatch(
    /^Tak\. Jeres tekst er gemt og læses af en medarbejder\. Jeres ønske om en anden kontakt er modtaget\./u,
  )
})
