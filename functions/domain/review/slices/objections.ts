import * as z from 'zod'
import { event, hashSchema as hash, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { personIdSchema } from '../../base/values.ts'
import { commentsAnsweredSchema } from './comments.ts'
import { draftSupersededSchema } from './drafting.ts'
import { hearingSlice } from './hearing.ts'

/** The approver's superior has decided an objection: the assessment stands, or a new draft is made. */
const objectionDecidedSchema = event('ObjectionDecided', {
  subject: hash,
  mailKey: z.string(),
  outcome: z.enum(['upheld', 'changed']),
  by: personIdSchema,
  private: privateText,
})

/** An objection that the answer to it has not settled: the approver's superior decides it (Edge case 17). */
export interface Objection {
  readonly mailKey: string
  readonly party: string
  /** Instant from which it waits. */
  readonly since: string
  /** Null while undecided. */
  readonly decided: {
    readonly outcome: 'upheld' | 'changed'
    readonly by: string
    readonly at: string
    readonly text: string
  } | null
}

interface Objections {
  /** Objections put to the approver's superior, with what was decided. */
  readonly objections: readonly Objection[]
}
const initial: Objections = { objections: [] }

const decidedOnes = ({ objections }: Objections): readonly Objection[] =>
  objections.filter(({ decided }) => decided !== null)

/** Objections to the draft that its answer does not settle; with their draft, the undecided fall away. */
export const objectionsSlice = slice({
  initial,
  events: [objectionDecidedSchema],
  reads: [hearingSlice],
  hears: [commentsAnsweredSchema, draftSupersededSchema],
  fold: {
    CommentsAnswered: (state, { disputed }, { at }) => ({
      objections: [
        ...decidedOnes(state),
        ...disputed.map((mailKey) => ({
          mailKey,
          party: state.hearing?.answers.find((answer) => answer.mailKey === mailKey)?.party ?? '',
          since: at,
          decided: null,
        })),
      ],
    }),
    ObjectionDecided: ({ objections }, { mailKey, outcome, by, private: own }, { at }) => ({
      objections: objections.map((one) =>
        one.mailKey === mailKey && one.decided === null
          ? { ...one, decided: { outcome, by, at, text: own?.text ?? '' } }
          : one,
      ),
    }),
    DraftSuperseded: (state) => ({ objections: decidedOnes(state) }),
  },
})

/** Objections that the final assessment waits for. */
export const openObjections = (state: Objections): readonly Objection[] =>
  state.objections.filter(({ decided }) => decided === null)

/** What was decided of the objection in a mail; null where it was never put to the superior, or not decided yet. */
export const objectionDecision = (state: Objections, ...mailKeys: readonly string[]): Objection['decided'] =>
  state.objections.findLast((one) => mailKeys.includes(one.mailKey) && one.decided !== null)?.decided ?? null
