import type { Action, Assumption, Target } from '../agreement/content.ts'
import type { FieldType, FormField } from './field.ts'

/** The key lines of LETTERS 3.1, one constructor for each; the keys' words are written here alone. */

interface OfTheAgreement {
  readonly key: string
  readonly english: string
  readonly type: FieldType
  readonly aliases?: readonly string[]
  readonly unit?: string
  readonly required?: boolean
}

const plain = (one: OfTheAgreement): FormField => ({
  key: one.key,
  english: one.english,
  aliases: one.aliases ?? [],
  type: one.type,
  unit: one.unit ?? '',
  required: one.required ?? false,
  subject: { of: 'agreement' },
})

/** The digits of `M1`, `FS2`, `H10`. */
const digits = (key: string): string => key.replace(/^\D+/, '')

const spelled = (stems: readonly string[], endings: readonly string[]): readonly string[] =>
  stems.flatMap((stem) => endings.map((ending) => `${stem} ${ending}`.trim().toLowerCase()))

/** What stands for `M1` in an alias. */
const targetStems = (key: string): readonly string[] => [key, `mål ${digits(key)}`, `target ${digits(key)}`]

/** The aliases without the key and its twin, which are read anyway. */
const others = (aliases: readonly string[], field: { key: string; english: string }): readonly string[] => {
  const own = [field.key.toLowerCase(), field.english.toLowerCase()]
  return [...new Set(aliases)].filter((alias) => !own.includes(alias))
}

/** The line or the two lines of a target's figure. */
export const targetFields = (target: Target): readonly FormField[] => {
  const { key, measure } = target
  const stems = targetStems(key)
  if (measure.type === 'share') {
    const total = { key: `${key} i alt`, english: `${key} total` }
    const ofWhich = { key: `${key} heraf`, english: `${key} of which` }
    return [
      {
        ...total,
        aliases: others(
          spelled(stems, ['i alt', 'total', 'nævner', 'ud af', 'antal i alt', 'denominator', 'out of']),
          total,
        ),
        type: 'count',
        unit: measure.unit,
        required: true,
        subject: { of: 'target', target, part: 'total' },
      },
      {
        ...ofWhich,
        aliases: others(
          spelled(stems, ['heraf', 'of which', 'tæller', 'antal', 'numerator', 'number']),
          ofWhich,
        ),
        type: 'count',
        unit: measure.unit,
        required: true,
        subject: { of: 'target', target, part: 'of-which' },
      },
    ]
  }
  const field = { key, english: key }
  const shared = { ...field, aliases: others(spelled(stems, ['']), field), required: true } as const
  const subject = { of: 'target', target, part: 'value' } as const
  return measure.type === 'milestone'
    ? [{ ...shared, type: 'milestone', unit: '', subject }]
    : [{ ...shared, type: measure.whole ? 'count' : 'number', unit: measure.unit, subject }]
}

export const targetNoteField = (target: Target): FormField => {
  const field = { key: `${target.key} bemærkning`, english: `${target.key} note` }
  return {
    ...field,
    aliases: others(spelled(targetStems(target.key), ['bemærkning', 'note', 'kommentar', 'comment']), field),
    type: 'text',
    unit: '',
    required: false,
    subject: { of: 'target', target, part: 'note' },
  }
}

/** A counter-proposal's value, in the unit of the target's value to reach. */
export const newTargetField = (target: Target): FormField => ({
  key: `${target.key} ny målværdi`,
  english: `${target.key} new target`,
  aliases: [],
  type: target.measure.type === 'milestone' ? 'date' : 'number',
  unit:
    target.measure.type === 'share' ? 'pct.' : target.measure.type === 'number' ? target.measure.unit : '',
  required: false,
  subject: { of: 'target', target, part: 'new-target' },
})

export const assumptionField = (assumption: Assumption): FormField => ({
  key: assumption.key,
  english: assumption.key,
  aliases: spelled([`forudsætning ${digits(assumption.key)}`, `assumption ${digits(assumption.key)}`], ['']),
  type: 'number',
  unit: assumption.unit,
  required: true,
  subject: { of: 'assumption', assumption, part: 'value' },
})

