/** Words that decide how a value is read (LETTERS 3.3.5, 3.3.8; MAIL 74, 118), Danish and English. */

const hedges =
  'ca\\.?|cirka|circa|omkring|omtrent|mindst|mindste|højst|maks\\.?|max\\.?|foreløbigt?|knap|godt|næsten|over|under|mere end|færre end|flere end|op til|anslået|skønnet|skønsmæssigt|vistnok|formentlig|approx\\.?|approximately|about|around|roughly|at least|at most|nearly|almost|up to|more than|less than|preliminary|provisionally'
const hedgeBefore = new RegExp(`^(?:(?:${hedges})\\s+|[~≈<>]\\s*|ca\\.?(?=\\d))`, 'iu')
const hedgeAfter = new RegExp(`^[\\s,(]*(?:${hedges}|eller deromkring|or so|\\?)(?![\\p{L}])`, 'iu')
/** Whether an inexact word stands before a number; what follows it is given back. */
export const afterHedge = (text: string): string | null => {
  const match = hedgeBefore.exec(text)
  return match === null ? null : text.slice(match[0].length)
}
export const hedgeFollows = (rest: string): boolean => hedgeAfter.test(rest)

const notAvailable =
  /^(?:er |kunne |tallet |det )?(?:(?:er )?(?:endnu )?ikke (?:endnu )?(?:blevet )?opgjort|kan (?:endnu )?ikke (?:endnu )?opgøres|(?:det er )?ikke muligt at opgøre|foreligger (?:endnu )?ikke(?: endnu)?|uoplyst|ikke målt|not available|cannot be measured|not measured)(?![\p{L}\p{N}])/iu
/** The reason after *ikke opgjort*; null when the text says something else. */
export const reasonNotAvailable = (text: string): string | null => {
  const match = notAvailable.exec(text)
  return match === null
    ? null
    : noteOf(text.slice(match[0].length).replace(/^[\s,:;–—-]*(?:fordi|da|idet|because)\s+/iu, ''))
}

/** `ingen`, `nul`, `-`, `?`: zero is only `0` (LETTERS 3.3.8). */
export const isNoneOrZero = (text: string): boolean =>
  /^(?:ingen|intet|nul|none|nil|zero|n\/?a\.?|i\.?a\.?|[-–—]{1,3}|\?{1,3})[.!]?$/iu.test(text)

/** A note without the signs that introduced it. */
export const noteOf = (rest: string): string => {
  const text = rest.trim()
  const bracketed = /^\(([^()]*)\)[.]?$/u.exec(text)
  return (bracketed?.[1] ?? text.replace(/^(?:[,;.:]|[-–—](?=\s))+\s*/u, '')).trim()
}

/**
 * What may stand after a value and is then a note: brackets, a dash with a blank, a comma or semicolon and a
 * word, a full stop and a sentence (LETTERS 3.3.5). Null: the value is not whole.
 */
export const noteAfter = (rest: string): string | null => {
  const text = rest.trim()
  if (text === '' || /^[.!;,]$/u.test(text)) return ''
  if (/^\([^)]*\)?/u.test(text)) return noteOf(text)
  if (/^[-–—]\s+(?!\d)/u.test(text) || /^\s[-–—]\s*(?=\p{L})/u.test(rest)) return noteOf(text)
  if (/^[,;]\s*(?=\p{L})/u.test(text) || /^\.\s+(?=\p{L})/u.test(text)) return noteOf(text)
  // The next cell of the row.
  if (/^\t\s*(?=\p{L})/u.test(rest)) return text
  return null
}

/** Whether a second value is joined to the first by a sign, a word, or nothing but blanks or a column's end. */
export const secondValue = (rest: string): string | null => {
  const match =
    /^(?:\t|\s*(?:[-–—/|;→>]|->|eller|til|or|to|og|and|mod|against|vs\.?|,\s)\s*|\s+)(?=\d)/iu.exec(rest)
  return match === null ? null : rest.slice(match[0].length)
}

const yes = /^(?:ja|yes|jep|y)(?![\p{L}\p{N}])/iu
const no = /^(?:nej|no|nope|n)(?![\p{L}\p{N}])/iu
/** Yes or no at the start, with what follows; null when the text is neither. */
export const yesOrNo = (text: string): { readonly yes: boolean; readonly rest: string } | null => {
  const match = yes.exec(text) ?? no.exec(text)
  return match === null ? null : { yes: yes.test(text), rest: text.slice(match[0].length) }
}

const statuses = [
  ['not-started', /^(?:ikke (?:begyndt|startet|påbegyndt|i gang)|not started)(?![\p{L}\p{N}])/iu],
  ['in-progress', /^(?:i gang|igang|påbegyndt|begyndt|in progress|ongoing)(?![\p{L}\p{N}])/iu],
  ['completed', /^(?:gennemført|afsluttet|færdig|completed|finished|done)(?![\p{L}\p{N}])/iu],
] as const
export const statusOf = (text: string): { status: (typeof statuses)[number][0]; rest: string } | null => {
  for (const [status, pattern] of statuses) {
    const match = pattern.exec(text)
    if (match !== null) return { status, rest: text.slice(match[0].length) }
  }
  return null
}
