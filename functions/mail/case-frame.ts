import type { AgreementContent, Contact } from '../domain/agreement/content.ts'
import type { LetterRecord } from '../domain/casefile/letters.ts'
import { caseworkerOf, domainsOn, officeHeadOn, type Directory } from '../domain/directory/directory.ts'
import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import { formerMinistry, ministryOn } from '../domain/directory/ministry.ts'
import { municipality } from '../domain/directory/municipalities.ts'
import { isBefore } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import type { CaseFacts } from './case-facts.ts'
import type { Frame, RenamedMinistry } from './frame.ts'
import { letters } from './letters.ts'

/** What the frame of a letter is made from. */
export interface FrameFacts {
  readonly directory: Directory
  readonly content: AgreementContent
  /** Who took the case over, or was given it. */
  readonly caseworker?: string | null
  /** The agreement's last signature. */
  readonly signedOn: string
  readonly party: string
  /** Whom it is meant for; a main mailbox is no person. */
  readonly recipient: Contact | null
  /** The letter's date. */
  readonly on: string
  /** Letters of the agreement sent before, in all its cases that the caller knows. */
  readonly lettersBefore: readonly Pick<LetterRecord, 'order' | 'datedOn'>[]
  readonly theirCaseNumber: string | null
  /** Given only where the letter prints it: receipts and final assessments. */
  readonly controlNumber: string | null
}

/** A letter without date and salutation cannot tell that the ministry's name has changed. */
const tells = (kind: LetterKind): boolean =>
  letters[kind].form === undefined && letters[kind].address !== 'ministry'

/**
 * The sentence on the ministry's new name: in the first letter to the municipality under a name that is not the
 * contract's, once per agreement. Null in every other letter.
 */
const renamedIn = (facts: FrameFacts): RenamedMinistry | null => {
  const contractingName = formerMinistry(facts.signedOn, facts.on)
  const name = ministryOn(facts.on)
  const earlierLetters = facts.lettersBefore.filter(
    (letter) => letter.order.party === facts.party && tells(letter.order.kind),
  )
  // Whoever has only ever been written to under today's name has seen no change.
  const changed = earlierLetters.some((letter) => isBefore(letter.datedOn, name.from))
  const told = earlierLetters.some((letter) => !isBefore(letter.datedOn, name.from))
  if (contractingName === null || !changed || told) return null
  const { replyDomain } = domainsOn(facts.directory, facts.on)
  return { on: name.from, newName: name.name, contractingName, newDomain: replyDomain }
}

/** The frame of a letter by its own date (LETTERS 2): ministry, signatories, case numbers. */
export const frameOf = (facts: FrameFacts): Omit<Frame, 'token'> => {
  const { directory, content, on, recipient } = facts
  const head = officeHeadOn(directory, on)
  const caseworker = caseworkerOf(directory, {
    agreement: content.id,
    parties: content.parties,
    caseworker: facts.caseworker ?? null,
  })
  return {
    agreementKind: content.kind,
    letterOn: on,
    ministry: ministryOn(on).name,
    officeHead: { name: head.name, title: head.title },
    caseworker: { name: caseworker.name, title: caseworker.title, phone: caseworker.phone },
    caseNumber: content.caseNumber,
    theirCaseNumber: facts.theirCaseNumber,
    municipality: municipality(facts.party).officialName,
    recipient:
      recipient === null || recipient.role === 'main-mailbox'
        ? null
        : { name: recipient.name, title: recipient.title },
    renamed: renamedIn(facts),
    controlNumber: facts.controlNumber,
  }
}

/**
 * What a letter says of the agreement, by the letter's own date. The contracting ministry's former name is
 * named at the first mention, unless the frame of the same letter tells it already.
 */
export const caseFactsOf = (
  facts: Pick<FrameFacts, 'content' | 'signedOn' | 'on'>,
  frame: Pick<Frame, 'renamed'>,
  resultsYear: number,
  language: Language,
): CaseFacts => ({
  kind: facts.content.kind,
  signedOn: facts.signedOn,
  clauses: facts.content.clauses,
  resultsYear,
  language,
  contractingMinistry: frame.renamed === null ? formerMinistry(facts.signedOn, facts.on) : null,
})
