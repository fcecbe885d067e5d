import { slice } from '../../base/slice.ts'
import { compareInstants } from '../../base/time.ts'
import { heldMails, mailsSlice, type MailReceived, type MailRecord } from '../../casefile/mails.ts'
import { proposalDecidedSchema, type ProposalDecided, type ProposalRecord } from '../../casefile/proposals.ts'
import { isFigure } from '../../casefile/reading.ts'
import { undecidedUnplaced, type unplacedSlice } from '../../casefile/unplaced-mails.ts'
import type { ReviewStanding, ReviewStatus } from '../status.ts'
import { confirmedAnswer, partyOf, type Parties } from './figures.ts'

type Mails = typeof mailsSlice.initial

/** The mail after the decision on one of its proposals: what was confirmed stands among its answers. */
const withProposalDecided = (mail: MailRecord, event: ProposalDecided, at: string): MailRecord => {
  const { as, by, index, key } = event
  const confirmed = as === 'confirmed' ? confirmedAnswer(mail, index, key) : null
  return {
    ...mail,
    proposals: mail.proposals.map((proposal, which) =>
      which === index ? { ...proposal, decided: { as, key, by, at } } : proposal,
    ),
    values: [...mail.values, ...(confirmed?.values ?? [])],
    details:
      mail.details == null
        ? null
        : { ...mail.details, written: { ...mail.details.written, ...confirmed?.details?.written } },
  }
}

/** What a caseworker makes of figures found in free text. */
export const proposalsSlice = slice({
  initial: {},
  events: [proposalDecidedSchema],
  reads: [mailsSlice],
  fold: {
    ProposalDecided: ({ mails }, decided, { at }) => ({
      mails: mails.map((mail) =>
        mail.mailKey === decided.mailKey ? withProposalDecided(mail, decided, at) : mail,
      ),
    }),
  },
})

/** While figures may still come in of themselves. */
const takesProposals: readonly ReviewStatus[] = [
  'collecting',
  'collected',
  'drafted',
  'recommended',
  'asking',
  'approved',
  'hearing',
  'answered',
]

/** A figure found in free text that waits for a caseworker. */
export interface OpenProposal {
  readonly mail: MailRecord
  readonly index: number
  readonly proposal: ProposalRecord
}

/** Has the municipality itself answered since what the words seem to be about? */
const isAnsweredSince = (
  mails: readonly MailRecord[],
  mail: MailRecord,
  proposal: ProposalRecord,
): boolean => {
  const keys = [proposal.key, ...proposal.others]
  return mails.some(
    (later) =>
      later.standing === 'counts' &&
      later.party === mail.party &&
      compareInstants(later.receivedAt, mail.receivedAt) > 0 &&
      later.values.some(({ key, value }) => isFigure(value) && (proposal.key === '' || keys.includes(key))),
  )
}

/** Proposals of mails that count, undecided and not answered by key since. */
export const openProposals = (state: ReviewStanding & Mails): readonly OpenProposal[] =>
  takesProposals.includes(state.status)
    ? state.mails
        .filter((mail) => mail.standing === 'counts')
        .flatMap((mail) =>
          mail.proposals.flatMap((proposal, index) =>
            proposal.decided === null && !isAnsweredSince(state.mails, mail, proposal)
              ? [{ mail, index, proposal }]
              : [],
          ),
        )
    : []

/** The mail as an event says it, with none of its proposals or with the given ones. */
const withProposals = (
  event: MailReceived,
  proposals: NonNullable<MailReceived['proposals']>,
  words: NonNullable<NonNullable<MailReceived['private']>['proposals']>,
): MailReceived => {
  const { private: own, proposals: _, ...rest } = event
  if (own === undefined) return proposals.length === 0 ? rest : { ...rest, proposals }
  const { proposals: __, ...others } = own
  return proposals.length === 0
    ? { ...rest, private: others }
    : { ...rest, proposals, private: { ...others, proposals: words } }
}

export const withoutProposals = (event: MailReceived): MailReceived => withProposals(event, [], [])

/**
 * The mail with the proposals worth a person's time: a figure that stands already, or one in a mail that answers
 * nothing any more, is none.
 */
export const withFreshProposals = (state: ReviewStanding & Parties, event: MailReceived): MailReceived => {
  const party = event.party === null ? null : partyOf(state, event.party)
  const words = event.private?.proposals ?? []
  // Of a closed year too: the mail is held, and what it proposes is decided if the case is reopened.
  const isTaken = takesProposals.includes(state.status) || state.status === 'closed'
  if (party === null || !isTaken) return withoutProposals(event)
  const fresh = (event.proposals ?? []).flatMap((proposal, at) => {
    const stands = [proposal.key, ...proposal.others].some(
      (key) => JSON.stringify(party.figures[key]?.value) === JSON.stringify(proposal.value),
    )
    return stands ? [] : [{ proposal, words: words[at] ?? { written: '', sentence: '' } }]
  })
  return withProposals(
    event,
    fresh.map(({ proposal }) => proposal),
    fresh.map((one) => one.words),
  )
}

/** Is every figure of a mail's free text decided, and one of them confirmed? Then the contact gets a receipt. */
export const isProposalReceiptOwed = (state: ReviewStanding & Mails, mail: MailRecord): boolean =>
  mail.standing === 'counts' &&
  mail.proposals.some(({ decided }) => decided?.as === 'confirmed') &&
  !openProposals(state).some((open) => open.mail.mailKey === mail.mailKey)

/**
 * Does a mail that may be an answer wait for a person, held here or in an inbox, or do words of one that counts?
 * Nobody is reminded and nothing is judged meanwhile.
 * @param municipality that party's alone, with those that may be anybody's; left out: every party's
 */
export const hasUndecidedMail = (
  state: ReviewStanding & Mails & typeof unplacedSlice.initial,
  municipality?: string,
): boolean =>
  [
    ...heldMails(state.mails),
    ...undecidedUnplaced(state.unplaced),
    ...openProposals(state).map(({ mail }) => mail),
  ].some(({ party }) => municipality === undefined || party === null || party === municipality)
