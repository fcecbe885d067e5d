import { reviewStream, runStream } from '../../domain/base/stream-id.ts'
import { refuse } from '../../domain/base/stream.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { mainMailboxOf } from '../../domain/casefile/recipients.ts'
import { isPrintableReason } from '../../domain/report/correction-sheet.ts'
import { offeredIn } from '../../domain/review/slices/facts.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import type { DeskCommand } from '../../web/year/desk-command.ts'
import type { ExperienceLetterView, ExperiencesView } from '../../web/year/experiences-view.ts'
import { decideOn } from '../record/outbox.ts'
import { loadCase } from '../record/perform.ts'
import { publishableNow } from '../report/corrections.ts'
import { readExperiences, type ReadExperiences } from '../report/experiences.ts'
import { reviewCase, runCase } from '../streams/cases.ts'
import type { DecidedBy, DeskOutcome } from './year-desk.ts'
import type { DeskPorts } from './desk/desk-ports.ts'
import { outcomeOf } from './desk/outcome-of.ts'
import {
  decideExperience,
  awaitsRelease,
  experienceLetters,
  isReleased,
  municipalitiesLeft,
  releaseExperiences,
} from '../../domain/year-run/experiences.ts'

type ExperienceCommand = Extract<
  DeskCommand,
  { do: 'publish-experience' | 'leave-out-experience' | 'release-experiences' }
>

const letterView = async (
  ports: DeskPorts,
  run: RunState,
  { letter }: ReadExperiences,
): Promise<ExperienceLetterView> => {
  const on = todayInCopenhagen(ports.clock.now())
  const [directory, agreements] = await Promise.all([ports.directory.read(), ports.register.agreements()])
  const contacts = (await Promise.all(agreements.map((agreement) => ports.contacts.of(agreement)))).flat()
  const left = municipalitiesLeft(run)
  const sent = experienceLetters(run)
  return {
    subject: letter.subject,
    awaitsRelease: awaitsRelease(run, letter),
    released: isReleased(run, letter) ? (run.experiences.released?.at ?? null) : null,
    sent: sent.length,
    left: left.length,
    bounced: sent.flatMap(({ order, bounced }) =>
      order.party !== null && bounced.some(({ permanent }) => permanent) ? [order.party] : [],
    ),
    withoutMailbox: left.filter((code) => mainMailboxOf(directory, contacts, code, on) === null),
    unprintable: letter.unprintable.map(({ municipality }) => municipality),
  }
}

/** Null before there is a run. */
export const experiencesView = async (ports: DeskPorts, year: number): Promise<ExperiencesView | null> => {
  const { state: run } = await loadCase(ports, runCase, runStream(year))
  if (run.status === 'none') return null
  const read = await readExperiences(ports, run)
  return {
    year,
    cards: read.letter.cards,
    undecided: read.undecided,
    letter: run.frozen === null ? null : await letterView(ports, run, read),
  }
}

/** What the run decides on a command; consent, cards and their hash are read from the record, not from the form. */
const prepared = async (ports: DeskPorts, run: RunState, command: ExperienceCommand, by: DecidedBy) => {
  if (command.do === 'release-experiences') {
    const { letter } = await readExperiences(ports, run)
    return (state: RunState) => releaseExperiences(state, command.subject, letter, by.decider)
  }
  const { state: review } = await loadCase(ports, reviewCase, reviewStream(command.year, command.agreement))
  const offered =
    offeredIn(review).find(
      (one) => one.municipality === command.municipality && one.mailKey === command.mailKey,
    ) ?? null
  const decision =
    command.do === 'publish-experience'
      ? ({ publish: true, theme: command.theme, text: command.reason } as const)
      : ({ publish: false, reason: command.reason } as const)
  const printable =
    !decision.publish ||
    offered === null ||
    isPrintableReason(decision.text, await publishableNow(ports, run, command.agreement))
  return (state: RunState) =>
    printable
      ? decideExperience(state, offered, decision, by.decider)
      : refuse('number-beside-hidden', 'the text holds a number, and a figure is not shown')
}

/** Commits a decision on what a municipality offered, or the release of the letter with the cards. */
export const decideOnExperience = async (
  ports: DeskPorts,
  command: ExperienceCommand,
  by: DecidedBy,
): Promise<DeskOutcome> => {
  const stream = runStream(command.year)
  const { state: run } = await loadCase(ports, runCase, stream)
  return outcomeOf(
    await decideOn(
      ports,
      runCase,
      stream,
      { id: by.commandId, actor: by.actor, decide: await prepared(ports, run, command, by) },
      () => Promise.resolve(),
    ),
  )
}
