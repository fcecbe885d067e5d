import { printDate } from '../domain/base/danish.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { FormField } from '../domain/form/field.ts'
import { disseminationForm } from '../domain/form/form.ts'
import { keyLine } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import { echo } from './echo.ts'
import { fieldLine } from './field-line.ts'
import type { LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface DisseminationData {
  readonly facts: CaseFacts
  /** What they wrote and when; null when nothing has been written. */
  readonly before: { readonly on: string; readonly text: string } | null
  /** `Formidling`. */
  readonly field: FormField
}

/** L12: where are the year's experiences described? It does not hold back the assessment. */
export const dissemination = ({ facts, before, field }: DisseminationData): LetterBody => {
  const year = facts.resultsYear
  const line = keyLine(fieldLine(field, facts.language))
  const start =
    before === null
      ? {
          da: `Vi mangler at høre, hvor erfaringerne fra ${year} er beskrevet.`,
          en: `We have not yet heard where the experiences from ${year} are described.`,
        }
      : {
          da: `I skrev den ${printDate(before.on, 'da')} om formidlingen: »${echo(before.text)}«.`,
          en: `On ${printDate(before.on, 'en')} you wrote about the dissemination: "${echo(before.text)}".`,
        }
  return letterInWords('dissemination', facts, {
    da: {
      subject: `formidling af erfaringer fra ${year}`,
      title: `Formidling af erfaringer fra ${year}`,
      body: [
        `${start.da} Er de der nu, så svar med titel eller adresse i Erfaringsbasen. Ellers skriv, hvornår det sker.`,
        line,
      ],
    },
    en: {
      subject: `dissemination of experiences from ${year}`,
      title: `Dissemination of experiences from ${year}`,
      body: [
        `${start.en} If they are there now, reply with the title or address in Erfaringsbasen. Otherwise write when it will happen.`,
        line,
      ],
    },
  })
}

export const disseminationLetter = declareLetter('dissemination', {
  name: 'Formidling',
  signedBy: 'office-head',
  address: 'you',
  review: {
    compose: ({ state, facts }) => {
      const [field] = disseminationForm()
      if (field === undefined) throw new Error('the form has no line for the dissemination')
      const before = state.dissemination
      const mail = state.mails.find(({ mailKey }) => mailKey === before?.mailKey)
      return {
        body: dissemination({
          facts,
          before:
            before === null || before.text === ''
              ? null
              : { on: todayInCopenhagen(mail?.receivedAt ?? before.at), text: before.text },
          field,
        }),
      }
    },
  },
})
