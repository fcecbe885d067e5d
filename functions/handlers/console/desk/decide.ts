import type { RefusalKind } from '../../../domain/base/refusals.ts'
import { decideRenegotiation, counterDraft } from '../../../domain/renegotiation/decide/people.ts'
import type { RenegotiationCommand } from '../../../domain/renegotiation/decide/commands.ts'
import { subjectText, valueOf, type ProposalDraft } from '../../../domain/renegotiation/proposal.ts'
import type { RenegotiationState } from '../../../domain/renegotiation/state.ts'
import { latestVersion } from '../../../domain/agreement/versions.ts'
import { refuse, type Refusal } from '../../../domain/base/stream.ts'
import {
  agreementStream,
  renegotiationStream,
  runStream,
  type StreamId,
} from '../../../domain/base/stream-id.ts'
import type { AgreementId } from '../../../domain/base/values.ts'
import { runCommands, type RunCommand } from '../../../domain/year-run/commands.ts'
import type { DeskCommand } from '../../../web/year/desk-command.ts'
import { agreementCase, renegotiationCase, runCase } from '../../streams/cases.ts'
import { decideOn, withNote } from '../../record/outbox.ts'
import type { DecidedBy, DeskOutcome } from '../year-desk.ts'
import { performOwedLetters } from '../../streams.ts'
import { loadCase } from '../../record/perform.ts'
import { makeDecideMatter, matterCommand, matterCommandId } from '../decide-matter.ts'
import { decideCorrection } from './correction.ts'
import type { DeskPorts } from './desk-ports.ts'
import { draftCommand } from './draft.ts'
import { decideOnExperience } from './experiences.ts'
import { matterSubject } from './matter.ts'
import { outcomeOf } from './outcome-of.ts'
import { questionsOfMatter, singleQuestion } from './questions.ts'
import type { DeclineReason } from '../../../domain/renegotiation/slices/question.ts'

/** Commits one decision of the desk, with its acts. */
export const decideDesk = async (
  ports: DeskPorts,
  command: DeskCommand,
  by: DecidedBy,
): Promise<DeskOutcome> => {
  switch (command.do) {
    case 'release':
    case 'approve-report':
    case 'send-report-back':
      return onRun(ports, command.year, command, by)
    case 'propose-correction':
    case 'issue-correction':
    case 'return-correction':
      return decideCorrection(ports, command, by)
    case 'publish-experience':
    case 'leave-out-experience':
    case 'release-experiences':
      return decideOnExperience(ports, command, by)
    case 'decide-matter':
      return decideMatter(ports, command, by)
    case 'propose':
      return propose(ports, command, by)
    case 'draft-proposal':
      return draftProposal(ports, command, by)
    case 'answer-counter':
      return answerCounter(ports, command, by)
    case 'approve-proposal':
      return onCase(ports, command, { do: 'approve', subject: command.subject }, by)
    case 'return-proposal':
      return onCase(ports, command, { do: 'send-back', subject: command.subject, reason: command.reason }, by)
    case 'mark-answer':
      return onCase(ports, command, { do: 'mark-answer', mailKey: command.mailKey, as: command.as }, by)
    case 'decide-held-mail':
      return onCase(
        ports,
        command,
        { do: 'decide-held-mail', mailKey: command.mailKey, as: command.as, reason: command.reason },
        by,
      )
    case 'withdraw':
    case 'record-withdrawal':
      return onCase(ports, command, { do: command.do, reason: command.reason }, by)
    default:
      return command satisfies never
  }
}

const onRun = async (
  ports: DeskPorts,
  year: number,
  command: RunCommand,
  by: DecidedBy,
): Promise<DeskOutcome> =>
  outcomeOf(
    await decideOn(
      ports,
      runCase,
      runStream(year),
      {
        id: by.commandId,
        actor: by.actor,
        decide: (state, now) => runCommands.decide(state, command, by.decider, now, {}),
      },
      () => Promise.resolve(),
    ),
  )

const onStream = async (
  ports: DeskPorts,
  stream: StreamId,
  commandFor: (state: RenegotiationState) => RenegotiationCommand | Refusal | null,
  by: DecidedBy,
): Promise<DeskOutcome> =>
  outcomeOf(
    await decideOn(
      ports,
      renegotiationCase,
      stream,
      {
        id: by.commandId,
        actor: by.actor,
        decide: (state, now) => {
          const command = commandFor(state)
          if (command === null)
            return refuse('superseded', 'what was decided on is no longer the state of the record')
          return 'do' in command
            ? decideRenegotiation(state, command, by.decider, now)
            : { ok: false, refusal: command }
        },
      },
      async (decided) => {
        await performOwedLetters(ports, decided)
      },
    ),
  )

const onCase = (
  ports: DeskPorts,
  of: { readonly agreement: AgreementId; readonly seq: number },
  command: RenegotiationCommand,
  by: DecidedBy,
): Promise<DeskOutcome> => onStream(ports, renegotiationStream(of.agreement, of.seq), () => command, by)

