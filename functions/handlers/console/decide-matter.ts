import type { Refusal } from '../../domain/base/stream.ts'
import { decideRenegotiation } from '../../domain/renegotiation/decide/people.ts'
import type { RenegotiationCommand } from '../../domain/renegotiation/decide/commands.ts'
import { affectedTargets, type RenegotiationState } from '../../domain/renegotiation/state.ts'
import { agreementStream, renegotiationStream } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'
import { agreementCase, renegotiationCase } from '../streams/cases.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import type { DeclineReason } from '../../domain/renegotiation/slices/question.ts'
import type { Decider } from '../../domain/base/command.ts'

/** One side of a matter's decision. `leave`: this agreement is decided on its own page. */
type MatterDecision =
  /** Opens with the targets its grounds bear on. */
  | { readonly do: 'open'; readonly text: string }
  /** Reason null: coded by what the agreement's targets are. */
  | { readonly do: 'decline'; readonly reason: DeclineReason | null; readonly text: string }
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
  /** Why it was refused; null otherwise. */
  readonly refusal: Refusal | null
}

/** A share does not move by itself with a number; of any other target that is not said. */
const codeFor = (state: RenegotiationState): DeclineReason => {
  const affected = affectedTargets(state)
  const targets = (state.content?.targets ?? []).filter((target) => affected.includes(target.key))
  return targets.every((target) => target.measure.type === 'share') ? 'share-unaffected' : 'other'
}

/** What a matter's decision is on one of its questions. */
export const matterCommand = (
  state: RenegotiationState,
  decision: Exclude<MatterDecision, { do: 'leave' }>,
): RenegotiationCommand =>
  decision.do === 'open'
    ? { do: 'open', targets: affectedTargets(state), text: decision.text }
    : { do: 'decline', reason: decision.reason ?? codeFor(state), text: decision.text }

export const matterCommandId = (nonce: string): string => `matter/${nonce}`

/**
 * One decision on all questions of one matter, with exceptions, journalised on each case (Edge case 54). The
 * questions are found on the agreements' own streams, never in a list. Of two persons who decide at once one
 * decides: whoever meets a question that the other has just decided stops there. Safe to repeat.
 */
export const makeDecideMatter =
  (ports: RecordPorts & Pick<Ports, 'register'>) =>
  async (input: DecideMatter): Promise<readonly DecidedMatter[]> => {
    const decided: DecidedMatter[] = []
    for (const { agreement, seq, open } of await questionsOf(ports, input)) {
      const decision =
        input.exceptions.find((exception) => exception.agreement === agreement)?.decision ?? input.decision
      // Decided before this press: it stays as it is.
      if (!open) decided.push({ agreement, outcome: 'left', refusal: null })
      else decided.push({ agreement, ...(await decideOne(ports, input, agreement, seq, decision)) })
      // Not this person's own limits, but another who was faster.
      if (decided.at(-1)?.refusal?.kind === 'status') return decided
    }
    return decided
  }

interface MatterQuestion {
  readonly agreement: AgreementId
  readonly seq: number
  /** Undecided when the decision began, or decided by this very press. */
  readonly open: boolean
}

const questionsOf = async (
  ports: RecordPorts & Pick<Ports, 'register'>,
  input: DecideMatter,
): Promise<readonly MatterQuestion[]> => {
  const found: MatterQuestion[] = []
  for (const agreement of await ports.register.agreements()) {
    const { state } = await loadCase(ports, agreementCase, agreementStream(agreement))
    for (const { seq, triggers } of state.questions) {
      if (!triggers.some((trigger) => trigger.matterId === input.matterId)) continue
      const raised = await loadCase(ports, renegotiationCase, renegotiationStream(agreement, seq))
      const open = raised.state.status === 'raised' || raised.commandIds.has(matterCommandId(input.nonce))
      found.push({ agreement, seq, open })
    }
  }
  return found
}

const decideOne = async (
  ports: RecordPorts,
  input: DecideMatter,
  agreement: AgreementId,
  seq: number,
  decision: MatterDecision,
): Promise<Omit<DecidedMatter, 'agreement'>> => {
  if (decision.do === 'leave') return { outcome: 'left', refusal: null }
  const { who, nonce } = input
  const performed = await perform(ports, renegotiationCase, renegotiationStream(agreement, seq), {
    id: matterCommandId(nonce),
    actor: { by: 'person', personId: who.id, roles: [...who.roles] },
    decide: (state, now) => decideRenegotiation(state, matterCommand(state, decision), who, now),
  })
  if (performed.outcome === 'refused') return { outcome: 'refused', refusal: performed.refusal }
  return { outcome: performed.outcome === 'nothing' ? 'left' : 'decided', refusal: null }
}
