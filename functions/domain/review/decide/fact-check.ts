import { accept, refuse, type Decision } from '../../base/stream.ts'
import { openCorrections, titlesOnPages } from '../slices/facts.ts'
import type { ReviewState, ReviewEvent } from '../state.ts'
import type { PersonCommand } from './commands.ts'
import type { Decider } from '../../base/command.ts'

/**
 * A caseworker decides on a correction the fact check asked for. What changes is words on the pages; a figure that
 * was assessed is never changed here, it asks whether to reopen (DESIGN.md 3). The approver sees it in the report.
 */
export const decideFactCheck = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'decide-fact-check' }>,
  who: Decider,
): Decision<ReviewEvent> => {
  const check = openCorrections(state).find((candidate) => candidate.mailKey === command.mailKey)
  if (check === undefined)
    return refuse('no-correction', 'no undecided correction of the fact check has that key')
  const text = command.text.trim()
  if (text === '') return refuse('reason', 'a correction is answered: how the pages change, or why not')
  const known = new Set(titlesOnPages(state).map(({ key }) => key))
  const renamed = command.as === 'corrected' ? command.renamed : []
  for (const { key } of renamed)
    if (!known.has(key)) return refuse('title', `${key} has no title on the pages`)
  const decided: ReviewEvent = {
    type: 'FactCheckDecided',
    v: 1,
    party: check.party,
    mailKey: check.mailKey,
    as: command.as,
    renamed: renamed.map(({ key, title }) => ({ key, title })),
    by: who.id,
    private: { text },
  }
  const settled = state.status === 'assessed' || state.status === 'closed'
  const raised = state.reopen !== null && !state.reopen.decided
  return command.as === 'figure' && settled && !raised
    ? accept<ReviewEvent>(decided, { type: 'ReopenRaised', v: 1, mailKey: check.mailKey })
    : accept(decided)
}
