import type { Answer, Doubt, Wish } from '../domain/casefile/reading.ts'
import { cleanText, excerpt } from './clean-text.ts'
import { isNoneOrZero } from './value-words.ts'
import { comingDate, findDate, weekdayDiffers } from './dates.ts'

const moreTime =
  /\b(?:udsættelse|fristforlængelse|fristudsættelse|udskydelse|(?:forlænge|udskyde|rykke|flytte)t?\s+(?:\S+\s+){0,2}frist\w*|frist\w*\s+(?:\S+\s+){0,3}(?:forlænges|udskydes|rykkes|flyttes)|(?:lidt |noget )?mere tid|(?:en|et par|\d+) uger?s? mere|ny frist|senere frist|extension|more time|extend (?:the )?deadline|later deadline)\b/iu
const noNeed =
  /\b(?:ikke (?:brug|behov) for|behøver ikke|uden|no need (?:for|of)|do(?:es)? not need|fik|har fået|tak for)\b[^.?!]{0,40}$/iu

/** A text in its sentences, line breaks apart. */
const sentencesIn = (text: string): readonly string[] =>
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

const newContact =
  /\b(?:(?:ny|anden) (?:kontakt(?:person)?|stedfortræder)(?!\s+(?:til|med)(?![\p{L}]))(?![\p{L}])|ikke længere (?:\S+ ){0,3}(?:kontakt(?:person)?|ansat)(?![\p{L}])|(?:skriv|send|henvend jer|henvend dig|kontakt) (?:\S+ ){0,4}(?:fremover|fremadrettet|i stedet)(?![\p{L}])|fremover (?:\S+ ){0,4}(?:kontakt(?:person)?|skrive? til|sendes? til)(?![\p{L}])|overtager? (?:\S+ ){0,4}(?:opgaven|indberetningen|sagen|kontrakten|efter mig|fra mig|for mig)(?![\p{L}])|new contact(?: person)?\b(?! (?:to|with)\b)|no longer (?:\S+ ){0,3}contact\b|(?:write|send|turn) (?:\S+ ){0,6}(?:from now on|in future|instead)\b|(?:takes?|taken|taking) over (?:\S+ ){0,4}(?:from me|the case|the reporting|the task)\b)/iu
const none =
  /\b(?:ingen|ikke (?:en|nogen|brug for en|behov for en)|stadig|fortsat(?! ikke)|no|not a|still)\s+(?:\S+\s+)?$/iu

/** How much of what they wrote a person is shown. */
const longest = 300

/**
 * A wish for another contact in free text: never acted on, a person looks who it is. The sentence is kept with the
 * one after it, in which the name often stands.
 */
export const contactInText = (text: string): Wish | null => {
  const sentences = sentencesIn(cleanText(text).replaceAll(/\s+/gu, ' '))
  for (const [at, sentence] of sentences.entries()) {
    const match = newContact.exec(sentence)
    if (match === null || none.test(sentence.slice(0, match.index))) continue
    const written = [sentence, sentences[at + 1] ?? ''].join(' ').trim().slice(0, longest)
    const role = /\b(?:stedfortræder|deputy)/iu.test(sentence) ? 'deputy' : 'contact'
    return { wish: 'new-contact', role, written, inWords: true }
  }
  return null
}
