import type { Doubt, Wish } from '../../domain/casefile/reading.ts'
import { excerpt } from '../clean-text.ts'
import { comingDate, findDate, weekdayDiffers } from '../value/dates.ts'
import { sentencesIn } from '../words/sentences.ts'

const moreTime =
  /\b(?:udsættelse|fristforlængelse|fristudsættelse|udskydelse|(?:forlænge|udskyde|rykke|flytte)t?\s+(?:\S+\s+){0,2}frist\w*|frist\w*\s+(?:\S+\s+){0,3}(?:forlænges|udskydes|rykkes|flyttes)|(?:lidt |noget )?mere tid|(?:en|et par|\d+) uger?s? mere|ny frist|senere frist|extension|more time|extend (?:the )?deadline|later deadline)\b/iu
const noNeed =
  /\b(?:ikke (?:brug|behov) for|behøver ikke|uden|no need (?:for|of)|do(?:es)? not need|fik|har fået|tak for)\b[^.?!]{0,40}$/iu

/**
 * A request for more time in free text (MAIL 121). It stops the reminders at once; a caseworker confirms the
 * reading and decides. The date is the nearest to come; a weekday that disagrees is asked.
 */
export const extensionInText = (
  text: string,
  receivedOn: string,
): { readonly wish: Wish; readonly doubt: Doubt | null } | null => {
  for (const sentence of sentencesIn(text)) {
    const match = moreTime.exec(sentence)
    if (match === null || noNeed.test(sentence.slice(0, match.index))) continue
    const date = findDate(sentence.slice(match.index)) ?? findDate(sentence)
    const on = date === null ? null : comingDate(date, receivedOn)
    const differs = date !== null && on !== null && weekdayDiffers(date, on)
    const wish: Wish = {
      wish: 'extension',
      until: differs ? null : on,
      written: excerpt(sentence),
      byKey: false,
    }
    const doubt: Doubt | null = differs
      ? {
          kind: 'weekday-differs',
          key: 'Udsættelse til',
          written: excerpt(date.written),
          details: { date: on },
          at: null,
        }
      : null
    return { wish, doubt }
  }
  return null
}
