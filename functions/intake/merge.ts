import type { Answer, Doubt } from '../domain/casefile/reading.ts'
import type { Finding, LineDoubt } from './line/key-index.ts'

/** What one part of a mail (text, HTML, workbook) says, one entry a key. */
export interface PartRead {
  readonly answers: readonly Answer[]
  readonly doubts: readonly Doubt[]
}

/** One finding as it concerns one field. */
interface Entry {
  readonly rank: number
  readonly answer: Answer | null
  readonly doubt: Doubt | null
}

/** Whether two answers say the same; text is compared without blanks. */
export const sameAnswer = (a: Answer, b: Answer): boolean =>
  a.value.is === 'text' && b.value.is === 'text'
    ? a.text.replace(/\s+/gu, '') === b.text.replace(/\s+/gu, '')
    : JSON.stringify(a.value) === JSON.stringify(b.value)

/** A value in words for a question that lists two of them. */
export const shownValue = (answer: Answer): string =>
  answer.value.is === 'number' ? answer.value.value : answer.written

const entriesOf = (finding: Finding, rank: number): readonly (readonly [string, Entry])[] => {
  const { read, target, at } = finding
  if (read.as === 'doubt') {
    const key = read.kind === 'share-only' ? (/^M\d+/u.exec(target.key)?.[0] ?? target.key) : target.key
    return [
      [
        key,
        {
          rank,
          answer: null,
          doubt: { kind: read.kind, key, written: read.written, details: read.details, at },
        },
      ],
    ]
  }
  const entry = (key: string, value: Answer['value'], text: string): readonly [string, Entry] => [
    key,
    { rank, answer: { key, value, text, written: read.written, at }, doubt: null },
  ]
  if (target.pair === null) return read.as === 'value' ? [entry(target.key, read.value, read.text)] : []
  if (read.as === 'pair')
    return [
      entry(target.pair.total, { is: 'number', value: read.total }, ''),
      entry(target.pair.ofWhich, { is: 'number', value: read.ofWhich }, read.note),
    ]
  return [entry(target.pair.total, read.value, read.text), entry(target.pair.ofWhich, read.value, read.text)]
}

const twoValues = (key: string, first: Answer, second: Answer): Doubt => ({
  kind: 'two-values',
  key,
  written: second.written,
  details: { first: shownValue(first), second: shownValue(second) },
  at: second.at,
})

const settle = (key: string, entries: readonly Entry[]): PartRead => {
  const nearest = entries.reduce((least, { rank }) => Math.min(least, rank), Infinity)
  const here = entries.filter(({ rank }) => rank === nearest)
  const doubts = here.flatMap(({ doubt }) => (doubt === null ? [] : [doubt]))
  if (doubts.length > 0) return { answers: [], doubts: doubts.slice(0, 1) }
  const answers = here.flatMap(({ answer }) => (answer === null ? [] : [answer]))
  const [first] = answers
  if (first === undefined) return { answers: [], doubts: [] }
  const other = answers.find((answer) => !sameAnswer(answer, first))
  if (other === undefined) return { answers: [first], doubts: [] }
  if (first.value.is !== 'text' || other.value.is !== 'text')
    return { answers: [], doubts: [twoValues(key, first, other)] }
  const texts = [...new Set(answers.map(({ text }) => text))]
  return { answers: [{ ...first, text: texts.join('\n') }], doubts: [] }
}

/**
 * One answer or one doubt a key. The nearest to the sender counts: the own text and what was written inside
 * our letter before quotations of older mails (MAIL 53); two values at the same place are asked.
 *
 * @param oursAt the depths at which the quoted text is a letter of ours
 */
export const mergeFindings = (
  findings: readonly Finding[],
  lineDoubts: readonly LineDoubt[],
  oursAt: ReadonlySet<number>,
): PartRead => {
  const rankOf = (level: number): number => (level === 1 && oursAt.has(1) ? 0 : level)
  const byKey = new Map<string, Entry[]>()
  for (const finding of findings)
    for (const [key, entry] of entriesOf(finding, rankOf(finding.level))) {
      const entries = byKey.get(key)
      if (entries === undefined) byKey.set(key, [entry])
      else entries.push(entry)
    }
  const parts = [...byKey].map(([key, entries]) => settle(key, entries))
  const asked = lineDoubts
    .filter(({ level }) => rankOf(level) === 0)
    .map(({ kind, key, written, details, at }) => ({ kind, key, written, details, at }))
  return {
    answers: parts.flatMap(({ answers }) => answers),
    doubts: [...parts.flatMap(({ doubts }) => doubts), ...distinct(asked)],
  }
}

