import { describe, expect, test } from 'vitest'
import { answersStream } from '../../../functions/domain/base/stream-id.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { answeringCase } from '../../../functions/handlers/streams/cases.ts'
import { complete, mette } from '../intake/compose-mail.ts'
import { openPostOffice, words, type PostOffice } from '../intake/post-office.ts'

const stranger = (at: number): string => `x${at}@evil${at % 7}.example`
const kinds = async (office: PostOffice): Promise<readonly string[]> =>
  (await office.state()).letters.map(({ order }) => order.kind)
const asked = async (office: PostOffice): Promise<number> =>
  (await kinds(office)).filter((kind) => kind === 'held-mail-notice').length
/** Strangers who hold the case's token write, a minute apart. */
const flood = async (office: PostOffice, count: number, verdicts: Record<string, string> = {}, first = 0) => {
  for (let at = first; at < first + count; at += 1)
    await office.reply({ from: stranger(at), text: `M2: ${at},5` }, { verdicts, source: stranger(at) })
}
const isStopped = async (office: PostOffice): Promise<boolean> =>
  (await loadCase(office.ports, answeringCase, answersStream)).state.stoppedAt !== null

describe('MAIL security 27: one token in the hands of many', () => {
  test('of 60 mails of strangers in an hour the contact is asked about one; nothing counts', async () => {
    const office = await openPostOffice()
    const before = office.ports.mail.sent.length
    await flood(office, 59)
    expect(await asked(office)).toBe(1)
    expect(office.ports.mail.sent.length - before).toBe(1)
    const { mails } = await office.state()
    expect(mails.every(({ standing }) => standing === 'held')).toBe(true)
    expect(mails.slice(1).every(({ unanswered }) => unanswered === 'hour')).toBe(true)
    expect(await office.figures()).toEqual({})
  })
  test('the next question, an hour later, tells of all that came meanwhile; six a day', async () => {
    const office = await openPostOffice()
    office.ports.clock.set(office.at('2015-02-25', '07:00'))
    await flood(office, 5)
    office.ports.clock.set(office.at('2015-02-25', '08:30'))
    const { answers } = await office.reply({ from: stranger(99), text: 'M2: 99,5' })
    expect(answers.map(({ to }) => to)).toEqual([[mette]])
    expect(answers.map(({ message }) => words(message)).join()).toContain('også modtaget 4 andre mails')
    for (let hour = 10; hour < 20; hour += 1) {
      office.ports.clock.set(office.at('2015-02-25', `${hour}:00`))
      await flood(office, 2, {}, hour * 10)
    }
    expect(await asked(office)).toBe(6)
  })
  test('the hour that stops all answers is not used up by it: the contact is answered, and so is the next case', async () => {
    const office = await openPostOffice({ answersAnHour: 2 })
    await flood(office, 20)
    const { request, odenseRequest } = office
    const own = await office.reply({ text: complete })
    const odense = await office.reply(
      {
        from: 'mette.proeve@odense-kommune.example',
        to: odenseRequest.address,
        subject: `SV: ${odenseRequest.message.subject}`,
        inReplyTo: odenseRequest.messageId,
        references: [odenseRequest.messageId],
        text: 'M2: 24,5',
      },
      { recipients: [odenseRequest.address] },
    )
    expect(request.address).not.toBe(odenseRequest.address)
    expect([own, odense].map(({ answers }) => answers.map(({ kind }) => kind))).toEqual([
      ['receipt'],
      ['receipt'],
    ])
    expect(await isStopped(office)).toBe(false)
  })
  test('a case answers twenty mails an hour, whoever writes, and every mail is taken in', async () => {
    const office = await openPostOffice()
    const before = office.ports.mail.sent.length
    for (let at = 0; at < 30; at += 1)
      await office.reply({ from: `k${at}@svendborg-kommune.example`, text: `M2: ${at},5` })
    expect(office.lettersSince(before)).toBe(20)
    const { mails } = await office.state()
    expect(mails).toHaveLength(30)
    expect(mails.at(-1)).toMatchObject({ standing: 'provisional', unanswered: 'case-hour' })
  })
  test('mails that bear the contact’s address and are not hers have one neutral notice that day', async () => {
    const office = await openPostOffice({ answersAnHour: 2 })
    for (let at = 0; at < 10; at += 1)
      await office.reply({ text: `M2: ${at},5` }, { verdicts: { dmarc: at % 2 === 0 ? 'FAIL' : 'GRAY' } })
    expect((await kinds(office)).filter((kind) => kind === 'neutral-notice')).toHaveLength(1)
    expect(await isStopped(office)).toBe(false)
    expect(await office.figures()).toEqual({})
  })
})
