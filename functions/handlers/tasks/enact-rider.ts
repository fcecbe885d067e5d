import { decideAgreement } from '../../domain/agreement/decide.ts'
import type { AgreementState } from '../../domain/agreement/state.ts'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import { givesMore, commitmentsOf } from '../../domain/money/budget.ts'
import { acceptedAt, recordRider, refuseRider } from '../../domain/renegotiation/decide/machine.ts'
import { proposedContent } from '../../domain/renegotiation/proposal.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import type { Actor } from '../../domain/base/stream.ts'
import { agreementStream, reviewStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import { NothingToDo } from '../../../workflows/errors.ts'
import type { Ports } from '../../ports/ports.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import { reserveCommitments, settleCommitments } from '../record/reserve-commitments.ts'
import { done, finished, performTask } from './perform-task.ts'
import { loadFor } from './attach-renegotiation.ts'
import { agreementCase, renegotiationCase, reviewCase } from '../streams/cases.ts'

const enacting: Actor = { by: 'system', name: 'EnactRider' }

export const agreementIdOf = (state: RenegotiationState): AgreementId => {
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
    if (proposal === null || content === null || accepted === null)
      return finished(ports, renegotiationCase, visit)
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
