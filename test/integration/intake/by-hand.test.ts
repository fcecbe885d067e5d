import { beforeEach, expect, it } from 'vitest'
import { complete, mette } from './compose-mail.ts'
import { openPostOffice, words, type PostOffice } from './post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

const sent = async (from: number) =>
  Promise.all(
    office.ports.mail.sent.slice(from).map(async ({ raw, to }) => ({
      to,
      text: words(await office.ports.mime.parse(raw)),
    })),
  )

const figure = (key: string, value: string, place: string) => ({
  key,
  written: value.replace('.', ','),
  place,
})

it('MAIL 127: figures typed in from a PDF go back to the contact as they were typed, in the thread of her mail', async () => {
  const reply = await office.reply({
    text: 'Hermed vores tal.',
    attachments: [{ filename: 'tal.pdf', content: Buffer.from('%PDF-1.4'), contentType: 'application/pdf' }],
  })
  const mailKey = reply.mail?.mailKey ?? ''
  const before = office.ports.mail.sent.length
  await office.decide({
    do: 'type-figures',
    entryKey: 'typed-from-pdf',
    party: '479',
    source: 'mail',
    mailKey,
    attachment: 0,
    receivedOn: '2015-02-24',
    note: '',
    figures: [figure('M1 i alt', '134', 'side 1'), figure('M1 heraf', '61', 'side 1')],
  })
  const [receipt, ...more] = await sent(before)
  expect(more).toEqual([])
  expect(receipt?.to).toEqual([mette])
  expect(receipt?.text).toContain('Tak. Vi har tastet tallene fra jeres brev. Svar OK, hvis de er rigtige.')
  expect(receipt?.text).toContain('61')
  expect(receipt?.text).toContain('M2 mangler endnu.')
  expect(await office.figures()).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61' })
  const ok = await office.reply({ text: 'OK' })
  expect(ok.answers.map(({ message }) => words(message)).join()).toContain('Tak, tallene er bekræftet.')
})

it('figures told on the telephone go back to the contact in the thread of the request', async () => {
  await office.reply({ text: complete.replace('M2: 24,5\n', '') })
  const before = office.ports.mail.sent.length
  await office.decide({
    do: 'type-figures',
    entryKey: 'typed-by-phone',
    party: '479',
    source: 'phone',
    mailKey: null,
    attachment: null,
    receivedOn: '2015-02-24',
    note: 'Mette Prøve ringede',
    figures: [figure('M2', '24.5', 'telefonsamtale')],
  })
  const [receipt] = await sent(before)
  expect(receipt?.text).toContain('Vi har tastet tallene fra telefonsamtalen med jer.')
  expect(receipt?.text).not.toContain('ringede')
  expect(receipt?.text).not.toContain('mangler')
})
