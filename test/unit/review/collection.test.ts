import { describe, expect, it, test } from 'vitest'
import { contactIdSchema } from '../../../functions/domain/base/values.ts'
import { reachable } from '../../../functions/domain/casefile/recipients.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { moveDeadline, requestDay } from '../../../functions/domain/base/calendar.ts'
import { isComplete, missingFields } from '../../../functions/domain/review/asked.ts'
import { absentContacts, dueOnOf } from '../../../functions/domain/review/collection.ts'
import { atCopenhagen, clockInCopenhagen, isOnTime } from '../../../functions/domain/base/time.ts'
import { doubts, read, values } from '../intake/mail.ts'
import { partnership, withLaterFigure } from './partnership.ts'
import { anders } from '../../support/ministry.ts'
import { allFigures, finished, inHearing, number, on, requested, ReviewWorld } from './review-world.ts'
import { partyOf } from '../../../functions/domain/review/slices/figures.ts'

const figure = (world: ReviewWorld, key: string): unknown => partyOf(world.state, '479')?.figures[key]?.value
const reminders = (world: ReviewWorld, party: string | null = null): readonly string[] =>
  world.letters(party).filter((letter) => /^(courtesy|reminder)/.test(letter))
const { 'M1 i alt': total, 'M1 heraf': ofWhich, M2, M3: _M3, ...rest } = allFigures
const verdicts = (world: ReviewWorld) =>
  world.state.draft?.assessment.targets.map((one) => [one.verdict, one.reason])
