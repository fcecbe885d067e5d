import { beforeEach, expect, it } from 'vitest'
import { complete, mette } from './compose-mail.ts'
import { openPostOffice, words, type PostOffice } from './post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

it('MAIL 55: a figure in prose is proposed with its sentence, counts when a caseworker confirms it, and is receipted then', async () => {
  await office.reply({ text: complete.replace('H1 udgift: 400.000 kr.\n', '') })
  const reply = await office.reply({
    text: 'Hej Sofie\n\nDet sidste tal er her: Udgiften til aktivitet 1 var 560.000 kr. i 2014.\n\nMvh Mette',
  })
  const mail = reply.mail
  const index =
    mail?.proposals.findIndex(({ value }) => value.is === 'number' && value.value === '560000') ?? -1
  expect(mail?.proposals[index]).toMatchObject({
    key: 'H1 udgift',
    sentence: 'Det sidste tal er her: Udgiften til aktivitet 1 var 560.000 kr. i 2014.',
    decided: null,
  })
  expect((await office.figures())['H1 udgift']).toBeUndefined()
  const before = office.ports.mail.sent.length
  for (const at of (mail?.proposals ?? []).keys())
    await office.decide({
      do: 'decide-proposal',
      mailKey: mail?.mailKey ?? '',
      index: at,
      as: at === index ? 'confirmed' : 'dismissed',
      key: 'H1 udgift',
    })
  expect((await office.figures())['H1 udgift']).toBe('560000')
  const receipts = office.ports.mail.sent.slice(before)
  expect(receipts.map(({ to }) => to)).toEqual([[mette]])
  const text = words(await office.ports.mime.parse(receipts[0]?.raw ?? Buffer.from('')))
  expect(text).toContain('Tak. Vi har tastet tallene fra jeres mail. Svar OK, hvis de er rigtige.')
  expect(text).toContain('560.000')
})
