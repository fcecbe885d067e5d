import { beforeEach, describe, expect, test } from 'vitest'
import { accept } from '../../../../functions/domain/base/stream.ts'
import { reviewStream, runStream, type StreamId } from '../../../../functions/domain/base/stream-id.ts'
import { agreementIdSchema, personIdSchema } from '../../../../functions/domain/base/values.ts'
import { isBlocked } from '../../../../functions/domain/review/collection.ts'
import { runCommands } from '../../../../functions/domain/year-run/commands.ts'
import { reviewCase, runCase } from '../../../../functions/handlers/streams/cases.ts'
import { makeReconcile } from '../../../../functions/handlers/schedules/reconcile.ts'
import { perform } from '../../../../functions/handlers/record/perform.ts'
import { makeStartYear } from '../../../../functions/handlers/schedules/start-year.ts'
import { complete, jonas, mette } from '../compose-mail.ts'
import { openPostOffice, words, type PostOffice } from '../post-office.ts'
import type { ReviewEvent } from '../../../../functions/domain/review/state.ts'
import { makeOpenReview } from '../../../../functions/handlers/tasks/open-review.ts'
import { makePrepareRun } from '../../../../functions/handlers/tasks/prepare-run.ts'
import { makeStartReviews } from '../../../../functions/handlers/tasks/start-reviews.ts'
import { makeSendLetter } from '../../../../functions/handlers/tasks/send-letter.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

const actor = { by: 'system', name: 'test' } as const
const later = reviewStream(2015, agreementIdSchema.parse('svendborg-rk'))

/** The figures of 2014 are in, judged as they stand, and the case is closed on 12 June 2015. */
const closed = async (): Promise<void> => {
  await office.reply({ text: complete })
  await office.until('2015-03-26')
  const { draft } = await office.state()
  if (draft === null) throw new Error('there is no draft')
  const { subject, assessment } = draft
  const by = personIdSchema.parse('sofie')
  office.ports.clock.set(office.at('2015-06-12', '10:00'))
  await perform(office.ports, reviewCase, office.streams.svendborg, {
    id: 'closes',
    actor,
    decide: () =>
      accept<ReviewEvent>(
        { type: 'Recommended', v: 1, subject, by, changes: [], externalFactors: [] },
        { type: 'Approved', v: 1, subject, by: personIdSchema.parse('anders') },
        { type: 'Assessed', v: 1, version: 1, subject, assessment, comments: 'none-received' },
        { type: 'Closed', v: 1 },
      ),
  })
  office.ports.clock.set(office.at('2015-10-01', '10:00'))
}

/** The year after is open, and its request has gone out. */
const askedAgain = async (): Promise<void> => {
  const { ports } = office
  const input = (stream: StreamId) => ({ stream, attempt: 1, entered: ports.clock.now() })
  ports.clock.set(office.at('2015-12-01'))
  await makeStartYear(ports)({ year: 2015 })
  await makePrepareRun(ports)(input(runStream(2015)))
  await perform(ports, runCase, runStream(2015), {
    id: 'release',
    actor: { by: 'person', personId: 'anders', roles: ['approver'] },
    decide: (state) =>
      runCommands.decide(
        state,
        { do: 'release', agreements: [agreementIdSchema.parse('svendborg-rk')] },
        { id: personIdSchema.parse('anders'), roles: ['approver'], barredFrom: [] },
        '',
        {},
      ),
  })
  ports.clock.set(office.at('2016-01-15'))
  await makeStartReviews(ports)(input(runStream(2015)))
  await makeOpenReview(ports)({ ...input(later), execution: 'arn:sample' })
  await makeSendLetter(ports)({
    ...input(later),
    order: { kind: 'request', party: '479', seq: 1, about: '' },
  })
  ports.clock.set(office.at('2016-01-20', '10:00'))
}

