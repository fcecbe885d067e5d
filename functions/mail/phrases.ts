import { numberWord } from '../domain/base/danish.ts'
import type { Language } from '../domain/base/values.ts'

/** What a receipt may repeat of a single value they wrote (LETTERS 3.4). */
const echoLength = 80

// Control signs, bidirectional overrides, zero-width signs: they would let a mail show something else than it says.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu
const webAddress = /\b(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)\S+/giu

/**
 * Their own words repeated to them: on one line, without invisible signs and web addresses, cut at `most`
 * characters. A receipt must not carry a stranger's link in the ministry's name (MAIL security 7).
 */
export const echo = (written: string, most: number = echoLength): string => {
  const clean = written.replace(invisible, ' ').replace(webAddress, '…').replace(/\s+/gu, ' ').trim()
  return clean.length <= most ? clean : `${clean.slice(0, most - 1).trimEnd()}…`
}

type CountedNoun = 'thing' | 'figure' | 'answer' | 'question' | 'experience'

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

/** Somebody's words as a clause inside a sentence: without its final stop. */
export const clause = (text: string): string => text.trim().replace(/\.$/u, '')

/** Somebody's words as a sentence of their own. */
export const sentence = (text: string): string => (/[.!?]$/u.test(text) ? text : `${text}.`)
