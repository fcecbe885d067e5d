import { describe, expect, it } from 'vitest'
import { owedAnswer } from '../../../functions/domain/review/owed.ts'
import { namedAssumptions, namesDissemination } from '../../../functions/domain/review/decide/take-mail.ts'
import { anders } from '../../support/ministry.ts'
import { allFigures, inHearing, number, on, requested, ReviewWorld } from './review-world.ts'
import { partyOf } from '../../../functions/domain/review/slices/figures.ts'

const figure = (world: ReviewWorld, key: string): unknown => partyOf(world.state, '479')?.figures[key]?.value
const standing = (world: ReviewWorld, key: string) =>
  world.state.mails.find((mail) => mail.mailKey === key)?.standing
const owed = (world: ReviewWorld, key: string): readonly string[] =>
  world.state.mails.filter((mail) => mail.mailKey === key).flatMap((mail) => owedAnswer(world.state, mail))
const types = (world: ReviewWorld, from = 0): readonly string[] =>
  world.events.slice(from).map(({ event }) => event.type)
const asked = () => requested().until(on('2015-02-10', '10:00'))
const comments = { Høringssvar: { is: 'hearing-reply', comments: true } }

describe('who counts', () => {
  it("the contact's own figures count, key by key, the later over the earlier", () => {
    const world = asked().mail({ values: { M2: number(24) } })
    world.mail({ receivedAt: on('2015-02-09'), values: { M2: number(99), 'M1 i alt': number(134) } })
    expect(figure(world, 'M2')).toEqual(number(24))
    expect(figure(world, 'M1 i alt')).toEqual(number(134))
  })

  it('a held mail counts by OK on its notice alone', () => {
    const world = asked().mail({ key: 'held', standing: 'held', contactId: null, values: { M2: number(24) } })
    expect(owed(world, 'held')).toEqual(['held-mail-notice'])
    world.mail({ confirms: true })
    expect(standing(world, 'held')).toBe('held')
    world.mail({ confirms: true, answersOrder: { kind: 'held-mail-notice', about: 'held' } })
    expect(standing(world, 'held')).toBe('counts')
    expect(figure(world, 'M2')).toEqual(number(24))
  })

  it('one mail has one receipt: the OK, which shows what it made count', () => {
    const world = asked().mail({ key: 'held', standing: 'held', contactId: null, values: { M2: number(24) } })
    world.mail({
      key: 'ok',
      confirms: true,
      answersOrder: { kind: 'held-mail-notice', about: 'held' },
    })
    expect([owed(world, 'held'), owed(world, 'ok')]).toEqual([[], ['receipt']])
  })

  it('the same content in a new mail is taken once', () => {
    const world = asked().mail({ body: 'same', date: 'monday', values: { M2: number(24) } })
    world.mail({ key: 'twice', body: 'same', values: { M2: number(24) } })
    world
      .mail({ values: { M2: number(25) } })
      .mail({ key: 'again', body: 'same', date: 'monday', values: { M2: number(24) } })
    expect([standing(world, 'twice'), standing(world, 'again')]).toEqual(['repeated', 'repeated'])
    expect(figure(world, 'M2')).toEqual(number(25))
  })

  it('what is sent again on purpose, after another, counts', () => {
    const world = asked().mail({ body: 'same', date: 'monday', values: { M2: number(24) } })
    world
      .mail({ values: { M2: number(25) } })
      .mail({ key: 'again', body: 'same', date: 'tuesday', values: { M2: number(24) } })
    expect(standing(world, 'again')).toBe('counts')
    expect(figure(world, 'M2')).toEqual(number(24))
  })
})

describe('an older mail that is released late', () => {
  it('takes nothing from what came after it, and opens no settled question', () => {
    const world = asked().mail({
      key: 'held',
      standing: 'held',
      contactId: null,
      values: { M2: number(30) },
      doubts: [{ kind: 'hedged', key: 'FS2' }],
    })
    world.until(on('2015-02-11')).mail({ values: allFigures })
    world.person({ do: 'decide-held-mail', mailKey: 'held', as: 'counts', reason: 'deres egen' })
    expect(figure(world, 'M2')).toEqual(allFigures.M2)
    expect(partyOf(world.state, '479')?.doubts).toEqual([])
  })

  it('supersedes no draft that it does not change', () => {
    const world = asked().mail({ key: 'kollega', standing: 'provisional', values: { M2: number(30) } })
    world.until(on('2015-02-11')).mail({ values: allFigures }).pass(on('2015-03-03'))
    world.mail({ confirms: true })
    expect(world.state.status).toBe('drafted')
    expect(types(world)).not.toContain('DraftSuperseded')
  })
})

describe('a correction', () => {
  it('before the draft just counts; after it the draft and what was decided on it are void', () => {
    const world = asked()
      .mail({ values: allFigures })
      .mail({ values: { M2: number(25) } })
    world.pass(on('2015-03-03')).recommend()
    const { subject } = world
    world.mail({ values: { M2: number(26) } })
    expect(world.state).toMatchObject({ status: 'collected', draft: null, recommendation: null })
    expect(world.work().state.status).toBe('drafted')
    expect(world.subject).not.toBe(subject)
    expect(world.decide({ do: 'approve', subject }, anders)).toMatchObject({ ok: false })
  })

  it('of the same value changes nothing', () => {
    const world = asked().mail({ values: allFigures }).pass(on('2015-03-03'))
    world.mail({ values: { M2: allFigures.M2 } })
    expect(world.state.status).toBe('drafted')
  })

  it('wakes no stopped review', () => {
    const stopped = asked().mail({ values: allFigures }).pass(on('2015-03-03'))
    stopped.person({ do: 'stop', reason: 'ophævet' }, anders).mail({ values: { M2: number(30) } })
    expect(stopped.state.status).toBe('stopped')
  })
})

