import { beforeEach, describe, expect, test } from 'vitest'
import { openTasks } from '../../../../functions/domain/review/open-tasks.ts'
import { complete, jonas } from '../compose-mail.ts'
import { openPostOffice, words, type Outcome, type PostOffice } from '../post-office.ts'

/** What the answers say of what was read, and what of it becomes a person's task. */

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

const answerOf = ({ answers }: Outcome): string => words(answers[0]!.message)
const nothingMore = 'I skal ikke gøre mere'
const taskKinds = async () => openTasks(await office.state(), '2015-02-24').map(({ kind }) => kind)

describe('words beside figures', () => {
  test.each([
    [
      'M2: 24,5\n\nVi retter: M1 i alt er 1.160 personer, og M1 heraf er ca. 90.',
      'Vi retter: M1 i alt er 1.160 personer, og M1 heraf er ca. 90.',
    ],
    ['M2: 24,5\n\nM3 er desværre ikke på plads endnu.', 'M3 er desværre ikke på plads endnu.'],
    ['M2: 24,5\n\nForudsætning 2 kommer senere.', 'Forudsætning 2 kommer senere.'],
    ['M2: 24,5\n\nUdgiften til netværket blev 412.000 kr.', 'Udgiften til netværket blev 412.000 kr.'],
    ['M2: 24,5\nM1,134', 'M1,134'],
    [
      'M2: 24.5\n\nWe counted 139 persons in the target group.',
      'We counted 139 persons in the target group.',
    ],
  ])('MAIL 253: %j is quoted back and becomes a task', async (text, quoted) => {
    const outcome = await office.reply({ text })
    const answer = answerOf(outcome)
    expect(answer).toContain(`Dette har vi ikke læst som tal: »${quoted}«`)
    expect(answer).not.toContain(nothingMore)
    expect(await office.figures()).toEqual({ M2: '24.5' })
    expect((await taskKinds()).filter((kind) => kind === 'proposal' || kind === 'words')).not.toEqual([])
  })
  test('MAIL 253: the same beside a whole return and a correction: nobody is told to do nothing', async () => {
    const whole = await office.reply({ text: `M1 i alt er dog vist 1.160 personer.\n\n${complete}` })
    expect(answerOf(whole)).not.toContain(nothingMore)
    expect(answerOf(whole)).toContain('Vi er i tvivl om ét svar:')
    const correction = await office.reply({ text: 'M2: 25\n\nVi retter også M1 heraf til 90 personer.' })
    expect(answerOf(correction)).toContain('Tak, rettelsen er modtaget. Vi er i tvivl om ét svar:')
  })
  test('MAIL 253: a remark on figures that were read, and prose without figures, is no more than that', async () => {
    const outcome = await office.reply({
      text: `Kære Sofie\n\n${complete}\n\nM1 i alt er 134 som aftalt. Vi talte om det i telefonen den 3. februar 2015.\n\nMvh\nMette`,
    })
    expect(answerOf(outcome)).toContain(nothingMore)
    expect(await taskKinds()).toEqual([])
  })
  test('MAIL 253: a caseworker who confirms the figure, or has read the words, has done the task', async () => {
    const outcome = await office.reply({ text: `Vi retter M1 heraf til 90 personer.\n\n${complete}` })
    const mailKey = outcome.mail!.mailKey
    expect(await taskKinds()).toEqual(['proposal'])
    await office.decide({ do: 'decide-proposal', mailKey, index: 0, as: 'confirmed', key: 'M1 heraf' })
    expect((await office.figures())['M1 heraf']).toBe('90')
    expect(await taskKinds()).toEqual([])
    const named = await office.reply({ text: 'M2: 25\n\nM3 kommer vi tilbage til.' })
    expect(await taskKinds()).toEqual(['words'])
    await office.decide({ do: 'mark-read', mailKey: named.mail!.mailKey })
    expect(await taskKinds()).toEqual([])
  })
})

