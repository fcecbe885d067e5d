import { cleanText } from './clean-text.ts'

/**
 * What equals what we sent is no answer, compared without quote marks, blanks, line breaks, the form's ruled
 * blanks and asterisks of emphasis (LETTERS 3.3.11, MAIL 54 and 138).
 */
export interface SentTexts {
  /** Whether the text stands in a letter of ours, from the start of a word to the end of one. */
  readonly has: (text: string) => boolean
}

const dropped = new Set(' \t\r\n>|_*')
const isKept = (sign: string): boolean => !dropped.has(sign)

const squeeze = (text: string): { squeezed: string; edges: Uint8Array } => {
  const cleaned = cleanText(text).toLowerCase()
  const edges = new Uint8Array(cleaned.length + 1)
  let squeezed = ''
  edges[0] = 1
  for (const sign of cleaned) {
    if (isKept(sign)) squeezed += sign
    else edges[squeezed.length] = 1
  }
  edges[squeezed.length] = 1
  return { squeezed, edges }
}

export const sentTexts = (letters: readonly string[]): SentTexts => {
  const stored = letters.map(squeeze)
  const known = new Map<string, boolean>()
  const find = (wanted: string): boolean =>
    stored.some(({ squeezed, edges }) => {
      for (let at = squeezed.indexOf(wanted); at !== -1; at = squeezed.indexOf(wanted, at + 1))
        if (edges[at] === 1 && edges[at + wanted.length] === 1) return true
      return false
    })
  return {
    has: (text) => {
      const wanted = squeeze(text).squeezed
      if (wanted === '') return false
      const before = known.get(wanted)
      if (before !== undefined) return before
      const found = find(wanted)
      known.set(wanted, found)
      return found
    },
  }
}
