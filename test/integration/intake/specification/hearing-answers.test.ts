import { beforeEach, describe, expect, test } from 'vitest'
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
