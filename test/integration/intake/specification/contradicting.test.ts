import { beforeEach, describe, expect, test } from 'vitest'
import { reviewStream, runStream } from '../../../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../../../functions/domain/base/values.ts'
import { makeStartYear } from '../../../../functions/handlers/schedules/start-year.ts'
import { complete, mette } from '../compose-mail.ts'
import { ourWorkbook } from '../filled-workbook.ts'
import { openPostOffice, type PostOffice } from '../post-office.ts'
import { makePrepareRun } from '../../../../functions/handlers/tasks/prepare-run.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

/** What the mail was kept as, and that neither case has taken anything of it. */
const untouched = async () => {
  expect([await office.figures(), await office.figures(office.streams.other)]).toEqual([{}, {}])
  const [kept] = await office.inbox()
  return {
    reason: kept?.reason,
    homes: kept?.homes.map(({ stream, because, party }) => [stream, because, party]),
  }
}

describe('a mail that says it is about another case than its token', () => {
  test('MAIL 131: the number of their other agreement inside: neither is filled, the other is suggested first', async () => {
    const { mail, answers } = await office.reply({
      text: `Sagsnr. 2015-0479\n${complete}`,
      to: office.otherRequest.address,
      subject: `SV: ${office.otherRequest.message.subject}`,
    }, { recipients: [office.otherRequest.address] }) // prettier-ignore
    expect([mail, answers]).toEqual([null, []])
    expect(await untouched()).toEqual({
      reason: 'other-case',
      homes: [
        [office.streams.svendborg, 'case-number', '479'],
        [office.streams.other, 'token', '479'],
      ],
    })
    await office.until('2015-03-03')
    for (const stream of [office.streams.svendborg, office.streams.other])
      expect((await office.state(stream)).letters.map(({ order }) => order.kind)).not.toContain('reminder-1')
  })

  test('MAIL 131: the workbook of their other agreement attached', async () => {
    const content = Buffer.from(await ourWorkbook())
    await office.reply(
      {
        text: 'Se vedhæftede.',
        subject: 'SV: tal',
        attachments: [{ filename: 'indberetning.xlsx', content }],
      },
      { recipients: [office.otherRequest.address] },
    )
    expect(await untouched()).toMatchObject({ reason: 'other-case' })
  })

  test('MAIL 131: both tokens in one mail; the number of a case of nobody in it is their own', async () => {
    await office.reply({ text: complete, subject: `SV: [#${office.otherRequest.token}]` })
    expect(await untouched()).toMatchObject({ reason: 'several-requests' })
    const own = await office.reply({ text: `Vores sagsnr. 2015-9999\nM2: 24,5` })
    expect(own.mail?.standing).toBe('counts')
  })

  test("MAIL 131: another municipality's number is no sign, nor is a machine's quotation", async () => {
    expect((await office.reply({ text: `Sagsnr. 2015-0461\nM2: 24,5` })).mail?.standing).toBe('counts')
    const absent = await office.reply({
      subject: 'Automatisk svar: tal',
      text: 'Jeg er på ferie. Sagsnr. 2015-0480',
    })
    expect(absent.mail?.standing).toBe('automatic')
    expect(await office.inbox()).toEqual([])
  })

  test('MAIL 128: the form of a later year to the older address: held with the later year suggested, which waits', async () => {
    office.ports.clock.set(office.at('2015-12-01'))
    await makeStartYear(office.ports)({ year: 2015 })
    const stream = runStream(2015)
    await makePrepareRun(office.ports)({ stream, attempt: 1, entered: office.ports.clock.now() })
    const later = reviewStream(2015, agreementIdSchema.parse('svendborg-rk'))
    const { mail, answers } = await office.reply({
      from: mette,
      text: `Indberetning for 2015, resultatkontrakt – udfyldes nedenfor\n${complete}`,
    })
    expect([mail, answers]).toEqual([null, []])
    expect(await untouched()).toEqual({
      reason: 'other-year',
      homes: [
        [later, 'form-year', '479'],
        [office.streams.svendborg, 'token', '479'],
      ],
    })
    expect((await office.state(later)).unplaced.map(({ decidedAt }) => decidedAt)).toEqual([null])
  })

  test("MAIL 128: last year's form filled in again is held; this year's quoted below it says which is meant", async () => {
    const form = (year: number) => `Indberetning for ${year}, resultatkontrakt – udfyldes nedenfor`
    await office.reply({ text: `${form(2013)}\n${complete}` })
    expect(await untouched()).toEqual({
      reason: 'other-year',
      homes: [[office.streams.svendborg, 'token', '479']],
    })
    const quoted = await office.reply({ text: `M2: 24,5\n\n${form(2014)}\n${form(2013)}` })
    expect(quoted.mail?.standing).toBe('counts')
  })
})
