import { cleanText } from '../clean-text.ts'

/**
 * What equals what we sent is no answer, compared without quote marks, blanks, line breaks, the form's ruled
 * blanks and asterisks of emphasis (LETTERS 3.3.11, MAIL 54 and 138).
 */
export interface SentTexts {
  /** Whether the text stands in a letter of ours, from the start of a word to the end of one. */
  readonly has: (text: string) => boolean
  /** Whether it is a whole line of a letter of ours, or so long a piece of one that it is no chance. */
  readonly hasLine: (text: string) => boolean
  /** Whether it is a whole line of a letter of ours, sign by sign: the quick look. */
  readonly isLine: (text: string) => boolean
}

/** Signs of a piece that stands in a letter by no chance. */
const noChance = 25

const allDropped = /[ \t\r\n>|_*]+/gu

const squeeze = (text: string): string => cleanText(text).toLowerCase().replace(allDropped, '')

/** A letter squeezed, with the places at which a word of it begins or ends, worked out where a text stands in it. */
interface SqueezedLetter {
  readonly squeezed: string
  readonly lower: string
  edges: Uint8Array | null
}

const squeezeLetter = (text: string): SqueezedLetter => {
  const lower = cleanText(text).toLowerCase()
  return { squeezed: lower.replace(allDropped, ''), lower, edges: null }
}

const edgesOf = ({ squeezed, lower }: SqueezedLetter): Uint8Array => {
  const edges = new Uint8Array(squeezed.length + 1)
  let at = 0
  edges[at] = 1
  for (const word of lower.split(allDropped)) {
    at += word.length
    edges[at] = 1
  }
  return edges
}

export const sentTexts = (letters: readonly string[]): SentTexts => {
  // Most of what is quoted is a line of ours as it stood; only the rest is compared sign by sign.
  const lines = new Set(letters.flatMap((letter) => letter.split('\n').map((line) => line.trim())))
  let stored: readonly SqueezedLetter[] | null = null
  const known = new Map<string, boolean>()
  const find = (wanted: string): boolean => {
    stored ??= letters.map(squeezeLetter)
    return stored.some((letter) => {
      const { squeezed } = letter
      for (let at = squeezed.indexOf(wanted); at !== -1; at = squeezed.indexOf(wanted, at + 1)) {
        const edges = (letter.edges ??= edgesOf(letter))
        if (edges[at] === 1 && edges[at + wanted.length] === 1) return true
      }
      return false
    })
  }
  const has = (text: string): boolean => {
    const before = known.get(text)
    if (before !== undefined) return before
    const trimmed = text.trim()
    const wanted = trimmed === '' ? '' : lines.has(trimmed) ? null : squeeze(trimmed)
    const found = wanted === null ? /[^>|_*]/u.test(trimmed) : wanted !== '' && find(wanted)
    known.set(text, found)
    return found
  }
  return {
    has,
    isLine: (text) => lines.has(text.trim()),
    hasLine: (text) => (lines.has(text.trim()) || text.trim().length >= noChance) && has(text),
  }
}
