import { beforeEach, describe, expect, test } from 'vitest'
import { reviewCase } from '../../../../functions/handlers/streams/cases.ts'
import { complete, jonas, mette } from '../compose-mail.ts'
import { openPostOffice, words, type Outcome, type PostOffice } from '../post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

const lene = 'lene.proevelund@svendborg-kommune.example'
const fromJonas = (text: string) => office.reply({ from: jonas, fromName: 'Jonas Prøve', text })
const fromLene = (text: string) => office.reply({ from: lene, fromName: 'Lene Prøvelund', text })
const receiptOf = ({ answers }: Outcome): string => words(answers[0]!.message)
const question = 'M2: Jonas Prøve har skrevet 24,5 uger og Lene Prøvelund 30 uger. Hvilket tal gælder?'
const doubts = async () => (await office.state()).parties[0]?.doubts.map(({ kind, key }) => `${kind} ${key}`)

describe('colleagues who differ', () => {
  test("MAIL 125: contact and colleague differ: the contact's counts, both are shown, and OK changes nothing of it", async () => {
    await office.reply({ text: 'M2: 24,5' })
    const theirs = await fromJonas('M2: 30\nFS2: 62')
    expect(theirs.answers.map(({ to }) => to)).toEqual([[mette]])
    expect(receiptOf(theirs)).toContain(
      'M2: Jonas Prøve har skrevet 30 uger, I har selv skrevet 24,5 uger. Jeres eget tal gælder, også når I svarer OK.',
    )
    expect(await office.figures()).toEqual({ M2: '24.5' })
    const ok = await office.reply({ text: 'OK' })
    expect(await office.figures()).toEqual({ M2: '24.5', FS2: '62' })
    expect(receiptOf(ok)).not.toContain('30 uger')
    const confirmed = (await office.state()).mails.find(({ mailKey }) => mailKey === theirs.mail?.mailKey)
    expect(confirmed?.excepted).toEqual([{ key: 'M2', because: 'own-answer' }])
  })
  test("MAIL 125: the contact's own line below her OK, or after it, is hers and counts", async () => {
    await office.reply({ text: 'M2: 24,5' })
    await fromJonas('M2: 30')
    await office.reply({ text: 'OK\n\nM2: 30' })
    expect(await office.figures()).toEqual({ M2: '30' })
    await fromJonas('M2: 31')
    await office.reply({ text: 'OK' })
    await office.reply({ text: 'M2: 32' })
    expect(await office.figures()).toEqual({ M2: '32' })
  })
  test('MAIL 125: two colleagues differ: the contact is asked with both names and values, in the receipt of the second', async () => {
    await fromJonas('M2: 24,5\nFS2: 62')
    const second = await fromLene('M2: 30')
    expect(second.answers.map(({ kind, to }) => [kind, to])).toEqual([['receipt', [mette]]])
    const receipt = receiptOf(second)
    expect(receipt).toMatch(
      /^Tak\. Lene Prøvelund har sendt tal\. Svar OK for at bekræfte dem\. Vi mangler .* og er i tvivl om ét tal:/u,
    )
    expect(receipt).toContain(`${question} M2: ____ uger`)
    expect(await office.figures()).toEqual({})
  })
  test('MAIL 125: her OK takes neither of the two; she is asked again until she says which', async () => {
    await fromJonas('M2: 24,5\nFS2: 62')
    await fromLene('M2: 30\nM1 i alt: 134\nM1 heraf: 61')
    const ok = await office.reply({ text: 'OK' })
    expect(await office.figures()).toEqual({ FS2: '62', 'M1 i alt': '134', 'M1 heraf': '61' })
    expect(receiptOf(ok)).toContain(`${question} M2: ____ uger`)
    expect(await doubts()).toEqual(['colleagues-differ M2'])
    await office.until('2015-03-03')
    const reminder = (await office.state()).letters.at(-1)
    expect(reminder?.order.kind).toBe('reminder-1')
    expect(reminder?.text).toContain('M2: ____ uger')
    await office.reply({ text: 'M2: 30' })
    expect((await office.figures())['M2']).toBe('30')
    expect(await doubts()).toEqual([])
  })
  test('MAIL 125: her OK with the figure below it settles it', async () => {
    await fromJonas('M2: 24,5')
    await fromLene('M2: 30')
    const ok = await office.reply({ text: 'OK\n\nM2: 30' })
    expect(await office.figures()).toEqual({ M2: '30' })
    expect(receiptOf(ok)).not.toContain('Hvilket tal gælder?')
    expect(await doubts()).toEqual([])
  })
  test('MAIL 125: who writes again replaces only the own word; when both agree nothing is asked', async () => {
    await fromJonas('M2: 24,5')
    const same = await fromJonas('M2: 30')
    expect(receiptOf(same)).not.toContain('Hvilket tal gælder?')
    const agrees = await fromLene('M2: 30,0')
    expect(receiptOf(agrees)).not.toContain('Hvilket tal gælder?')
    await office.reply({ text: 'OK' })
    expect(await office.figures()).toEqual({ M2: '30' })
  })
  test('MAIL 125: another colleague after her OK: what she confirmed stands until she says which', async () => {
    await fromJonas('M2: 24,5')
    await office.reply({ text: 'OK' })
    expect(receiptOf(await fromLene('M2: 30'))).toContain(question)
    await office.reply({ text: 'OK' })
    expect(await office.figures()).toEqual({ M2: '24.5' })
    expect(await doubts()).toEqual(['colleagues-differ M2'])
    const own = await openPostOffice()
    await own.reply({ from: jonas, text: 'M2: 24,5' })
    await own.reply({ text: 'OK' })
    await own.reply({ from: jonas, text: 'M2: 30' })
    await own.reply({ text: 'OK' })
    expect(await own.figures()).toEqual({ M2: '30' })
  })
  test('MAIL 125: "ikke opgjort" beside a number is a difference; with a name of the sender that would be a link it stays words', async () => {
    await office.reply({
      from: jonas,
      fromName: 'http://ond.example/ok',
      text: 'M2: ikke opgjort, nyt fagsystem',
    })
    const receipt = receiptOf(await fromLene('M2: 30'))
    expect(receipt).toContain('ikke opgjort og Lene Prøvelund 30 uger. Hvilket tal gælder?')
    expect(receipt).not.toContain('http://ond')
  })
  test('MAIL 125: an OK of the time before differences were asked takes everything, as it did', async () => {
    const old = { type: 'MailConfirmed', v: 1, mailKey: 'mail-1', by: 'mail-2' }
    expect(reviewCase.read(old)).toEqual(old)
    await fromJonas(complete)
    await office.reply({ text: 'OK' })
    expect((await office.state()).mails[0]?.excepted).toBeUndefined()
    expect(await office.figures()).toMatchObject({ M2: '24.5', 'H1 udgift': '400000' })
  })
})
