import { hearingEnd } from '../domain/base/calendar.ts'
import { printDate, printKroner, printWeekdayDate } from '../domain/base/danish.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import { lettersTo } from '../domain/casefile/letters.ts'
import { advanceCitation } from '../domain/agreement/content.ts'
import { frameFor, framesInForce } from '../domain/money/frames.ts'
import { moneyLetters, type Breach, type MoneyCase, type MoneyKind } from '../domain/review/slices/money.ts'
import { capitalised, contractOf, type CaseFacts } from './case-facts.ts'
import { declareLetter, toMunicipality, type ReviewLetter } from './declared-letter.ts'
import type { LetterBody, LetterDraft } from './letter.ts'
import { letterInWords } from './wording.ts'
import { clause } from './phrases.ts'

/** What both letters on money say of the decision. */
interface MoneyMatter {
  readonly facts: CaseFacts
  readonly kind: MoneyKind
  readonly forYear: number
  /** Whole kroner, exact text. */
  readonly kroner: string
  readonly breach: Breach | null
  /** Act, note or clause: the caseworker's words. */
  readonly legalGround: string
  /** A clause after »at«: the caseworker's words. */
  readonly reasons: string
}

export interface IntendedDecisionData extends MoneyMatter {
  readonly dueOn: string
}

export interface MoneyDecisionData extends MoneyMatter {
  /** No Finance Act for the year is passed. */
  readonly reserved: boolean
  /** Ground of an advance as the Budgetvejledning of its edition has it; null for everything else. */
  readonly advanceRule: string | null
  /** What was intended first, and what came of it; null where nobody was to be heard. */
  readonly hearing: {
    readonly intendedOn: string
    /** Dates on which comments came. */
    readonly commentsOn: readonly string[]
    /** How they were weighed: the caseworker's words, a whole sentence. */
    readonly heard: string
  } | null
  /** What was intended is not decided, for this reason. */
  readonly dropped: string | null
  /** The line on complaint from the ministry's configuration; empty unless it has been filled in. */
  readonly complaint: string
}

const sentence = (text: string): string => `${clause(text)}.`

/** What is decided, as a clause after »at« or "that". */
const what = ({ kind, forYear, kroner }: MoneyMatter, language: Language): string => {
  const amount = printKroner(kroner, language)
  if (language === 'en')
    return {
      commitment: `the municipality is committed ${amount} for ${forYear}`,
      refusal: `the municipality is not committed ${amount} for ${forYear}`,
      advance: `${amount} of the grant for ${forYear} is paid in advance`,
      lapse: `the commitment of ${amount} for ${forYear} lapses`,
      repayment: `the municipality repays ${amount} of the grant for ${forYear}`,
    }[kind]
  return {
    commitment: `kommunen får tilsagn om ${amount} for ${forYear}`,
    refusal: `kommunen ikke får tilsagn om ${amount} for ${forYear}`,
    advance: `${amount} af tilskuddet for ${forYear} udbetales forskudsvis`,
    lapse: `tilsagnet om ${amount} for ${forYear} bortfalder`,
    repayment: `kommunen tilbagebetaler ${amount} af tilskuddet for ${forYear}`,
  }[kind]
}

const breachWords: Readonly<Record<Breach, Readonly<Record<Language, string>>>> = {
  'not-started': {
    da: 'aktiviteten er ikke begyndt inden for seks måneder',
    en: 'the activity has not begun within six months',
  },
  unused: { da: 'midlerne er ikke brugt', en: 'the money has not been spent' },
  'outside-budget': {
    da: 'midlerne er brugt til andet end det, budgettet omfatter',
    en: 'the money has been spent on what the budget does not hold',
  },
  'account-missing': {
    da: 'det reviderede regnskab foreligger ikke',
    en: 'the revised account has not been received',
  },
  'other-condition': {
    da: 'et andet vilkår for tilskuddet er ikke opfyldt',
    en: 'another condition of the grant is not fulfilled',
  },
}

const subjects: Readonly<Record<MoneyKind, Readonly<Record<Language, string>>>> = {
  commitment: { da: 'tilsagn', en: 'commitment' },
  refusal: { da: 'afslag på tilskud', en: 'refusal of a grant' },
  advance: { da: 'forskud', en: 'advance payment' },
  lapse: { da: 'bortfald af tilsagn', en: 'lapse of a commitment' },
  repayment: { da: 'tilbagebetaling', en: 'repayment' },
}

