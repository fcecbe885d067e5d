/** A text in its sentences, line breaks apart. */
export const sentencesIn = (text: string): readonly string[] =>
  text.replace(/\s*\n\s*/gu, ' ').split(/(?<=[?!])\s+|(?<=\p{L}{4}\.)\s+(?=\p{Lu})/u)
