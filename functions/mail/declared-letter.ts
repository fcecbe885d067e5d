import type { Contact } from '../domain/agreement/content.ts'
import { contactsOf } from '../domain/casefile/recipients.ts'
import type { FormField } from '../domain/form/field.ts'
import { askedForm, missingFields } from '../domain/review/asked.ts'
import { provisionalMails, type MailRecord } from '../domain/casefile/mails.ts'
import type { PartyState } from '../domain/review/slices/figures.ts'
import type { ReviewState } from '../domain/review/state.ts'
import { lettersTo, type LetterOrder } from '../domain/casefile/letters.ts'
import { municipality } from '../domain/directory/municipalities.ts'
import type { RenegotiationState } from '../domain/renegotiation/state.ts'
import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import type { PrintedForm } from './form-blocks.ts'
import type { CaseLetter, LetterDraft } from './letter.ts'
import type { Framing, Signatory } from './frame.ts'

/** What every letter of a review is composed from. */
export interface ReviewLetter extends CaseLetter {
  readonly state: ReviewState
  readonly party: PartyState
}

export const printedForm = (letter: ReviewLetter, fields: readonly FormField[]): PrintedForm => ({
  fields,
  resultsYear: letter.state.year,
  kind: letter.content.kind,
  language: letter.recipient.language,
  municipality: letter.party.municipality,
  caseNumber: letter.content.caseNumber,
  token: letter.context.token,
})

export const wholeForm = (letter: ReviewLetter): readonly FormField[] =>
  askedForm(letter.content, letter.state.year, letter.party.municipality, letter.context.on)

/** A colleague's mails whose figures wait for the contact's OK. */
export const waitingForOk = ({ state, party }: ReviewLetter): readonly MailRecord[] =>
  provisionalMails(state.mails, party.municipality).filter(({ values }) => values.length > 0)

/**
 * The lines that the party is to answer. Not those that a colleague has answered, which wait for an OK, and not the
 * half of a share that stands where its other half alone is in doubt (MAIL 254, 256).
 */
export const missingNow = (letter: ReviewLetter): readonly FormField[] => {
  const { party } = letter
  const given = new Set(waitingForOk(letter).flatMap(({ values }) => values.map(({ key }) => key)))
  const stands = (key: string): boolean =>
    party.figures[key] !== undefined &&
    !party.doubts.some((doubt) => doubt.key === key || key.startsWith(`${doubt.key} `))
  return missingFields(letter.state, party, letter.context.on).filter(
    ({ key }) => !given.has(key) && !stands(key),
  )
}

/** The lead municipality (tovholderkommune) gets a copy of its members' reminders. */
export const leadInCopy = ({ state, party, context }: ReviewLetter): readonly Contact[] => {
  const lead = state.parties.find(({ role }) => role === 'lead')
  return lead === undefined || lead.municipality === party.municipality
    ? []
    : contactsOf(context.contacts, lead.municipality, context.on, 'contact')
}

/** What every letter of a renegotiation is composed from. */
export interface RenegotiationLetter extends CaseLetter {
  readonly state: RenegotiationState
  readonly party: string
  readonly signatories: readonly Contact[]
  /** The year's review: wishes are mails in it. */
  readonly review: ReviewState
}

export const proposalIn = (letter: RenegotiationLetter): NonNullable<RenegotiationState['proposal']> => {
  if (letter.state.proposal === null) throw new Error('there is no proposal on the record')
  return letter.state.proposal
}

export const namesOf = (parties: readonly string[]): readonly string[] =>
  parties.map((code) => municipality(code).officialName)

export const signatoryNames = (letter: RenegotiationLetter): readonly Signatory[] =>
  letter.signatories.map(({ name, title }) => ({ name, title }))

/** The reason of a decision goes into a sentence after "idet" or "at": a clause without its own opening. */
export const asClause = (text: string): string =>
  text.trim().replace(/^(?:at|idet|fordi|because|that)\s+/iu, '')

/** The day this party was last sent a proposal; null when none has gone out. */
export const lastProposedOn = (letter: RenegotiationLetter): string | null =>
  lettersTo(letter.state.letters, letter.party, 'proposal').at(-1)?.datedOn ?? null

/** Which letters a case owes at once, day and night: each once, each for one mail or decision. */
export type OwedRule<S> = (state: S) => readonly LetterOrder[]

/** A kind of case that sends the letter. */
interface Sending<S> {
  /** Left out where the case's plan orders it: at 9.00 on a working day. One rule may serve several letters. */
  readonly owed?: readonly OwedRule<S>[]
}

/** What a letter needs beside its case; whoever sends it reads it first. */
export interface Needed {
  /** The request of the latest later year that the party has been asked for and that is still open. */
  readonly 'running-request': { readonly year: number; readonly requestedOn: string } | null
  /** The correction sheet of the order's number. */
  readonly 'correction-sheet': {
    readonly frozenOn: string
    readonly grounds: string
    readonly why: string
    readonly places: readonly { readonly place: string; readonly was: string; readonly holds: string }[]
    readonly documents: readonly { readonly fileName: string; readonly archiveKey: string }[]
  }
}

type Composing<L> =
  | { readonly needs?: undefined; readonly compose: (letter: L) => LetterDraft }
  | {
      readonly [N in keyof Needed]: {
        readonly needs: N
        readonly compose: (letter: L, needed: Needed[N]) => LetterDraft
      }
    }[keyof Needed]

/** What holds for every letter of a kind, and which cases send it. */
export interface DeclaredLetter<K extends LetterKind = LetterKind> extends Framing {
  readonly kind: K
  /** What the console's lists call it. */
  readonly name: string
  /** The municipality's main mailbox (hovedpostkasse) is in copy (LETTERS 1.8). */
  readonly mainMailboxInCopy?: true
  /** It ends with the first hex digits of the case's record (LETTERS 2). */
  readonly printsControlNumber?: true
  readonly review?: Sending<ReviewState> & Composing<ReviewLetter>
  readonly renegotiation?: Sending<RenegotiationState> & {
    readonly compose: (letter: RenegotiationLetter) => LetterDraft
  }
}

/** A letter: its kind, who signs it, what it says of a case and when it is owed, in one value beside its words. */
export const declareLetter = <K extends LetterKind>(
  kind: K,
  declared: Omit<DeclaredLetter<K>, 'kind'>,
): DeclaredLetter<K> => ({ kind, ...declared })

/** The office head writes to the municipality as such, its main mailbox in copy. */
export const toMunicipality = {
  signedBy: 'office-head',
  address: 'municipality',
  mainMailboxInCopy: true,
} as const

/** The office head writes to the contact. */
export const toContact = { signedBy: 'office-head', address: 'you' } as const

export const toContactAndMailbox = { ...toContact, mainMailboxInCopy: true } as const

/** The caseworker writes to the contact. */
export const fromCaseworker = { signedBy: 'caseworker', address: 'you' } as const

export const answerToContact = { ...fromCaseworker, form: 'answer' } as const

export const answerToMunicipality = { ...answerToContact, address: 'municipality' } as const
