import { withoutEnd } from '../../domain/base/text.ts'
import type { Answer, Doubt, Wish } from '../../domain/casefile/reading.ts'
import { excerpt } from '../clean-text.ts'
import { isNoneOrZero } from '../value/value-words.ts'

/** The wishes that stand under keys; a doubtful date is a wish without one. */
export const wishesByKey = (
  answers: readonly Answer[],
  doubts: readonly Doubt[],
  agreementKeys: readonly string[],
): readonly Wish[] => {
  const wishes = answers
    .filter(({ text }) => !isNoneOrZero(text))
    .flatMap((answer): readonly Wish[] => {
      const written = (): string => excerpt(answer.text === '' ? answer.written : answer.text)
      switch (answer.key) {
        case 'Udsættelse til':
          return answer.value.is === 'date'
            ? [{ wish: 'extension', until: answer.value.on, written: answer.written, byKey: true }]
            : []
        case 'Genforhandling':
          return answer.value.is === 'yes-no' && !answer.value.yes
            ? []
            : [
                {
                  wish: 'renegotiation',
                  assumptionKeys: assumptionsIn(answer.text, agreementKeys),
                  written: written(),
                },
              ]
        case 'Kontakt':
          return [{ wish: 'new-contact', role: 'contact', written: written() }]
        case 'Stedfortræder':
          return [{ wish: 'new-contact', role: 'deputy', written: written() }]
        case 'Medindberetter':
          return [{ wish: 'co-reporters', emails: emailsIn(answer.text), written: written() }]
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

const isAddress = (word: string): boolean => {
  const at = word.indexOf('@')
  return (
    at > 0 &&
    /^[^@.]/u.test(word.slice(at + 1)) &&
    word.length - word.lastIndexOf('.') > 2 &&
    word.lastIndexOf('.') > at
  )
}

const emailsIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[\s<>(),;:"]/u)
      .map((word) => withoutEnd(word, (sign) => !/\p{L}/u.test(sign)).toLowerCase())
      .filter((word) => isAddress(word)),
  ),
]
