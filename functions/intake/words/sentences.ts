/** A text in its sentences, line breaks apart. */
export const sentencesIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
    .split(/(?<=[?!])\s+|(?<=\p{L}{4}\.)\s+(?=\p{Lu})/u)