describe('what is asked and what is not', () => {
  test('MAIL 254: the half of a share that was read is not said to be missing', async () => {
    const outcome = await office.reply({ text: 'M1 i alt: ca. 134\nM1 heraf: 61' })
    expect(answerOf(outcome)).not.toContain('M1 heraf mangler')
    expect(answerOf(outcome)).not.toContain('M1 heraf: ____')
    expect(answerOf(outcome)).toContain('M1 i alt: I har skrevet »ca. 134«.')
    const later = await office.reply({ text: 'M2: 24,5' })
    expect(answerOf(later)).not.toContain('M1 heraf mangler')
    await office.until('2015-03-03')
    const reminder = (await office.state()).letters.at(-1)
    expect(reminder?.order.kind).toBe('reminder-1')
    expect(reminder?.text).toContain('M1 i alt: ____')
    expect(reminder?.text).not.toContain('M1 heraf: ____')
  })
  test('MAIL 254: a doubt about both halves asks for both', async () => {
    expect(answerOf(await office.reply({ text: 'M1 heraf: 45,5 pct.' }))).toContain('M1 i alt: ____')
    expect(answerOf(await office.reply({ text: 'M1 i alt: 61\nM1 heraf: 134' }))).toContain('M1 heraf: ____')
  })
  test('MAIL 255: after an OK the receipt judges what it confirms', async () => {
    const far = complete.replace('FS2: 62', 'FS2: 77').replace('M1 i alt: 134', 'M1 i alt: 190')
    const colleague = await office.reply({ from: jonas, fromName: 'Jonas Prøve', text: far })
    const ok = await office.reply({ text: 'OK' })
    for (const answer of [answerOf(colleague), answerOf(ok)]) {
      expect(answer).toContain('over grænsen på 25 pct.')
      expect(answer).not.toContain('inden for grænsen')
      expect(answer).toContain('M1 i alt er 190 mod 126 sidste år.')
    }
  })
  test('MAIL 256: while a colleague’s complete figures wait for her OK she is asked for nothing but that', async () => {
    await office.reply({ from: jonas, fromName: 'Jonas Prøve', text: complete })
    const asked = await office.reply({ text: 'Har I fået tallene fra Jonas?' })
    expect(answerOf(asked)).not.toContain('____')
    await office.until('2015-03-03')
    const reminder = (await office.state()).letters.at(-1)
    expect(reminder?.order.kind).toBe('reminder-1')
    expect(reminder?.text?.replaceAll(/\s+/gu, ' ')).toContain(
      'Vi har modtaget tal fra Jonas Prøve. De tæller, når I svarer OK på denne mail.',
    )
    expect(reminder?.text).not.toContain('____')
    await office.reply({ text: 'OK' })
    expect((await office.figures())['M1 i alt']).toBe('134')
  })
  test('MAIL 256: what the colleague has not sent is asked for beside it', async () => {
    await office.reply({ from: jonas, fromName: 'Jonas Prøve', text: 'M2: 24,5' })
    await office.until('2015-03-03')
    const reminder = (await office.state()).letters.at(-1)
    expect(reminder?.text).toContain('M1 i alt: ____')
    expect(reminder?.text).not.toContain('M2: ____')
    expect(reminder?.text?.replaceAll(/\s+/gu, ' ')).toContain('svarer OK på denne mail')
  })
  test.each([
    ['Formidling: Erfaringsbasen\nMette', 'Erfaringsbasen'],
    ['Formidling: Erfaringsbasen\nMette Prøve\nTlf. 62 23 30 00', 'Erfaringsbasen'],
    ['Formidling: Erfaringsbasen\n\nMette Prøve, udviklingskonsulent', 'Erfaringsbasen'],
    ['Formidling: Erfaringsbasen\nTelefon: 62 23 30 00', 'Erfaringsbasen'],
    ['Formidling: Erfaringsbasen\n______________________\nIntegration mailing list', 'Erfaringsbasen'],
    ['Formidling: Erfaringsbasen\n-- \nMette', 'Erfaringsbasen'],
    ['Formidling: Erfaringsbasen,\njuni 2015\nMette', 'Erfaringsbasen,\njuni 2015'],
    [
      'Formidling: I Erfaringsbasen, som\nMette Prøve har lovet det',
      'I Erfaringsbasen, som\nMette Prøve har lovet det',
    ],
  ])('MAIL 257: of %j the text alone is kept', async (text, kept) => {
    const { mail } = await office.reply({ text: `M2: 24,5\n${text}` })
    expect(mail?.details?.texts['Formidling']).toBe(kept)
  })
})
