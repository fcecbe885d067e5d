import { runStream } from '../../domain/base/stream-id.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import type { CorrectionsView } from '../../web/year/correction-forms.ts'
import type { DeskCommand } from '../../web/year/desk-command.ts'
import { runCase } from '../streams/cases.ts'
import { decideOn } from '../record/outbox.ts'
import type { DecidedBy, DeskOutcome } from './year-desk.ts'
import { loadCase } from '../record/perform.ts'
import { sendCorrectionSheets } from '../report/tell-report.ts'
import { correctionDraft, preparedIssue, preparedProposal, readSheetOf } from '../report/corrections.ts'
import type { DeskPorts } from './desk/desk-ports.ts'
import { outcomeOf } from './desk/outcome-of.ts'
import { sendCorrectionBack } from '../../domain/year-run/corrections.ts'

type CorrectionCommand = Extract<
  DeskCommand,
  { do: 'propose-correction' | 'issue-correction' | 'return-correction' }
>

const prepared = (ports: DeskPorts, run: RunState, command: CorrectionCommand, by: DecidedBy) => {
  const now = ports.clock.now()
  switch (command.do) {
    case 'propose-correction': {
      const { agreement, subject: seen, reason: why } = command
      return preparedProposal(ports, run, { agreement, seen, why }, by.decider, now)
    }
    case 'issue-correction':
      return preparedIssue(ports, run, command.subject, by.decider, now)
    case 'return-correction':
      return (state: RunState) => sendCorrectionBack(state, command.subject, command.reason, by.decider)
    default:
      return command satisfies never
  }
}

/** Commits a decision on a correction sheet; one that is issued is told to the municipalities. */
export const decideCorrection = async (
  ports: DeskPorts,
  command: CorrectionCommand,
  by: DecidedBy,
): Promise<DeskOutcome> => {
  const stream = runStream(command.year)
  const { state: run, commandIds } = await loadCase(ports, runCase, stream)
  // Sent twice: nothing is made again, what the first time owed is done.
  const decide = commandIds.has(by.commandId) ? null : await prepared(ports, run, command, by)
  return outcomeOf(
    await decideOn(
      ports,
      runCase,
      stream,
      {
        id: by.commandId,
        actor: by.actor,
        decide: (state, now) => decide?.(state, now) ?? { ok: true, events: [] },
      },
      (decided) => sendCorrectionSheets(ports, decided),
    ),
  )
}

/** The correction sheets as the report's page shows and decides them. */
export const correctionsView = async (ports: DeskPorts, run: RunState): Promise<CorrectionsView> => {
  const { corrections, year } = run
  const due = await Promise.all(
    [...new Set(corrections.due.map((one) => one.agreement))].map(async (agreement) => {
      const draft = await correctionDraft(ports, run, agreement)
      return draft === null
        ? []
        : [{ agreement, title: draft.holds.title, places: draft.places, seen: draft.seen }]
    }),
  )
  const { proposed } = corrections
  return {
    issued: await Promise.all(
      corrections.issued.map(async ({ subject, issuedOn, files }) => ({
        sheet: await readSheetOf(ports, year, subject),
        issuedOn,
        files: files.map(({ name, sha256 }) => ({ name, sha256 })),
      })),
    ),
    due: due.flat().filter((one) => one.agreement !== proposed?.agreement),
    proposed:
      proposed === null
        ? null
        : { sheet: await readSheetOf(ports, year, proposed.subject), subject: proposed.subject },
    sentBack: corrections.sentBack,
  }
}
