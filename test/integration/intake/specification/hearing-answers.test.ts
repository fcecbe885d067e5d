import { beforeEach, describe, expect, test } from 'vitest'
import { openTasks } from '../../../../functions/domain/review/open-tasks.ts'
import { complete, jonas, mette } from '../compose-mail.ts'
import { openPostOffice, words, type PostOffice } from '../post-office.ts'

let office: PostOffice
/** The figures are in, the draft is approved and with the municipality. */
beforeEach(async () => {
  office = await openPostOffice()
  await office.reply({ text: complete })
  await office.until('2015-03-03')
  const subject = (await office.state()).draft?.subject ?? ''
  await office.decide({ do: 'recommend', subject, changes: [], externalFactors: [], text: '' })
  await office.decide({ do: 'approve', subject }, 'anders')
  await office.until('2015-03-04')
  if ((await office.state()).status !== 'hearing') throw new Error('the hearing has not begun')
})

const firstWords = async (parts: Parameters<PostOffice['reply']>[0]): Promise<string> => {
  const { answers } = await office.reply(parts)
  expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['receipt', [mette]]])
  return words(answers[0]!.message)
}

describe('a colleague answers the hearing', () => {
  test('MAIL 123, 132: with comments: the contact is told so and shown them, and her OK confirms the comments', async () => {
    const text = 'Høringssvar: Mål 2 er opgjort efter en anden metode end i kontrakten.'
    const shown = await firstWords({ from: jonas, fromName: 'Jonas Prøve', text })
    expect(shown).toMatch(
      /^Tak\. Jonas Prøve har sendt bemærkninger til udkastet\. Svar OK for at bekræfte dem\. Modtaget /u,
    )
    expect(shown).toContain('Høringssvar: Mål 2 er opgjort efter en anden metode end i kontrakten.')
    expect(await firstWords({ text: 'OK' })).toMatch(
      /^Tak, bemærkningerne er bekræftet\. I skal ikke gøre mere\./u,
    )
    expect((await office.state()).hearing?.answers).toMatchObject([{ answer: 'comments' }])
  })

  test('MAIL 123, 132: without comments, with a figure, or in words alone', async () => {
    const from = { from: jonas, fromName: 'Jonas Prøve' }
    expect(await firstWords({ ...from, text: 'Høringssvar: ingen bemærkninger' })).toMatch(
      /^Tak\. Jonas Prøve har svaret, at I ingen bemærkninger har til udkastet\. Svar OK/u,
    )
    expect(await firstWords({ ...from, text: 'M1 heraf: 62\nM1 bemærkning: En person mere.' })).toMatch(
      /^Tak\. Jonas Prøve har sendt tal og bemærkninger til udkastet\. Svar OK/u,
    )
    expect(await firstWords({ ...from, text: 'M1 heraf: 63' })).toMatch(
      /^Tak\. Jonas Prøve har sendt tal\. Svar OK/u,
    )
    office.ports.clock.set(office.at('2015-03-05', '12:00'))
    const letter = (await office.state()).letters.findLast(({ order }) => order.kind === 'hearing')
    const id = letter?.messageId ?? ''
    expect(
      await firstWords({ ...from, text: 'Vi er ikke enige i udkastet.', inReplyTo: id, references: [id] }),
    ).toMatch(/^Tak\. Jonas Prøve har svaret på høringen\. Svar OK for at bekræfte svaret\./u)
  })
})

describe('files in a hearing’s reply', () => {
  const pdf = { filename: 'bemærkninger.pdf', content: Buffer.from('%PDF-1.4'), contentType: 'application/pdf' }
  const docx = { filename: 'svar.docx', content: Buffer.from('PK\u0003\u0004'), contentType: 'application/octet-stream' }
  const read = 'En medarbejder læser, hvad I har vedhæftet.'
  test.each([
    ['alone', { text: '', attachments: [pdf] }, 'unmarked', `Vi har ikke læst »bemærkninger.pdf« maskinelt. ${read}`],
    ['with a word', { text: 'Se vedhæftede.', attachments: [docx] }, 'unmarked', `Vi har ikke læst »svar.docx« maskinelt. ${read}`],
    ['beside no comments', { text: 'Høringssvar: ingen bemærkninger', attachments: [docx] }, 'unmarked', `Vi har ikke læst »svar.docx« maskinelt. ${read}`],
    ['beside comments', { text: 'Høringssvar: Vi er uenige om mål 2, se bilag.', attachments: [pdf, docx] }, 'comments', `Vi har ikke læst »bemærkninger.pdf« og »svar.docx« maskinelt. ${read}`],
    ['behind a link', { text: 'Høringssvar: Se https://1drv.ms/x' }, 'comments', 'Vi åbner ikke links (»OneDrive«). Vedhæft i stedet filen som svar på denne mail.'],
  ])('MAIL 297: %s: named in the answer, and a person’s task', async (_, parts, answer, said) => {
    const id = (await office.state()).letters.findLast(({ order }) => order.kind === 'hearing')?.messageId ?? ''
    office.ports.clock.set(office.at('2015-03-05', '12:00'))
    const { mail, answers } = await office.reply({ ...parts, inReplyTo: id, references: [id] })
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['hearing-receipt', [mette]]])
    expect(words(answers[0]!.message)).toContain(said)
    const state = await office.state()
    expect(state.hearing?.answers).toMatchObject([{ answer, mailKey: mail!.mailKey }])
    expect(openTasks(state, '2015-03-05').filter(({ mailKey }) => mailKey === mail!.mailKey).map(({ kind }) => kind)).toContain('words')
  })
  test('MAIL 297: thanks alone have no answer, and none once they are marked as that; a file beside them is named, whatever they are marked as', async () => {
    const id = (await office.state()).letters.findLast(({ order }) => order.kind === 'hearing')?.messageId ?? ''
    office.ports.clock.set(office.at('2015-03-05', '12:00'))
    const thanks = { text: 'Tak for udkastet, god weekend.', inReplyTo: id, references: [id] }
    for (const [parts, count] of [[thanks, 0], [{ ...thanks, attachments: [pdf] }, 1]] as const) {
      const { mail, answers } = await office.reply(parts)
      expect(answers.map(({ kind }) => kind)).toEqual(Array.from({ length: count }, () => 'hearing-receipt'))
      const before = office.ports.mail.sent.length
      await office.decide({ do: 'mark-hearing-answer', mailKey: mail!.mailKey, as: 'courtesy' })
      expect((await office.state()).hearing?.answers.at(-1)).toMatchObject({ answer: 'courtesy', mailKey: mail!.mailKey })
      expect(office.ports.mail.sent.length).toBe(before)
    }
  })
  test('MAIL 297: of a colleague’s file the contact is told that it was not read, not that it brings figures', async () => {
    const shown = await firstWords({ from: jonas, fromName: 'Jonas Prøve', text: 'Høringssvar: ingen bemærkninger', attachments: [pdf] })
    expect(shown).toMatch(/^Tak\. Jonas Prøve har svaret på høringen\. Svar OK/u)
    expect(shown).toContain('bemærkninger.pdf')
  })
  test('MAIL 297: without any file the answer says nothing of files', async () => {
    const { answers } = await office.reply({ text: 'Høringssvar: ingen bemærkninger' })
    expect(words(answers[0]!.message)).toMatch(/^Ministeriet har modtaget, at kommunen ingen bemærkninger har\. Høringen er afsluttet\. Spørgsmål/u)
  })
}) // prettier-ignore