const corrected = 'M1 i alt: 134\nM1 heraf: 63'
const noticeOf2014 =
  'Indberetningen for 2014 blev afsluttet den 12. juni 2015. Skal tallene for 2014 rettes, så svar med årsagen.'

/** A reply to the notice, in its thread. */
const replyTo = async (messageId: string, text: string) =>
  office.reply({ text, subject: 'SV: tal', inReplyTo: messageId, references: [messageId] })
const lastLetter = async (kind: string): Promise<string> => {
  const letter = (await office.state()).letters.findLast(({ order }) => order.kind === kind)
  if (letter === undefined) throw new Error(`no ${kind} was sent`)
  return letter.messageId
}

describe('figures for a year that is closed', () => {
  test('MAIL 10: held, nothing enters the year, and the contact is told the day and the way to correct', async () => {
    await closed()
    const before = await office.figures()
    const { mail, inbox, answers } = await office.reply({ text: corrected })
    expect([mail?.standing, mail?.reason, inbox]).toEqual(['held', 'closed', null])
    expect(await office.figures()).toEqual(before)
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['closed-notice', [mette]]])
    expect(words(answers[0]!.message)).toContain(noticeOf2014)
    expect(words(answers[0]!.message)).not.toContain('sendes som svar på mailen af')
    expect((await office.state()).reopen).toBeNull()
  })

  test('MAIL 10: in free text, in a PDF and in doubt as well; the notice goes once a day', async () => {
    await closed()
    const told = async (parts: Parameters<PostOffice['reply']>[0]) => {
      const { mail, answers } = await office.reply(parts)
      return [mail?.reason, answers.map(({ kind }) => kind)]
    }
    expect(await told({ text: 'Udgiften til aktivitet 1 var 560.000 kr. i 2014.' })).toEqual([
      'closed',
      ['closed-notice'],
    ])
    expect(await told({ text: 'M2: ca. 24' })).toEqual(['closed', []])
    office.ports.clock.set(office.at('2015-10-02', '10:00'))
    const content = Buffer.from('%PDF-1.4 tal')
    expect(await told({ text: 'Se bilag.', attachments: [{ filename: 'tal.pdf', content }] })).toEqual([
      'closed',
      ['closed-notice'],
    ])
  })

  test('MAIL 10: thanks are no figures and get no answer; the fact check is answered as ever', async () => {
    await closed()
    const thanks = await office.reply({ text: 'Tak for i år, og god weekend.' })
    expect([thanks.mail?.standing, thanks.answers]).toEqual(['counts', []])
    const check = await office.reply({ text: 'Faktatjek: OK' })
    expect(check.mail?.standing).toBe('counts')
    expect((await office.state()).factChecks).toMatchObject([{ ok: true }])
  })

  test('MAIL 10: an unauthenticated sender gets nothing of it', async () => {
    await closed()
    const { mail, answers } = await office.reply({ text: corrected }, { verdicts: { dmarc: 'FAIL' } })
    expect(mail?.reason).toBe('not-authenticated')
    expect(answers.map(({ kind }) => kind)).toEqual(['neutral-notice'])
    const colleague = await office.reply({ from: jonas, text: corrected })
    expect(colleague.answers.map(({ kind, to }) => [kind, to])).toEqual([['closed-notice', [mette]]])
  })

  test('MAIL 10: answered with the reason it is asked of a person whether to reopen; nothing is applied before', async () => {
    await closed()
    const first = await office.reply({ text: corrected })
    const before = await office.figures()
    const because = await replyTo(
      await lastLetter('closed-notice'),
      'To personer var faldet ud af udtrækket. Vi beder om, at tallet rettes.',
    )
    expect(because.mail?.standing).toBe('counts')
    expect((await office.state()).reopen).toEqual({ mailKey: because.mail?.mailKey, decided: false })
    expect(because.answers.map(({ kind }) => kind)).toEqual(['receipt'])
    expect(words(because.answers[0]!.message)).toMatch(
      /^Tak\. Rettelsen er modtaget og forelægges sagsbehandleren\. I hører fra os senest mandag den 5\. oktober 2015\./u,
    )
    expect(await office.figures()).toEqual(before)
    await office.decide({
      do: 'decide-held-mail',
      mailKey: first.mail?.mailKey ?? '',
      as: 'counts',
      reason: 'kontakten har begrundet rettelsen',
    })
    expect((await office.state()).status).toBe('closed')
    await office.decide({ do: 'reopen', reason: 'to personer manglede' })
    expect(await office.state()).toMatchObject({ status: 'collected', closedAt: null })
    expect((await office.figures())['M1 heraf']).toBe('63')
  })

  test('MAIL 10: figures and reason in answer to the notice are held together, with a receipt and no second notice', async () => {
    await closed()
    await office.reply({ text: corrected })
    const both = await replyTo(
      await lastLetter('closed-notice'),
      `${corrected}\nM1 bemærkning: To personer var faldet ud.`,
    )
    expect([both.mail?.standing, both.mail?.reason]).toEqual(['held', 'closed'])
    expect(both.answers.map(({ kind }) => kind)).toEqual(['receipt'])
    expect(words(both.answers[0]!.message)).toContain('forelægges sagsbehandleren')
    expect((await office.figures())['M1 heraf']).toBe('61')
    await office.decide({
      do: 'decide-held-mail',
      mailKey: both.mail?.mailKey ?? '',
      as: 'counts',
      reason: 'begrundet',
    })
    expect((await office.state()).reopen).toMatchObject({ decided: false })
  })
})

