import { accept, refuse, type Decision } from '../../base/stream.ts'
import type { ReviewState, ReviewEvent } from '../state.ts'
import type { PersonCommand } from './commands.ts'
import type { Decider } from '../../base/command.ts'
import { commentsToShare, holdsFigures } from '../slices/comments.ts'

/** Tells the other parties what one has submitted, in a caseworker's words. */
export const shareComment = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'share-comment' }>,
  who: Decider,
): Decision<ReviewEvent> => {
  const { mailKey } = command
  const substance = command.substance.trim().replace(/\.$/u, '')
  if (!commentsToShare(state).some((one) => one.mailKey === mailKey))
    return refuse(
      'not-to-share',
      'no comment of that mail is to be told to other parties in a running hearing',
    )
  if (substance === '') return refuse('reason', 'the others are told in words')
  if (holdsFigures(substance))
    return refuse('figures', 'the other parties are told the substance of an objection, not its figures')
  return accept<ReviewEvent>({
    type: 'HearingCommentShared',
    v: 1,
    mailKey,
    by: who.id,
    private: { text: substance },
  })
}
