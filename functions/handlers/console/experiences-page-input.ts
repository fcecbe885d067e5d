import { runStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { mainMailboxOf } from '../../domain/casefile/recipients.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import type { ExperienceLetterView, ExperiencesView } from '../../web/year/experiences-view.ts'
import { loadCase } from '../record/perform.ts'
import { readExperiences, type ReadExperiences } from '../report/experiences.ts'
import { runCase } from '../streams/cases.ts'
import type { ConsolePorts } from './console-ports.ts'
import {
  awaitsRelease,
  experienceLetters,
  isReleased,
  municipalitiesLeft,
} from '../../domain/year-run/experiences.ts'

type ExperiencesPagePorts = Pick<
  ConsolePorts,
  'archive' | 'clock' | 'contacts' | 'digest' | 'directory' | 'register' | 'streams'
>

const letterView = async (
  ports: ExperiencesPagePorts,
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
  }
}

/** Null before there is a run. */
export const experiencesView = async (
  ports: ExperiencesPagePorts,
  year: number,
): Promise<ExperiencesView | null> => {
  const { state: run } = await loadCase(ports, runCase, runStream(year))
  if (run.status === 'none') return null
  const read = await readExperiences(ports, run)
  return {
    year,
    cards: read.letter.cards,
    undecided: read.undecided,
    unprintable: read.letter.unprintable,
    letter: run.frozen === null ? null : await letterView(ports, run, read),
  }
}
