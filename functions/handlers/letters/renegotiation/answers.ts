import { addWorkingDays, workingDaysFor } from '../../../domain/base/calendar.ts'
import { printedProposalForm } from '../../../domain/renegotiation/form.ts'
import { hasAccepted } from '../../../domain/renegotiation/state.ts'
import { todayInCopenhagen } from '../../../domain/base/time.ts'
import { answerAskedBack } from '../../../mail/answer-asked-back.ts'
import { citizenDataNotice, heldMailNotice, neutralNotice } from '../../../mail/held-mail-notice.ts'
import { noAuthority, partyAccepted, partyDeclined } from '../../../mail/proposal-outcome.ts'
import { renegotiationWishReceived } from '../../../mail/renegotiation.ts'
import { erasedMailBody } from '../erased-mail.ts'
import type { ComposedLetter } from '../letter-desk.ts'
import { addressed, answering, mailOf, namesOf, signatoryNames, type RenegotiationLetter } from './shared.ts'

/** A wish is answered within this many working days; past them the municipality would be told why not (case 55). */
const wishAnswerDays = 20
/** How soon a caseworker has looked at what came in (MAIL.md 2.2: held mail has two working days). */
const lookDays = 2

export const composeWishReceived = (letter: RenegotiationLetter): ComposedLetter => {
  const mail = mailOf(letter)
  const ground = letter.state.grounds.find((one) => one.triggerId === mail.mailKey)
  return answering(
    letter,
    mail,
    renegotiationWishReceived({
      facts: letter.facts,
      theirSubject: mail.details?.subject ?? '',
      assumptions: ground?.assumptionKeys ?? [],
      answerBy: addWorkingDays(todayInCopenhagen(mail.receivedAt), wishAnswerDays),
    }),
  )
}

export const composePartyAccepted = (letter: RenegotiationLetter): ComposedLetter => {
  const { state, party } = letter
  const mail = mailOf(letter)
  const parties = state.parties.map((one) => one.municipality)
  const hasSaidYes = (code: string): boolean => state.proposal !== null && hasAccepted(state.proposal, code)
  return answering(
    letter,
    mail,
    partyAccepted({
      facts: letter.facts,
      theirSubject: mail.details?.subject ?? '',
      party: namesOf([party])[0] ?? '',
      acceptedBy: namesOf(parties.filter(hasSaidYes)),
      waitingFor: namesOf(parties.filter((code) => !hasSaidYes(code))),
    }),
  )
}

export const composePartyDeclined = (letter: RenegotiationLetter): ComposedLetter => {
  const mail = mailOf(letter)
  return answering(
    letter,
    mail,
    partyDeclined({ facts: letter.facts, theirSubject: mail.details?.subject ?? '' }),
  )
}

export const composeNoAuthority = (letter: RenegotiationLetter): ComposedLetter => {
  const mail = mailOf(letter)
  return answering(
    letter,
    mail,
    noAuthority({
      facts: letter.facts,
      theirSubject: mail.details?.subject ?? '',
      signatories: signatoryNames(letter),
    }),
  )
}

export const composeAskedBack = (letter: RenegotiationLetter): ComposedLetter => {
  const { facts, party, state } = letter
  const mail = mailOf(letter)
  const fields = printedProposalForm(state)
  return answering(
    letter,
    mail,
    answerAskedBack({
      facts,
      theirSubject: mail.details?.subject ?? '',
      doubts: mail.details?.doubts ?? [],
      context: { fields, resultsYear: state.year, municipality: party, language: facts.language },
      answerBy: addWorkingDays(todayInCopenhagen(mail.receivedAt), workingDaysFor.question),
      fields,
    }),
  )
}

/** To the registered contact alone, in no thread of the held mail's. */
export const composeHeldNotice = (letter: RenegotiationLetter): ComposedLetter => {
  const mail = mailOf(letter)
  const notice = heldMailNotice({
    facts: letter.facts,
    receivedOn: todayInCopenhagen(mail.receivedAt),
    from: mail.details?.from ?? '',
  })
  return { ...addressed(letter, notice), thread: null }
}

export const composeNeutralNotice = (letter: RenegotiationLetter): ComposedLetter => {
  const answerBy = addWorkingDays(letter.context.on, lookDays)
  return { ...addressed(letter, neutralNotice({ facts: letter.facts, answerBy })), thread: null }
}

export const composeCitizenDataNotice = (letter: RenegotiationLetter): ComposedLetter => {
  const mail = mailOf(letter)
  const theirSubject = mail.details?.subject ?? ''
  return answering(letter, mail, citizenDataNotice({ facts: letter.facts, theirSubject }))
}

export const composeMailErased = (letter: RenegotiationLetter): ComposedLetter => {
  return addressed(letter, erasedMailBody(letter.facts, mailOf(letter)))
}
