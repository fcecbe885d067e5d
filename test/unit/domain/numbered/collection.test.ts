import { describe, expect, test } from 'vitest'
import { moveDeadline, requestDay } from '../../../../functions/domain/base/calendar.ts'
import { isComplete, missingFields } from '../../../../functions/domain/review/asked.ts'
import { dueOnOf } from '../../../../functions/domain/review/collection.ts'
import { atCopenhagen, clockInCopenhagen, isOnTime } from '../../../../functions/domain/base/time.ts'
import { doubts, read, values } from '../../intake/mail.ts'
import { partnership, withLaterFigure } from '../../review/partnership.ts'
import { anders } from '../../../support/ministry.ts'
import {
  allFigures,
  finished,
  inHearing,
  number,
  on,
  requested,
  ReviewWorld,
} from '../../review/review-world.ts'
import { partyOf } from '../../../../functions/domain/review/slices/figures.ts'

const figure = (world: ReviewWorld, key: string): unknown => partyOf(world.state, '479')?.figures[key]?.value
const reminders = (world: ReviewWorld, party: string | null = null): readonly string[] =>
  world.letters(party).filter((letter) => /^(courtesy|reminder)/.test(letter))
const { 'M1 i alt': total, 'M1 heraf': ofWhich, M2, M3: _M3, ...rest } = allFigures
const verdicts = (world: ReviewWorld) =>
  world.state.draft?.assessment.targets.map((one) => [one.verdict, one.reason])

