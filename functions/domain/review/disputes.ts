import type { ReviewState } from './state.ts'
import type { ReviewStatus } from './transitions.ts'

/** A municipality's remark on a value that the ministry observed (`FS1 bemærkning`; DOMAIN.md 8, 58). */
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

const disputesOf = (state: ReviewState): readonly Dispute[] => {
  const ministrys = new Set(
    (state.content?.assumptions ?? [])
      .filter((assumption) => assumption.observedBy === 'ministry')
      .map((assumption) => assumption.key),
  )
  const heard = new Set(
    [...(state.hearing?.answers ?? []), ...state.earlyAnswers].map((answer) => answer.mailKey),
  )
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

const isAnswered = (state: ReviewState, { mailKey, assumption }: Dispute): boolean =>
  state.disputeAnswers.some((one) => one.mailKey === mailKey && one.assumption === assumption)

/** Remarks that nobody has answered: no verdict is made, recommended or approved meanwhile. */
export const openDisputes = (state: ReviewState): readonly Dispute[] =>
  holding.includes(state.status) ? disputesOf(state).filter((one) => !isAnswered(state, one)) : []
