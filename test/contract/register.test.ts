import { expect, it } from 'vitest'
import { makeContactStore, makeRegister } from '../../functions/adapters/dynamodb/register.ts'
import { memoryContactStore, memoryRegister } from '../../functions/adapters/memory/record.ts'
import { contactSchema, type Contact } from '../../functions/domain/agreement/content.ts'
import { reviewStream } from '../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../functions/domain/base/values.ts'
import type { TokenNames } from '../../functions/ports/record.ts'
import { fresh, onBoth } from './both.ts'

const newAgreement = () => agreementIdSchema.parse(fresh('svendborg'))
const contact = (change: Record<string, unknown> = {}): Contact =>
  contactSchema.parse({
    id: 'c1',
    municipality: '479',
    role: 'contact',
    name: 'Anna Prøve',
    title: '',
    email: `${fresh('anna')}@svendborg.example`,
    language: 'da',
    validFrom: '2014-01-01',
    validTo: null,
    ...change,
  })
const names = (): TokenNames => {
  const agreement = newAgreement()
  return { stream: reviewStream(2014, agreement), agreement, year: 2014, municipality: '479', keyVersion: 1 }
}

const stores = {
  table: (table: Parameters<typeof makeRegister>[0]) => ({
    register: makeRegister(table),
    contacts: makeContactStore(table),
  }),
  memory: () => {
    const contacts = memoryContactStore()
    return { register: memoryRegister(contacts), contacts }
  },
}

onBoth('The register', stores, (both) => {
  it('holds agreements and runs, each once', async () => {
    const { register } = both()
    const agreements = [newAgreement(), newAgreement()]
    for (const id of [...agreements, ...agreements]) await register.addAgreement(id)
    for (const year of [2015, 2014, 2015]) await register.addRun(year)
    expect(await register.agreements()).toEqual([...agreements].sort())
    expect(await register.runs()).toEqual([2014, 2015])
  })

  it('finds what a token names, and nothing for another', async () => {
    const { register } = both()
    const [token, given] = [fresh('token'), names()]
    await register.putToken(token, given)
    await register.putToken(token, given)
    expect(await register.findToken(token)).toEqual(given)
    expect(await register.findToken(fresh('token'))).toBeNull()
    expect(await register.findToken('')).toBeNull()
    expect(await register.findToken('æ'.repeat(5000))).toBeNull()
  })

  it('refuses to let one token name two requests', async () => {
    const { register } = both()
    const [token, given] = [fresh('token'), names()]
    await register.putToken(token, given)
    await expect(register.putToken(token, names())).rejects.toThrow(/names another request/)
    expect(await register.findToken(token)).toEqual(given)
  })

  it('finds a letter by its Message-ID, with or without brackets, and by its tag', async () => {
    const { register } = both()
    const letter = { stream: names().stream, letterKey: 'f'.repeat(64) }
    const [id, tag] = [`${fresh('0102')}@eu-west-1.amazonses.com`, fresh('tag')]
    await register.putMessageId(`<${id}>`, letter)
    await register.putLetterTag(tag, letter)
    expect(await register.findMessageId(id)).toEqual(letter)
    expect(await register.findMessageId(` <${id}> `)).toEqual(letter)
    expect(await register.findMessageId(`<${fresh('x')}@y.example>`)).toBeNull()
    expect(await register.findMessageId(`<${'x'.repeat(9000)}>`)).toBeNull()
    expect(await register.findFirstMessageId([])).toBeNull()
    expect(await register.findFirstMessageId([fresh('x'), `<${id}>`, id, 'æ'.repeat(5000), ''])).toEqual(
      letter,
    )
    const later = { ...letter, letterKey: 'e'.repeat(64) }
    await register.putMessageId(`<later-${id}>`, later)
    expect(await register.findFirstMessageId([id, `later-${id}`])).toEqual(letter)
    expect(await register.findFirstMessageId([`later-${id}`, id])).toEqual(later)
    expect(await register.findFirstMessageId([fresh('x'), fresh('y')])).toBeNull()
    expect(await register.findLetterTag(tag)).toEqual(letter)
    expect(await register.findLetterTag(fresh('tag'))).toBeNull()
  })

  it('tells which reviews of a run are open until the last is closed', async () => {
    const { register } = both()
    const [one, two, next] = [newAgreement(), newAgreement(), newAgreement()]
    await register.openReview(2024, one)
    await register.openReview(2024, two)
    await register.openReview(2024, two)
    await register.openReview(2025, next)
    expect(await register.openReviews(2024)).toEqual([one, two].sort())
    await register.closeReview(2024, one)
    await register.closeReview(2024, one)
    expect(await register.openReviews(2024)).toEqual([two])
    await register.closeReview(2024, two)
    expect(await register.openReviews(2024)).toEqual([])
    expect(await register.openReviews(2025)).toEqual([next])
  })
})

onBoth('The contact store', stores, (both) => {
  it('keeps the contacts of an agreement apart from those of another', async () => {
    const { contacts } = both()
    const [agreement, other] = [newAgreement(), newAgreement()]
    const [first, deputy] = [contact(), contact({ id: 'c2', role: 'deputy' })]
    await contacts.put(agreement, deputy)
    await contacts.put(agreement, first)
    await contacts.put(other, contact({ id: 'c3' }))
    expect(await contacts.of(agreement)).toEqual([first, deputy])
    expect(await contacts.find(agreement, deputy.id)).toEqual(deputy)
    expect(await contacts.find(other, deputy.id)).toBeNull()
    expect(await contacts.of(newAgreement())).toEqual([])
  })

  it('finds the agreements of an address whatever its case, also when one contact has several', async () => {
    const { contacts, register } = both()
    const [one, two] = [newAgreement(), newAgreement()]
    const anna = contact({ email: `Anna.${fresh('x')}@Svendborg.example` })
    await contacts.put(one, anna)
    await contacts.put(two, anna)
    await contacts.put(two, { ...anna, id: contact({ id: 'c9' }).id })
    expect(await register.agreementsOfAddress(anna.email.toUpperCase())).toEqual([one, two].sort())
    expect(await register.agreementsOfAddress('nobody@svendborg.example')).toEqual([])
  })

  it('forgets an old address when the contact has a new one, but not that of a colleague', async () => {
    const { contacts, register } = both()
    const agreement = newAgreement()
    const [anna, bo] = [contact(), contact({ id: 'c2' })]
    const shared = { ...bo, email: anna.email }
    await contacts.put(agreement, anna)
    await contacts.put(agreement, shared)
    const moved = { ...anna, email: `${fresh('new')}@svendborg.example` }
    await contacts.put(agreement, moved)
    expect(await register.agreementsOfAddress(moved.email)).toEqual([agreement])
    expect(await register.agreementsOfAddress(anna.email)).toEqual([agreement])
    await contacts.put(agreement, bo)
    expect(await register.agreementsOfAddress(anna.email)).toEqual([])
    expect(await contacts.of(agreement)).toEqual([moved, bo])
  })
})