/** A breach of a condition, and never an unmet target, is what takes money back. */
const breachText = ({ breach }: MoneyMatter, language: Language): readonly string[] =>
  breach === null
    ? []
    : language === 'da'
      ? [
          `Vilkåret, der ikke er opfyldt: ${breachWords[breach].da}. Afgørelsen beror ikke på, om aftalte mål er opfyldt.`,
        ]
      : [
          `The condition not fulfilled: ${breachWords[breach].en}. The decision does not depend on whether agreed targets were met.`,
        ]

/** L14, an adverse decision: told first, so that the municipality may comment. Silence is no consent. */
export const intendedDecision = (data: IntendedDecisionData): LetterBody => {
  const { facts, forYear, dueOn, kind } = data
  const agreement = (language: Language) => contractOf({ ...facts, language }, 'end')
  return letterInWords('intended-decision', facts, {
    da: {
      subject: `påtænkt afgørelse om ${subjects[kind].da} for ${forYear}, frist ${printDate(dueOn, 'da')}`,
      title: `Påtænkt afgørelse om ${subjects[kind].da}`,
      body: [
        `Ministeriet påtænker at træffe afgørelse om, at ${what(data, 'da')}, efter ${agreement('da')}.`,
        `Afgørelsen påtænkes truffet efter ${sentence(data.legalGround)}`,
        ...breachText(data, 'da'),
        `Ministeriet lægger vægt på, at ${sentence(data.reasons)}`,
        `Kommunen kan fremkomme med bemærkninger senest ${printWeekdayDate(dueOn, 'da')} som svar på denne mail. Hører ministeriet ikke fra kommunen, træffes afgørelsen på det foreliggende grundlag; det anses ikke for et samtykke.`,
      ],
    },
    en: {
      subject: `intended decision on ${subjects[kind].en} for ${forYear}, comments by ${printDate(dueOn, 'en')}`,
      title: `Intended decision on ${subjects[kind].en}`,
      body: [
        `The ministry intends to decide that ${what(data, 'en')}, under ${agreement('en')}.`,
        `The decision is to be made under ${sentence(data.legalGround)}`,
        ...breachText(data, 'en'),
        `The ministry gives weight to this: ${sentence(data.reasons)}`,
        `The municipality may comment by ${printWeekdayDate(dueOn, 'en')} in reply to this mail. If the ministry does not hear from the municipality, it decides on what there is; silence is not taken for consent.`,
      ],
    },
  })
}

const hearingTexts = ({ hearing }: MoneyDecisionData, language: Language): readonly string[] => {
  if (hearing === null) return []
  const danish = language === 'da'
  const intended = printDate(hearing.intendedOn, language)
  if (hearing.commentsOn.length === 0)
    return [
      danish
        ? `Den påtænkte afgørelse blev sendt til kommunen den ${intended}. Der er ikke modtaget bemærkninger.`
        : `The intended decision was sent to the municipality on ${intended}. No comments were received.`,
    ]
  const dates = hearing.commentsOn.map((date) => printDate(date, language)).join(', ')
  return [
    danish
      ? `Den påtænkte afgørelse blev sendt til kommunen den ${intended}. Bemærkningerne af ${dates} er indgået i afgørelsen. ${hearing.heard === '' ? '' : sentence(hearing.heard)}`.trim()
      : `The intended decision was sent to the municipality on ${intended}. The comments of ${dates} have been considered. ${hearing.heard === '' ? '' : sentence(hearing.heard)}`.trim(),
  ]
}

const decisionText = (data: MoneyDecisionData, language: Language): readonly string[] => {
  const danish = language === 'da'
  if (data.dropped !== null)
    return [
      danish
        ? `Ministeriet træffer ikke den påtænkte afgørelse om, at ${what(data, 'da')}.`
        : `The ministry does not make the intended decision that ${what(data, 'en')}.`,
      danish
        ? `Ministeriet har lagt vægt på, at ${sentence(data.dropped)}`
        : `The ministry has given weight to this: ${sentence(data.dropped)}`,
    ]
  return [
    danish
      ? `Ministeriet har truffet afgørelse om, at ${what(data, 'da')}, efter ${contractOf(data.facts, 'end')}.`
      : `The ministry has decided that ${what(data, 'en')}, under ${contractOf(data.facts, 'end')}.`,
    danish
      ? `Afgørelsen er truffet efter ${sentence(data.legalGround)}`
      : `The decision is made under ${sentence(data.legalGround)}`,
    ...(data.advanceRule === null ? [] : [sentence(data.advanceRule)]),
    ...breachText(data, language),
    danish
      ? `Ministeriet har lagt vægt på, at ${sentence(data.reasons)}`
      : `The ministry has given weight to this: ${sentence(data.reasons)}`,
    ...(data.reserved
      ? [
          danish
            ? `${data.kind === 'commitment' ? 'Tilsagnet' : 'Beløbet'} for ${data.forYear} gives med forbehold for den nødvendige bevilling på finansloven.`
            : `It is given for ${data.forYear} on condition of the appropriation needed in the Finance Act.`,
        ]
      : []),
  ]
}

