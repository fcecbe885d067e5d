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
