import type { TargetPlan } from './build-target.ts'

/** What one of the sample's agreements is. Who plays what in its year stands in `set/players.json`. */
export interface CastMember {
  /** Kommunekoder, the lead (tovholderkommune) first. */
  readonly codes: readonly string[]
  readonly kind: 'resultatkontrakt' | 'partnerskabsaftale'
  readonly targets: readonly TargetPlan[]
  /** The second assumption, valid in 2014; none when left out. `change` is the reported change in percent. */
  readonly second?:
    | { readonly is: 'target-group'; readonly bearsOn: readonly string[]; readonly change: number }
    | { readonly is: 'unemployment'; readonly bearsOn: readonly string[] }
  readonly language?: 'en'
  /** Nobody ever reports, or a member never does: no figure, no verdict. */
  readonly silent?: readonly string[]
}

const plan = (
  template: TargetPlan['template'],
  outcome: TargetPlan['outcome'],
  weight: number,
  more: Omit<TargetPlan, 'template' | 'outcome' | 'weight'> = {},
): TargetPlan => ({ template, outcome, weight, ...more })

const contract = (
  code: string,
  targets: readonly TargetPlan[],
  more: Partial<CastMember> = {},
): CastMember => ({
  codes: [code],
  kind: 'resultatkontrakt',
  targets,
  ...more,
})
const partnership = (
  code: string,
  targets: readonly TargetPlan[],
  more: Partial<CastMember> = {},
): CastMember => ({
  ...contract(code, targets, more),
  kind: 'partnerskabsaftale',
})
const group = (change: number, ...bearsOn: readonly string[]): NonNullable<CastMember['second']> => ({
  is: 'target-group',
  bearsOn,
  change,
})

/**
 * The agreements in force on 31 December 2014, but for Svendborg's, which the sample of mail/README.md (LETTERS 6)
 * describes.
 */
export const cast: readonly CastMember[] = [
  contract('410', [plan('jobOrOffer', 'met', 50), plan('weeksToOffer', 'met', 50)], {
    second: group(8, 'M1'),
  }),
  partnership(
    '420',
    [plan('youthEducation', 'partlyMet', 40), plan('grade9', 'met', 40), plan('homework', 'met', 20)],
    {
      language: 'en',
    },
  ),
  contract('430', [
    plan('jobInThreeYears', 'met', 40),
    plan('danishTest', 'met', 40),
    plan('companies', 'met', 20),
  ]),
  partnership('440', [plan('absence', 'met', 60), plan('clubs', 'met', 40)]),
  contract('450', [plan('jobOrOffer', 'partlyMet', 60), plan('danishTest', 'notMet', 40)]),
  contract(
    '461',
    [
      plan('companyPlaces', 'met', 30),
      plan('jobInThreeYears', 'partlyMet', 30),
      plan('danishTest', 'met', 20),
      plan('companies', 'met', 20),
    ],
    { second: { is: 'unemployment', bearsOn: ['M1', 'M2'] } },
  ),
  contract('480', [plan('jobOrOffer', 'met', 60), plan('companies', 'notMet', 40)], {
    second: group(-6, 'M1'),
  }),
  partnership('482', [plan('absence', 'met', 50), plan('grade9', 'met', 50)], { silent: ['482'] }),
  partnership('492', [plan('clubs', 'met', 50), plan('youthEducation', 'met', 50)]),
  contract('510', [
    plan('jobOrOffer', 'met', 40),
    plan('weeksToOffer', 'notMet', 30),
    plan('companies', 'met', 30),
  ]),
  partnership('530', [plan('absence', 'partlyMet', 50), plan('homework', 'met', 50)]),
  contract('540', [plan('jobInThreeYears', 'met', 50), plan('danishTest', 'met', 50)]),
  partnership('550', [plan('grade9', 'met', 40), plan('clubs', 'notMet', 30), plan('homework', 'met', 30)]),
  contract('561', [plan('companyPlaces', 'partlyMet', 60), plan('weeksToOffer', 'met', 40)], {
    second: { is: 'unemployment', bearsOn: ['M1'] },
  }),
  partnership('563', [plan('clubs', 'met', 60), plan('homework', 'met', 40)]),
  contract('573', [plan('jobOrOffer', 'met', 50), plan('weeksToOffer', 'met', 50)]),
  // The target group grew far beyond the limit, and the waiting time with it.
  contract('575', [plan('companyPlaces', 'met', 60), plan('weeksToOffer', 'notMet', 40)], {
    second: group(55, 'M2'),
  }),
  partnership('580', [plan('youthEducation', 'met', 50), plan('housing', 'met', 50)]),
  partnership('607', [
    plan('grade9', 'notMet', 40),
    plan('absence', 'partlyMet', 40),
    plan('homework', 'met', 20),
  ]),
  contract(
    '621',
    [plan('jobInThreeYears', 'met', 40), plan('danishTest', 'met', 30), plan('companies', 'met', 30)],
    {
      second: group(12, 'M1'),
    },
  ),
  contract(
    '630',
    [plan('jobOrOffer', 'met', 40), plan('weeksToOffer', 'met', 30), plan('danishTest', 'met', 30)],
    {
      second: group(21, 'M1', 'M2'),
    },
  ),
  partnership('773', [plan('clubs', 'met', 50), plan('homework', 'notMet', 50)]),
  partnership('787', [plan('youthEducation', 'met', 60), plan('absence', 'met', 40)]),
  {
    codes: ['810', '813', '825'],
    kind: 'partnerskabsaftale',
    targets: [
      plan('clubs', 'met', 40),
      plan('youthEducation', 'met', 40, { reportedBy: ['810', '813'] }),
      plan('homework', 'met', 20, { reportedBy: ['810'] }),
    ],
    silent: ['825'],
  },
  contract('820', [
    plan('jobOrOffer', 'met', 40),
    plan('weeksToOffer', 'met', 30),
    plan('companies', 'met', 30),
  ]),
  contract('840', [
    plan('jobOrOffer', 'met', 40),
    plan('companies', 'met', 30),
    plan('danishTest', 'met', 30, { availableOn: '2015-05-04' }),
  ]),
  contract('846', [plan('companyPlaces', 'met', 50), plan('weeksToOffer', 'met', 50)]),
  contract('849', [plan('companyPlaces', 'partlyMet', 50), plan('danishTest', 'met', 50)]),
  contract(
    '851',
    [
      plan('companyPlaces', 'met', 30),
      plan('jobInThreeYears', 'met', 30),
      plan('weeksToOffer', 'met', 20),
      plan('danishTest', 'notMet', 20),
    ],
    { second: group(15, 'M2') },
  ),
  contract('860', [
    plan('companyPlaces', 'met', 50),
    plan('jobOrOffer', 'met', 30),
    plan('companies', 'met', 20),
  ]),
]

/** Agreements of 2015, signed after the measuring date by municipalities that have an older one too. */
export const lateAgreements = [
  {
    code: '580',
    signedOn: '2015-04-15',
    targets: [plan('jobOrOffer', 'met', 60), plan('weeksToOffer', 'met', 40)],
  },
  {
    code: '621',
    signedOn: '2015-05-06',
    targets: [plan('companyPlaces', 'met', 50), plan('danishTest', 'met', 50)],
  },
] as const