describe('numbered edge cases: collecting', () => {
  test('Edge case 1: no reply after two reminders: judged on what there is, never "not met" by silence; a figure typed in from a register counts', () => {
    const silent = requested().pass(on('2015-03-26', '10:00'))
    expect(reminders(silent).slice(1)).toEqual(['reminder-1@2015-03-03', 'reminder-2@2015-03-18'])
    expect(verdicts(silent)).toEqual(Array.from({ length: 3 }, () => ['not-assessable', 'no-figures']))
    const register = requested().pass(on('2015-03-20', '10:00'))
    register.mail({ values: { 'M1 i alt': total, 'M1 heraf': ofWhich } })
    expect(verdicts(register.pass(on('2015-03-26', '10:00')))?.[0]).toEqual(['partly-met', null])
  })

  test('Edge case 3: before 24.00 on the moved due date is on time, 00.00 the next day is late and still taken in', () => {
    expect(moveDeadline('2015-03-01')).toBe('2015-03-02')
    expect(isOnTime(atCopenhagen('2015-03-02', '23:59'), '2015-03-02')).toBe(true)
    expect(isOnTime('2015-03-02T22:59:59.999Z', '2015-03-02')).toBe(true)
    expect(isOnTime('2015-03-02T23:00:00.000Z', '2015-03-02')).toBe(false)
    const late = requested().pass(on('2015-03-03', '00:00')).mail({ values: allFigures })
    expect(figure(late, 'M2')).toEqual(M2)
  })

  test('Edge case 4: two submissions of one municipality: field by field the contact’s last, a colleague’s provisional, both on the record', () => {
    const world = requested().until(on('2015-02-10'))
    world.mail({ key: 'politiker', standing: 'provisional', values: { M2: number(20), 'M1 i alt': total } })
    world.until(on('2015-02-10', '10:00'))
    world.mail({ key: 'sagsbehandler', values: { M2: number('24.5') } })
    expect([figure(world, 'M2'), figure(world, 'M1 i alt')]).toEqual([number('24.5'), undefined])
    world.mail({ key: 'ok', confirms: true })
    expect([figure(world, 'M2'), figure(world, 'M1 i alt')]).toEqual([number('24.5'), total])
    expect(world.state.mails.map((one) => one.mailKey)).toEqual(['politiker', 'sagsbehandler', 'ok'])
  })

  test('Edge case 5: of a partnership’s members only the silent one is reminded, of what it reports itself', () => {
    const world = requested(partnership).until(on('2015-02-10'))
    world.mail({ party: '479', values: { 'M1 i alt': total, 'M1 heraf': ofWhich, M2, ...rest } })
    world.pass(on('2015-03-04'))
    expect(reminders(world, '479')).toEqual([])
    expect(reminders(world, '450')).toEqual(['courtesy-notice@2015-02-16', 'reminder-1@2015-03-03'])
    const nyborg = partyOf(world.state, '450')!
    expect(missingFields(world.state, nyborg, '2015-03-04').map((one) => one.key)).toEqual(
      expect.arrayContaining(['M1 i alt', 'M1 heraf', 'M3']),
    )
    expect(missingFields(world.state, nyborg, '2015-03-04').map((one) => one.key)).not.toContain('M2')
  })

  test('Edge case 15: a percentage, a part larger than the whole, a wrong point: asked back, never set right in silence', () => {
    const asked = (text: string) => [values(read(text)), doubts(read(text))]
    expect(asked('M1: 0,45')[0]).toEqual({})
    expect(asked('M1: 45,5 pct.')).toEqual([{}, ['share-only M1']])
    expect(doubts(read('M1 heraf: 112 pct.'))).toEqual(['share-only M1'])
    expect(doubts(read('M1 i alt: 34\nM1 heraf: 61'))).toEqual(['swapped M1'])
    expect(doubts(read('M1 i alt: 1,234'))).toEqual(['not-whole M1 i alt'])
    expect(asked('M1 i alt: 1.234')).toEqual([{ 'M1 i alt': '1234' }, []])
  })

  test('Edge case 27: a reply crossed with a reminder: nobody is reminded of what was received before it is sent, held mail included', () => {
    const world = requested().pass(on('2015-03-02', '23:59'))
    world.mail({ standing: 'held', contactId: null, values: allFigures })
    expect(world.plan(on('2015-03-03', '09:00'))).toEqual({ next: 'wait', kind: 'reply', until: null })
    const answered = requested().pass(on('2015-03-03', '08:59')).mail({ values: allFigures })
    expect(reminders(answered.pass(on('2015-03-03', '12:00')))).toEqual(['courtesy-notice@2015-02-16'])
  })

  test('Edge case 30: the night summer time begins has a time that does not exist, and a deadline in it', () => {
    expect(atCopenhagen('2015-03-29', '02:30')).toBe('2015-03-29T01:30:00.000Z')
    expect(clockInCopenhagen('2015-03-29T01:30:00.000Z')).toBe('03:30')
    expect(isOnTime('2015-03-29T21:59:59.000Z', '2015-03-29')).toBe(true)
    expect(isOnTime('2015-03-29T22:00:00.000Z', '2015-03-29')).toBe(false)
    expect(isOnTime(atCopenhagen('2016-02-29', '23:59'), '2016-02-29')).toBe(true)
  })

  test('Edge case 38: received 27 February and held until 4 March is on time; at least five working days to the next reminder', () => {
    const world = requested().pass(on('2015-02-27', '15:00'))
    world.mail({ key: 'held', standing: 'held', contactId: null, values: { M2 } })
    expect(reminders(world.pass(on('2015-03-04', '10:00')))).toEqual(['courtesy-notice@2015-02-16'])
    world.person({ do: 'decide-held-mail', mailKey: 'held', as: 'counts', reason: 'kendt afsender' })
    const party = partyOf(world.state, '479')
    expect(isOnTime(party?.figures['M2']?.receivedAt ?? '', '2015-03-02')).toBe(true)
    expect(world.plan()).toMatchObject({ next: 'wait', until: on('2015-03-11', '09:00') })
  })

  test('Edge case 42: a wish for more time stops the reminders at once; the date decided replaces the old one', () => {
    const world = requested().pass(on('2015-02-27', '10:00'))
    world.mail({ key: 'wish', standing: 'provisional', extension: { until: '2015-03-13', byKey: false } })
    expect(world.plan(on('2015-03-10'))).toEqual({ next: 'wait', kind: 'reply', until: null })
    world.person({
      do: 'decide-extension',
      mailKey: 'wish',
      grant: true,
      dueOn: '2015-03-13',
      reason: 'udvalg',
    })
    expect(dueOnOf(world.state, '479')).toBe('2015-03-13')
    expect(reminders(world.pass(on('2015-03-13', '23:59')))).toEqual(['courtesy-notice@2015-02-16'])
    expect(reminders(world.pass(on('2015-03-16', '12:00')))).toContain('reminder-1@2015-03-16')
  })

  test('Edge case 43: a correction before the draft counts; after it the draft and its decisions are void, and only one in its own favour is not heard anew', () => {
    const world = requested().until(on('2015-02-10')).mail({ values: allFigures })
    world.mail({ values: { M2: number(25) } })
    expect(figure(world, 'M2')).toEqual(number(25))
    const heard = (value: number) => {
      const corrected = inHearing()
        .mail({ values: { M2: number(value) } })
        .work()
      expect(corrected.state).toMatchObject({ recommendation: null, approval: null })
      return corrected
        .recommend()
        .approve()
        .work()
        .letters()
        .filter((one) => one.startsWith('hearing@')).length
    }
    expect([heard(20), heard(40)]).toEqual([1, 2])
  })

  test('Edge case 44: of all figures one is doubtful: the others count, and only it is asked for', () => {
    const world = requested().until(on('2015-02-10'))
    const { M2: _doubtful, ...others } = allFigures
    world.mail({ values: others, doubts: [{ kind: 'hedged', key: 'M2' }] })
    const party = partyOf(world.state, '479')!
    expect(missingFields(world.state, party, '2015-02-10').map((one) => one.key)).toEqual(['M2'])
    world.pass(on('2015-03-26', '10:00'))
    expect(verdicts(world)).toEqual([
      ['partly-met', null],
      ['not-assessable', 'no-figures'],
      ['met', null],
    ])
  })

  test('Edge case 45: "Færdig: ja" with figures missing is not complete', () => {
    const world = requested()
      .until(on('2015-02-10'))
      .mail({ values: { M2, ...finished } })
    expect(isComplete(world.state, partyOf(world.state, '479')!)).toBe(false)
    expect(reminders(world.pass(on('2015-03-04')))).toContain('reminder-1@2015-03-03')
  })

  test('Edge case 46: a colleague’s reply is provisional until the contact’s OK, never by silence; a stranger’s is held', () => {
    const world = requested().until(on('2015-02-10'))
    world.mail({ key: 'kollega', standing: 'provisional', values: allFigures })
    world.mail({ key: 'konsulent', standing: 'held', contactId: null, values: { M2: number(1) } })
    world.person({ do: 'decide-held-mail', mailKey: 'konsulent', as: 'rejected', reason: 'fremmed' })
    world.pass(on('2015-03-30'))
    expect(partyOf(world.state, '479')?.figures).toEqual({})
    world.mail({ confirms: true })
    expect(figure(world, 'M2')).toEqual(M2)
  })

  test('Edge case 51: a second presentation for the year corrects the same case and is never a second assessment', () => {
    const world = inHearing()
      .mail({ values: { M2: number(20) } })
      .work()
    world.recommend().approve().pass(on('2015-04-20'))
    expect(world.state.finals).toHaveLength(1)
    world.mail({ key: 'igen', values: allFigures })
    expect(world.state.finals).toHaveLength(1)
    expect(world.state.reopen).toMatchObject({ mailKey: 'igen', decided: false })
  })

  test('Edge case 57: a figure that cannot be had before May is not asked for in January, and then with its own time', () => {
    const world = requested(withLaterFigure(['M2', '2015-05-04']))
    const party = partyOf(world.state, '479')!
    expect(missingFields(world.state, party, '2015-01-15').map((one) => one.key)).not.toContain('M2')
    const { M2: later, ...others } = allFigures
    world.until(on('2015-02-10')).mail({ values: others })
    expect(world.pass(on('2015-04-30')).letters()).toEqual(['request@2015-01-15'])
    expect(world.pass(on('2015-05-04', '09:00')).letters()).toContain('later-figure@2015-05-04')
    expect(dueOnOf(world.state, '479')).toBe('2015-05-19')
    world.mail({ values: { M2: later } })
    expect(world.pass(on('2015-05-20')).state.status).toBe('drafted')
  })

  test('Edge case 62: 15 January on a Saturday or Sunday: the next Monday; a year not released by then asks nobody', () => {
    expect([requestDay(2016), requestDay(2021), requestDay(2022), requestDay(2014)]).toEqual([
      '2017-01-16',
      '2022-01-17',
      '2023-01-16',
      '2015-01-15',
    ])
    const waiting = new ReviewWorld().prepare()
    expect(waiting.letters()).toEqual([])
    expect(waiting.state.status).toBe('preparing')
  })
})

