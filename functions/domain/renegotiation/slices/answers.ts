import * as z from 'zod'
import { targetKeySchema } from '../../agreement/content.ts'
import { event, hashSchema as hash, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { municipalityCodeSchema, personIdSchema } from '../../base/values.ts'
import { partyAcceptedSchema, proposalSlice, targetValueSchema } from './proposal.ts'

export const partyDeclinedSchema = event(
  'PartyDeclined',
  { subject: hash, party: municipalityCodeSchema, mailKey: z.string(), private: privateText },
  { privateFrom: 'mail' },
)
const counterProposedSchema = event(
  'CounterProposed',
  {
    subject: hash,
    /** Which counter-proposal it is, of at most three; null for one beyond them. */
    round: z.int().positive().nullable(),
    party: municipalityCodeSchema,
    mailKey: z.string(),
    values: z.array(z.strictObject({ target: targetKeySchema, value: targetValueSchema })),
    private: privateText,
  },
  { privateFrom: 'mail' },
)
/** The ministry's answer: accepted leads to a new draft, refused leaves the latest proposal standing. */
const counterProposalAnsweredSchema = event('CounterProposalAnswered', {
  mailKey: z.string(),
  accepted: z.boolean(),
  by: personIdSchema,
  private: privateText,
})
/** An answer by somebody who cannot bind the municipality. */
const answerNotedSchema = event('AnswerNoted', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  answer: z.enum(['accepted', 'declined']),
})
/** A reply that may be an answer (free text, a signed rider): a caseworker says what it is. */
const answerUnmarkedSchema = event('AnswerUnmarked', {
  /** The proposal it answers; null when that is an earlier one or nothing says which. */
  subject: hash.nullable(),
  party: municipalityCodeSchema,
  mailKey: z.string(),
})
const answerMarkedSchema = event('AnswerMarked', {
  mailKey: z.string(),
  as: z.enum(['accepted', 'declined', 'comment', 'counter-proposal']),
  by: personIdSchema,
})

/** What a party's mail said of a proposal. */
export interface ProposalAnswer {
  readonly party: string
  readonly mailKey: string
  readonly at: string
  readonly subject: string
  readonly answer: 'accepted' | 'declined' | 'counter-proposal' | 'no-authority' | 'unmarked' | 'comment'
}

export interface CounterProposal {
  readonly party: string
  readonly mailKey: string
  readonly at: string
  /** The proposal it answers. */
  readonly subject: string
  /** Null beyond the last round: answered, but not negotiated. */
  readonly round: number | null
  readonly values: readonly { readonly target: string; readonly value: string }[]
  readonly reason: string
  readonly answered: { readonly accepted: boolean; readonly by: string; readonly text: string } | null
}

interface Answers {
  readonly answers: readonly ProposalAnswer[]
  readonly counters: readonly CounterProposal[]
}
const initial: Answers = { answers: [], counters: [] }

type Seen = Answers & typeof proposalSlice.initial

/** A party's latest word; without a subject of its own it is about the proposal on the table. */
const answered = (
  { answers, proposal }: Seen,
  { party, mailKey }: Pick<ProposalAnswer, 'party' | 'mailKey'>,
  answer: ProposalAnswer['answer'],
  at: string,
  subject: string | null = proposal?.subject ?? null,
): Pick<Answers, 'answers'> => ({
  answers: [
    ...answers.filter((one) => one.mailKey !== mailKey || one.party !== party),
    { party, mailKey, at, answer, subject: subject ?? '' },
  ],
})

/** What the parties say of the proposal. */
export const answersSlice = slice({
  initial,
  events: [
    partyDeclinedSchema,
    counterProposedSchema,
    counterProposalAnsweredSchema,
    answerNotedSchema,
    answerUnmarkedSchema,
    answerMarkedSchema,
  ],
  reads: [proposalSlice],
  hears: [partyAcceptedSchema],
  fold: {
    PartyAccepted: (state, told, { at }) => answered(state, told, 'accepted', at),
    PartyDeclined: (state, told, { at }) => answered(state, told, 'declined', at),
    CounterProposed: (state, told, { at }) => {
      const { party, mailKey, subject, round, values } = told
      const counter = { party, mailKey, at, subject, round, values, answered: null }
      return {
        ...answered(state, told, 'counter-proposal', at),
        counters: [...state.counters, { ...counter, reason: told.private?.text ?? '' }],
      }
    },
    CounterProposalAnswered: ({ counters }, { mailKey, accepted, by, private: own }) => ({
      counters: counters.map((counter) =>
        counter.mailKey === mailKey
          ? { ...counter, answered: { accepted, by, text: own?.text ?? '' } }
          : counter,
      ),
    }),
    AnswerNoted: (state, told, { at }) => answered(state, told, 'no-authority', at),
    AnswerUnmarked: (state, told, { at }) => answered(state, told, 'unmarked', at, told.subject),
    AnswerMarked: ({ answers }, { mailKey, as }) => ({
      answers: answers.map((answer) => (answer.mailKey === mailKey ? { ...answer, answer: as } : answer)),
    }),
  },
})
