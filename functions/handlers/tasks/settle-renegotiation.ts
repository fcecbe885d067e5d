import { decideAgreement } from '../../domain/agreement/decide.ts'
import { recordSettled } from '../../domain/renegotiation/decide/machine.ts'
import { refuse, type Actor } from '../../domain/base/stream.ts'
import { agreementStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import { makeRaiseQuestion } from '../record/raise-question.ts'
import { perform, type RecordPorts } from '../record/perform.ts'
import { done, finished, performTask } from './perform-task.ts'
import { loadFor } from './attach-renegotiation.ts'
import { agreementIdOf } from './enact-rider.ts'
import { agreementCase, renegotiationCase } from '../streams/cases.ts'

const actor: Actor = { by: 'system', name: 'SettleRenegotiation' }

/**
 * Tells the agreement's stream how the question ended, then the case that it is told. A ground the case does
 * not know yet is carried to it first: a decision made without it would swallow it.
 */
export const makeSettleRenegotiation = (ports: RecordPorts) => {
  const raiseQuestion = makeRaiseQuestion(ports)
  return async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadFor(ports, input)
    const { state } = read
    const { outcome, seq } = state
    const visit = { task: 'SettleRenegotiation', input, read } as const
    if (state.status !== 'ending' || outcome === null) return finished(ports, renegotiationCase, visit)
    const id = agreementIdOf(state)
    const known = new Set(state.grounds.map((ground) => ground.triggerId))
    const told = await perform(ports, agreementCase, agreementStream(id), {
      id: `settle/${seq}/${outcome}`,
      actor,
      decide: (agreement, now) => {
        const question = agreement.questions.find((one) => one.seq === seq)
        return question?.outcome === null && question.triggers.some((one) => !known.has(one.triggerId))
          ? refuse('new-ground', 'a further ground joined the question meanwhile')
          : decideAgreement(
              agreement,
              { do: 'settle', seq, outcome },
              { today: todayInCopenhagen(now), finalYears: [] },
            )
      },
    })
    if (told.outcome === 'refused' && told.refusal.kind === 'new-ground') {
      await raiseQuestion(id)
      return {}
    }
    done(told)
    return done(await performTask(ports, renegotiationCase, visit, recordSettled))
  }
}
