import * as z from 'zod'

/** Fields of a decision, as people fill them in. Messages are Danish: the page shows them. */

/** Longest text of one field: what a person writes, never a file. */
export const longestText = 8000

const textOr = (message: string) =>
  z
    .string(message)
    .max(longestText, `En tekst er for lang (højst ${longestText} tegn).`)
    .transform((text) => text.replaceAll('\r\n', '\n').trim())

/** Text as it was typed, its line ends made one kind and its margins cut. */
export const typedText = textOr('En tekst mangler.')

/** How missing words are refused: as a reason that is missing. */
export const missing = (message: string) => ({ error: message, params: { refusal: 'reason' } })

/** Text that must be there; the message says what is missing. */
export const requiredText = (message: string) =>
  textOr(message).refine((text) => text !== '', missing(message))

/** Why. */
export const reasonField = requiredText('Skriv en begrundelse.')

/** What is said of a choice that was not made. */
export const choose = (message: string) => ({ error: message })

/** A mail of the case. */
export const mailKeyField = z.string('Mailen kan ikke findes.').min(1).max(128, 'Mailen kan ikke findes.')

/** The hash of what was looked at. */
export const subjectField = z.string().regex(/^[0-9a-f]{64}$/, 'Siden er forældet. Åbn sagen igen.')

/** Empty in a form where there is none. */
export const maybe = (most: number) =>
  z
    .string()
    .max(most)
    .nullish()
    .transform((text) => (text === undefined || text === '' ? null : text))