/** L14: the decision, with its legal ground, its reasons and the complaint text of the configuration. */
export const moneyDecision = (data: MoneyDecisionData): LetterBody => {
  const { facts, forYear, kind } = data
  const body = (language: Language): readonly string[] =>
    facts.language === language
      ? [
          ...decisionText(data, language),
          ...hearingTexts(data, language),
          ...(data.complaint === '' || data.dropped !== null ? [] : [data.complaint]),
        ]
      : []
  return letterInWords('decision-on-money', facts, {
    da: {
      subject: `afgørelse om ${subjects[kind].da} for ${forYear}`,
      title: `Afgørelse om ${subjects[kind].da}`,
      body: body('da'),
    },
    en: {
      subject: `decision on ${subjects[kind].en} for ${forYear}`,
      title: capitalised(`decision on ${subjects[kind].en}`),
      body: body('en'),
    },
  })
}

const moneyOf = ({ state, context }: ReviewLetter): MoneyCase => {
  const money = state.money.find(({ caseId }) => caseId === context.order.about)
  if (money === undefined) throw new Error('the decision on money is not on the record')
  return money
}

const matterOf = ({ facts }: ReviewLetter, money: MoneyCase): MoneyMatter => {
  const { kind, forYear, kroner, breach, draft } = money
  const { legalGround, reasons } = draft
  return { facts, kind, forYear, kroner, breach, legalGround, reasons }
}

/** A year whose Finance Act is passed has a frame; an installation without frames knows only the calendar. */
const isReserved = ({ context, content }: ReviewLetter, { forYear }: MoneyCase): boolean => {
  const frames = framesInForce(context.directory.frames ?? null)
  return frames === null
    ? forYear > Number(context.on.slice(0, 4))
    : frameFor(frames, { kind: content.kind, year: forYear }) === null
}

const composeMoneyDecision = (letter: ReviewLetter): LetterDraft => {
  const { state, content, context, party } = letter
  const money = moneyOf(letter)
  const gives = money.kind === 'commitment' || money.kind === 'advance'
  const advance = (content.advances ?? []).find(({ year }) => year === money.forYear)
  const intended = lettersTo(state.letters, party.municipality, 'intended-decision').find(
    ({ order }) => order.about === money.caseId,
  )
  const receivedOn = (key: string, at: string): string =>
    todayInCopenhagen(state.mails.find(({ mailKey }) => mailKey === key)?.receivedAt ?? at)
  return {
    body: moneyDecision({
      ...matterOf(letter, money),
      reserved: gives && isReserved(letter, money),
      advanceRule:
        money.kind === 'advance' && advance !== undefined
          ? `${advance.reason.replace(/\.$/u, '')}, jf. ${advanceCitation(advance)}`
          : null,
      hearing:
        money.intendedKroner === null || intended === undefined
          ? null
          : {
              intendedOn: intended.datedOn,
              commentsOn: money.comments.map(({ mailKey, at }) => receivedOn(mailKey, at)),
              heard: money.draft.heard,
            },
      dropped: money.status === 'dropped' ? money.remark : null,
      complaint: context.directory.ministry.complaint,
    }),
  }
}

export const intendedDecisionLetter = declareLetter('intended-decision', {
  name: 'Påtænkt afgørelse om tilskud',
  ...toMunicipality,
  review: {
    owed: [moneyLetters],
    compose: (letter) => {
      const dueOn = hearingEnd(letter.context.on)
      return { body: intendedDecision({ ...matterOf(letter, moneyOf(letter)), dueOn }), dueOn }
    },
  },
})

export const moneyDecisionLetter = declareLetter('decision-on-money', {
  name: 'Afgørelse om tilskud',
  ...toMunicipality,
  review: { owed: [moneyLetters], compose: composeMoneyDecision },
})
