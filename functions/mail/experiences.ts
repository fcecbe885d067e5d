import { type Theme, themeWords } from '../domain/agreement/theme.ts'
import type { Language } from '../domain/base/values.ts'
import { printDate } from '../domain/base/danish.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { FormField } from '../domain/form/field.ts'
import { disseminationForm } from '../domain/form/form.ts'
import { heading, keyLine, paragraph, title, type Block } from './block.ts'
import { countedNoun, echo } from './phrases.ts'
import { declareLetter, toContact } from './declared-letter.ts'
import type { GeneralBody, LetterBody } from './letter.ts'
import type { CaseFacts } from './case-facts.ts'
import { fieldLine } from './form-words.ts'
import { letterInWords } from './wording.ts'

interface ExperiencesData {
  readonly language: Language
  /** The results' year. */
  readonly year: number
  /** In the order they are printed: a theme's cards stand together. */
  readonly cards: readonly {
    readonly theme: Theme
    /** `Svendborg Kommune` */
    readonly municipality: string
    /** The caseworker's redaction, in the language it was written in. */
    readonly text: string
  }[]
}

/** A card's text is at most as long as the console's field. */
const longestText = 8000

/** The text's own paragraphs, each on one line, without what could pass for more than text. */
const textBlocks = (text: string): readonly Block[] =>
  text
    .split(/\n\s*\n/u)
    .map((part) => echo(part, longestText))
    .filter((part) => part !== '')
    .map(paragraph)

const words = {
  da: (year: number, count: number) => ({
    subject: `Samlet afrapportering for ${year}: erfaringer fra årets aftaler`,
    title: `Erfaringer fra årets aftaler, ${year}`,
    intro: `Her er ${countedNoun(count, 'experience', 'da')} fra årets aftaler, ordnet efter tema. ${
      count === 1
        ? 'Kommunen bag har sagt ja til at dele den.'
        : 'Kommunerne bag har sagt ja til at dele dem.'
    }`,
    end: 'I skal ikke svare. Vil I vide mere om en erfaring, så skriv til kommunen bag eller til os.',
  }),
  en: (year: number, count: number) => ({
    subject: `Joint report for ${year}: experiences from the year's agreements`,
    title: `Experiences from the year's agreements, ${year}`,
    intro: `Here ${count === 1 ? 'is' : 'are'} ${countedNoun(count, 'experience', 'en')} from the year's agreements, ordered by theme. ${
      count === 1
        ? 'The municipality behind it has agreed to share it.'
        : 'The municipalities behind them have agreed to share them.'
    }`,
    end: 'No answer is needed. To know more of an experience, write to the municipality behind it or to us.',
  }),
} as const

/** L16: experiences that their municipalities share, to every municipality, by theme. */
export const experiences = ({ language, year, cards }: ExperiencesData): GeneralBody => {
  const wording = words[language](year, cards.length)
  return {
    kind: 'experiences',
    language,
    subject: { own: wording.subject },
    blocks: [
      title(wording.title),
      paragraph(wording.intro),
      ...cards.flatMap((card, index) => [
        ...(cards[index - 1]?.theme === card.theme ? [] : [heading(themeWords[card.theme][language])]),
        paragraph(`${card.municipality}:`),
        ...textBlocks(card.text),
      ]),
      paragraph(wording.end),
    ],
  }
}

export const experiencesLetter = declareLetter('experiences', {
  name: 'Erfaringer til alle kommuner',
  ...toContact,
})

interface DisseminationData {
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
      title: `Formidling af erfaringer fra ${year}`,
      body: [
        `${start.da} Er de der nu, så svar med titel eller adresse i Erfaringsbasen. Ellers skriv, hvornår det sker.`,
        line,
      ],
    },
    en: {
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
  ...toContact,
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