export const assumptionNoteField = (assumption: Assumption): FormField => ({
  key: `${assumption.key} bemærkning`,
  english: `${assumption.key} note`,
  aliases: spelled(
    [`forudsætning ${digits(assumption.key)}`, `assumption ${digits(assumption.key)}`],
    ['bemærkning', 'note'],
  ),
  type: 'text',
  unit: '',
  required: false,
  subject: { of: 'assumption', assumption, part: 'note' },
})

export const actionCostField = (action: Action): FormField => {
  const field = { key: `${action.key} udgift`, english: `${action.key} cost` }
  const stems = [action.key, `aktivitet ${digits(action.key)}`]
  return {
    ...field,
    aliases: others(spelled(stems, ['udgift', 'cost', 'omkostning', 'forbrug', 'expenditure']), field),
    type: 'amount',
    unit: 'kr.',
    required: true,
    subject: { of: 'action', action, part: 'cost' },
  }
}

export const actionStatusField = (action: Action): FormField => ({
  key: `${action.key} status`,
  english: `${action.key} status`,
  aliases: [`aktivitet ${digits(action.key)} status`],
  type: 'status',
  unit: '',
  required: action.statusRequired,
  subject: { of: 'action', action, part: 'status' },
})

/** The keys that belong to the agreement as a whole. */
export const agreementFields = {
  dissemination: plain({ key: 'Formidling', english: 'Dissemination', type: 'text', required: true }),
  advice: plain({ key: 'Rådgivning', english: 'Advice', type: 'yes-no-text', required: true }),
  comments: plain({
    key: 'Bemærkninger',
    english: 'Comments',
    type: 'text',
    aliases: ['øvrige bemærkninger'],
  }),
  renegotiation: plain({ key: 'Genforhandling', english: 'Renegotiation', type: 'yes-no-text' }),
  experience: plain({ key: 'Erfaring', english: 'Experience', type: 'text', aliases: ['læring'] }),
  mayShare: plain({
    key: 'Erfaring må deles',
    english: 'Experience may be shared',
    type: 'yes-no',
    aliases: ['må deles'],
  }),
  approvedBy: plain({ key: 'Godkendt af', english: 'Approved by', type: 'text' }),
  reservation: plain({
    key: 'Forbehold',
    english: 'Reservation',
    type: 'yes-no-text',
    aliases: ['politisk forbehold'],
  }),
  finished: plain({ key: 'Færdig', english: 'Finished', type: 'yes-no' }),
  ministrysPart: plain({ key: 'Ministeriets bidrag', english: "Ministry's part", type: 'yes-no-text' }),
  extensionUntil: plain({
    key: 'Udsættelse til',
    english: 'Extension until',
    type: 'date',
    aliases: ['fristforlængelse', 'ny frist'],
  }),
  theirCaseNumber: plain({
    key: 'Jeres sagsnr.',
    english: 'Your case no.',
    type: 'text',
    aliases: ['vores sagsnr.', 'vores j.nr.', 'our ref.'],
  }),
  coReporter: plain({ key: 'Medindberetter', english: 'Co-reporter', type: 'emails' }),
  contact: plain({ key: 'Kontakt', english: 'Contact', type: 'person', aliases: ['ny kontakt'] }),
  deputy: plain({ key: 'Stedfortræder', english: 'Deputy', type: 'person' }),
  hearingReply: plain({
    key: 'Høringssvar',
    english: 'Hearing reply',
    type: 'hearing-reply',
    aliases: ['svar på høring'],
    required: true,
  }),
  proposalAnswer: plain({ key: 'Svar', english: 'Answer', type: 'proposal-answer', required: true }),
  reason: plain({ key: 'Begrundelse', english: 'Reason', type: 'text', aliases: ['årsag'] }),
  factCheck: plain({ key: 'Faktatjek', english: 'Fact check', type: 'fact-check', required: true }),
  totalSpent: plain({
    key: 'Forbrug i alt',
    english: 'Total spent',
    type: 'amount',
    unit: 'kr.',
    required: true,
  }),
  finalAccount: plain({
    key: 'Slutregnskab',
    english: 'Final account',
    type: 'attached-or-date',
    required: true,
  }),
  auditorsStatement: plain({
    key: 'Revisorerklæring',
    english: "Auditor's statement",
    type: 'attached-or-date',
    required: true,
  }),
} as const
