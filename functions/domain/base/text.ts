/**
 * Ends of text cut by loops: a pattern such as `/ +$/` begins anew at each blank, so that its time grows with the
 * square of a hostile text.
 */
const blank = (sign: string): boolean => sign.trim() === ''

/** The text without the signs at its end of which `unwanted` is true: blanks and line breaks where none is given. */
export const withoutEnd = (text: string, unwanted: (sign: string) => boolean = blank): string => {
  let end = text.length
  while (end > 0 && unwanted(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

/** The same at both ends. */
export const withoutEnds = (text: string, unwanted: (sign: string) => boolean = blank): string => {
  let start = 0
  while (start < text.length && unwanted(text.charAt(start))) start += 1
  return withoutEnd(text.slice(start), unwanted)
}

const digit = (sign: string): boolean => sign >= '0' && sign <= '9'

/** `M` of `M12`: a key without the number at its end. */
export const withoutNumber = (text: string): string => withoutEnd(text, digit)

const directionMarks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/**
 * Without marks that turn the direction of what follows: with them a subject, a name or a file shows another text than
 * it holds (Unicode Technical Report 36, "Bidirectional text spoofing"). Danish and English need none.
 */
export const withoutDirectionMarks = (text: string): string => text.replace(directionMarks, '')

const unseen = /[\p{Cc}\p{Cf}\p{Z}\u3164\uFFA0]/u
const formulaSigns = new Set(['=', '+', '-', '@'])

/**
 * Would a spreadsheet take the text for a formula? Signs that are not seen are passed over, and a full-width or small
 * sign is the one it is compatible with, as programs read them that clean what they are given.
 */
export const looksLikeFormula = (text: string): boolean => {
  const [first = ''] = withoutUnseenStart(text)
  return formulaSigns.has(first.normalize('NFKC').charAt(0))
}

/** The text from its first sign that is seen. */
export const withoutUnseenStart = (text: string): string => {
  let start = 0
  for (const sign of text) {
    if (!unseen.test(sign)) break
    start += sign.length
  }
  return text.slice(start)
}
