import { runStream } from '../../../domain/base/stream-id.ts'
import { runCommands, type RunCommand } from '../../../domain/year-run/commands.ts'
import type { DeskCommand } from '../../../web/year/desk-command.ts'
import { decideOn } from '../../record/outbox.ts'
import { runCase } from '../../streams/cases.ts'
import { decideCorrection } from '../corrections-page-input.ts'
import { decideOnExperience } from '../experiences-page-input.ts'
import type { DecidedBy, DeskOutcome } from '../year-desk.ts'
import type { DeskPorts } from './desk-ports.ts'
import { outcomeOf } from './outcome-of.ts'

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
