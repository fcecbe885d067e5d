import { canonicalJson } from '../judging/canonical.ts'
import { commitmentShortcomings } from '../money/budget.ts'
import { accept, refuse } from '../base/stream.ts'
import type { Decision } from '../base/stream.ts'
import { isAfter, laterDate } from '../base/time.ts'
import type { AgreementCommand, AgreementFacts } from './commands.ts'
import { contactShortcomings, contentShortcomings, signatureShortcomings } from './completeness.ts'
import type { ContactRef } from './completeness.ts'
import { type AgreementContent, shortcomingText } from './content.ts'
import { raiseQuestion, recordObservation } from './questions.ts'
import { takeRider } from './rider.ts'
import type { AgreementState, AgreementEvent } from './state.ts'
import { latestVersion, openedYear, targetsFor } from './versions.ts'
import type { RenegotiationOutcome } from './slices/questions.ts'

type Decided = Decision<AgreementEvent>

const isSame = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

const draft = (state: AgreementState, content: AgreementContent): Decided => {
  if (state.draft !== null && isSame(state.draft, content)) return accept()
  if (latestVersion(state) !== null)
    return refuse('signed', 'a signed agreement is changed by a rider, never by a new draft')
  if (state.draft !== null && state.draft.id !== content.id)
    return refuse('another-agreement', `this stream is ${state.draft.id}`)
  return accept({ type: 'AgreementDrafted', v: 1, content })
}

/** The content contacts are checked against: the latest version, else the draft. */
const contentNow = (state: AgreementState): AgreementContent | null =>
  latestVersion(state)?.content ?? state.draft

const registerContacts = (state: AgreementState, contacts: readonly ContactRef[]): Decided => {
  const content = contentNow(state)
  if (content === null) return refuse('no-draft', 'contacts are registered on a drafted agreement')
  if (isSame(state.contacts, contacts)) return accept()
  const shortcomings = contactShortcomings(content, contacts)
  return shortcomings.length > 0
    ? refuse('incomplete', shortcomings.map(shortcomingText).join('; '))
    : accept({ type: 'ContactsRegistered', v: 1, contacts: [...contacts] })
}

const sign = (
  state: AgreementState,
  command: Extract<AgreementCommand, { do: 'sign' }>,
  facts: AgreementFacts,
): Decided => {
  const { signatures, contentHash } = command
  const signed = state.versions.at(0)
  if (signed !== undefined)
    return signed.contentHash === contentHash
      ? accept()
      : refuse('signed', 'the agreement is signed with another text')
  if (state.draft === null) return refuse('no-draft', 'there is no draft to sign')
  const shortcomings = [
    ...contentShortcomings(state.draft),
    ...contactShortcomings(state.draft, state.contacts),
    ...signatureShortcomings(state.draft, signatures),
  ]
  if (shortcomings.length > 0) return refuse('incomplete', shortcomings.map(shortcomingText).join('; '))
  const beyond = facts.budget == null ? [] : commitmentShortcomings(state.draft, facts.budget, [])
  if (beyond.length > 0) return refuse('frame', beyond.map(shortcomingText).join('; '))
  const signedOn = signatures.reduce((latest, one) => laterDate(latest, one.on), '0000-01-01')
  const effectiveFrom = laterDate(signedOn, state.draft.effectiveFrom)
  return accept<AgreementEvent>(
    { type: 'AgreementSigned', v: 1, signedOn, signatures },
    { type: 'VersionInForce', v: 1, version: 1, contentHash, effectiveFrom },
  )
}

const openYear = (state: AgreementState, year: number): Decided => {
  if (openedYear(state, year) !== null) return accept()
  const versions = targetsFor(state, year).map((one) => ({ target: one.target.key, version: one.version }))
  return versions.length === 0
    ? refuse('not-in-force', `no target was in force on its measuring date in ${year}`)
    : accept({ type: 'YearOpened', v: 1, year, versions })
}

const settle = (state: AgreementState, seq: number, outcome: RenegotiationOutcome): Decided => {
  const question = state.questions.find((one) => one.seq === seq)
  if (question === undefined) return refuse('no-question', `no renegotiation ${seq} was raised`)
  if (question.outcome === outcome) return accept()
  if (question.outcome !== null) return refuse('settled', `renegotiation ${seq} ended: ${question.outcome}`)
  if (outcome === 'rider') return refuse('no-rider', 'a rider settles its question by taking effect')
  return accept({ type: 'RenegotiationSettled', v: 1, seq, outcome })
}

/** The term has run out: on the day after the last day it is in force. */
const expire = (state: AgreementState, on: string): Decided => {
  const latest = latestVersion(state)
  if (latest === null) return refuse('not-signed', 'only a signed agreement expires')
  if (state.endedOn !== null) return accept()
  return isAfter(on, latest.content.expiresOn)
    ? accept({ type: 'AgreementExpired', v: 1, on: latest.content.expiresOn })
    : refuse('not-expired', `the agreement is in force until ${latest.content.expiresOn}`)
}

/**
 * What a command does to an agreement: events, or a refusal with its kind. Pure; a command that has already
 * had its effect is accepted with no events, so that every repetition is harmless.
 */
export const decideAgreement = (
  state: AgreementState,
  command: AgreementCommand,
  facts: AgreementFacts,
): Decided => {
  switch (command.do) {
    case 'draft':
      return draft(state, command.content)
    case 'register-contacts':
      return registerContacts(state, command.contacts)
    case 'sign':
      return sign(state, command, facts)
    case 'open-year':
      return openYear(state, command.year)
    case 'record-observation':
      return recordObservation(state, command)
    case 'raise':
      return raiseQuestion(state, command, facts.today)
    case 'settle':
      return settle(state, command.seq, command.outcome)
    case 'take-rider':
      return takeRider(state, command, facts)
    case 'expire':
      return expire(state, command.on)
    default:
      return command satisfies never
  }
}
