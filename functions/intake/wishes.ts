import type { Answer, Doubt, Wish } from '../domain/casefile/reading.ts'
import { excerpt } from './clean-text.ts'
import { isNoneOrZero } from './value-words.ts'
import { comingDate, findDate, weekdayDiffers } from './dates.ts'

const moreTime =
  /\b(?:udsættelse|fristforlængelse|fristudsættelse|udskydelse|(?:forlænge|udskyde|rykke|flytte)t?\s+(?:\S+\s+){0,2}frist\w*|frist\w*\s+(?:\S+\s+){0,3}(?:forlænges|udskydes|rykkes|flyttes)|(?:lidt |noget )?mere tid|(?:en|et par|\d+) uger?s? mere|ny frist|senere frist|extension|more time|extend (?:the )?deadline|later deadline)\b/iu
const noNeed =
  /\b(?:ikke (?:brug|behov) for|behøver ikke|uden|no need (?:for|of)|do(?:es)? not need|fik|har fået|tak for)\b[^.?!]{0,40}$/iu

/** A text in its sentences, line breaks apart. */
export const sentencesIn = (text: string): readonly string[] =>
  text.replace(/\s*\n\s*/gu, ' ').split(/(?<=[?!])\s+|(?<=\p{L}{4}\.)\s+(?=\p{Lu})/u)

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

/** The wishes that stand under keys; a doubtful date is a wish without one. */
export const wishesByKey = (
  answers: readonly Answer[],
  doubts: readonly Doubt[],
  agreementKeys: readonly string[],
): readonly Wish[] => {
  const wishes = answers
    .filter(({ text }) => !isNoneOrZero(text))
    .flatMap((answer): readonly Wish[] => {
      const written = excerpt(answer.text === '' ? answer.written : answer.text)
      switch (answer.key) {
        case 'Udsættelse til':
          return answer.value.is === 'date'
            ? [{ wish: 'extension', until: answer.value.on, written: answer.written, byKey: true }]
            : []
        case 'Genforhandling':
          return answer.value.is === 'yes-no' && !answer.value.yes
            ? []
            : [{ wish: 'renegotiation', assumptionKeys: assumptionsIn(answer.text, agreementKeys), written }]
        case 'Kontakt':
          return [{ wish: 'new-contact', role: 'contact', written }]
        case 'Stedfortræder':
          return [{ wish: 'new-contact', role: 'deputy', written }]
        case 'Medindberetter':
          return [{ wish: 'co-reporters', emails: emailsIn(answer.text), written }]
        default:
          return []
      }
    })
  const doubted = doubts.find(({ key }) => key === 'Udsættelse til')
  if (doubted === undefined) return wishes
  return [...wishes, { wish: 'extension', until: null, written: doubted.written, byKey: true }]
}

const assumptionsIn = (text: string, agreementKeys: readonly string[]): readonly string[] => {
  const named = [...text.matchAll(/\b(?:fs|forudsætning|assumption)\s?(\d{1,2})(?!\d)/giu)].map(
    (match) => `FS${match[1] ?? ''}`,
  )
  return [...new Set(named)].filter((key) => agreementKeys.includes(key))
}

const emailsIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/[^\s<>(),;:"]+@[^\s<>(),;:"]+\.[\p{L}]{2,}/gu)].map(([email]) => email.toLowerCase()),
  ),
]
