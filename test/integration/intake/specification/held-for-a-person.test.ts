import { beforeEach, describe, expect, test } from 'vitest'
import { complete, jonas, mette } from '../compose-mail.ts'
import { openPostOffice, words, type PostOffice } from '../post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

const pdf = { filename: 'brev.pdf', content: Buffer.from('%PDF-1.4'), contentType: 'application/pdf' }
const letters = async () => (await office.state()).letters.map(({ order }) => order.kind)
const type = (mailKey: string) =>
  office.decide({
    do: 'type-figures',
    entryKey: `typed-${mailKey}`,
    party: '479',
    source: 'mail',
    mailKey,
    attachment: 0,
    receivedOn: '2015-02-24',
    note: '',
    figures: [{ key: 'M2', written: '24,5', place: 'side 1' }],
  })

describe('MAIL 127: figures in what no program reads', () => {
  test('MAIL 127: a PDF alone is held for typing in, and the contact is offered both ways at once', async () => {
    const { mail, answers } = await office.reply({ text: 'Hermed vores tal.', attachments: [pdf] })
    expect(mail).toMatchObject({ standing: 'held', reason: 'typing-in', contactId: 'svendborg-mette-proeve' })
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['pdf-notice', [mette]]])
    const said = words(answers[0]!.message)
    expect(said).toContain('Vi kan ikke læse tal automatisk i en PDF.')
    expect(said).toContain('så får I en kvittering til kontrol senest torsdag den 26. februar 2015.')
    expect(said).toContain('M2: ____')
    await office.until('2015-03-03')
    expect(await letters()).not.toContain('reminder-1')
  })
  test('MAIL 127: typed in it is held no longer, counts, and has the one receipt to check it by', async () => {
    const { mail } = await office.reply({ text: 'Se bilag', attachments: [pdf] })
    await type(mail!.mailKey)
    expect((await office.state()).mails.map(({ standing }) => standing)).toEqual(['counts', 'counts'])
    expect((await letters()).filter((kind) => /receipt|notice/u.test(kind))).toEqual([
      'pdf-notice',
      'receipt',
    ])
    expect(await office.figures()).toEqual({ M2: '24.5' })
  })
  test("MAIL 127: a colleague's PDF typed in waits for the contact's OK", async () => {
    const { mail, answers } = await office.reply({ from: jonas, text: 'Se bilag', attachments: [pdf] })
    expect(mail).toMatchObject({ standing: 'held', reason: 'typing-in-provisional' })
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['pdf-notice', [mette]]])
    await type(mail!.mailKey)
    expect(await office.figures()).toEqual({})
    await office.reply({ text: 'OK' })
    expect(await office.figures()).toEqual({ M2: '24.5' })
  })
  test('MAIL 127: beside figures, an OK or our workbook a PDF holds nothing', async () => {
    for (const text of [complete, 'OK']) {
      const { mail, answers } = await office.reply({ text, attachments: [pdf] })
      expect([mail?.standing, answers.map(({ kind }) => kind)]).toEqual(['counts', ['receipt']])
    }
  })
})

describe('MAIL 100: one Message-ID', () => {
  test('MAIL 100: with other content a second time it is held, and what stood stands', async () => {
    const messageId = '<samme@svendborg-kommune.example>'
    await office.reply({ text: 'M2: 24,5', messageId })
    const second = await office.reply({ text: 'M2: 99', messageId })
    expect(second.mail).toMatchObject({ standing: 'held', reason: 'same-message-id' })
    expect(second.answers).toEqual([])
    expect(await office.figures()).toEqual({ M2: '24.5' })
  })
  test('MAIL 100: two unauthenticated mails in one instant have one neutral notice, also once a person has decided', async () => {
    const envelope = { verdicts: { dmarc: 'FAIL' }, at: office.ports.clock.now() }
    const first = await office.reply({ text: 'M2: 24,5' }, envelope)
    await office.reply({ text: 'M2: 25,5' }, envelope)
    await office.decide({
      do: 'decide-held-mail',
      mailKey: first.mail!.mailKey,
      as: 'rejected',
      reason: 'falsk',
    })
    expect((await letters()).filter((kind) => kind === 'neutral-notice')).toHaveLength(1)
  })
})
