import type { KeyTarget } from './key-index.ts'

/** How a value is set off from its key. */
export interface Separated {
  /** How the value is set off: an explicit sign, a dash, blanks, or nothing follows. */
  readonly separator: 'explicit' | 'dash' | 'blank' | 'none'
  /** An unknown label between key and separator. */
  readonly label: string
  readonly rest: string
}

/** Where the sign that sets a value off ends: colons or equals signs with an arrow's head, or a tab; -1 when none stands here. */
const separatorEnd = (text: string, at: number): number => {
  if (text[at] === '\t') return at + 1
  let end = at
  while (text[end] === ':' || text[end] === '=') end += 1
  if (end === at) return -1
  return text[end] === '>' ? end + 1 : end
}

const brackets = /^(?:\([^()]*\)|\[[^[\]]*\])/u

/** Where the labels end that may begin here: brackets, the unit, the titles. */
const labelEnds = (text: string, at: number, labels: readonly string[]): readonly number[] => {
  const sign = text[at]
  const bracketed = sign === '(' || sign === '[' ? (brackets.exec(text.slice(at))?.[0].length ?? 0) : 0
  return [
    ...(bracketed > 0 ? [at + bracketed] : []),
    ...labels.flatMap((label) =>
      text.slice(at, at + label.length).toLowerCase() === label ? [at + label.length] : [],
    ),
  ]
}

/** Where an explicit separator ends, after nothing but labels we know; -1 when there is none. No pattern: it would be another for every target. */
const explicitEnd = (text: string, from: number, labels: readonly string[]): number => {
  const end = separatorEnd(text, from)
  if (end !== -1) return end
  for (const after of labelEnds(text, from, labels)) {
    const found = explicitEnd(text, skip(text, after, ' '), labels)
    if (found !== -1) return found
  }
  return -1
}

const skip = (text: string, from: number, signs: string): number => {
  let at = from
  while (at < text.length && signs.includes(text[at] ?? '')) at += 1
  return at
}

const labelsOf = ({ shape, titles }: KeyTarget): readonly string[] =>
  [shape.unit, ...titles].flatMap((label) => (label.trim() === '' ? [] : [label.toLowerCase()]))

/** What follows a key: the sign, the label before it and the rest; null when a word goes on. */
export const separate = (after: string, target: KeyTarget): Separated | null => {
  const emphasised = after.slice(skip(after, 0, '*'))
  if (emphasised.trim() === '') return { separator: 'none', label: '', rest: '' }
  const explicit = explicitEnd(emphasised, skip(emphasised, 0, ' .'), labelsOf(target))
  if (explicit !== -1) return { separator: 'explicit', label: '', rest: emphasised.slice(explicit) }
  const dash = /^\s*(?:[-–—]+>?|→|\.{2,}|…+)(?=\s|\d)/u.exec(emphasised)
  if (
    dash !== null &&
    (/^[-–—→.…]/u.test(emphasised) || /\s$/u.test(emphasised.slice(0, dash[0].length + 1)))
  )
    return { separator: 'dash', label: '', rest: emphasised.slice(dash[0].length) }
  const labelled = /^ +([^:=\t]{1,60}?)\s*(?:[:=]|\t)(.*)$/u.exec(emphasised)
  if (labelled?.[1] !== undefined && /^\p{L}/u.test(labelled[1]))
    return { separator: 'explicit', label: labelled[1], rest: labelled[2] ?? '' }
  return /^\s/u.test(emphasised) ? { separator: 'blank', label: '', rest: emphasised } : null
}
