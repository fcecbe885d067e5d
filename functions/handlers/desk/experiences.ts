import { holdsNow, isPrintableReason } from '../../domain/report/correction-sheet.ts'
import { refuse } from '../../domain/stream.ts'
import { reviewStream, runStream } from '../../domain/stream-id.ts'
import { decideExperience } from '../../domain/year-run/decide-experience.ts'
import { cardsOf, offeredIn, undecidedOf, type OfferedExperience } from '../../domain/year-run/experiences.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import type { DeskCommand } from '../../web/year/desk-command.ts'
import type { ExperiencesView } from '../../web/year/experiences-page.ts'
import { reviewCase } from '../cases/review-case.ts'
import { runCase } from '../cases/run-case.ts'
import { decideOn } from '../console/decide-on.ts'
import type { DecidedBy, DeskOutcome } from '../console/year-desk.ts'
import { loadCase } from '../record/perform.ts'
import { readAgreement } from '../report/read-year.ts'
import type { DeskPorts } from './desk-ports.ts'
import { outcomeOf } from './outcome-of.ts'

type ExperienceCommand = Extract<DeskCommand, { do: 'publish-experience' | 'leave-out-experience' }>

const offeredOf = async (ports: DeskPorts, run: RunState): Promise<readonly OfferedExperience[]> => {
  const reviews = await Promise.all(
    run.started.map((agreement) => loadCase(ports, reviewCase, reviewStream(run.year, agreement))),
  )
  return reviews.flatMap(({ state }) => offeredIn(state))
}

/** Null before there is a run. */
export const experiencesView = async (ports: DeskPorts, year: number): Promise<ExperiencesView | null> => {
  const { state: run } = await loadCase(ports, runCase, runStream(year))
  if (run.status === 'none') return null
  const offered = await offeredOf(ports, run)
  return {
    year,
    cards: cardsOf(run.experiences, offered),
    undecided: undecidedOf(run.experiences, offered),
  }
}

/** Commits a decision on what a municipality offered; consent is read from the record, not from the form. */
export const decideOnExperience = async (
  ports: DeskPorts,
  command: ExperienceCommand,
  by: DecidedBy,
): Promise<DeskOutcome> => {
  const stream = runStream(command.year)
  const { state: run } = await loadCase(ports, runCase, stream)
  const facts = await readAgreement(ports, command.agreement, command.year)
  const offered =
    offeredIn(facts.review).find(
      (one) => one.municipality === command.municipality && one.mailKey === command.mailKey,
    ) ?? null
  const decision =
    command.do === 'publish-experience'
      ? ({ publish: true, theme: command.theme, text: command.reason } as const)
      : ({ publish: false, reason: command.reason } as const)
  const printable =
    !decision.publish || offered === null || isPrintableReason(decision.text, holdsNow(facts, run))
  return outcomeOf(
    await decideOn(
      ports,
      runCase,
      stream,
      {
        id: by.commandId,
        actor: by.actor,
        decide: (state) =>
          printable
            ? decideExperience(state, offered, decision, by.decider)
            : refuse('number-beside-hidden', 'the text holds a number, and a figure is not shown'),
      },
      () => Promise.resolve(),
    ),
  )
}
