import type { Theme } from '../domain/agreement/theme.ts'
import { themeWords } from '../domain/agreement/theme-words.ts'
import type { Language } from '../domain/base/values.ts'
import { heading, paragraph, title } from './block.ts'
import type { Block } from './block.ts'
import { countedNoun } from './counted-noun.ts'
import { declareLetter } from './declared-letter.ts'
import { echo } from './echo.ts'
import type { GeneralBody } from './letter.ts'

export interface ExperiencesData {
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
  signedBy: 'office-head',
  address: 'you',
})
