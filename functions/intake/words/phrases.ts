import { withoutEnds } from '../../domain/base/text.ts'
/**
 * Phrases as people vary them: words one of which stands there, and how many others may stand between. No pattern:
 * "kan ... først ... svare" with gaps would be one that tries every length of every gap.
 */

/** `kan|kunne` is either word, `mere tid` two words, `frist*` a word's beginning; a number is how many words may stand between. */
export type Phrase = readonly (string | number)[]

export interface Word {
  readonly word: string
  /** Where it begins in the text. */
  readonly index: number
}

const aroundWords = ".'’-"

/** The words of a text in lower case, without the signs around them: made once for all finders that look at it. */
export const wordsIn = (text: string): readonly Word[] => {
  const words: Word[] = []
  for (const { 0: found, index } of text.matchAll(/[\p{L}\p{N}'’.-]+/gu)) {
    const word = withoutEnds(found.toLowerCase(), (sign) => aroundWords.includes(sign))
    if (word !== '') words.push({ word, index })
  }
  return words
}

interface Step {
  /** Each alternative as its words. */
  readonly any: readonly (readonly string[])[]
  /** How many words may stand before it. */
  readonly gap: number
}

const isWord = (wanted: string, word: string | undefined): boolean =>
  word !== undefined &&
  (wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted || (wanted === '#' && /^\d{1,2}$/u.test(word))) // prettier-ignore

/** Where the words of a step end that begin at this word. */
const endsOf = (step: Step, words: readonly Word[], at: number): readonly number[] =>
  step.any.flatMap((alternative) =>
    alternative.every((wanted, nth) => isWord(wanted, words[at + nth]?.word))
      ? [at + alternative.length]
      : [],
  )

const stepsOf = (phrase: Phrase): readonly Step[] => {
  const steps: Step[] = []
  let gap = 0
  for (const part of phrase) {
    if (typeof part === 'number') gap = part
    else {
      steps.push({ any: part.split('|').map((words) => words.split(' ')), gap })
      gap = 0
    }
  }
  return steps
}

/** Whether a phrase's steps are met by the words from one on. */
const isMetAt = (steps: readonly Step[], words: readonly Word[], start: number): boolean => {
  let reached: readonly number[] = [start]
  for (const [nth, step] of steps.entries()) {
    const next = new Set<number>()
    for (const at of reached)
      for (let skipped = 0; skipped <= (nth === 0 ? 0 : step.gap); skipped += 1)
        for (const end of endsOf(step, words, at + skipped)) next.add(end)
    if (next.size === 0) return false
    reached = [...next]
  }
  return true
}

/** A reader of phrases: each place in a text's words at which one of them begins, by its sign. */
export const phraseFinder = (phrases: readonly Phrase[]): ((words: readonly Word[]) => readonly number[]) => {
  // Most words of a text begin no phrase: the first word says which are looked at.
  const byFirst = new Map<string, (readonly Step[])[]>()
  const byBeginning: { readonly beginning: string; readonly steps: readonly Step[] }[] = []
  for (const steps of phrases.map(stepsOf)) {
    const firsts = new Set(steps[0]?.any.map(([word = '']) => word))
    for (const word of firsts)
      if (word.endsWith('*')) byBeginning.push({ beginning: word.slice(0, -1), steps })
      else byFirst.set(word, [...(byFirst.get(word) ?? []), steps])
  }
  const numbered = byFirst.get('#') ?? []
  return (words) => {
    const found: number[] = []
    for (const [start, { word, index }] of words.entries()) {
      const isMet = (steps: readonly Step[]): boolean => isMetAt(steps, words, start)
      const begins =
        (byFirst.get(word)?.some(isMet) ?? false) ||
        (numbered.length > 0 && /^\d/u.test(word) && numbered.some(isMet)) ||
        byBeginning.some(({ beginning, steps }) => word.startsWith(beginning) && isMet(steps))
      if (begins) found.push(index)
    }
    return found
  }
}
