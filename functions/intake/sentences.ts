import type { Provenance } from '../domain/casefile/reading.ts'

/** A sentence of free text, with the place its first line stood at. */
export interface Sentence {
  readonly text: string
  readonly at: Provenance
}

/** Ends of sentences: "!" and "?", a full stop after a word of four letters or more or a closed figure, and a blank line. */
const end = /(?<=[!?])\s+|(?<=\p{L}{4}\.|\d{2}\.|[%)]\.)\s+(?=\p{Lu})/u

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
    const parts = text.trim().split(end)
    parts.forEach((part, nth) => {
      if (nth > 0) close()
      open = open === null ? { text: part, at } : { ...open, text: `${open.text} ${part}` }
    })
    if (/[.!?:]$/u.test(text.trim())) close()
  }
  close()
  return sentences
}
