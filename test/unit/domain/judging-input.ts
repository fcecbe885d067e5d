import { assessmentInputSchema } from '../../../functions/domain/judging/assessment.ts'
import type { AssessmentInput } from '../../../functions/domain/judging/assessment.ts'
import { targetSchema } from '../../../functions/domain/agreement/content.ts'
import type { Target } from '../../../functions/domain/agreement/content.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'

/** The assessment of LETTERS 6: 61 of 134, 24,5 weeks, yes on 14 November 2014, FS2 observed at 83. */
export const svendborgInput = (): AssessmentInput =>
  assessmentInputSchema.parse({
    ruleVersion: 'r2',
    agreement: svendborg.agreement.id,
    year: 2014,
    targets: svendborg.agreement.targets,
    assumptions: svendborg.agreement.assumptions,
    figures: [
      {
        target: 'M1',
        municipality: '479',
        given: { given: 'measured', measured: { numerator: '61', denominator: '134' } },
      },
      { target: 'M2', municipality: '479', given: { given: 'measured', measured: { value: '24.5' } } },
      {
        target: 'M3',
        municipality: '479',
        given: { given: 'measured', measured: { met: true, on: '2014-11-14' } },
      },
    ],
    observations: [
      {
        assumption: 'FS2',
        value: '83',
        knownOn: '2015-02-24',
        validFrom: '2014-01-01',
        validTo: '2014-12-31',
        source: 'kommunens indberetning',
      },
    ],
  })

/** A share target from 40 to 60 percent, reported by 479, with the changes given. */
export const shareTarget = (changes: Partial<Target> = {}): Target =>
  targetSchema.parse({
    ...svendborg.agreement.targets[0],
    weight: 100,
    minimumDenominator: 0,
    baseline: { year: 2012, measured: { numerator: '40', denominator: '100' }, source: 'prøve' },
    targets: [{ year: 2014, value: '60' }],
    history: [],
    ...changes,
  })

/** Figures for one target: a pair of counts by municipality. */
export const inputFor = (
  target: Target,
  counts: Readonly<Record<string, readonly [number, number] | 'not-available'>>,
  rest: Partial<AssessmentInput> = {},
): AssessmentInput =>
  assessmentInputSchema.parse({
    ruleVersion: 'r2',
    agreement: 'proeve-rk',
    year: 2014,
    targets: [target],
    assumptions: [],
    figures: Object.entries(counts).map(([municipality, pair]) => ({
      target: target.key,
      municipality,
      given:
        pair === 'not-available'
          ? { given: 'not-available' }
          : { given: 'measured', measured: { numerator: String(pair[0]), denominator: String(pair[1]) } },
    })),
    observations: [],
    ...rest,
  })
