import { joinWords, printDate } from '../domain/base/danish.ts'
import { municipality } from '../domain/directory/municipalities.ts'
import { owedLetters } from '../domain/renegotiation/owed.ts'
import { proposalEndsOn } from '../domain/renegotiation/letters-due.ts'
import { hasAccepted } from '../domain/renegotiation/state.ts'
import { agreementWords, capitalised, type CaseFacts } from './case-facts.ts'
import {
  answerToMunicipality,
  asClause,
  declareLetter,
  lastProposedOn,
  namesOf,
  proposalIn,
  signatoryNames,
  toMunicipality,
  type RenegotiationLetter,
} from './declared-letter.ts'
import type { Signatory } from './frame.ts'
import { answering, type Answering, type LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'
import { clause } from './phrases.ts'

/** What holds after a proposal is gone. */
const unchanged = (facts: CaseFacts): { readonly da: string; readonly en: string } => {
  const definite = capitalised(agreementWords(facts.kind, facts.language).definite)
  return { da: `${definite} gælder uændret.`, en: `${definite} stands unchanged.` }
}

interface NoAuthorityData extends Answering {
  readonly signatories: readonly Signatory[]
}

/** L8e: accepted by somebody who cannot bind the municipality. */
export const noAuthority = ({ facts, theirSubject, signatories }: NoAuthorityData): LetterBody => {
  const names = signatories.map(({ title, name }) => `${title} ${name}`.trim())
  const who = {
    da: names.length === 0 ? 'kommunens underskriver' : joinWords(names, 'da'),
    en: names.length === 0 ? "the municipality's signatory" : joinWords(names, 'en'),
  }
  return letterInWords('no-authority', facts, {
    da: {
      title: `Tak. Tillægget træder i kraft, når ${who.da} tiltræder det på kommunens vegne.`,
      body: [],
    },
    en: {
      title: `Thank you. The rider takes effect when ${who.en} accepts it on behalf of the municipality.`,
      body: [],
    },
    answers: theirSubject,
  })
}

interface PartyAcceptedData extends Answering {
  /** The municipality whose acceptance has come. */
  readonly party: string
  readonly acceptedBy: readonly string[]
  readonly waitingFor: readonly string[]
}

/** L8f: accepted by one of several parties. */
export const partyAccepted = (data: PartyAcceptedData): LetterBody => {
  const { facts, party, acceptedBy, waitingFor } = data
  return letterInWords('party-accepted', facts, {
    da: {
      title: `Ministeriet har modtaget, at ${party} tiltræder tillægget.`,
      body: [
        `Det er herefter tiltrådt af: ${joinWords(acceptedBy, 'da')}.${waitingFor.length === 0 ? '' : ` Der afventes svar fra: ${joinWords(waitingFor, 'da')}.`}`,
      ],
    },
    en: {
      title: `The ministry has received that ${party} accepts the rider.`,
      body: [
        `It has now been accepted by: ${joinWords(acceptedBy, 'en')}.${waitingFor.length === 0 ? '' : ` Answers are awaited from: ${joinWords(waitingFor, 'en')}.`}`,
      ],
    },
    answers: data.theirSubject,
  })
}

/** L8g: declined by a party that can bind itself. */
export const partyDeclined = ({ facts, theirSubject }: Answering): LetterBody => {
  const stands = unchanged(facts)
  return letterInWords('party-declined', facts, {
    da: {
      title: 'Ministeriet har modtaget, at kommunen ikke tiltræder forslaget.',
      body: [stands.da],
    },
    en: {
      title: 'The ministry has received that the municipality declines the proposal.',
      body: [stands.en],
    },
    answers: theirSubject,
  })
}

interface ProposalLapsedData {
  readonly facts: CaseFacts
  readonly riderNumber: number
  readonly wasDueOn: string
}

/** L8h: the time ran out; told to every party. */
export const proposalLapsed = ({ facts, riderNumber, wasDueOn }: ProposalLapsedData): LetterBody => {
  const { definite } = agreementWords(facts.kind, facts.language)
  return letterInWords('proposal-lapsed', facts, {
    da: {
      title: `Forslag til tillæg nr. ${riderNumber} er bortfaldet`,
      body: [
        `Fristen den ${printDate(wasDueOn, 'da')} er udløbet, uden at forslaget er tiltrådt af alle parter. Forslaget er bortfaldet, og ${definite} gælder uændret. Forhandlinger kan optages igen, hvis en af parterne ønsker det.`,
      ],
    },
    en: {
      title: `Proposed rider no. ${riderNumber} has lapsed`,
      body: [
        `The time ran out on ${printDate(wasDueOn, 'en')} before the proposal was accepted by all parties. The proposal has lapsed, and ${definite} stands unchanged. Negotiations can be taken up again if one of the parties so wishes.`,
      ],
    },
  })
}

interface WithdrawalData {
  readonly facts: CaseFacts
  readonly by:
    /** The reason is a clause in the recipient's language. */
    | { readonly party: 'ministry'; readonly proposedOn: string; readonly reason: string }
    | { readonly party: 'municipality' }
}

/** L8i: the ministry's proposal or the municipality's wish is withdrawn; told to every party. */
export const withdrawal = ({ facts, by }: WithdrawalData): LetterBody => {
  const stands = unchanged(facts)
  if (by.party === 'municipality')
    return letterInWords('withdrawal', facts, {
      da: {
        title: 'Ønsket om genforhandling er trukket tilbage',
        body: [`Kommunen har trukket sit ønske om genforhandling tilbage. ${stands.da}`],
      },
      en: {
        title: 'The wish to renegotiate is withdrawn',
        body: [`The municipality has withdrawn its wish to renegotiate. ${stands.en}`],
      },
    })
  const reason = clause(by.reason)
  return letterInWords('withdrawal', facts, {
    da: {
      title: 'Forslaget er trukket tilbage',
      body: [
        `Ministeriet trækker forslaget af ${printDate(by.proposedOn, 'da')} tilbage, idet ${reason}. ${stands.da}`,
      ],
    },
    en: {
      title: 'The proposal is withdrawn',
      body: [
        `The ministry withdraws the proposal of ${printDate(by.proposedOn, 'en')}, because ${reason}. ${stands.en}`,
      ],
    },
  })
}

/**
 * L8i where the ministry ends negotiations before any proposal has gone out.
 * @param reason a clause in the recipient's language
 */
export const negotiationsEnded = (facts: CaseFacts, reason: string): LetterBody => {
  const why = clause(reason)
  const definite = capitalised(agreementWords(facts.kind, facts.language).definite)
  return letterInWords('withdrawal', facts, {
    da: {
      title: 'Forhandlingerne er afsluttet uden forslag',
      body: [`Ministeriet afslutter forhandlingerne, idet ${why}. ${definite} gælder uændret.`],
    },
    en: {
      title: 'The negotiations have ended without a proposal',
      body: [`The ministry ends the negotiations, because ${why}. ${definite} stands unchanged.`],
    },
  })
}

export const noAuthorityLetter = declareLetter('no-authority', {
  name: 'Svar fra en uden fuldmagt',
  ...answerToMunicipality,
  renegotiation: {
    owed: [owedLetters],
    compose: answering((about, letter: RenegotiationLetter) =>
      noAuthority({ ...about, signatories: signatoryNames(letter) }),
    ),
  },
})

export const partyAcceptedLetter = declareLetter('party-accepted', {
  name: 'Kvittering for tiltrædelse',
  ...answerToMunicipality,
  renegotiation: {
    owed: [owedLetters],
    compose: answering((about, { state, party }: RenegotiationLetter) => {
      const parties = state.parties.map((one) => one.municipality)
      const hasSaidYes = (code: string): boolean =>
        state.proposal !== null && hasAccepted(state.proposal, code)
      return partyAccepted({
        ...about,
        party: namesOf([party])[0] ?? '',
        acceptedBy: namesOf(parties.filter(hasSaidYes)),
        waitingFor: namesOf(parties.filter((code) => !hasSaidYes(code))),
      })
    }),
  },
})

export const partyDeclinedLetter = declareLetter('party-declined', {
  name: 'Kvittering for afslag',
  ...answerToMunicipality,
  renegotiation: { owed: [owedLetters], compose: answering(partyDeclined) },
})

export const proposalLapsedLetter = declareLetter('proposal-lapsed', {
  name: 'Forslag bortfaldet',
  ...toMunicipality,
  renegotiation: {
    compose: (letter) => ({
      body: proposalLapsed({
        facts: letter.facts,
        riderNumber: proposalIn(letter).riderNumber,
        wasDueOn: proposalEndsOn(letter.state) ?? letter.context.on,
      }),
    }),
  },
})

/** Withdrawn by either side; or one party would not, which the others are told so. */
const withdrawalBody = (letter: RenegotiationLetter): LetterBody => {
  const { facts, state } = letter
  if (state.withdrawn?.by === 'municipality') return withdrawal({ facts, by: { party: 'municipality' } })
  const sentOn = lastProposedOn(letter)
  const declined = state.declinedBy === null ? null : municipality(state.declinedBy.party).officialName
  const reason =
    declined === null
      ? asClause(state.withdrawn?.text ?? '')
      : { da: `${declined} ikke tiltræder det`, en: `${declined} does not accept it` }[facts.language]
  return sentOn === null
    ? negotiationsEnded(facts, reason)
    : withdrawal({ facts, by: { party: 'ministry', proposedOn: sentOn, reason } })
}

export const withdrawalLetter = declareLetter('withdrawal', {
  name: 'Forslag trukket tilbage',
  ...toMunicipality,
  renegotiation: { compose: (letter) => ({ body: withdrawalBody(letter) }) },
})
