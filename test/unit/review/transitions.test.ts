import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  mayHappen,
  reviewStatuses,
  reviewTransitions,
  statusAfter,
  type ReviewStatus,
} from '../../../functions/domain/review/status.ts'
import { prepare } from '../../../functions/domain/review/decide/machine.ts'
import { noReview, review } from '../../../functions/domain/review/state.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { ReviewWorld } from './review-world.ts'

const types = review.eventTypes
const anyType = fc.constantFrom(...types)
const anyStatus = fc.constantFrom(...reviewStatuses)
const moving: readonly string[] = Object.keys(reviewTransitions)

it('reaches every status from the beginning, and leaves an agreement out by its reason alone', () => {
  const reached = new Set<string>(['none'])
  for (let round = 0; round < reviewStatuses.length; round += 1)
    for (const { from, to } of Object.values(reviewTransitions))
      if (from.some((status) => reached.has(status))) reached.add(to)
  expect([...reached].sort()).toEqual(reviewStatuses.filter((status) => status !== 'not-asked').toSorted())
  const { agreement } = svendborg
  const left = (leftOut: 'incomplete' | null) =>
    new ReviewWorld().commit(
      prepare(noReview, {
        agreement: agreement.id,
        year: 2014,
        content: agreement,
        signedOn: '2012-11-12',
        leftOut,
        parties: [{ municipality: '479', role: 'lead' }],
      }),
    ).state.status
  expect([left('incomplete'), left(null)]).toEqual(['not-asked', 'preparing'])
})

it('names only statuses that exist, and only events that exist', () => {
  const statuses: readonly string[] = reviewStatuses
  for (const { from, to } of Object.values(reviewTransitions))
    expect([...from, to].filter((status) => !statuses.includes(status))).toEqual([])
  expect(moving.filter((type) => !types.some((known) => known === type))).toEqual([])
})

it('moves by no event that may not happen', () => {
  fc.assert(
    fc.property(anyStatus, anyType, (status, type) => {
      const after = statusAfter(status, type)
      if (!mayHappen(status, type) || !moving.includes(type)) expect(after).toBe(status)
      else expect(reviewTransitions[type as keyof typeof reviewTransitions].to).toBe(after)
    }),
  )
})

it('keeps closed closed whatever comes, unless a person reopens it', () => {
  fc.assert(
    fc.property(fc.array(anyType), (events) => {
      const others = events.filter((type) => type !== 'Reopened')
      expect(others.reduce<ReviewStatus>((now, type) => statusAfter(now, type), 'closed')).toBe('closed')
    }),
  )
  expect(statusAfter('closed', 'Reopened')).toBe('collected')
})

it.each(['stopped', 'not-asked'] as const)('never leaves %s', (status) => {
  fc.assert(
    fc.property(fc.array(anyType), (events) => {
      expect(events.reduce<ReviewStatus>((now, type) => statusAfter(now, type), status)).toBe(status)
    }),
  )
})

it('finally assesses nothing that was not approved', () => {
  fc.assert(
    fc.property(fc.array(anyType, { maxLength: 40 }), (events) => {
      let status = statusAfter('none', 'ReviewPrepared')
      let approved = false
      for (const type of events) {
        const before = status
        status = statusAfter(status, type)
        if (status === 'approved') approved = true
        if (status === 'collected') approved = false
        if (status === 'assessed' && before !== 'assessed') expect(approved).toBe(true)
      }
      expect(reviewStatuses).toContain(status)
    }),
    { numRuns: 500 },
  )
})
