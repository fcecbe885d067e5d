import type * as z from 'zod'
import {
  attach,
  recordSettled,
  lapse,
  acceptedAt,
  recordRider,
  refuseRider,
} from '../../domain/renegotiation/decide/machine.ts'
import { planRenegotiation } from '../../domain/renegotiation/plan.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import { staleAttempt } from '../../domain/casefile/attempts.ts'
import type { CaseInput, tasks } from '../../../workflows/tasks.ts'
import { NothingToDo } from '../../../workflows/errors.ts'
import type { Ports } from '../../ports/ports.ts'
import { renegotiationCase, agreementCase, reviewCase } from '../streams/cases.ts'
import type { Loaded } from '../record/case-kind.ts'
import { loadCase, type RecordPorts, perform } from '../record/perform.ts'
import { done, performTask } from './shared-tasks.ts'
import { decideAgreement } from '../../domain/agreement/decide.ts'
import { refuse, type Actor } from '../../domain/base/stream.ts'
import { agreementStream, reviewStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { makeRaiseQuestion } from '../record/raise-question.ts'
import type { AgreementState } from '../../domain/agreement/state.ts'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import { givesMore, commitmentsOf } from '../../domain/money/budget.ts'
import { proposedContent } from '../../domain/renegotiation/proposal.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { reserveCommitments, settleCommitments } from '../record/reserve-commitments.ts'

/** Loads the case; a lower attempt than the one attached has nothing to do. */
const loadFor = async (
  ports: Pick<Ports, 'streams'>,
  input: CaseInput,
): Promise<Loaded<RenegotiationState>> => {
  const read = await loadCase(ports, renegotiationCase, input.stream)
  const stale = staleAttempt(read.state.attempts, input.attempt)
  if (stale !== null) throw new NothingToDo(stale.message)
  return read
}

/** Attaches the execution; one that is finished, or taken by a higher attempt, has nothing to do. */
export const makeAttachRenegotiation =
  (ports: RecordPorts) =>
  async (input: z.infer<typeof tasks.AttachRenegotiation.input>): Promise<Record<string, never>> => {
    const read = await loadFor(ports, input)
    const { state } = read
    if (planRenegotiation(state, ports.clock.now()).next === 'ended')
      throw new NothingToDo(`the renegotiation is ${state.status}`)
    return done(
      await performTask(ports, renegotiationCase, { task: 'AttachRenegotiation', input, read }, (current) =>
        attach(current, input.attempt, input.execution),
      ),
    )
  }

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
    if (state.status !== 'ending' || outcome === null) return {}
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
    return done(
      await performTask(
        ports,
        renegotiationCase,
        { task: 'SettleRenegotiation', input, read },
        recordSettled,
      ),
    )
  }
}

/** The time is out and not every party has accepted, if the record still says so. */
export const makeLapseProposal =
  (ports: RecordPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadFor(ports, input)
    return done(
      await performTask(ports, renegotiationCase, { task: 'LapseProposal', input, read }, (state, now) =>
        lapse(state, input.attempt, now),
      ),
    )
  }

const enacting: Actor = { by: 'system', name: 'EnactRider' }

const agreementIdOf = (state: RenegotiationState): AgreementId => {
  if (state.agreement === null) throw new NothingToDo('no question was raised')
  return state.agreement
}

/** The results' years that no rider may touch any more. */
const finalYears = async (
  ports: Pick<Ports, 'streams'>,
  id: AgreementId,
  agreement: AgreementState,
): Promise<readonly number[]> => {
  const years = await Promise.all(
    agreement.openedYears.map(async ({ year }) => {
      const { state } = await loadCase(ports, reviewCase, reviewStream(year, id))
      return state.finals.length > 0 ? [year] : []
    }),
  )
  return years.flat()
}

/**
 * A rider in force: a new immutable version on the agreement's stream first, then the case says so. What the
 * agreement refuses (a year that it reaches is opened or assessed, the agreement has ended) is put on the case,
 * and a person decides what follows.
 */
export const makeEnactRider =
  (ports: RecordPorts & Pick<Ports, 'digest' | 'directory'>) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadFor(ports, input)
    const { state } = read
    const visit = { task: 'EnactRider', input, read } as const
    const { proposal, content } = state
    const accepted = acceptedAt(state)
    if (proposal === null || content === null || accepted === null) return {}
    const id = agreementIdOf(state)
    const stream = agreementStream(id)
    const before = await loadCase(ports, agreementCase, stream)
    const final = await finalYears(ports, id, before.state)
    const changed = proposedContent(content, proposal)
    const signedOn = todayInCopenhagen(accepted)
    const contentHash = ports.digest(canonicalJson(changed))
    const committed = commitmentsOf(before.state)
    const reserved = givesMore(changed, committed)
      ? await reserveCommitments(ports, [{ content: changed, contentHash, before: committed }], enacting)
      : null
    const taken = await perform(ports, agreementCase, stream, {
      id: `rider/${state.seq}/${proposal.subject}`,
      actor: enacting,
      decide: (agreement, now) =>
        decideAgreement(
          agreement,
          {
            do: 'take-rider',
            seq: state.seq,
            riderNumber: proposal.riderNumber,
            signedOn,
            effectiveFrom: proposal.effectiveFrom,
            content: changed,
            contentHash,
            backdating: null,
          },
          { today: todayInCopenhagen(now), finalYears: final, budget: reserved?.[0]?.budget ?? null },
        ),
    })
    await settleCommitments(
      ports,
      (reserved ?? []).map((one) => ({ ...one, taken: taken.outcome !== 'refused' })),
      enacting,
    )
    if (taken.outcome === 'refused') {
      const { refusal } = taken
      return done(
        await performTask(ports, renegotiationCase, visit, (current) => refuseRider(current, refusal)),
      )
    }
    const version = taken.loaded.state.versions.find(
      (one) => one.riderNumber === proposal.riderNumber,
    )?.version
    if (version === undefined) throw new Error(`${stream} took rider ${proposal.riderNumber} and has it not`)
    return done(
      await performTask(ports, renegotiationCase, visit, (current) =>
        recordRider(current, { version, signedOn }),
      ),
    )
  }
