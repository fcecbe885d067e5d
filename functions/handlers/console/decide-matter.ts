import { refuse, type Refusal } from '../../domain/base/stream.ts'
import { renegotiationCommands, type RenegotiationCommand } from '../../domain/renegotiation/commands.ts'
import { decideMatter } from '../../domain/renegotiation/decisions/question.ts'
import { affectedTargets, type RenegotiationState } from '../../domain/renegotiation/state.ts'
import { agreementStream, renegotiationStream } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'
import { agreementCase, renegotiationCase } from '../streams/cases.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import type { DeclineReason } from '../../domain/renegotiation/slices/question.ts'
import type { Decider } from '../../domain/base/command.ts'
import { withNote } from '../record/outbox.ts'
import { decideOnRenegotiation, type Decide, type Decided } from './decisions.ts'
import { matterSubject, questionsOfMatter, singleQuestion } from './matter-page-input.ts'

/** One side of a matter's decision. `leave`: this agreement is decided on its own page. */
type MatterDecision =
  /** Opens with the targets its grounds bear on. */
  | { readonly do: 'open'; readonly text: string }
  /** Reason null: what the agreement's targets say. */
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

/** What a matter's decision is on one of its questions. */
const onQuestion = (
  state: RenegotiationState,
  decision: Exclude<MatterDecision, { do: 'leave' }>,
): RenegotiationCommand =>
  decision.do === 'open'
    ? { do: 'open-renegotiation', targets: affectedTargets(state), text: decision.text }
    : { do: 'decline-renegotiation', reason: decision.reason, text: decision.text }

const matterCommandId = (nonce: string): string => `matter/${nonce}`

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
    decide: (state, now) => renegotiationCommands.decide(state, onQuestion(state, decision), who, now, {}),
  })
  if (performed.outcome === 'refused') return { outcome: 'refused', refusal: performed.refusal }
  return { outcome: performed.outcome === 'nothing' ? 'left' : 'decided', refusal: null }
}

const onAll = (open: boolean, reason: string, code: DeclineReason | null) =>
  open ? ({ do: 'open', text: reason } as const) : ({ do: 'decline', reason: code, text: reason } as const)

const outcomeOf = (decided: readonly DecidedMatter[]): Decided => {
  if (decided.some((one) => one.outcome === 'decided')) return { outcome: 'done' }
  const refused = decided.find((one) => one.outcome === 'refused')
  return refused?.refusal == null ? { outcome: 'nothing' } : { outcome: 'refused', refusal: refused.refusal }
}

/**
 * One decision on all questions of one observation, with its exceptions. It is one person's: whoever presses on a
 * page that another has decided from meanwhile is told so.
 */
export const decideOnMatter =
  (matterId: string): Decide =>
  async (ports, stream, asked, by) => {
    const { do: name, ...fields } = asked
    if (name !== decideMatter.name)
      return {
        outcome: 'refused',
        refusal: refuse('unknown-command', `${name} is no decision on a matter`).refusal,
      }
    const refusal = decideMatter.refusalOf(fields, by.decider)
    if (refusal !== null) return { outcome: 'refused', refusal }
    const { subject, open, reason, code, exceptions, later } = decideMatter.input.parse(fields)
    const questions = await questionsOfMatter(ports, matterId)
    const [first] = questions
    if (first === undefined || questions.every(({ state }) => state.status !== 'raised'))
      return { outcome: 'nothing' }
    // What a repetition of this press has decided already is no news to it.
    const begun = questions.some(({ commandIds }) => commandIds.has(matterCommandId(by.commandId)))
    const seen = begun ? subject : matterSubject(ports, questions)
    const allowed = decideMatter.decide({ seen }, fields, by.decider, ports.clock.now(), {})
    if (!allowed.ok) return { outcome: 'refused', refusal: allowed.refusal }
    if (singleQuestion(matterId) !== null)
      return later.length > 0
        ? { outcome: 'nothing' }
        : decideOnRenegotiation(ports, first.stream, onQuestion(first.state, onAll(open, reason, code)), by)
    const decided = await withNote(ports, { commandId: by.commandId, stream }, () =>
      makeDecideMatter(ports)({
        matterId,
        nonce: by.commandId,
        who: by.decider,
        decision: onAll(open, reason, code),
        exceptions: [
          ...exceptions.map((one) => ({
            agreement: one.agreement,
            decision: onAll(one.open, one.reason, null),
          })),
          ...later.map((agreement) => ({ agreement, decision: { do: 'leave' } as const })),
        ],
      }),
    )
    return outcomeOf(decided)
  }
