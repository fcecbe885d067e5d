import type { AnswerValue, Provenance } from '../../domain/casefile/reading.ts'
import type { FormField } from '../../domain/form/field.ts'
import { excerpt } from '../clean-text.ts'
import { findDate } from '../value/dates.ts'
import {
  familyOf,
  isWholeNumber,
  scanLeadingKroner,
  scanNumber,
  scanUnit,
  shiftPoint,
} from '../value/number-value.ts'

/** A sentence of free text, with the place its first line stood at. */
interface Sentence {
  readonly text: string
  readonly at: Provenance
}

/** Ends of sentences: "!" and "?", a full stop after a word of four letters or more or a closed figure, and a blank line. */
const sentenceEnd = /(?<=[!?])\s+|(?<=\p{L}{4}\.|\d{2}\.|[%)]\.)\s+(?=\p{Lu})/u

/** Splits lines of free text into sentences: a sentence goes on over wrapped lines, and ends at a blank one. */
export const sentencesOf = (
  lines: readonly { readonly text: string; readonly at: Provenance }[],
): readonly Sentence[] => {
  const sentences: Sentence[] = []
  let open: Sentence | null = null
  const close = (): void => {
    if (open !== null && open.text.trim() !== '') sentences.push({ ...open, text: open.text.trim() })
    open = null
  }
  for (const { text, at } of lines) {
    if (text.trim() === '' || /^\s*(?:[-•*·]|\d{1,2}[.)])\s/u.test(text)) close()
    const parts = text.trim().split(sentenceEnd)
    parts.forEach((part, nth) => {
      if (nth > 0) close()
      open = open === null ? { text: part, at } : { ...open, text: `${open.text} ${part}` }
    })
    if (/[.!?:]$/u.test(text.trim())) close()
  }
  close()
  return sentences
}

/**
 * A figure found in free text, for a caseworker to confirm (LETTERS 3.3.14, MAIL 55). It is data to be shown and
 * nothing more: nothing counts before a person has confirmed it.
 */
export interface Proposal {
  /** The field it most likely answers; empty when the words do not say. */
  readonly key: string
  /** Other fields it may answer, likeliest first. */
  readonly others: readonly string[]
  readonly value: Extract<AnswerValue, { is: 'number' }>
  /** The figure as it stands, with its unit. */
  readonly written: string
  /** The sentence it came from, whole as far as 300 characters. */
  readonly sentence: string
  readonly at: Provenance
}

export const mostProposals = 20
const mostSentence = 300

/** What is a number but no figure: a date, a time, a telephone, a law's paragraph, a year, an address, a case. */
const noFigure = [
  /\b\d{1,2}[.:]\d{2}\s*(?:-|–)\s*\d{1,2}[.:]\d{2}\b|\bkl\.?\s*\d{1,2}(?:[.:]\d{2})?/giu,
  /(?:\+\d{2}\s?)?\b\d{2}[ ]\d{2}[ ]\d{2}[ ]\d{2}\b/gu,
  /\b(?:tlf|telefon|mobil|cvr|ean|p-?nr|sags?nr|sagsnummer|j\.?\s?nr|dok|journal\w*)\b[.:\s]{0,3}[\d/ .-]{1,40}/giu,
  /§\s*\d+(?:\s*(?:stk|nr)\.?\s*\d+)*/giu,
  /\b(?:pkt|punkt|stk|nr|side|bilag|afsnit|uge|kapitel|version)\.?\s*\d+(?:\.\d+)*/giu,
  /\b(?:mål|m|fs|h|forudsætning|aktivitet)\s?\d{1,2}\b(?!\s*(?:personer|uger))/giu,
  /\b(?:19|20)\d{2}\b(?!\s*(?:personer|kr|uger))/gu,
  /\b\d{4}\s+\p{Lu}\p{L}+/gu,
]

/** The sentence with everything that is no figure blanked out, place for place. */
const figuresAlone = (sentence: string): string => {
  let rest = sentence
  for (const pattern of noFigure) rest = rest.replace(pattern, (found) => ' '.repeat(found.length))
  for (let tries = 0; tries < 10; tries += 1) {
    const date = findDate(rest)
    // `24.5 weeks` is no 24 May.
    if (date === null || /^\d+\.\d+\.?$/u.test(date.written)) break
    rest =
      rest.slice(0, date.index) +
      ' '.repeat(date.written.length) +
      rest.slice(date.index + date.written.length)
  }
  return rest
}

interface Figure {
  readonly value: string
  readonly family: string
  readonly written: string
  readonly at: number
}

