import { describe, expect, it } from 'vitest'
import { agreementContentSchema } from '../../../functions/domain/agreement/content.ts'
import { takeObservations } from '../../../functions/domain/review/decide/observe.ts'
import type { Observation } from '../../../functions/domain/judging/assessment.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { allFigures, number, on, requested, type ReviewWorld } from './review-world.ts'

/** The sample agreement whose first assumption, of M1 and observed by the ministry, is valid in 2014 too. */
const content = agreementContentSchema.parse({
  ...svendborg.agreement,
  assumptions: svendborg.agreement.assumptions.map((one) =>
    one.key === 'FS1' ? { ...one, years: [2014, 2015] } : one,
  ),
})
const observed = (value: string, year = 2014, knownOn = '2015-03-11'): Observation => ({
  assumption: 'FS1',
  value,
  knownOn,
  validFrom: `${year}-01-01`,
  validTo: `${year}-12-31`,
  source: 'KL',
})
/** M1 is not met; its assumption's reference is 53, the limit 40 percent. */
const drafted = (): ReviewWorld =>
  requested(content)
    .until(on('2015-02-10'))
    .mail({ values: { ...allFigures, 'M1 heraf': number(50), FS2: number(60) } })
    .pass(on('2015-03-10'))
const m1 = (world: ReviewWorld) => world.state.draft?.assessment.targets.find(({ key }) => key === 'M1')
const tell = (world: ReviewWorld, ...observations: Observation[]) => {
  world.observations = observations
  return takeObservations(world.state, observations, 'kvote/FS1')
}
const nothing = { ok: true, events: [] }
const superseded = { ok: true, events: [{ type: 'DraftSuperseded', cause: 'observation', mailKey: null }] }

describe('an observation after the draft', () => {
  it('that changes what the draft says takes it away, and what comes of it is heard', () => {
    const world = drafted()
    expect(m1(world)?.verdict).toBe('not-met')
    world.recommend().approve().work()
    const decision = tell(world, observed('160'))
    expect(decision).toMatchObject(superseded)
    world.commit(decision).work()
    expect(m1(world)).toMatchObject({ verdict: 'not-met-assumption-failed', failedAssumptions: ['FS1'] })
    expect(world.state.draft?.hearing).toBe(true)
    expect(tell(world, observed('160'))).toEqual(nothing)
  })

  it('of another period, within the limit, or of no target of the year changes nothing', () => {
    const world = drafted()
    expect(tell(world, observed('160', 2015))).toEqual(nothing)
    expect(tell(world, observed('55'))).toEqual(nothing)
    expect(tell(world, { ...observed('160'), assumption: 'FS9' })).toEqual(nothing)
  })

  it('that corrects an earlier one counts as well', () => {
    const world = drafted()
    world.commit(tell(world, observed('160'))).work()
    expect(tell(world, observed('160'), observed('54', 2014, '2015-03-12'))).toMatchObject(superseded)
  })

  it('leaves the municipality’s own value alone, and a draft that is made anew in any case', () => {
    const world = drafted()
    expect(tell(world, { ...observed('160'), assumption: 'FS2' })).toEqual(nothing)
    world.person({ do: 'ask', questionId: 'q-1', party: '479', keys: ['M1 i alt'], text: 'Hvordan?' })
    expect(tell(world, observed('160'))).toEqual(nothing)
  })

  it('after the final assessment asks once whether to reopen, when a verdict would be another', () => {
    const world = drafted().recommend().approve().work().pass(on('2015-03-26'))
    expect(world.state.finals).toHaveLength(1)
    expect(tell(world, observed('55'))).toEqual(nothing)
    world.commit(tell(world, observed('160')))
    expect(world.state.reopen).toEqual({ mailKey: 'observation/kvote/FS1', decided: false })
    expect(tell(world, observed('160'))).toEqual(nothing)
  })

  it('before the draft needs nothing: the draft is made with it', () => {
    const world = requested(content)
    expect(tell(world, observed('160'))).toEqual(nothing)
  })
})
