import type * as z from 'zod'
import { decideAgreement } from '../../domain/agreement/decide.ts'
import { contentForYear, openedYear } from '../../domain/agreement/versions.ts'
import { attach } from '../../domain/casefile/attempts.ts'
import { open } from '../../domain/review/decide/machine.ts'
import { isOver } from '../../domain/review/status.ts'
import type { ReviewEvent } from '../../domain/review/state.ts'
import { accept, refuse, type Actor } from '../../domain/base/stream.ts'
import { agreementStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { tasks } from '../../../workflows/tasks.ts'
import { NothingToDo } from '../../../workflows/errors.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import { done, performTask } from './perform-task.ts'
import { agreementCase, reviewCase } from '../streams/cases.ts'

const actor: Actor = { by: 'system', name: 'OpenReview' }

/** Attaches the execution and opens the collection with the version in force on each target's measuring date. */
export const makeOpenReview =
  (ports: RecordPorts) =>
  async (input: z.infer<typeof tasks.OpenReview.input>): Promise<Record<string, never>> => {
    const read = await loadCase(ports, reviewCase, input.stream)
    const { state } = read
    if (isOver(state.status)) throw new NothingToDo(`the review is ${state.status}`)
    const id = state.agreement
    if (id === null) throw new NothingToDo('the review was never prepared')
    const today = todayInCopenhagen(ports.clock.now())
    // The year is opened on the agreement's own stream first: it owns the rule that no rider changes it.
    const { loaded } = await perform(ports, agreementCase, agreementStream(id), {
      id: `open-year/${state.year}`,
      actor,
      decide: (agreement) =>
        decideAgreement(agreement, { do: 'open-year', year: state.year }, { today, finalYears: [] }),
    })
    const content = contentForYear(loaded.state, state.year)
    const versions = openedYear(loaded.state, state.year)?.versions ?? []
    return done(
      await performTask(ports, reviewCase, { task: 'OpenReview', input, read }, (current) => {
        const attached = attach(current, input.attempt, input.execution)
        if (!attached.ok) return attached
        if (content === null) return refuse('no-version', 'no version is in force on the measuring date')
        const opened = open(current, { content, versions, today })
        return opened.ok ? accept<ReviewEvent>(...attached.events, ...opened.events) : opened
      }),
    )
  }