/**
 * One decision on all questions of one observation, with its exceptions; journalised on each case. It is one
 * person's: whoever presses on a page that another has decided from meanwhile is told so.
 */
const decideMatter = async (
  ports: DeskPorts,
  command: Extract<DeskCommand, { do: 'decide-matter' }>,
  by: DecidedBy,
): Promise<DeskOutcome> => {
  const questions = await questionsOfMatter(ports, command.observationId)
  const [first] = questions
  if (first === undefined) return refusedWith('unknown-matter', 'no such matter')
  if (questions.every(({ state }) => state.status !== 'raised')) return { outcome: 'nothing' }
  // What a repetition of this press has decided already is no news to it.
  const own = matterCommandId(by.commandId)
  const begun = questions.some(({ commandIds }) => commandIds.has(own))
  if (!begun && matterSubject(ports, questions) !== command.subject)
    return refusedWith('superseded', 'the matter has grown, or was decided on, since the page was read')
  const decision = (open: boolean, reason: string, code: DeclineReason | null) =>
    open ? ({ do: 'open', text: reason } as const) : ({ do: 'decline', reason: code, text: reason } as const)
  const single = singleQuestion(command.observationId)
  if (single !== null) {
    if (command.later.length > 0) return { outcome: 'nothing' }
    if (command.later.includes(single.agreement)) return { outcome: 'nothing' }
    const one = decision(command.open, command.reason, command.code)
    return onCase(ports, single, matterCommand(first.state, one), by)
  }
  const note = { commandId: by.commandId, stream: first.stream }
  const decided = await withNote(ports, note, () =>
    makeDecideMatter(ports)({
      matterId: command.observationId,
      nonce: by.commandId,
      who: by.decider,
      decision: decision(command.open, command.reason, command.code),
      exceptions: [
        ...command.exceptions.map((exception) => ({
          agreement: exception.agreement,
          decision: decision(exception.open, exception.reason, null),
        })),
        ...command.later.map((agreement) => ({ agreement, decision: { do: 'leave' } as const })),
      ],
    }),
  )
  if (decided.some((one) => one.outcome === 'decided')) return { outcome: 'done' }
  const refused = decided.find((one) => one.outcome === 'refused')
  return refused?.refusal == null ? { outcome: 'nothing' } : { outcome: 'refused', refusal: refused.refusal }
}

const refusedWith = (kind: RefusalKind, message: string): DeskOutcome => ({
  outcome: 'refused',
  refusal: refuse(kind, message).refusal,
})

const withSubject = (ports: DeskPorts, state: RenegotiationState, draft: ProposalDraft): string =>
  ports.digest(subjectText(state, draft))

const propose = async (
  ports: DeskPorts,
  command: Extract<DeskCommand, { do: 'propose' }>,
  by: DecidedBy,
): Promise<DeskOutcome> => {
  const { state: agreement } = await loadCase(ports, agreementCase, agreementStream(command.agreement))
  const riderNumber = (latestVersion(agreement)?.riderNumber ?? 0) + 1
  return onStream(
    ports,
    renegotiationStream(command.agreement, command.seq),
    (state) => {
      const changes = command.changes.flatMap(({ target, year, value }) => {
        const found = state.content?.targets.find((one) => one.key === target)
        const from = found === undefined ? null : valueOf(found, year)
        return from === null || from === value ? [] : [{ target, year, from, to: value }]
      })
      const draft: ProposalDraft = {
        riderNumber,
        changes,
        effectiveFrom: command.effectiveFrom,
        note: command.reason,
      }
      return { do: 'draft', subject: withSubject(ports, state, draft), ...draft }
    },
    by,
  )
}

/** A draft in which every field may be another; of a counter-proposal it is the answer as well. */
const draftProposal = async (
  ports: DeskPorts,
  command: Extract<DeskCommand, { do: 'draft-proposal' }>,
  by: DecidedBy,
): Promise<DeskOutcome> => {
  const { state: agreement } = await loadCase(ports, agreementCase, agreementStream(command.agreement))
  return onStream(
    ports,
    renegotiationStream(command.agreement, command.seq),
    (state) => draftCommand(ports, state, agreement, command),
    by,
  )
}

const answerCounter = (
  ports: DeskPorts,
  command: Extract<DeskCommand, { do: 'answer-counter' }>,
  by: DecidedBy,
): Promise<DeskOutcome> =>
  onStream(
    ports,
    renegotiationStream(command.agreement, command.seq),
    (state) => {
      if (!command.accept) return { do: 'refuse-counter', mailKey: command.mailKey, reason: command.reason }
      const draft = counterDraft(state, command.mailKey)
      return draft === null
        ? null
        : { do: 'accept-counter', mailKey: command.mailKey, subject: withSubject(ports, state, draft) }
    },
    by,
  )