const { 'M1 i alt': _total, ...withoutTotal } = allFigures
const { 'M1 heraf': _part, ...withoutBoth } = withoutTotal

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

  test('Edge case 5: of a partnership’s members only the silent one is reminded, of what it reports itself, and nobody waits for longer than it takes', () => {
    const world = requested(partnership)
    expect(world.letters('450')).toEqual(['request@2015-01-15'])
    world.until(on('2015-02-10'))
    world.mail({ party: '479', values: { 'M1 i alt': total, 'M1 heraf': ofWhich, M2, ...rest } })
    world.pass(on('2015-03-30'))
    expect(reminders(world, '479')).toEqual([])
    expect(world.letters('450')).toEqual([
      'request@2015-01-15',
      'courtesy-notice@2015-02-16',
      'reminder-1@2015-03-03',
      'reminder-2@2015-03-18',
      'collection-closed@2015-03-26',
    ])
    const missing = missingFields(world.state, partyOf(world.state, '450')!, '2015-03-04')
    expect(missing.map((one) => one.key)).toEqual(expect.arrayContaining(['M1 i alt', 'M1 heraf', 'M3']))
    expect(missing.map((one) => one.key)).not.toContain('M2')
    expect(world.state.draft?.madeAt).toBe(on('2015-03-26', '09:00'))
    const verdict = (key: string) =>
      world.state.draft?.assessment.targets.find((target) => target.key === key)?.verdict
    expect(verdict('M2')).toBe('met')
    expect(verdict('M3'), 'silence is never "not met"').toBe('not-assessable')
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

  test.each(['counts', 'rejected'] as const)(
    'Edge case 38: received 27 February and held until 4 March is on time; at least five working days to the next reminder: %s',
    (as) => {
      const world = requested().pass(on('2015-02-27', '15:00'))
      world.mail({ key: 'held', standing: 'held', contactId: null, values: { M2 } })
      expect(world.plan()).toEqual({ next: 'wait', kind: 'reply', until: null })
      expect(reminders(world.pass(on('2015-03-04', '10:00')))).toEqual(['courtesy-notice@2015-02-16'])
      world.person({ do: 'decide-held-mail', mailKey: 'held', as, reason: 'set efter' })
      const received = partyOf(world.state, '479')?.figures['M2']?.receivedAt
      if (as === 'counts') expect(isOnTime(received ?? '', '2015-03-02')).toBe(true)
      else expect(received).toBeUndefined()
      expect(world.plan()).toMatchObject({ next: 'wait', until: on('2015-03-11', '09:00') })
      expect(reminders(world.pass(on('2015-03-11', '10:00')))).toEqual([
        'courtesy-notice@2015-02-16',
        'reminder-1@2015-03-11',
      ])
    },
  )

  test.each([
    { standing: 'provisional', byKey: false },
    { standing: 'counts', byKey: true },
  ] as const)(
    'Edge case 42: a wish for more time stops the reminders at once; the date decided replaces the old one: %o',
    ({ standing, byKey }) => {
      const world = requested().pass(on('2015-02-27', '10:00'))
      world.mail({ key: 'wish', standing, extension: { until: '2015-03-13', byKey } })
      for (const day of ['2015-03-05', '2015-03-10'])
        expect(world.plan(on(day))).toEqual({ next: 'wait', kind: 'reply', until: null })
      world.person({
        do: 'decide-extension',
        mailKey: 'wish',
        grant: true,
        dueOn: '2015-03-13',
        reason: 'udvalg',
      })
      expect(dueOnOf(world.state, '479')).toBe('2015-03-13')
      expect(reminders(world.pass(on('2015-03-13', '23:59')))).toEqual(['courtesy-notice@2015-02-16'])
      expect(reminders(world.pass(on('2015-03-16', '12:00')))).toEqual([
        'courtesy-notice@2015-02-16',
        'reminder-1@2015-03-16',
      ])
    },
  )

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
      .mail({ values: { ...withoutTotal, ...finished } })
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
    expect(world.state.mails[0]?.standing).toBe('counts')
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
    expect(world.state.status).toBe('collecting')
    expect(world.pass(on('2015-05-04', '09:00')).letters().slice(1)).toEqual(['later-figure@2015-05-04'])
    expect(dueOnOf(world.state, '479')).toBe('2015-05-19')
    world.until(on('2015-05-11')).mail({ values: { M2: later } })
    expect(world.pass(on('2015-05-20', '00:00')).state.status).toBe('drafted')
    expect(reminders(world)).toEqual([])
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

  test('Edge case 56: an absence note over the due date sends the request on to the deputy, once; the date stands and no data changes', () => {
    const away = (until: string) =>
      ({ key: 'fravær', standing: 'automatic', reason: 'absence', absentUntil: until }) as const
    const world = requested().until(on('2015-01-15', '09:05')).mail(away('2015-03-02')).work()
    expect(world.letters()).toEqual(['request@2015-01-15', 'to-deputy@2015-01-15'])
    expect(absentContacts(world.state, '479')).toContain('contact-479')
    expect(dueOnOf(world.state, '479')).toBe('2015-03-02')
    expect(world.state.parties[0]?.figures).toEqual({})
    const back = requested().until(on('2015-01-15', '09:05')).mail(away('2015-01-30')).work()
    expect(back.letters()).toEqual(['request@2015-01-15'])
    const stranger = requested().until(on('2015-01-15', '09:05'))
    stranger.mail({ ...away('2015-06-01'), contactId: 'post-479' }).work()
    expect(stranger.letters()).toEqual(['request@2015-01-15'])
  })

  test('Edge case 56: the deputy is written to while there is one, the absent one rather than nobody', () => {
    const person = (role: 'contact' | 'deputy', id: string) => ({
      ...svendborg.contacts[0]!,
      id: contactIdSchema.parse(id),
      role,
      validTo: null,
    })
    const both = [person('contact', 'c-1'), person('deputy', 'd-1')]
    const chosen = (contacts: typeof both, absent: string[]) =>
      reachable(contacts, '479', '2015-01-15', [], absent).id
    expect(chosen(both, ['c-1'])).toBe('d-1')
    expect(chosen(both, [])).toBe('c-1')
    expect(chosen(both.slice(0, 1), ['c-1'])).toBe('c-1')
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

describe('the collection of the sample run', () => {
  it('asks, reminds and goes on with what there is on the days the letters print', () => {
    const world = requested().pass(on('2015-04-10'))
    expect(world.letters()).toEqual([
      'request@2015-01-15',
      'courtesy-notice@2015-02-16',
      'reminder-1@2015-03-03',
      'reminder-2@2015-03-18',
      'collection-closed@2015-03-26',
    ])
    expect(world.state.letters.map((letter) => letter.dueOn)).toEqual([
      '2015-03-02',
      null,
      '2015-03-17',
      '2015-03-25',
      null,
    ])
    expect(world.state.letters.every((letter) => letter.sentAt === on(letter.datedOn, '09:00'))).toBe(true)
    expect(world.state.status).toBe('drafted')
    expect(world.state.draft?.madeAt).toBe(on('2015-03-26', '09:00'))
  })

  it('asks nothing before the request day, however early it is released', () => {
    const world = new ReviewWorld().prepare().work()
    expect(world.plan()).toEqual({ next: 'wait', kind: 'reply', until: on('2015-01-15', '09:00') })
  })

  it('asks at 9.00 on the next working day when it is released in the evening', () => {
    const world = new ReviewWorld({ at: on('2015-01-16', '17:00') }).prepare().work()
    expect(world.plan()).toMatchObject({ until: on('2015-01-19', '09:00') })
    expect(world.pass(on('2015-01-19')).letters()).toEqual(['request@2015-01-19'])
  })

  it('makes the draft at the end of the due day when everything is there', () => {
    const world = requested().until(on('2015-02-10', '14:20')).mail({ values: allFigures })
    expect(world.plan()).toEqual({ next: 'wait', kind: 'reply', until: on('2015-03-03', '00:00') })
    expect(world.pass(on('2015-03-02', '23:59')).state.status).toBe('collecting')
    expect(world.pass(on('2015-03-03', '00:00')).state.status).toBe('drafted')
    expect(reminders(world)).toEqual([])
  })

  it('makes the draft five working days after a complete reply that says it is finished', () => {
    const world = requested()
      .until(on('2015-02-10', '14:20'))
      .mail({ values: { ...allFigures, ...finished } })
    expect(world.plan()).toMatchObject({ until: on('2015-02-18', '00:00') })
    world.until(on('2015-02-12', '10:00')).mail({ values: { M2: number(25) } })
    expect(world.plan(), 'a correction starts the five days again').toMatchObject({
      until: on('2015-02-20', '00:00'),
    })
    world.until(on('2015-02-13', '10:00')).mail({ values: { Færdig: { is: 'yes-no', yes: false } } })
    expect(world.plan()).toMatchObject({ until: on('2015-03-03', '00:00') })
  })

  it('takes a figure that cannot be had as an answer, and asks for its sibling no more', () => {
    const world = requested()
      .until(on('2015-02-10'))
      .mail({ values: { ...withoutBoth, 'M1 i alt': { is: 'not-available' } } })
    const party = partyOf(world.state, '479')
    expect(party === null ? null : missingFields(world.state, party, '2015-02-10')).toEqual([])
  })

  it('reminds nobody any more after a reply to the first reminder', () => {
    const world = requested().pass(on('2015-03-10', '11:00')).mail({ values: allFigures })
    world.pass(on('2015-04-30'))
    expect(reminders(world)).toEqual(['courtesy-notice@2015-02-16', 'reminder-1@2015-03-03'])
    expect(world.state.draft?.madeAt).toBe(on('2015-03-18', '00:00'))
  })

  it('asks on for the one figure that is doubtful, and not when it is settled', () => {
    const doubtful = requested()
      .until(on('2015-02-10'))
      .mail({ values: withoutTotal, doubts: [{ kind: 'hedged', key: 'M1 i alt' }] })
    expect(doubtful.pass(on('2015-02-16', '12:00')).letters()).toContain('courtesy-notice@2015-02-16')
    doubtful.mail({ values: { 'M1 i alt': total } })
    expect(partyOf(doubtful.state, '479')?.doubts).toEqual([])
    expect(doubtful.pass(on('2015-03-03', '10:00')).state.status).toBe('drafted')
  })
})

describe('nobody is reminded while', () => {
  it('a refused wish keeps the old date, or gets another one', () => {
    const refused = requested().pass(on('2015-02-27', '10:00'))
    refused.mail({ key: 'wish', extension: { until: '2015-05-01', byKey: true } })
    refused.person({
      do: 'decide-extension',
      mailKey: 'wish',
      grant: false,
      dueOn: '2015-03-05',
      reason: 'nej',
    })
    expect(dueOnOf(refused.state, '479')).toBe('2015-03-05')
    expect(reminders(refused.pass(on('2015-03-06', '12:00')))).toContain('reminder-1@2015-03-06')
  })

  it('a decision made after a reminder crossed the wish is in force before its letter has gone', () => {
    const world = requested().pass(on('2015-03-03', '08:30'))
    world.mail({ key: 'wish', extension: { until: null, byKey: false } })
    world.until(on('2015-03-03', '09:00'))
    world.send({ kind: 'reminder-1', party: '479', seq: 1, about: '' })
    world.until(on('2015-03-03', '11:00'))
    world.person(
      { do: 'decide-extension', mailKey: 'wish', grant: true, dueOn: '2015-04-10', reason: 'udvalg' },
      anders,
    )
    expect(dueOnOf(world.state, '479')).toBe('2015-04-10')
    expect(world.letters().some((letter) => letter.startsWith('extension'))).toBe(false)
  })

  it('a release long before the courtesy notice does not take the notice away', () => {
    const world = requested().until(on('2015-01-20')).mail({ key: 'held', standing: 'held', contactId: null })
    world.person({ do: 'decide-held-mail', mailKey: 'held', as: 'rejected', reason: 'reklame' })
    expect(reminders(world.pass(on('2015-02-16', '09:30')))).toEqual(['courtesy-notice@2015-02-16'])
  })
})

describe('a request that comes back', () => {
  const request = { kind: 'request', party: '479', seq: 1, about: '' } as const
  const world = () => {
    const made = new ReviewWorld().prepare().until(on('2015-01-15', '09:00')).open()
    return made.send(request, { delivered: false }).until(on('2015-01-20', '11:00'))
  }

  it('Edge case 29: goes to the next contact, who has as many days as the first', () => {
    const bounced = world().bounced(request)
    expect(bounced.plan()).toMatchObject({ until: on('2015-01-21', '09:00') })
    bounced.pass(on('2015-01-21', '10:00'))
    expect(bounced.letters()).toEqual(['request@2015-01-15', 'to-deputy@2015-01-21'])
    expect(bounced.state.letters.at(-1)?.dueOn).toBe('2015-03-08')
    expect(dueOnOf(bounced.state, '479')).toBe('2015-03-08')
    expect(reminders(bounced.pass(on('2015-03-09', '10:00')))).toEqual(['reminder-1@2015-03-09'])
  })

  it('is tried with the next whenever it comes back; who is left is found when it is sent', () => {
    const bounced = world().bounced(request).pass(on('2015-01-21', '10:00'))
    bounced.bounced({ kind: 'to-deputy', party: '479', seq: 1, about: 'bounced' })
    bounced.pass(on('2015-01-22', '10:00'))
    bounced.bounced({ kind: 'to-deputy', party: '479', seq: 2, about: 'bounced' })
    expect(bounced.pass(on('2015-01-30')).letters().slice(1)).toEqual([
      'to-deputy@2015-01-21',
      'to-deputy@2015-01-22',
      'to-deputy@2015-01-23',
    ])
  })

  it('stays where it is when only the copy or a passing trouble came back, until it comes back for good', () => {
    const copy = world().bounced(request, { recipient: 'post-479' })
    expect(copy.pass(on('2015-01-21', '10:00')).letters()).toEqual(['request@2015-01-15'])
    const passing = world().bounced(request, { permanent: false })
    expect(passing.pass(on('2015-01-21', '10:00')).letters()).toEqual(['request@2015-01-15'])
    expect(passing.bounced(request).pass(on('2015-01-22', '10:00')).letters()).toContain(
      'to-deputy@2015-01-22',
    )
  })
})

describe('a figure that exists only later', () => {
  const { M2: _later, ...others } = allFigures

  it('is reminded of after its own time', () => {
    const world = requested(withLaterFigure(['M2', '2015-05-04']))
    world.until(on('2015-02-10')).mail({ values: others })
    expect(reminders(world.pass(on('2015-05-20', '10:00')))).toEqual(['reminder-1@2015-05-20'])
  })

  it('never takes time from the rest', () => {
    const world = requested(withLaterFigure(['M2', '2015-02-02'])).pass(on('2015-02-02', '10:00'))
    expect(world.letters()).toEqual(['request@2015-01-15', 'later-figure@2015-02-02'])
    expect(dueOnOf(world.state, '479')).toBe('2015-03-02')
  })

  it('gets a letter each when two come on the same day', () => {
    const world = requested(withLaterFigure(['M1', '2015-05-04'], ['M2', '2015-05-04']))
    const { M3, FS2, 'H1 udgift': cost, Formidling } = allFigures
    world.until(on('2015-02-10')).mail({ values: { M3, FS2, 'H1 udgift': cost, Formidling } })
    world.pass(on('2015-05-04', '10:00'))
    expect(world.state.letters.slice(1).map((letter) => letter.order)).toEqual([
      { kind: 'later-figure', party: '479', seq: 1, about: 'M1' },
      { kind: 'later-figure', party: '479', seq: 1, about: 'M2' },
    ])
  })
})

describe('a partnership', () => {
  it('blocks the reminders of the party alone whose mail is held', () => {
    const world = requested(partnership).until(on('2015-02-27'))
    world.mail({ party: '450', standing: 'held', contactId: null })
    world.pass(on('2015-03-03', '10:00'))
    expect(reminders(world, '479')).toContain('reminder-1@2015-03-03')
    expect(reminders(world, '450')).not.toContain('reminder-1@2015-03-03')
  })
})
