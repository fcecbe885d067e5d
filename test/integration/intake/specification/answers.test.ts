import { beforeEach, describe, expect, test } from 'vitest'
import { renegotiationStream } from '../../../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../../../functions/domain/base/values.ts'
import { loadCase } from '../../../../functions/handlers/record/perform.ts'
import { renegotiationCase } from '../../../../functions/handlers/streams/cases.ts'
import { complete, compose, jonas, mainMailbox, mette } from '../compose-mail.ts'
import { ourWorkbook } from '../filled-workbook.ts'
import { openPostOffice, words, type Outcome, type PostOffice } from '../post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})
const said = ({ answers }: Outcome): string => words(answers[0]!.message)
const firstLine = (outcome: Outcome): string =>
  said(outcome)
    .split(/(?<=[.:]) /u)
    .slice(0, 2)
    .join(' ')

describe('what the ministry observes itself', () => {
  test.each(['FS1: 3,2', 'fs1: 3,2 pct.', 'FS1 = 3', 'FS 1: 3,2', 'FS1: ikke opgjort', '| FS1 | 3,2 |'])(
    'MAIL 208: %s is told, and is neither an unknown key nor a doubt',
    async (line) => {
      const outcome = await office.reply({ text: `${complete}\n${line}` })
      expect(outcome.mail?.standing).toBe('counts')
      expect(said(outcome)).not.toContain('kender ikke')
      expect(firstLine(outcome)).toContain('I skal ikke gøre mere.')
    },
  )
  test('MAIL 208: it says who observes it, in the words of the contact', async () => {
    expect(said(await office.reply({ text: `${complete}\nFS1: 3,2` }))).toContain(
      'FS1 opgør ministeriet selv. I skal ikke svare på den.',
    )
  })
  test.each(['FS7: 3', 'M9: 12', 'H4 udgift: 100.000', 'M8 i alt: 3', 'FS12: 4'])(
    'MAIL 208: of an unknown key the lines that can be used are listed: %s',
    async (line) => {
      const text = said(await office.reply({ text: `${complete}\n${line}` }))
      expect(text).toMatch(/Nøglerne er: M1 i alt, M1 heraf, M2, M3, FS2, H1 udgift/u)
      expect(/Nøglerne er: [^.]*/u.exec(text)?.[0]).not.toMatch(/FS1|\bM1,/u)
    },
  )
})

describe('something else was counted', () => {
  test.each([
    ['M1 i alt: 139 familier', 'M1 i alt: I har skrevet 139 familier. Vi skal bruge personer.'],
    ['M1 i alt: 139 husstande i 2014', 'I har skrevet 139 husstande. Vi skal bruge personer.'],
    ['FS2: 62 virksomheder', 'FS2: I har skrevet 62 virksomheder. Vi skal bruge personer.'],
    ['M2: 24 sager', 'M2: I har skrevet 24 sager. Vi skal bruge uger.'],
    ['H1 udgift: 500.000 euro', 'H1 udgift: I har skrevet 500.000 euro. Vi skal bruge kr.'],
    ['M1: 61 ud af 139 familier', 'I har skrevet 139 familier. Vi skal bruge personer.'],
    ['M1 heraf: 61 forløb, resten kommer', 'M1 heraf: I har skrevet 61 forløb. Vi skal bruge personer.'],
  ])('MAIL 209: %s: why it is not taken', async (line, expected) => {
    const outcome = await office.reply({ text: line })
    expect(outcome.mail?.values).toEqual([])
    expect(outcome.mail?.doubts.map(({ kind }) => kind)).toEqual(['other-unit'])
    expect(said(outcome)).toContain(expected)
    expect(said(outcome)).not.toContain('mangler endnu (I skrev')
  })
})

describe('the same content again', () => {
  const day = (date: number) => new Date(Date.UTC(2015, 1, date, 12))
  const workbook = async (m2: number) => [
    { filename: 'indberetning-2014-svendborg.xlsx', content: Buffer.from(await ourWorkbook({ M2: m2 })) },
  ]
  test('MAIL 210: a workbook sent again on purpose, after another, counts', async () => {
    const send = async (m2: number, date: number) =>
      office.reply({ text: 'Se vedhæftede', attachments: await workbook(m2), date: day(date) })
    expect((await send(24.5, 20)).mail?.standing).toBe('counts')
    expect((await send(26, 21)).mail?.standing).toBe('counts')
    const back = await send(24.5, 22)
    expect(back.mail?.standing).toBe('counts')
    expect(said(back)).not.toContain('allerede modtaget')
    expect(await office.figures()).toMatchObject({ M2: '24.5' })
  })
  test.each([
    ['in the text', ['M2: 24,5', 'M2: 26', 'M2: 24,5'], ['counts', 'counts', 'counts']],
    ['the latest again', ['M2: 24,5', 'M2: 24,5'], ['counts', 'repeated']],
    ['the latest, thrice', ['M2: 24,5', 'M2: 24,5', 'M2: 24,5'], ['counts', 'repeated', 'repeated']],
    ['back and again', ['M2: 24,5', 'M2: 26', 'M2: 24,5', 'M2: 24,5'], ['counts', 'counts', 'counts', 'repeated']],
    ['a courtesy between', ['M2: 24,5', 'Tak for hjælpen', 'M2: 24,5'], ['counts', 'counts', 'repeated']],
    ['to and fro', ['M2: 1', 'M2: 2', 'M2: 1', 'M2: 2'], ['counts', 'counts', 'counts', 'counts']],
  ])('MAIL 210: only what was sent last is a repetition: %s', async (_, texts, standings) => {
    const found: (string | undefined)[] = []
    for (const [nth, text] of texts.entries())
      found.push((await office.reply({ text, date: day(10 + nth) })).mail?.standing)
    expect(found).toEqual(standings)
  }) // prettier-ignore
  test("MAIL 210: a colleague's OK between makes the contact's own figures news", async () => {
    await office.reply({ text: 'M2: 24,5', date: day(10) })
    await office.reply({ from: jonas, text: 'FS2: 70', date: day(11) })
    const again = await office.reply({ text: 'M2: 24,5', date: day(12) })
    expect(again.mail?.standing).toBe('counts')
    expect(await office.figures()).toEqual({ M2: '24.5' })
  })
  test('MAIL 210: an older mail played again keeps its date, and changes nothing', async () => {
    const played = async (messageId: string) =>
      office.receive(
        await compose({ to: office.request.address, subject: 'SV: tal', text: 'M2: 30', messageId, date: day(10) }),
      )
    await played('<a@x.example>')
    await office.reply({ text: 'M2: 24,5', date: day(11) })
    expect((await played('<b@x.example>')).mail?.standing).toBe('repeated')
    expect(await office.figures()).toEqual({ M2: '24.5' })
  }) // prettier-ignore
})

