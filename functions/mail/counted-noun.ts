import { numberWord } from '../domain/base/danish.ts'
import type { Language } from '../domain/base/values.ts'

export type CountedNoun = 'thing' | 'figure' | 'answer' | 'question' | 'experience'

/** Singular with its article (common gender `én ting`, neuter `ét tal`), and plural. */
const nouns: Readonly<Record<CountedNoun, Readonly<Record<Language, readonly [string, string]>>>> = {
  thing: { da: ['én ting', 'ting'], en: ['one thing', 'things'] },
  figure: { da: ['ét tal', 'tal'], en: ['one figure', 'figures'] },
  answer: { da: ['ét svar', 'svar'], en: ['one answer', 'answers'] },
  experience: { da: ['én erfaring', 'erfaringer'], en: ['one experience', 'experiences'] },
  question: { da: ['ét spørgsmål', 'spørgsmål'], en: ['one question', 'questions'] },
}

/** `én ting`, `to ting`, `ét tal`, `11 svar`. */
export const countedNoun = (count: number, noun: CountedNoun, language: Language): string => {
  const [one, many] = nouns[noun][language]
  return count === 1 ? one : `${numberWord(count, language)} ${many}`
}
