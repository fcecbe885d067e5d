import { beforeEach, describe, expect, test } from 'vitest'
import { mette } from '../compose-mail.ts'
import { openPostOffice, type PostOffice } from '../post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

/** Mails one minute apart that each say something new; how many were answered. */
const answersTo = async (count: number, from = mette): Promise<number> => {
  const before = office.ports.mail.sent.length
  for (let nth = 0; nth < count; nth += 1) await office.reply({ from, text: `M2: ${before + nth},5` })
  return office.lettersSince(before)
}

describe('MAIL 32: a loop ends by itself', () => {
  test('MAIL 32: of fifty mails in an hour three are answered; all are taken in, and what got no answer says so', async () => {
    expect(await answersTo(50)).toBe(3)
    const { mails } = await office.state()
    expect(mails).toHaveLength(50)
    expect(mails.map(({ unanswered }) => unanswered ?? '')).toEqual([
      '',
      '',
      '',
      ...Array.from({ length: 47 }, () => 'hour'),
    ])
    expect(mails.every(({ standing }) => standing === 'counts')).toBe(true)
  })
  test('MAIL 32: an hour later it is answered again, ten times a day; another sender has a budget of its own', async () => {
    const answered: number[] = []
    for (const time of ['08:00', '10:00', '12:00', '14:00', '16:00']) {
      office.ports.clock.set(office.at('2015-02-25', time))
      answered.push(await answersTo(4))
    }
    expect(answered).toEqual([3, 3, 3, 1, 0])
    expect((await office.state()).mails.at(-1)?.unanswered).toBe('day')
    expect(await answersTo(1, 'post@svendborg-kommune.example')).toBe(1)
    office.ports.clock.set(office.at('2015-02-26', '08:00'))
    expect(await answersTo(1)).toBe(1)
  })
})
