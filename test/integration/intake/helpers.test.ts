import { beforeEach, expect, it } from 'vitest'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { complete, jonas, mette } from './compose-mail.ts'
import { openPostOffice, words, type PostOffice } from './post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})
const helpers = async () =>
  (await office.ports.contacts.of(agreementIdSchema.parse('svendborg-rk')))
    .filter(({ id }) => id.startsWith('helper-'))
    .map(({ email, role, validFrom }) => ({ email, role, validFrom }))
const said = (outcome: Awaited<ReturnType<PostOffice['reply']>>): string =>
  outcome.answers.map(({ message }) => words(message)).join()

it('MAIL 126: a helper the contact names reports without her OK from then on', async () => {
  const before = await office.reply({ from: jonas, fromName: 'Jonas Prøve', text: 'M2: 24,5' })
  expect(before.mail?.standing).toBe('provisional')
  const named = await office.reply({ text: `Medindberetter: ${jonas}` })
  expect(said(named)).toContain(`${jonas} kan nu indberette for jer.`)
  expect(await helpers()).toEqual([{ email: jonas, role: 'co-reporter', validFrom: '2015-02-24' }])
  const after = await office.reply({ from: jonas, fromName: 'Jonas Prøve', text: complete })
  expect(after.mail?.standing).toBe('counts')
  expect(after.answers.map(({ to }) => to)).toEqual([[mette]])
  expect((await office.figures())['M2']).toBe('24.5')
  await office.reply({ text: `Medindberetter: ${jonas}` })
  expect(await helpers()).toHaveLength(1)
})

it('MAIL 126: an address of another domain is refused with a sentence, and so is a line that anybody else writes', async () => {
  const other = await office.reply({ text: 'Medindberetter: konsulent@raadgivning.example' })
  expect(said(other)).toContain('konsulent@raadgivning.example kan ikke indberette for jer.')
  await office.reply({ from: jonas, text: `Medindberetter: jens.proeve@svendborg-kommune.example` })
  await office.reply({ text: `Medindberetter: ${jonas}` })
  await office.reply({ from: jonas, text: 'Medindberetter: jens.proeve@svendborg-kommune.example' })
  expect((await helpers()).map(({ email }) => email)).toEqual([jonas])
})