const figuresIn = (sentence: string): readonly Figure[] => {
  const text = figuresAlone(sentence)
  const found: Figure[] = []
  let at = 0
  while (at < text.length && found.length < mostProposals) {
    const next = /(?<![\p{L}\p{N}.,])\d/u.exec(text.slice(at))
    if (next === null) break
    const start = at + next.index
    const number = scanNumber(text.slice(start))
    if (number.kind !== 'number') {
      at = start + (/^[\d.,]+/u.exec(text.slice(start))?.[0].length ?? 1)
      continue
    }
    const unit = scanUnit(number.rest, '')
    const kroner =
      scanLeadingKroner(text.slice(Math.max(0, start - 5))) !== null &&
      /(?:kr\.?|dkk)\s*$/iu.test(text.slice(0, start))
    const end = start + number.written.length + (unit === null ? 0 : number.rest.length - unit.rest.length)
    found.push({
      value: shiftPoint(number.value, unit?.power ?? 0),
      family: unit?.family ?? (kroner ? 'kr' : ''),
      written: excerpt(text.slice(start, end)),
      at: start,
    })
    at = Math.max(end, start + 1)
  }
  return found
}

/** Words that say nothing about which field is meant. */
const common = new Set(
  'den det der dem som med for til fra har hos var ved vil kan skal ikke eller også samt efter under over andel antal personer personerne kommune kommunen kommunens tallet tallene være blev bliver første mindst denne dette samme dag'.split(
    ' ',
  ),
)
const stem = (word: string): string => word.replace(/(?:ernes|erne|enes|ene|ens|ets|er|en|et|e|s)$/u, '')
const wordsOf = (text: string): ReadonlySet<string> =>
  new Set((text.toLowerCase().match(/\p{L}{3,}/gu) ?? []).filter((word) => !common.has(word)).map(stem))

const partWords: Readonly<Record<string, string>> = {
  cost: 'udgift udgiften udgifter forbrug forbrugt brugt omkostning kostede kostet cost spent expenditure',
  total: 'i alt samlet målgruppe målgruppen nyankomne total',
  'of-which': 'heraf job beskæftigelse tilbud praktik virksomhedsrettet employed',
}

interface Candidate {
  readonly field: FormField
  readonly words: ReadonlySet<string>
}

const candidatesOf = (form: readonly FormField[]): readonly Candidate[] =>
  form.flatMap((field): readonly Candidate[] => {
    if (!['count', 'number', 'amount'].includes(field.type)) return []
    const { subject } = field
    const own = (text: string): Candidate => ({ field, words: wordsOf(text) })
    switch (subject.of) {
      case 'target':
        return [
          own(
            `${subject.target.title} ${subject.target.titleEn} ${partWords[subject.part] ?? ''} ${subject.part === 'total' ? '' : subject.target.measurement.source}`,
          ),
        ]
      case 'assumption':
        return [own(`${subject.assumption.title} ${subject.assumption.titleEn}`)]
      case 'action':
        return [own(`${subject.action.title} ${subject.action.titleEn} ${partWords[subject.part] ?? ''}`)]
      case 'agreement':
        return [own(field.key)]
      default:
        return subject satisfies never
    }
  })

/** How well a field fits a figure: its unit must not contradict, its words add up. */
const fit = (
  { field, words }: Candidate,
  figure: Figure,
  said: ReadonlySet<string>,
  named: ReadonlySet<string>,
): number => {
  const asked = familyOf(field.unit)
  const counts = field.type === 'count' || asked === 'persons'
  if (figure.family !== '' && figure.family !== asked) return 0
  if (counts && !isWholeNumber(figure.value)) return 0
  const shared = [...words].filter((word) => said.has(word)).length
  const base = /^(?:M|FS|H)\d+/u.exec(field.key)?.[0] ?? field.key
  return (
    shared +
    (figure.family === asked && asked !== '' && asked !== 'persons' ? 2 : 0) +
    (named.has(base) ? 4 : 0)
  )
}

/** `61 af 134`: the part and the whole of a share in one sentence. */
const asShare = (figures: readonly Figure[], sentence: string): readonly [Figure, Figure] | null => {
  for (const [at, first] of figures.entries()) {
    const second = figures[at + 1]
    if (second === undefined) return null
    const between = sentence.slice(first.at + first.written.length, second.at)
    if (
      /^\s*(?:\p{L}+\s+){0,2}(?:ud af|af|of|out of)\s+(?:\p{L}+\s+){0,3}$/iu.test(between) &&
      Number(first.value) <= Number(second.value)
    )
      return [first, second]
  }
  return null
}

const namedKeys = (sentence: string): ReadonlySet<string> =>
  new Set(
    [...sentence.matchAll(/\b(m|mål|fs|forudsætning|h|aktivitet)\s?(\d{1,2})\b/giu)].map(
      ([, word = '', digits = '']) => {
        const letter = /^m/iu.test(word) ? 'M' : /^f/iu.test(word) ? 'FS' : 'H'
        return `${letter}${digits}`
      },
    ),
  )