describe('numbered invariants: collecting', () => {
  test('Invariant I12: no reminder while anything that may belong to the case is held, or waits for the ministry', () => {
    const blocked = (prepare: (world: ReviewWorld) => unknown) => {
      const world = requested().pass(on('2015-02-27', '10:00'))
      prepare(world)
      return reminders(world.pass(on('2015-04-10'))).slice(1)
    }
    expect(blocked((world) => world.mail({ standing: 'held', contactId: null }))).toEqual([])
    expect(blocked((world) => world.mail({ standing: 'held', party: null, contactId: null }))).toEqual([])
    expect(blocked((world) => world.mail({ extension: { until: null, byKey: false } }))).toEqual([])
    expect(blocked((world) => world.state)).toEqual(['reminder-1@2015-03-03', 'reminder-2@2015-03-18'])
  })

  test('Invariant I14: a figure that counts came from a contact or was confirmed by one; what is set aside, automatic or held is none', () => {
    for (const standing of ['provisional', 'held', 'automatic', 'set-aside'] as const) {
      const world = requested().until(on('2015-02-10')).mail({ standing, values: allFigures })
      expect(partyOf(world.state, '479')?.figures, standing).toEqual({})
    }
    const world = requested().until(on('2015-02-10')).mail({ key: 'egen', values: allFigures })
    for (const one of Object.values(partyOf(world.state, '479')?.figures ?? {}))
      expect([one.mailKey, one.at.part]).toEqual(['egen', 'text'])
    expect(
      world.decide({ do: 'decide-held-mail', mailKey: 'egen', as: 'rejected', reason: 'x' }, anders).ok,
    ).toBe(false)
  })

  test('Edge case 58: a remark on a value the ministry observed holds the draft until a person has answered it', () => {
    const disputed = { 'FS1 bemærkning': { is: 'text' } }
    const texts = { 'FS1 bemærkning': 'Kvoten er ikke den endelige.' }
    const world = requested()
      .until(on('2015-02-10'))
      .mail({ key: 'fs', values: { ...allFigures, ...disputed }, texts })
    world.pass(on('2015-04-10'))
    expect(world.state).toMatchObject({ status: 'collecting', draft: null })
    expect(world.plan()).toEqual({ next: 'wait', kind: 'dispute', until: null })
    const answer = {
      do: 'answer-dispute',
      mailKey: 'fs',
      assumption: 'FS1',
      answer: 'Kvoten er KL’s endelige.',
    } as const
    const refused = (command: Parameters<typeof world.decide>[0]) => {
      const decision = world.decide(command)
      return decision.ok ? 'accepted' : decision.refusal.kind
    }
    expect(refused({ ...answer, answer: ' ' })).toBe('reason')
    expect(refused({ ...answer, assumption: 'FS2' })).toBe('no-dispute')
    world.person(answer).work()
    expect(world.state.status).toBe('drafted')
    expect(refused(answer)).toBe('no-dispute')
  })

  test('Edge case 58: a remark that comes to a draft is answered before it is recommended or approved', () => {
    const world = requested().until(on('2015-02-10')).mail({ values: allFigures }).pass(on('2015-03-10'))
    world.mail({
      key: 'fs',
      values: { 'FS1 bemærkning': { is: 'text' } },
      texts: { 'FS1 bemærkning': 'Forkert.' },
    })
    const recommend = {
      do: 'recommend',
      subject: world.subject,
      changes: [],
      externalFactors: [],
      text: '',
    } as const
    expect(world.decide(recommend)).toMatchObject({ ok: false, refusal: { kind: 'dispute' } })
    world.person({ do: 'answer-dispute', mailKey: 'fs', assumption: 'FS1', answer: 'Værdien er KL’s.' })
    expect(world.decide(recommend)).toMatchObject({ ok: true })
    expect(world.state.disputeAnswers).toEqual([
      { mailKey: 'fs', assumption: 'FS1', text: 'Værdien er KL’s.' },
    ])
  })
})
