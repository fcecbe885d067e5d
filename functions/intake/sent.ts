import { cleanText } from './clean-text.ts'

/**
 * What equals what we sent is no answer, compared without quote marks, blanks, line breaks, the form's ruled
 * blanks and asterisks of emphasis (LETTERS 3.3.11, MAIL 54 and 138).
 */
export interface SentTexts {
  /** Whether the text stands in a letter of ours, from the start of a word to the end of one. */
  readonly has: (text: string) => boolean
}

const dropped = /[ \t\r\n>|_*]+/u
const allDropped = /[ \t\r\n>|_*]+/gu

const squeeze = (text: string): string => cleanText(text).toLowerCase().replace(allDropped, '')

/** A letter squeezed, with the places at which a word of it begins or ends. */
const squeezeLetter = (text: string): { squeezed: string; edges: Uint8Array } => {
  const words = cleanText(text).toLowerCase().split(dropped)
  const squeezed = words.join('')
  const edges = new Uint8Array(squeezed.length + 1)
  let at = 0
  for (const word of words) {
    edges[at] = 1
    at += word.length
    edges[at] = 1
  }
  return { squeezed, edges }
}

export const sentTexts = (letters: readonly string[]): SentTexts => {
  const stored = letters.map(squeezeLetter)
  const known = new Map<string, boolean>()
  const find = (wanted: string): boolean =>
    stored.some(({ squeezed, edges }) => {
      for (let at = squeezed.indexOf(wanted); at !== -1; at = squeezed.indexOf(wanted, at + 1))
        if (edges[at] === 1 && edges[at + wanted.length] === 1) return true
      return false
    })
  return {
    has: (text) => {
      const wanted = squeeze(text)
      if (wanted === '') return false
      const before = known.get(wanted)
      if (before !== undefined) return before
      const found = find(wanted)
      known.set(wanted, found)
      return found
    },
  }
}