describe('figures for a year that is closed while the next one asks', () => {
  test('MAIL 128: a person places them, the open year waits, and the contact is told where each goes', async () => {
    await closed()
    await askedAgain()
    const before = await office.figures()
    const { mail, answers } = await office.reply({ text: complete.replace('61', '70') })
    expect(mail).toBeNull()
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['closed-notice', [mette]]])
    expect(words(answers[0]!.message)).toContain(
      `${noticeOf2014} Tal for 2015 sendes som svar på mailen af 15. januar 2016.`,
    )
    expect(await office.figures()).toEqual(before)
    const [kept] = await office.inbox()
    expect([kept?.reason, kept?.homes.map(({ stream, because }) => [stream, because])]).toEqual([
      'closed',
      [
        [later, 'later-year'],
        [office.streams.svendborg, 'token'],
      ],
    ])
    for (const stream of [later, office.streams.svendborg])
      expect((await office.state(stream)).unplaced.map(({ decidedAt }) => decidedAt)).toEqual([null])
    expect(isBlocked(await office.state(later), '479')).toBe(true)
  })

  test('MAIL 128: in answer to the notice they wait for a person again, who is the one to know; it is not repeated', async () => {
    await closed()
    await askedAgain()
    await office.reply({ text: complete.replace('61', '70') })
    const again = await replyTo(await lastLetter('closed-notice'), `Her er tallene.\n${complete}\nM2: 20`)
    expect(again.mail).toBeNull()
    expect((await office.state(later)).letters.at(-1)?.order.kind).toBe('unplaced-notice')
    expect(again.answers).toHaveLength(1)
    const sent = office.ports.mail.sent.length
    await makeReconcile(office.ports)({ sweep: true })
    expect(office.ports.mail.sent).toHaveLength(sent)
  })

  test('MAIL 128: a mail of the year while it was open, handed in once more, stays where it is', async () => {
    const key = 'landed-early'
    await office.reply({ text: 'M2: 24,5', messageId: '<tidlig@svendborg-kommune.example>' }, { key })
    await closed()
    await askedAgain()
    const { mails } = await office.state()
    const raw = await office.ports.landing.get(key)
    await office.receive(raw ?? Buffer.from(''), { key })
    expect(await office.inbox()).toEqual([])
    expect((await office.state()).mails).toHaveLength(mails.length)
  })
})