describe('a wish to renegotiate', () => {
  const grounds = async () =>
    (
      await loadCase(
        office.ports,
        renegotiationCase,
        renegotiationStream(agreementIdSchema.parse('svendborg-rk'), 1),
      )
    ).state.grounds
  test('MAIL 212: the receipt says when it is answered, and nothing else goes', async () => {
    const outcome = await office.reply({ text: `${complete}\nGenforhandling: ja, FS2` })
    expect(outcome.answers.map(({ kind }) => kind)).toEqual(['receipt'])
    expect(said(outcome)).toContain(
      'I ønsker genforhandling på grund af forudsætning 2. I får svar senest tirsdag den 24. marts 2015.',
    )
    expect(await grounds()).toMatchObject([{ party: '479', assumptionKeys: ['FS2'], toldByReceipt: true }])
  })
  test('MAIL 212: the wish alone', async () => {
    const outcome = await office.reply({ text: 'Genforhandling: ja, fordi loven er ændret' })
    expect(outcome.answers.map(({ kind }) => kind)).toEqual(['receipt'])
    expect(said(outcome)).toContain('I ønsker genforhandling. I får svar senest tirsdag den 24. marts 2015.')
    expect(await grounds()).toMatchObject([{ toldByReceipt: true }])
  })
  test('MAIL 212: without a reason no day is promised and nothing is raised', async () => {
    const outcome = await office.reply({ text: `${complete}\nGenforhandling: ja` })
    expect(outcome.answers.map(({ kind }) => kind)).toEqual(['receipt'])
    expect(said(outcome)).toContain('I ønsker genforhandling. I får særskilt svar.')
    expect(await grounds()).toEqual([])
  })
  test("MAIL 212: a colleague's wish is answered by the receipt for the contact's OK", async () => {
    const first = await office.reply({ from: jonas, text: `${complete}\nGenforhandling: ja, FS2` })
    expect(said(first)).not.toContain('24. marts')
    expect(await grounds()).toEqual([])
    const second = await office.reply({ text: 'OK' })
    expect(second.answers.map(({ kind }) => kind)).toEqual(['receipt'])
    expect(said(second)).toContain('I får svar senest tirsdag den 24. marts 2015.')
    expect(await grounds()).toMatchObject([{ toldByReceipt: true }])
  })
})

describe('who gets the answer', () => {
  test.each([
    ['figures', { text: complete }],
    ['a workbook', { text: 'Se venligst vedhæftede.' }],
    ['a wish', { text: 'Kan vi få udsættelse til 13. marts 2015?' }],
    ['text', { text: 'Vi vender tilbage, når tallene er godkendt.' }],
    ['a new mail of the records system', { text: complete, subject: 'Svar på jeres henvendelse - vores sagsnr. 15/2207', inReplyTo: '', references: [] }],
    ['doubts', { text: 'M2: ca. 24' }],
  ])('MAIL 211: through the main mailbox: the contact, and the main mailbox in copy: %s', async (_, parts) => {
    const { answers } = await office.reply({ from: mainMailbox, fromName: 'Svendborg Kommune', ...parts })
    expect(answers.map(({ to }) => [...to].sort())).toEqual([[mette, mainMailbox].sort()])
    expect(answers[0]!.message.to.map(({ address }) => address)).toEqual([mette])
    expect(answers[0]!.message.cc.map(({ address }) => address)).toEqual([mainMailbox])
  }) // prettier-ignore
  test.each([
    ['the contact', mette],
    ['a colleague', jonas],
  ])('MAIL 211: nobody else has a copy: %s', async (_, from) => {
    const { answers } = await office.reply({ from, text: complete })
    expect(answers.map(({ to }) => to)).toEqual([[mette]])
  })
  test('MAIL 211: nor the main mailbox where nobody vouches that it sent the mail', async () => {
    const { answers } = await office.reply(
      { from: mainMailbox, text: complete },
      { verdicts: { dmarc: 'FAIL' } },
    )
    expect(answers.flatMap(({ to }) => to)).not.toContain(mainMailbox)
  })
})