/** One question a key; a misspelt or unknown key is a question of its own. */
const nameOf = ({ kind, key, written }: Doubt): string =>
  key === '' || kind === 'near-key' ? `${kind} ${key} ${written}` : `${kind} ${key}`

const distinct = (doubts: readonly Doubt[]): readonly Doubt[] => [
  ...new Map(doubts.map((doubt) => [nameOf(doubt), doubt])).values(),
]

/** Doubts about how the value stands there: a text part that shows it without its cells or dates is no answer. */
const ofLayout: ReadonlySet<string> = new Set(['two-values', 'other-year', 'a-date', 'scale', 'other-unit'])

/** Whether an answer from a table's column is one of the values the text part could not tell apart. */
const isOneOf = (doubt: Doubt | undefined, answer: Answer): boolean =>
  doubt?.kind === 'two-values' &&
  answer.at.part === 'table' &&
  Object.values(doubt.details).includes(shownValue(answer))

/**
 * Joins what two parts of one mail say. The same is said once, with the first part's place; what differs is
 * asked: `two-values` between text and HTML, `body-sheet` between mail and workbook (MAIL 61, 92).
 */
export const joinParts = (first: PartRead, second: PartRead, kind: 'two-values' | 'body-sheet'): PartRead => {
  const answers = new Map(first.answers.map((answer) => [answer.key, answer]))
  const doubts = new Map(first.doubts.map((doubt) => [nameOf(doubt), doubt]))
  const doubted = new Set(first.doubts.map(({ key }) => key))
  for (const answer of second.answers) {
    const known = answers.get(answer.key)
    if (known === undefined) {
      const asked = doubts.get(`two-values ${answer.key}`)
      const isTold = kind === 'two-values' && isOneOf(asked, answer)
      if (isTold) doubts.delete(`two-values ${answer.key}`)
      if (isTold || !doubted.has(answer.key)) answers.set(answer.key, answer)
    } else if (!sameAnswer(known, answer) && known.value.is !== 'text') {
      answers.delete(answer.key)
      doubts.set(`${kind} ${answer.key}`, {
        kind,
        key: answer.key,
        written: answer.written,
        details: { first: shownValue(known), second: shownValue(answer) },
        at: answer.at,
      })
    }
  }
  for (const doubt of second.doubts) {
    if (kind === 'two-values' && answers.has(doubt.key) && !ofLayout.has(doubt.kind)) continue
    answers.delete(doubt.key)
    const name = nameOf(doubt)
    if (!doubts.has(name)) doubts.set(name, doubt)
  }
  return { answers: [...answers.values()], doubts: [...doubts.values()] }
}

/** A share whose part is larger than its whole is asked, never swapped silently (MAIL 114). */
export const askSwapped = (
  part: PartRead,
  pairs: readonly { readonly key: string; readonly total: string; readonly ofWhich: string }[],
): PartRead => {
  const value = (key: string): Answer | undefined => part.answers.find((answer) => answer.key === key)
  const swapped = pairs.flatMap((pair) => {
    const total = value(pair.total)
    const ofWhich = value(pair.ofWhich)
    if (total?.value.is !== 'number' || ofWhich?.value.is !== 'number') return []
    if (BigInt(ofWhich.value.value) <= BigInt(total.value.value)) return []
    const details = { total: total.value.value, ofWhich: ofWhich.value.value }
    return [
      {
        pair,
        doubt: {
          kind: 'swapped',
          key: pair.key,
          written: ofWhich.written,
          details,
          at: ofWhich.at,
        } satisfies Doubt,
      },
    ]
  })
  const dropped = new Set(swapped.flatMap(({ pair }) => [pair.total, pair.ofWhich]))
  return {
    answers: part.answers.filter(({ key }) => !dropped.has(key)),
    doubts: [...part.doubts, ...swapped.map(({ doubt }) => doubt)],
  }
}
