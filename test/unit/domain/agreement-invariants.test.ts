import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AgreementState, agreementFolding } from '../../../functions/domain/agreement/state.ts'
import { contentForYear } from '../../../functions/domain/agreement/versions.ts'
import { decideAny, foldAgreement, hash, type Asked } from '../../support/judging/agreement-world.ts'
import { facts, after, draft, contacts, sign, observe, wish, rider } from './agreement-course.ts'

describe('for every course of events', () => {
  const commands: readonly Asked[] = [
    draft,
    contacts,
    sign,
    { do: 'open-year', year: 2014 },
    { do: 'open-year', year: 2015 },
    observe('FS1', '160', 2015),
    observe('FS2', '83', 2014),
    observe('FS2', '61', 2014),
    wish,
    { ...wish, triggerId: 'mail-2' },
    { do: 'settle', seq: 1, outcome: 'declined' },
    { do: 'settle', seq: 2, outcome: 'lapsed' },
    rider(),
    rider({ seq: 2, riderNumber: 2, effectiveFrom: '2015-10-01', contentHash: hash('d') }),
    { do: 'terminate-agreement', on: '2015-06-30', reason: 'opsagt' },
  ]
  const course = fc.array(fc.constantFrom(...commands), { maxLength: 25 })
  const tried = (state: AgreementState, command: Asked) => {
    const decision = decideAny(state, command, facts)
    return decision.ok ? foldAgreement(state, decision.events) : state
  }
  const start = () => after([draft, contacts])

  test('a command that has had its effect has none the second time', () => {
    fc.assert(
      fc.property(course, (list) => {
        let state = start()
        for (const command of list) {
          const decision = decideAny(state, command, facts)
          if (!decision.ok) continue
          state = foldAgreement(state, decision.events)
          const again = decideAny(state, command, facts)
          // Undone by nothing but a later command: the repetition is empty, or refused for what came of it.
          expect(again.ok ? again.events : []).toEqual([])
        }
      }),
    )
  })

  test('there is at most one open question, versions follow each other, an opened year keeps its content', () => {
    fc.assert(
      fc.property(course, (list) => {
        let state = start()
        for (const command of list) {
          const before = state.openedYears.map(({ year }) => [year, contentForYear(state, year)] as const)
          state = tried(state, command)
          expect(state.questions.filter((one) => one.outcome === null).length).toBeLessThanOrEqual(1)
          const days = state.versions.map((one) => one.effectiveFrom)
          expect(days.toSorted()).toEqual(days)
          expect(state.versions.map((one) => one.version)).toEqual(days.map((_, index) => index + 1))
          if (command.do === 'take-rider')
            for (const [year, then] of before) expect(contentForYear(state, year)).toEqual(then)
        }
      }),
    )
  })

  test('an erased private part changes no state', () => {
    fc.assert(
      fc.property(course, (list) => {
        let [whole, erased] = [start(), start()]
        for (const command of list) {
          const decision = decideAny(whole, command, facts)
          if (!decision.ok) continue
          const bare = decision.events.map((event) => {
            const { private: _, ...rest } = { private: undefined, ...event }
            return agreementFolding.eventSchema.parse(rest)
          })
          whole = foldAgreement(whole, decision.events)
          erased = foldAgreement(erased, bare)
        }
        expect(erased).toEqual(whole)
      }),
    )
  })
})
