import { describe, expect, it } from 'vitest'
import { agreementContentSchema } from '../../../functions/domain/agreement/content.ts'
import { assess } from '../../../functions/domain/judging/rule.ts'
import { assessmentSchema } from '../../../functions/domain/judging/assessment.ts'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { accept } from '../../../functions/domain/base/stream.ts'
import { atCopenhagen } from '../../../functions/domain/base/time.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase, perform } from '../../../functions/handlers/record/perform.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { shareTarget } from '../../unit/domain/judging-input.ts'
import { openReview, receiveMail } from '../console/review-record.ts'
import { openPorts } from '../../support/world.ts'
import { review, type ReviewEvent } from '../../../functions/domain/review/state.ts'
import { makeDraftAssessment } from '../../../functions/handlers/tasks/draft-assessment.ts'

/** A count of positions that runs from 2013 on; the agreement's own history says 5 for 2013. */
const running = shareTarget({
  measure: { type: 'number', unit: 'stillinger', whole: true },
  method: 'level',
  baseline: null,
  cumulativeFrom: 2013,
  targets: [
    { year: 2013, value: '5' },
    { year: 2014, value: '20' },
  ],
  history: [{ year: 2013, municipality: '479', measured: { value: '5' } }],
})
const agreement = agreementContentSchema.parse({
  ...svendborg.agreement,
  kind: 'partnerskabsaftale',
  targets: [running],
  assumptions: [],
  actionPlan: { text: 'prøve', actions: [] },
})

/** The review of 2013, finally assessed on this figure. */
const finalOf2013 = (value: string): object => {
  const assessment = assess({
    ruleVersion: 'r2',
    agreement: agreement.id,
    year: 2013,
    targets: [running],
    assumptions: [],
    figures: [{ target: 'M1', municipality: '479', given: { given: 'measured', measured: { value } } }],
    observations: [],
  })
  const subject = 'a'.repeat(64)
  return {
    type: 'Assessed',
    v: 1,
    version: 1,
    subject,
    assessment: assessmentSchema.parse(assessment),
    comments: 'none',
  }
}

const drafted = async (earlier: string | null) => {
  const ports = await openPorts('2014-12-01T08:00:00.000Z')
  if (earlier !== null)
    await perform(ports, reviewCase, reviewStream(2013, agreement.id), {
      id: 'final-2013',
      actor: { by: 'system', name: 'test' },
      decide: () => accept<ReviewEvent>(review.eventSchema.parse(finalOf2013(earlier))),
    })
  await openReview(ports, agreement)
  ports.clock.set(atCopenhagen('2015-02-10', '10:00'))
  await receiveMail(ports, agreement, {
    mailKey: 'figures',
    standing: 'counts',
    values: [
      { key: 'M1', value: { is: 'number', value: '12' }, at: { part: 'text', line: 1, segment: 'new' } },
    ],
  })
  ports.clock.set(atCopenhagen('2015-04-01', '09:00'))
  const stream = reviewStream(2014, agreement.id)
  await makeDraftAssessment(ports)({ stream, attempt: 0, entered: '2015-04-01T07:00:00.000Z' })
  return (await loadCase(ports, reviewCase, stream)).state.draft?.assessment
}

describe('the draft of a count that runs over years', () => {
  it('takes the year before as it was finally assessed, and stores it with the draft', async () => {
    const assessment = await drafted('9')
    expect(assessment?.targets[0]).toMatchObject({ actual: '21', verdict: 'met' })
    expect(assessment?.input.earlier).toEqual([
      { year: 2013, target: 'M1', municipality: '479', measured: { value: '9' } },
    ])
  })

  it('takes the agreement’s own history where no review was held', async () => {
    const assessment = await drafted(null)
    expect(assessment?.targets[0]).toMatchObject({ actual: '17', verdict: 'not-met' })
    expect(assessment?.input.earlier).toBeUndefined()
  })
})
