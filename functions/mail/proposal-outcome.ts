import { joinWords, printDate } from '../domain/base/danish.ts'
import { agreementWords, capitalised } from './agreement-words.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import type { Signatory } from './frame.ts'
import type { LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

/** What holds after a proposal is gone. */
const unchanged = (facts: CaseFacts): { readonly da: string; readonly en: string } => {
  const definite = capitalised(agreementWords(facts.kind, facts.language).definite)
  return { da: `${definite} gælder uændret.`, en: `${definite} stands unchanged.` }
}

export interface NoAuthorityData {
  readonly facts: CaseFacts
  readonly theirSubject: string
  readonly signatories: readonly Signatory[]
}

/** L8e: accepted by somebody who cannot bind the municipality. */
export const noAuthority = ({ facts, theirSubject, signatories }: NoAuthorityData): LetterBody => {
  const names = signatories.map(({ title, name }) => `${title} ${name}`.trim())
  const who = {
    da: names.length === 0 ? 'kommunens underskriver' : joinWords(names, 'da'),
    en: names.length === 0 ? "the municipality's signatory" : joinWords(names, 'en'),
  }
  return letterInWords(
    'no-authority',
    facts,
    {
      da: {
        subject: '',
        title: `Tak. Tillægget træder i kraft, når ${who.da} tiltræder det på kommunens vegne.`,
        body: [],
      },
      en: {
        subject: '',
        title: `Thank you. The rider takes effect when ${who.en} accepts it on behalf of the municipality.`,
        body: [],
      },
    },
    { answers: theirSubject },
  )
}

export interface PartyAcceptedData {
  readonly facts: CaseFacts
  readonly theirSubject: string
  /** The municipality whose acceptance has come. */
  readonly party: string
  readonly acceptedBy: readonly string[]
  readonly waitingFor: readonly string[]
}

/** L8f: accepted by one of several parties. */
export const partyAccepted = (data: PartyAcceptedData): LetterBody => {
  const { facts, party, acceptedBy, waitingFor } = data
  return letterInWords(
    'party-accepted',
    facts,
    {
      da: {
        subject: '',
        title: `Ministeriet har modtaget, at ${party} tiltræder tillægget.`,
        body: [
          `Det er herefter tiltrådt af: ${joinWords(acceptedBy, 'da')}.${waitingFor.length === 0 ? '' : ` Der afventes svar fra: ${joinWords(waitingFor, 'da')}.`}`,
        ],
      },
      en: {
        subject: '',
        title: `The ministry has received that ${party} accepts the rider.`,
        body: [
          `It has now been accepted by: ${joinWords(acceptedBy, 'en')}.${waitingFor.length === 0 ? '' : ` Answers are awaited from: ${joinWords(waitingFor, 'en')}.`}`,
        ],
      },
    },
    { answers: data.theirSubject },
  )
}

export interface PartyDeclinedData {
  readonly facts: CaseFacts
  readonly theirSubject: string
}

/** L8g: declined by a party that can bind itself. */
export const partyDeclined = ({ facts, theirSubject }: PartyDeclinedData): LetterBody => {
  const stands = unchanged(facts)
  return letterInWords(
    'party-declined',
    facts,
    {
      da: {
        subject: '',
        title: 'Ministeriet har modtaget, at kommunen ikke tiltræder forslaget.',
        body: [stands.da],
      },
      en: {
        subject: '',
        title: 'The ministry has received that the municipality declines the proposal.',
        body: [stands.en],
      },
    },
    { answers: theirSubject },
  )
}

export interface ProposalLapsedData {
  readonly facts: CaseFacts
  readonly riderNumber: number
  readonly wasDueOn: string
}

/** L8h: the time ran out; told to every party. */
export const proposalLapsed = ({ facts, riderNumber, wasDueOn }: ProposalLapsedData): LetterBody => {
  const { definite } = agreementWords(facts.kind, facts.language)
  return letterInWords('proposal-lapsed', facts, {
    da: {
      subject: `forslag til tillæg nr. ${riderNumber} er bortfaldet`,
      title: `Forslag til tillæg nr. ${riderNumber} er bortfaldet`,
      body: [
        `Fristen den ${printDate(wasDueOn, 'da')} er udløbet, uden at forslaget er tiltrådt af alle parter. Forslaget er bortfaldet, og ${definite} gælder uændret. Forhandlinger kan optages igen, hvis en af parterne ønsker det.`,
      ],
    },
    en: {
      subject: `proposed rider no. ${riderNumber} has lapsed`,
      title: `Proposed rider no. ${riderNumber} has lapsed`,
      body: [
        `The time ran out on ${printDate(wasDueOn, 'en')} before the proposal was accepted by all parties. The proposal has lapsed, and ${definite} stands unchanged. Negotiations can be taken up again if one of the parties so wishes.`,
      ],
    },
  })
}

export interface WithdrawalData {
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
        subject: 'ønsket om genforhandling er trukket tilbage',
        title: 'Ønsket om genforhandling er trukket tilbage',
        body: [`Kommunen har trukket sit ønske om genforhandling tilbage. ${stands.da}`],
      },
      en: {
        subject: 'the wish to renegotiate is withdrawn',
        title: 'The wish to renegotiate is withdrawn',
        body: [`The municipality has withdrawn its wish to renegotiate. ${stands.en}`],
      },
    })
  const reason = by.reason.trim().replace(/\.$/, '')
  return letterInWords('withdrawal', facts, {
    da: {
      subject: 'forslaget er trukket tilbage',
      title: 'Forslaget er trukket tilbage',
      body: [
        `Ministeriet trækker forslaget af ${printDate(by.proposedOn, 'da')} tilbage, idet ${reason}. ${stands.da}`,
      ],
    },
    en: {
      subject: 'the proposal is withdrawn',
      title: 'The proposal is withdrawn',
      body: [
        `The ministry withdraws the proposal of ${printDate(by.proposedOn, 'en')}, because ${reason}. ${stands.en}`,
      ],
    },
  })
}

export const noAuthorityLetter = declareLetter('no-authority', {
  name: 'Svar fra en uden fuldmagt',
  signedBy: 'caseworker',
  address: 'municipality',
  form: 'answer',
})

export const partyAcceptedLetter = declareLetter('party-accepted', {
  name: 'Kvittering for tiltrædelse',
  signedBy: 'caseworker',
  address: 'municipality',
  form: 'answer',
})

export const partyDeclinedLetter = declareLetter('party-declined', {
  name: 'Kvittering for afslag',
  signedBy: 'caseworker',
  address: 'municipality',
  form: 'answer',
})

export const proposalLapsedLetter = declareLetter('proposal-lapsed', {
  name: 'Forslag bortfaldet',
  signedBy: 'office-head',
  address: 'municipality',
  mainMailboxInCopy: true,
})

export const withdrawalLetter = declareLetter('withdrawal', {
  name: 'Forslag trukket tilbage',
  signedBy: 'office-head',
  address: 'municipality',
  mainMailboxInCopy: true,
})
