import * as z from 'zod'
import { countSchema, dateSchema, municipalityCodeSchema } from '../../base/values.ts'
import { ruleKinds } from '../assumption-rules.ts'
import { areaSpec, choiceSpec, lineSpec, numberSpec, spec, yesNoSpec, type FieldSpec } from './field-spec.ts'
import { date, lineByLine, readNumber, words, years } from './field-text.ts'

const roleWords = { lead: 'tovholder', member: 'medlem' } as const
const roleOf = (text: string): string =>
  text === roleWords.lead ? 'lead' : text === roleWords.member ? 'member' : text

const parties = lineByLine(
  z.strictObject({
    municipality: municipalityCodeSchema,
    role: z.enum(['lead', 'member']),
    from: dateSchema,
    to: dateSchema.nullable(),
  }),
  ({ municipality, role, from, to }) =>
    `${municipality} ${roleWords[role]} fra ${from}${to === null ? '' : ` til ${to}`}`,
  (text) => {
    const [, municipality = '', role = '', from = '', to = null] =
      /^(\d{3})\s+(\S+)\s+fra\s+(\S+)(?:\s+til\s+(\S+))?$/u.exec(text) ?? []
    return { municipality, role: roleOf(role), from, to }
  },
  'en part, fx »479 tovholder fra 2013-01-01« eller »450 medlem fra 2013-01-01 til 2015-12-31«',
)

const grants = lineByLine(
  z.strictObject({ year: z.int(), kroner: countSchema }),
  ({ year, kroner }) => `${year}: ${kroner}`,
  (text) => {
    const [, year = '', kroner = ''] = /^(\d{4}):\s*(\S+)$/u.exec(text) ?? []
    return { year: Number(year), kroner: readNumber(kroner) }
  },
  'et år og et beløb i hele kroner, fx »2015: 300000«',
)

const promises = lineByLine(
  z.strictObject({ id: z.string().regex(/^L[1-9]\d?$/), text: z.string().min(1) }),
  ({ id, text }) => `${id}: ${text}`,
  (text) => {
    const [, id = '', rest = ''] = /^(\S+):\s*(.+)$/u.exec(text) ?? []
    return { id, text: rest }
  },
  'et nummer og en tekst, fx »L1: individuel rådgivning«',
)

const targetKeys = words(/^M[1-9]\d?$/u, 'mål med komma imellem, fx M1, M3')

/**
 * Every field of an agreement as a whole that a rider may change. Its id, kind, case number and first day are what
 * it is; an advance payment is a decision of its own (domain/README.md, "Decisions").
 */
export const wholeAgreementFields: readonly FieldSpec[] = [
  lineSpec('title', 'aftalens titel', "the agreement's title"),
  spec('parties', parties, 'parter', 'parties', { control: 'area' }),
  lineSpec('clauses.presentation', 'punktet om fremlæggelse og bedømmelse', 'the clause on presentation'),
  lineSpec('clauses.renegotiation', 'punktet om genforhandling', 'the clause on renegotiation'),
  spec('expiresOn', date, 'udløb', 'expiry'),
  numberSpec('scoring.minimumCoveragePct', 'mindste dækning (pct.)', 'smallest coverage (per cent)', {
    empty: 'absent',
  }),
  areaSpec('actionPlan.text', 'handlingsplan', 'action plan', { empty: 'absent' }),
  areaSpec('dissemination.text', 'formidling', 'dissemination', { empty: 'absent' }),
  spec('dissemination.plannedOn', date, 'formidling planlagt til', 'dissemination planned on', {
    empty: 'absent',
  }),
  yesNoSpec(
    'dissemination.throughExperienceBase',
    'formidling gennem Erfaringsbasen',
    'dissemination through the experience base',
    { empty: 'absent' },
  ),
  spec('promises', promises, 'ministeriets bidrag', "the ministry's contributions", { control: 'area' }),
  areaSpec('reservation', 'forbehold for bevilling', 'reservation for the appropriation', { empty: 'null' }),
]

/** Every field of an assumption that a rider may change; its type is what its key stands for. */
export const assumptionFields: readonly FieldSpec[] = [
  lineSpec('title', 'titel', 'title'),
  lineSpec('titleEn', 'titel på engelsk', 'title in English'),
  lineSpec('unit', 'enhed', 'unit'),
  choiceSpec(
    'observedBy',
    { ministry: 'ministeriet', municipality: 'kommunen' },
    'observeres af',
    'observed by',
  ),
  numberSpec('reference.value', 'referenceværdi', 'reference value'),
  spec('reference.on', date, 'referenceværdiens dato', "the reference value's date"),
  lineSpec('reference.source', 'referenceværdiens kilde', "the reference value's source"),
  yesNoSpec('reference.derived', 'referenceværdien er afledt', 'the reference value is derived'),
  choiceSpec(
    'rule.kind',
    Object.fromEntries(Object.entries(ruleKinds).map(([kind, { label }]) => [kind, label])),
    'regel',
    'rule',
  ),
  numberSpec('rule.limit', 'grænse', 'limit'),
  numberSpec('rule.minAbsolute', 'mindste ændring', 'smallest change'),
  choiceSpec(
    'rule.direction',
    { both: 'begge veje', up: 'op', down: 'ned' },
    'ændring, der tæller',
    'change that counts',
  ),
  numberSpec('rule.limitDown', 'grænse for fald', 'limit of a decrease', { empty: 'absent' }),
  spec('bearsOn', targetKeys, 'bærer mål', 'bears on targets'),
  spec('years', years, 'år', 'years'),
  areaSpec('background.da', 'baggrund', 'background', { empty: 'absent' }),
  areaSpec('background.en', 'baggrund på engelsk', 'background in English', { empty: 'absent' }),
]

/** Every field of an action that a rider may change. */
export const actionFields: readonly FieldSpec[] = [
  lineSpec('title', 'titel', 'title'),
  lineSpec('titleEn', 'titel på engelsk', 'title in English'),
  spec('grants', grants, 'tilskud (år: kroner)', 'grants (year: kroner)', { control: 'area' }),
  yesNoSpec('statusRequired', 'status skal oplyses', 'status is required'),
]
