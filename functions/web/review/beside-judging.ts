import { printDate } from '../../domain/base/danish.ts'
import { openPromises, promisesDueOn } from '../../domain/review/slices/promises.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { municipalityName } from '../words.ts'
import type { Waiting } from './waiting.ts'
import { commentsToShare } from '../../domain/review/slices/comments.ts'

/** The other members of a partnership are told while they can still answer (DOMAIN.md 8, 67). */
const ofSharing = (state: ReviewState): readonly Waiting[] =>
  commentsToShare(state).map(({ mailKey, party, at }) => ({
    kind: 'hearing-comment' as const,
    command: 'share-comment' as const,
    action: `share-comment/${mailKey}`,
    since: at,
    what: `bemærkning fra ${municipalityName(party)}: de andre parter skal have den i hovedtræk inden ${printDate(state.hearing?.endsOn ?? '')}`,
  }))

/** The ministry answers for its own part too, before the year's pages go out (DOMAIN.md 0). */
const ofPromises = (state: ReviewState): readonly Waiting[] =>
  openPromises(state).map(({ id, text }) => ({
    kind: 'promise' as const,
    command: 'answer-promise' as const,
    action: `answer-promise/${id}`,
    since: state.draft?.madeAt ?? state.lastAt,
    what: `»${text}« Er bidraget ydet i ${state.year}? Besvares senest ${printDate(promisesDueOn(state.year))}`,
  }))

/** What a review waits for beside its judging: comments to tell on, and the ministry's own part. */
export const besideJudging = (state: ReviewState): readonly Waiting[] => [
  ...ofSharing(state),
  ...ofPromises(state),
]