describe('in a hearing', () => {
  it('concludes nothing while a mail is held', () => {
    const held = inHearing().mail({ standing: 'held', contactId: null })
    expect(held.pass(on('2015-04-15')).plan()).toMatchObject({ kind: 'held-mail', until: null })
  })

  it("keeps a colleague's free words as an answer when the contact confirms them", () => {
    const world = inHearing().mail({
      key: 'kollega',
      standing: 'provisional',
      freeText: 'Vi er uenige om mål 1.',
      answersOrder: { kind: 'hearing', about: '' },
    })
    world.mail({ confirms: true })
    expect(world.state.hearing?.answers).toMatchObject([{ mailKey: 'kollega', answer: 'unmarked' }])
  })

  it('hears the same words again when they answer the next draft', () => {
    const world = inHearing().mail({ body: 'samme', values: comments })
    world
      .until(on('2015-03-11'))
      .mail({ values: { M2: number(40) } })
      .work()
    world.recommend().approve().pass(on('2015-03-12', '10:00'))
    expect(world.state.status).toBe('hearing')
    world.mail({ key: 'igen', body: 'samme', values: comments })
    expect(world.state.hearing?.answers).toMatchObject([
      { answer: 'comments', toEarlier: true },
      { mailKey: 'igen', answer: 'comments', toEarlier: false },
    ])
  })

  it('owes one receipt to an answer, also when its draft is superseded later', () => {
    const world = inHearing().mail({ key: 'svar', values: comments })
    expect(owed(world, 'svar')).toEqual(['hearing-receipt'])
    world.send({ kind: 'hearing-receipt', party: '479', seq: 1, about: 'svar' })
    world.mail({ values: { M2: number(40) } })
    expect(owed(world, 'svar')).toEqual([])
  })

  it('is needed anew for a correction in its favour when a verdict is set lower by hand', () => {
    const byHand = inHearing()
      .mail({ values: { M2: number(20) } })
      .work()
    byHand
      .recommend([{ target: 'M1', verdict: 'not-met', reason: 'tallet er usikkert' }])
      .approve()
      .work()
    expect(byHand.letters().filter((letter) => letter.startsWith('hearing'))).toHaveLength(2)
  })

  it('hears a difference that the ministry itself observed', () => {
    const world = inHearing().mail({ values: { M2: number(20) } })
    world.observations = [
      {
        assumption: 'FS1',
        value: '160',
        knownOn: '2015-03-01',
        validFrom: '2014-01-01',
        validTo: '2014-12-31',
        source: 'KL',
      },
    ]
    expect(world.work().state.draft?.hearing).toBe(true)
  })
})

describe('what else a mail says', () => {
  it('answers the question that was asked, and the draft is made anew', () => {
    const world = asked().mail({ values: allFigures }).pass(on('2015-03-03', '09:10'))
    world.person({ do: 'ask', questionId: 'q', party: '479', keys: ['M2'], text: 'Hvordan?' }).work()
    expect(world.plan()).toEqual({ next: 'wait', kind: 'answer', until: on('2015-03-11', '00:00') })
    world.mail({ key: 'svar', values: { 'M2 bemærkning': { is: 'text' } } }).work()
    expect(world.state).toMatchObject({ status: 'drafted', rounds: 2, questions: [{ answeredBy: 'svar' }] })
  })

  it('reports dissemination, a wish and the fact check, each once it counts', () => {
    const values = {
      Formidling: { is: 'text' },
      Genforhandling: { is: 'yes-no', yes: true },
      Faktatjek: { is: 'fact-check', ok: false },
    }
    const texts = {
      Formidling: 'www.erfaringsbasen.example',
      Genforhandling: 'ja, FS 2 og FS1',
      Faktatjek: 'side 2',
    }
    const world = asked().mail({ key: 'kollega', standing: 'provisional', values, texts })
    expect(world.state).toMatchObject({ wishes: [], factChecks: [], dissemination: null })
    world.mail({ confirms: true })
    expect(world.state).toMatchObject({
      wishes: [{ mailKey: 'kollega', assumptionKeys: ['FS2', 'FS1'] }],
      factChecks: [{ ok: false, text: 'side 2' }],
      dissemination: { done: true },
    })
  })

  it.each([
    ['inden sommerferien', false],
    ['Erfaringsbasen, juni 2015', false],
    ['»Virksomheder i netværk«', true],
    ['https://x.example/y', true],
  ])('takes "%s" as the place of the dissemination: %s', (text, named) => {
    expect(namesDissemination(text)).toBe(named)
  })

  it('finds the assumptions a wish names', () => {
    expect(namedAssumptions('ja, FS1 og fs 2, ikke M3')).toEqual(['FS1', 'FS2'])
  })

  it('answers nobody for what came before it was asked, nor for mere thanks', () => {
    const early = new ReviewWorld().prepare().mail({ key: 'ok', confirms: true })
    expect(owed(early, 'ok')).toEqual([])
    expect(partyOf(early.state, '479')?.contactsConfirmed).toBe(true)
    const done = asked().mail({ values: allFigures }).mail({ key: 'tak', freeText: 'Tak!' })
    expect(owed(done, 'tak')).toEqual([])
  })

  it('answers a wish for more time by that, and a hostile mail not at all', () => {
    const world = asked().mail({ key: 'tid', extension: { until: null, byKey: false } })
    expect(owed(world, 'tid')).toEqual(['extension-received'])
    world.mail({ key: 'virus', standing: 'held', reason: 'virus', contactId: null })
    expect(owed(world, 'virus')).toEqual([])
  })
})
