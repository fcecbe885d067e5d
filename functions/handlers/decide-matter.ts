import { decideRenegotiation, type RenegotiationCommand } from '../domain/renegotiation/decide/people.ts'
import { affectedTargets, type RenegotiationState } from '../domain/renegotiation/state.ts'
import type { Decider } from '../domain/review/decide/people.ts'
import { accept } from '../domain/stream.ts'
import { agreementStream, renegotiationStream } from '../domain/stream-id.ts'
import type { AgreementId } from '../domain/values.ts'
import type { Ports } from '../ports.ts'
import { agreementCase } from './cases/agreement-case.ts'
import { renegotiationCase } from './cases/renegotiation-case.ts'
import { loadCase, perform, type RecordPorts } from './record/perform.ts'

/** One side of a matter's decision. `leave`: this agreement is decided on its own page. */
type MatterDecision =
  /** Opens with the targets its grounds bear on. */
  | { readonly do: 'open'; readonly text: string }
  | Extract<RenegotiationCommand, { do: 'decline' }>
  | { readonly do: 'leave' }

export interface DecideMatter {
  readonly matterId: string
  /** From the form: the same on every repetition of the same press of the button. */
  readonly nonce: string
  readonly who: Decider
  readonly decision: MatterDecision
  readonly exceptions: readonly { readonly agreement: string; readonly decision: MatterDecision }[]
}

export interface DecidedMatter {
  readonly agreement: AgreementId
  readonly outcome: 'decided' | 'left' | 'refused'
  /** Why it was refused; empty otherwise. */
  readonly refusal: string
}

const commandFor = (
  state: RenegotiationState,
  decision: Exclude<MatterDecision, { do: 'leave' }>,
): RenegotiationCommand =>
  decision.do === 'open' ? { do: 'open', targets: affectedTargets(state), text: decision.text } : decision

/**
 * One decision on all questions of one matter, with exceptions, journalised on each case (DOMAIN.md 8, 54). The
 * questions are found on the agreements' own streams, never in a list. Safe to repeat.
 */
export const makeDecideMatter =
  (ports: RecordPorts & Pick<Ports, 'register'>) =>
  async (input: DecideMatter): Promise<readonly DecidedMatter[]> => {
    const decided: DecidedMatter[] = []
    for (const agreement of await ports.register.agreements()) {
      const { state } = await loadCase(ports, agreementCase, agreementStream(agreement))
      for (const question of state.questions) {
        if (!question.triggers.some((trigger) => trigger.matterId === input.matterId)) continue
        const decision =
          input.exceptions.find((exception) => exception.agreement === agreement)?.decision ?? input.decision
        decided.push({ agreement, ...(await decideOne(ports, input, agreement, question.seq, decision)) })
      }
    }
    return decided
  }

const decideOne = async (
  ports: RecordPorts,
  input: DecideMatter,
  agreement: AgreementId,
  seq: number,
  decision: MatterDecision,
): Promise<Omit<DecidedMatter, 'agreement'>> => {
  if (decision.do === 'leave') return { outcome: 'left', refusal: '' }
  const { who, nonce } = input
  const performed = await perform(ports, renegotiationCase, renegotiationStream(agreement, seq), {
    id: `matter/${nonce}`,
    actor: { by: 'person', personId: who.id, roles: [...who.roles] },
    decide: (state, now) =>
      // Already settled before this matter came up for decision: it stays as it is.
      state.status === 'settled'
        ? accept()
        : decideRenegotiation(state, commandFor(state, decision), who, now),
  })
  if (performed.outcome === 'refused') {
    const { kind, message } = performed.refusal
    return { outcome: 'refused', refusal: `${kind}: ${message}` }
  }
  return { outcome: performed.outcome === 'nothing' ? 'left' : 'decided', refusal: '' }
}
