import { todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { describe, expect, it } from 'vitest'
import { openCorrections, renamedTitles } from '../../../functions/domain/review/slices/facts.ts'
import type { ReviewCommand } from '../../../functions/domain/review/commands.ts'
import { turnOf } from '../../../functions/domain/review/open-tasks.ts'
import { reviewComposer } from '../../../functions/handlers/letters/composers.ts'
import { tasksOfReview } from '../../../functions/web/review/review-tasks.ts'
import { anders } from '../../support/ministry.ts'
import { allFigures, on, requested, type ReviewWorld } from './review-world.ts'

type Decide = Extract<ReviewCommand, { do: 'decide-fact-check' }>
const decide = (change: Partial<Decide> = {}): Decide => ({
  do: 'decide-fact-check',
  mailKey: 'rettelse',
  as: 'corrected',
  renamed: [{ key: 'H1', title: 'Netværk og mentorer' }],
  text: 'Aktivitetens navn er rettet.',
  ...change,
})
const assessed = (): ReviewWorld =>
  requested()
    .until(on('2015-02-10'))
    .mail({ values: allFigures })
    .pass(on('2015-03-10'))
    .recommend()
    .approve()
    .pass(on('2015-08-14'))
const corrected = (ok = false): ReviewWorld =>
  assessed().mail({
    key: 'rettelse',
    values: { Faktatjek: { is: 'fact-check', ok } },
    texts: { Faktatjek: 'Aktiviteten hedder Netværk og mentorer' },
  })
const answers = (world: ReviewWorld) =>
  reviewComposer.owed(world.state).filter(({ kind }) => kind === 'fact-check-answer')

describe('a correction at the fact check', () => {
  it('is the caseworker’s to decide; an OK is nobody’s', () => {
    const options = { today: '2015-08-14', caseworker: 'sofie', href: '' }
    const tasksOf = (world: ReviewWorld) =>
      tasksOfReview(world.state, options).filter(({ kind }) => kind !== 'promise')
    expect(tasksOf(corrected())).toMatchObject([
      { kind: 'fact-check', whose: 'Svendborg', roles: ['caseworker'] },
    ])
    expect(turnOf(corrected().state, todayInCopenhagen(corrected().now))).toBe('caseworker')
    expect(tasksOf(corrected(true))).toEqual([])
    expect(corrected().decide(decide(), anders)).toMatchObject({ refusal: { kind: 'role' } })
  })

  it('that is accepted changes the words on the pages, and is answered once', () => {
    const world = corrected()
    expect(answers(world)).toEqual([])
    world.person(decide())
    expect(openCorrections(world.state)).toEqual([])
    expect(renamedTitles(world.state)).toEqual(new Map([['H1', 'Netværk og mentorer']]))
    expect(answers(world)).toEqual([{ kind: 'fact-check-answer', party: '479', seq: 1, about: 'rettelse' }])
    expect(world.decide(decide())).toMatchObject({ refusal: { kind: 'no-correction' } })
    const [order] = answers(world)
    expect(answers(world.send(order!))).toEqual([])
    expect(world.state.content?.actionPlan?.actions[0]?.title).not.toContain('mentorer')
  })

  it('that is rejected changes nothing, with the reason', () => {
    expect(corrected().decide(decide({ as: 'rejected', text: ' ' }))).toMatchObject({
      refusal: { kind: 'reason' },
    })
    const world = corrected().person(decide({ as: 'rejected', text: 'navnet står i aftalen' }))
    expect(renamedTitles(world.state).size).toBe(0)
    expect(world.state.factChecks).toMatchObject([
      { decided: { as: 'rejected', text: 'navnet står i aftalen' } },
    ])
    expect(answers(world)).toHaveLength(1)
  })

  it('of a figure never changes it: it asks whether to reopen', () => {
    const world = corrected()
    const before = world.state.finals
    world.person(decide({ as: 'figure', text: 'tallet er bedømt' }))
    expect(world.state.reopen).toEqual({ mailKey: 'rettelse', decided: false })
    expect(world.state.finals).toEqual(before)
    world.person({ do: 'reopen', reason: 'tallet var forkert' })
    expect(world.state.status).toBe('collected')
  })

  it('names only what the pages have', () => {
    const renamed = [{ key: 'H9', title: 'Andet' }]
    expect(corrected().decide(decide({ renamed }))).toMatchObject({ refusal: { kind: 'title' } })
  })
})