const ofSentence = (sentence: Sentence, candidates: readonly Candidate[]): readonly Proposal[] => {
  const figures = figuresIn(sentence.text)
  if (figures.length === 0) return []
  const said = wordsOf(sentence.text)
  const named = namedKeys(sentence.text)
  const share = asShare(figures, sentence.text)
  return figures.flatMap((figure): readonly Proposal[] => {
    const part = share?.[0] === figure ? 'of-which' : share?.[1] === figure ? 'total' : null
    const likely = candidates
      .map((candidate) => ({ candidate, score: fit(candidate, figure, said, named) }))
      .filter(({ candidate: { field }, score }) =>
        part === null ? score > 0 : score > 0 && field.subject.of === 'target' && field.subject.part === part,
      )
      .toSorted((a, b) => b.score - a.score)
      .map(({ candidate }) => candidate.field.key)
    const [key = '', ...others] = likely
    // A bare number that no word ties to a field is prose: "vi er 12 i afdelingen".
    if (key === '' && (figure.family === '' || figure.family === 'percent')) return []
    return [
      {
        key,
        others: others.slice(0, 3),
        value: { is: 'number', value: figure.value },
        written: figure.written,
        sentence: sentence.text.slice(0, mostSentence),
        at: sentence.at,
      },
    ]
  })
}

/** A figure without a digit: in letters, or last year's again (MAIL 295). */
const inLetters =
  /(?<!\p{L})(?:(?:\p{L}{2,8}og)?(?:tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems)|(?:et|to|tre|fire|fem|seks|syv|otte|ni)?(?:hundrede|tusinde?)|uændre(?:t|de)|(?:den|det|de) samme|samme (?:tal|niveau|antal|som)|som sidste år|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\p{L}{3,5})?|hundred|thousand|unchanged|the same|same (?:as|number|figure)|as last year)(?!\p{L})/iu
const ofFigures =
  /(?<!\p{L})(?:tal|tallet|tallene|antal|antallet|personer|uger|kroner|kr|number|numbers|figures?|persons|weeks)(?!\p{L})/iu

/** Whether a sentence without a digit says a figure: of what the form asks for, by its words or as a number. */
const saysInLetters = (
  sentence: string,
  candidates: readonly Candidate[],
  read: ReadonlyMap<string, string>,
): boolean => {
  if (!inLetters.test(sentence)) return false
  const said = wordsOf(sentence)
  return (
    ofFigures.test(sentence) ||
    candidates.some(
      ({ field: { key, required }, words }) =>
        required && !read.has(key) && [...words].some((word) => said.has(word)),
    )
  )
}

/**
 * Sentences of the sender's own that name a key or hold a figure and were not read, beside figures that were (MAIL
 * 253). What a sentence says of figures that were read is no more than a remark.
 * @param read the figures of the same mail that were read, by key
 * @param isUnderstood what was read otherwise: a wish for more time, the size amounts are given in
 */
export const unreadSentences = (
  lines: readonly { readonly text: string; readonly at: Provenance }[],
  form: readonly FormField[],
  read: ReadonlyMap<string, string>,
  isUnderstood: (sentence: string) => boolean,
): readonly { readonly sentence: Sentence; readonly proposals: readonly Proposal[] }[] => {
  let candidates: readonly Candidate[] | undefined
  const known = new Set(read.values())
  const open = new Set(
    form.flatMap(({ key, required }) => {
      const base = /^(?:M|FS|H)\d+/u.exec(key)?.[0]
      return base === undefined || !required || read.has(key) ? [] : [base]
    }),
  )
  return sentencesOf(lines).flatMap((sentence) => {
    if (isUnderstood(sentence.text)) return []
    // A key's number is never without a digit.
    if (!/\d/u.test(sentence.text) && !inLetters.test(sentence.text)) return []
    candidates ??= candidatesOf(form)
    if (saysInLetters(sentence.text, candidates, read))
      return [{ sentence, proposals: ofSentence(sentence, candidates) }]
    const proposals = ofSentence(sentence, candidates).filter(({ value }) => !known.has(value.value))
    const isNamed = [...namedKeys(sentence.text)].some((key) => open.has(key))
    return proposals.length > 0 || isNamed ? [{ sentence, proposals }] : []
  })
}

/**
 * Figures in the sender's own words that stand under no key, each with the sentence it came from and the fields it
 * may answer. Dates, telephones, paragraphs and years are no figures; percentages of a share are not proposed,
 * since both numbers are asked.
 */
export const proposalsIn = (
  lines: readonly { readonly text: string; readonly at: Provenance }[],
  form: readonly FormField[],
): readonly Proposal[] => {
  const candidates = candidatesOf(form)
  return sentencesOf(lines)
    .flatMap((sentence) => ofSentence(sentence, candidates))
    .slice(0, mostProposals)
}
