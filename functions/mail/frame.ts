import type { AgreementKind } from '../domain/agreement/content.ts'
import type { Language } from '../domain/base/values.ts'
import { printDate } from '../domain/base/danish.ts'
import { echo } from './phrases.ts'
import { agreementWords, capitalised } from './case-facts.ts'
import { paragraph, together, type Block } from './block.ts'

/** What makes a mail recognisable to both sides' records systems. */
interface SubjectTail {
  readonly caseNumber: string
  readonly token: string
  readonly caseWord: 'sagsnr.' | 'case no.'
}

/** Long subjects are cut by records systems; the tail must stay inside. */
const longestStart = 150

const tailOf = ({ caseNumber, token, caseWord }: SubjectTail): string =>
  `(${caseWord} ${caseNumber}) [#${token}]`

/** A letter's subject: what it is about, then case number and token (LETTERS 1.2). */
export const ownSubject = (start: string, tail: SubjectTail): string => `${start} ${tailOf(tail)}`

// SV, VS, RE, AW, FW and the like, as mail programs of five languages put before a subject.
const answerPrefixes = /^(?:\s*(?:sv|vs|re|aw|wg|fw|fwd|antw|vb)(?:\s*\[\d{1,3}\])?\s*:)+/iu

const printedToken = /\s?\[#([2-9A-HJ-NP-Z]{16})\]/giu

/** A token names one request: an answer from another case than their mail went to bears its own alone. */
const withoutOtherTokens = (subject: string, own: string): string =>
  subject
    .replace(printedToken, (found: string, token: string) => (token.toUpperCase() === own ? found : ''))
    .replaceAll(/\s+/gu, ' ')
    .trim()

/**
 * The subject of an answer: one `SV:` and theirs; case number and token are put at the end where theirs lacks
 * them (LETTERS 4.3).
 */
export const answerSubject = (theirs: string, tail: SubjectTail): string => {
  const full = withoutOtherTokens(echo(theirs, 400).replace(answerPrefixes, ''), tail.token)
  const hasCase = full.includes(tail.caseNumber)
  const hasToken = full.toUpperCase().includes(`[#${tail.token}]`)
  const start = hasCase && hasToken ? full : echo(full, longestStart)
  const missing = [
    ...(start.includes(tail.caseNumber) ? [] : [`(${tail.caseWord} ${tail.caseNumber})`]),
    ...(start.toUpperCase().includes(`[#${tail.token}]`) ? [] : [`[#${tail.token}]`]),
  ]
  return ['SV:', ...(start === '' ? [] : [start]), ...missing].join(' ')
}

/** What of a letter decides what stands around it. */
export interface Framing {
  /** Whose name stands under it; nobody's under mails to the ministry's own people. */
  readonly signedBy: 'office-head' | 'caseworker' | 'nobody'
  /** How the reader is spoken to; never both in one mail (LETTERS 1.4). */
  readonly address: 'you' | 'municipality' | 'ministry'
  /**
   * `notice`: a plain message, with no date, salutation or heading above its first line (LETTERS 2). `answer`: a
   * notice that goes at once, day and night, as `auto-replied`; the rest at 9.00 on a working day (LETTERS 1.5).
   * Left out: a letter.
   */
  readonly form?: 'notice' | 'answer'
}

export interface Signatory {
  readonly name: string
  readonly title: string
}

/** Told once per agreement after the ministry's name has changed (LETTERS 2). */
export interface RenamedMinistry {
  readonly on: string
  readonly newName: string
  /** The contracting ministry's name in the indefinite: `Social- og Integrationsministerium`. */
  readonly contractingName: string
  readonly newDomain: string
}

/** What stands around every letter: by whom, to whom, in which case. All of it by the letter's date. */
export interface Frame {
  readonly agreementKind: AgreementKind
  readonly letterOn: string
  readonly ministry: string
  readonly officeHead: Signatory
  readonly caseworker: Signatory & { readonly phone: string }
  readonly caseNumber: string
  /** Printed only when it is known. */
  readonly theirCaseNumber: string | null
  readonly token: string
  /** `Svendborg Kommune` */
  readonly municipality: string
  /** Null for a mailbox. */
  readonly recipient: Signatory | null
  readonly renamed: RenamedMinistry | null
  /** First twelve hex digits of the case's record: receipts and final assessments end with it. */
  readonly controlNumber: string | null
}

/** What stands around a letter to every municipality: it belongs to no agreement, has no case and no token. */
export type GeneralFrame = Pick<
  Frame,
  'letterOn' | 'ministry' | 'officeHead' | 'caseworker' | 'municipality' | 'recipient'
>

export const subjectTail = (frame: Frame, language: Language): SubjectTail => ({
  caseNumber: frame.caseNumber,
  token: frame.token,
  caseWord: language === 'da' ? 'sagsnr.' : 'case no.',
})

const renamedText = (renamed: RenamedMinistry, frame: Frame, language: Language): string => {
  const words = agreementWords(frame.agreementKind, language)
  const on = printDate(renamed.on, language)
  return language === 'da'
    ? `Ministeriet hedder fra den ${on} ${renamed.newName}. ${capitalised(words.definite)} blev indgået med det daværende ${renamed.contractingName}. Den nye afsenderadresse er ${renamed.newDomain}; svar til den gamle adresse når fortsat frem.`
    : `From ${on} the ministry's name is ${renamed.newName}. ${capitalised(words.definite)} was made with the then ${renamed.contractingName}. The new sender's address is ${renamed.newDomain}; replies to the old address still arrive.`
}

const salutation = (frame: GeneralFrame, language: Language): string => {
  const to = `${language === 'da' ? 'Til' : 'To'} ${frame.municipality}`
  if (frame.recipient === null) return to
  const who = [frame.recipient.title, frame.recipient.name].filter((part) => part !== '').join(' ')
  return `${to}, att. ${who}`
}

/** Date and salutation; a receipt has neither (LETTERS 2). */
export const openingBlocks = (letter: Framing, language: Language, frame: Frame): readonly Block[] => {
  const renamed = frame.renamed === null ? [] : [paragraph(renamedText(frame.renamed, frame, language))]
  if (letter.form !== undefined || letter.address === 'ministry') return []
  return [...generalOpening(language, frame), ...renamed]
}

/** Date and salutation of a letter to every municipality. */
export const generalOpening = (language: Language, frame: GeneralFrame): readonly Block[] => [
  paragraph(printDate(frame.letterOn, language)),
  paragraph(salutation(frame, language)),
]

/** Their number is never at the margin, where it would be read as an answer: it is tied to the word before it. */
const caseLine = (frame: Frame, address: Framing['address'], language: Language): string => {
  const theirs =
    frame.theirCaseNumber === null
      ? ''
      : language === 'en'
        ? ` your case no. ${frame.theirCaseNumber}`
        : ` ${address === 'municipality' ? 'kommunens' : 'jeres'} sagsnr. ${frame.theirCaseNumber}`
  const [start, end] = language === 'da' ? ['(bedes oplyst ved', 'henvendelse)'] : ['(please', 'quote)']
  const number = language === 'da' ? `Sagsnr. ${frame.caseNumber}` : `Case no. ${frame.caseNumber}`
  return `${number} ${start} ${together(`${end}${theirs === '' ? '' : `,${theirs}`}`)}`
}

const danishClosing = (frame: GeneralFrame): readonly Block[] => [
  paragraph(
    `Spørgsmål: ${frame.caseworker.name}, ${frame.caseworker.title}, telefon ${together(frame.caseworker.phone)}, eller svar på denne mail.`,
  ),
  paragraph(
    'Svaret læses maskinelt og kontrolleres af en medarbejder. Kontaktpersoners navn og e-mail behandles efter ministeriets privatlivspolitik.',
  ),
  paragraph('Med venlig hilsen'),
]

const englishClosing = (frame: GeneralFrame): readonly Block[] => [
  paragraph(
    `Questions: ${frame.caseworker.name}, ${frame.caseworker.title}, telephone ${together(frame.caseworker.phone)}, or reply to this mail.`,
  ),
  paragraph(
    "Replies are read by machine and checked by a member of staff. Names and e-mail addresses of contacts are treated under the ministry's privacy policy.",
  ),
  paragraph('Kind regards'),
]

const signed = (
  frame: GeneralFrame,
  signatory: Signatory,
  language: Language,
  below: readonly string[],
): readonly Block[] => [
  ...(language === 'da' ? danishClosing(frame) : englishClosing(frame)),
  { block: 'lines', lines: [`${signatory.name}, ${signatory.title}`, frame.ministry, ...below] },
]

/** The closing of a letter to every municipality, signed by the head of office; no case to be quoted. */
export const generalClosing = (language: Language, frame: GeneralFrame): readonly Block[] =>
  signed(frame, frame.officeHead, language, [])

/** Question line, machine-reading and privacy line, signature, case numbers, Kontrolnr. */
export const closingBlocks = (letter: Framing, language: Language, frame: Frame): readonly Block[] => {
  if (letter.address === 'ministry') return []
  const signatory = letter.signedBy === 'office-head' ? frame.officeHead : frame.caseworker
  return [
    ...signed(frame, signatory, language, [caseLine(frame, letter.address, language)]),
    ...(frame.controlNumber === null
      ? []
      : [paragraph(`${language === 'da' ? 'Kontrolnr.' : 'Control no.'} ${frame.controlNumber}`)]),
  ]
}
