import { cleanText } from './clean-text.ts'
import type { SentTexts } from './sent.ts'

const own =
  /(?:vores|vor|v\.|our)\s*(?:sags?\s?-?(?:nr|nummer)|j(?:ournal)?\.?\s?-?(?:nr|nummer)|ref(?:erence)?|case\s+no|dok(?:ument)?\.?\s?nr)\.?\s*:?\s*([\p{L}\p{N}][\p{L}\p{N}./-]{1,38}[\p{L}\p{N}])/iu
const any =
  /(?:sags?\s?-?(?:nr|nummer)|journal\s?-?nr|j\.\s?nr)\.?\s*:?\s*([\p{L}\p{N}][\p{L}\p{N}./-]{1,38}[\p{L}\p{N}])/giu

/** The sender's own case number in a subject ("vores sagsnr. 15/2207"), never ours (MAIL 109). */
export const caseNumberInSubject = (subject: string, sent: SentTexts): string | null => {
  const text = cleanText(subject).slice(0, 2000)
  const named = own.exec(text)?.[1]
  if (named !== undefined) return named
  for (const match of text.matchAll(any)) {
    const number = match[1]
    if (number !== undefined && /\d/u.test(number) && !isOurs(number) && !sent.has(number)) return number
  }
  return null
}

/** Our numbers are a year and four digits: `2015-0479`. */
const isOurs = (number: string): boolean => /^20\d{2}-\d{4}$/u.test(number)
