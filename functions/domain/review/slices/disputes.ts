import * as z from 'zod'
import { event, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { personIdSchema } from '../../base/values.ts'
import type { mailsSlice } from '../../casefile/mails.ts'
import type { ReviewStanding, ReviewStatus } from '../status.ts'
import { hearingAnswers, type Hearing } from './hearing.ts'
import type { Opening } from './opening.ts'

/** A remark on a value the ministry observed was answered: the verdict is free again. */
const disputeAnsweredSchema = event('DisputeAnswered', {
  mailKey: z.string(),
  assumption: z.string(),
  by: personIdSchema,
  private: privateText,
})

interface Disputes {
  /** Remarks on values the ministry observed, as answered. */
  readonly disputeAnswers: readonly {
    readonly mailKey: string
    readonly assumption: string
    readonly text: string
  }[]
}
const initial: Disputes = { disputeAnswers: [] }

/** Remarks of a municipality on what the ministry observed. */
export const disputesSlice = slice({
  initial,
  events: [disputeAnsweredSchema],
  fold: {
    DisputeAnswered: ({ disputeAnswers }, { mailKey, assumption, private: own }) => ({
      disputeAnswers: [...disputeAnswers, { mailKey, assumption, text: own?.text ?? '' }],
    }),
  },
})
type Seen = Disputes & Opening & ReviewStanding & Hearing & typeof mailsSlice.initial

/** A municipality's remark on a value that the ministry observed (`FS1 bemærkning`; Edge case 58). */
export interface Dispute {
  readonly mailKey: string
  readonly party: string
  /** The assumption's key. */
  readonly assumption: string
  /** Empty when it was erased. */
  readonly text: string
  readonly receivedAt: string
}

const remark = /^(FS\d+) bemærkning$/u

/** Until the draft is approved a remark holds back; in the hearing it is a comment, answered with the others. */
const holding: readonly ReviewStatus[] = ['collecting', 'collected', 'drafted', 'recommended', 'asking']

const disputesOf = (state: Seen): readonly Dispute[] => {
  const ministrys = new Set(
    (state.content?.assumptions ?? [])
      .filter((assumption) => assumption.observedBy === 'ministry')
      .map((assumption) => assumption.key),
  )
  const heard = new Set(hearingAnswers(state).map((answer) => answer.mailKey))
  return state.mails.flatMap(({ mailKey, party, standing, values, details, receivedAt }) =>
    party === null || standing !== 'counts' || heard.has(mailKey)
      ? []
      : values.flatMap(({ key }) => {
          const assumption = remark.exec(key)?.[1]
          return assumption === undefined || !ministrys.has(assumption)
            ? []
            : [{ mailKey, party, assumption, text: details?.texts[key] ?? '', receivedAt }]
        }),
  )
}

const isAnswered = (state: Disputes, { mailKey, assumption }: Dispute): boolean =>
  state.disputeAnswers.some((one) => one.mailKey === mailKey && one.assumption === assumption)

/** Remarks that nobody has answered: no verdict is made, recommended or approved meanwhile. */
export const openDisputes = (state: Seen): readonly Dispute[] =>
  holding.includes(state.status) ? disputesOf(state).filter((one) => !isAnswered(state, one)) : []
