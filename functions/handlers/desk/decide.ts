import {
  decideRenegotiation,
  counterDraft,
  type RenegotiationCommand,
} from '../../domain/renegotiation/decide/people.ts'
import { subjectText, valueOf, type ProposalDraft } from '../../domain/renegotiation/proposal.ts'
import { affectedTargets, type RenegotiationState } from '../../domain/renegotiation/state.ts'
import { latestVersion } from '../../domain/agreement/versions.ts'
import { refuse } from '../../domain/stream.ts'
import { agreementStream, renegotiationStream, runStream, type StreamId } from '../../domain/stream-id.ts'
import type { AgreementId } from '../../domain/values.ts'
import { decideRun, type RunCommand } from '../../domain/year-run/decide.ts'
import type { DeskCommand } from '../../web/year/desk-command.ts'
import { agreementCase } from '../cases/agreement-case.ts'
import { renegotiationCase } from '../cases/renegotiation-case.ts'
import { runCase } from '../cases/run-case.ts'
import { decideOn } from '../console/decide-on.ts'
import type { DecidedBy, DeskOutcome } from '../console/year-desk.ts'
import { performOwedLetters } from '../letters/owed.ts'
import { loadCase, type Performed } from '../record/perform.ts'
import type { DeskPorts } from './desk-ports.ts'
import { matterSubject } from './matter.ts'
import { questionsOfMatter } from './questions.ts'

const outcomeOf = <S, E>(performed: Performed<S, E>): DeskOutcome => {
  switch (performed.outcome) {
    case 'refused':
      return { outcome: 'refused', refusal: performed.refusal }
    case 'committed':
      return { outcome: 'done' }
    case 'repeated':
    case 'nothing':
      return { outcome: 'nothing' }
    default:
      return performed satisfies never
  }
}

/** Commits one decision of the desk, with its acts. */
export const decideDesk = async (
  ports: DeskPorts,
  command: DeskCommand,
  by: DecidedBy,
): Promise<DeskOutcome> => {
  switch (command.do) {
    case 'release':
      return onRun(ports, command.year, { do: 'release', agreements: command.agreements }, by)
    case 'approve-report':
      return onRun(ports, command.year, { do: 'approve-report', subject: command.subject }, by)
    case 'return-report':
      return onRun(
        ports,
        command.year,
        { do: 'send-report-back', subject: command.subject, reason: command.reason },
        by,
      )
    case 'decide-matter':
      return decideMatter(ports, command, by)
    case 'propose':
      return propose(ports, command, by)
    case 'answer-counter':
      return answerCounter(ports, command, by)
    case 'approve-proposal':
      return onCase(ports, command, { do: 'approve', subject: command.subject }, by)
    case 'return-proposal':
      return onCase(ports, command, { do: 'send-back', subject: command.subject, reason: command.reason }, by)
    case 'confirm-rider':
      return onCase(ports, command, { do: 'mark-answer', mailKey: command.mailKey, as: 'accepted' }, by)
    case 'withdraw':
    case 'record-withdrawal':
      return onCase(ports, command, { do: 'withdraw', reason: command.reason }, by)
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
      { id: by.commandId, actor: by.actor, decide: (state) => decideRun(state, command, by.decider) },
      () => Promise.resolve(),
    ),
  )

const onStream = async (
  ports: DeskPorts,
  stream: StreamId,
  commandFor: (state: RenegotiationState) => RenegotiationCommand | null,
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
          return command === null
            ? refuse('superseded', 'what was decided on is no longer the state of the record')
            : decideRenegotiation(state, command, by.decider, now)
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

/** Open, with the targets the grounds bear on; or decline, coded by what the targets are. */
const matterCommand = (state: RenegotiationState, open: boolean, reason: string): RenegotiationCommand => {
  const targets = affectedTargets(state)
  if (open) return { do: 'open', targets, text: reason }
  const shares = state.content?.targets.filter((target) => targets.includes(target.key)) ?? []
  return {
    do: 'decline',
    reason:
      shares.length > 0 && shares.every((target) => target.measure.type === 'share')
        ? 'share-unaffected'
        : 'other',
    text: reason,
  }
}

/** One decision on all questions of one observation, with its exceptions; journalised on each case. */
const decideMatter = async (
  ports: DeskPorts,
  command: Extract<DeskCommand, { do: 'decide-matter' }>,
  by: DecidedBy,
): Promise<DeskOutcome> => {
  const questions = await questionsOfMatter(ports, command.observationId)
  if (questions.length === 0)
    return { outcome: 'refused', refusal: refuse('unknown-matter', 'no such matter').refusal }
  const open = questions.filter(({ state }) => state.status === 'raised')
  if (open.length === 0) return { outcome: 'nothing' }
  if (matterSubject(ports, questions) !== command.subject)
    return {
      outcome: 'refused',
      refusal: refuse('superseded', 'the matter has grown since the page was read').refusal,
    }
  let outcome: DeskOutcome = { outcome: 'nothing' }
  for (const { stream, state } of open) {
    const exception = command.exceptions.find((one) => one.agreement === state.agreement)
    const decided = matterCommand(state, exception?.open ?? command.open, exception?.reason ?? command.reason)
    const one = await onStream(ports, stream, () => decided, {
      ...by,
      commandId: `${by.commandId}/${stream}`,
    })
    if (one.outcome === 'refused') return one
    if (one.outcome === 'done') outcome = one
  }
  return outcome
}

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
