import * as z from 'zod'
import { describe, expect, it } from 'vitest'
import { reviewListEntry } from '../../../functions/domain/review/list-entry.ts'
import { listedTaskSchema } from '../../../functions/domain/casefile/open-task.ts'
import { openPromises, promisesDueOn } from '../../../functions/domain/review/slices/promises.ts'
import { tasksOfReview } from '../../../functions/web/review/review-tasks.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { sofie } from '../../support/ministry.ts'
import { allFigures, on, requested, type ReviewWorld } from './review-world.ts'

const promised = (): ReviewWorld =>
  requested({
    ...svendborg.agreement,
    promises: [
      { id: 'L1', text: 'individuel rådgivning' },
      { id: 'L2', text: 'to erfaringsmøder' },
    ],
  })

const tasksOf = (world: ReviewWorld) =>
  tasksOfReview(world.state, { today: '2015-03-20', caseworker: 'sofie', href: '/x' })
    .filter(({ kind }) => kind === 'promise')
    .map(({ what, href }) => `${what} ${href}`)

/** What the list entry says is open. */
const listed = ({ state }: ReviewWorld) =>
  z
    .array(listedTaskSchema)
    .parse(reviewListEntry(state).summary['tasks'])
    .map(({ kind }) => kind)

describe('the ministry’s own promises', () => {
  it('are each a caseworker’s task with a due day from the draft on, until they are answered', () => {
    const world = promised().until(on('2015-02-10')).mail({ values: allFigures })
    expect(tasksOf(world)).toEqual([])
    world.pass(on('2015-03-10'))
    expect(world.state.status).toBe('drafted')
    expect(promisesDueOn(2014)).toBe('2015-08-10')
    expect(tasksOf(world)).toEqual([
      '»individuel rådgivning« Er bidraget ydet i 2014? Besvares senest 10. august 2015 /x#f-answer-promise-L1',
      '»to erfaringsmøder« Er bidraget ydet i 2014? Besvares senest 10. august 2015 /x#f-answer-promise-L2',
    ])
    world.person({ do: 'answer-promise', promise: 'L1', kept: true, reason: '' }, sofie)
    expect(openPromises(world.state).map(({ id }) => id)).toEqual(['L2'])
    expect(listed(world).filter((kind) => kind === 'promise')).toHaveLength(1)
  })

  it('hold nothing back: the assessment is final, and the list still asks', () => {
    const world = promised().until(on('2015-02-10')).mail({ values: allFigures })
    world.pass(on('2015-03-10')).recommend().approve().work().pass(on('2015-04-10'))
    expect(world.state.status).toBe('assessed')
    expect(reviewListEntry(world.state).summary['turn']).toBe('nobody')
    expect(listed(world)).toEqual(['promise', 'promise'])
    expect(tasksOf(world)).toHaveLength(2)
  })
})
