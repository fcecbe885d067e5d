import { isPrintableReason } from '../../domain/report/correction-sheet.ts'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import { reviewStream } from '../../domain/base/stream-id.ts'
import {
  inThemeOrder,
  type ExperienceLetter,
  awaitsRelease,
  experienceLetters,
} from '../../domain/year-run/experiences.ts'
import { cardsOf, undecidedOf, type ExperienceCard } from '../../domain/year-run/slices/experiences.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import type { Ports } from '../../ports/ports.ts'
import { reviewCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'
import type { ReadablePorts } from './read-year.ts'
import { publishableNow } from './corrections.ts'
import { offeredIn, type OfferedExperience } from '../../domain/review/slices/facts.ts'
import * as z from 'zod'
import { laterDate, todayInCopenhagen } from '../../domain/base/time.ts'
import type { ExperiencesWaiting } from '../../domain/year-run/open-tasks.ts'
import { dateSchema } from '../../domain/base/values.ts'

type ReadingPorts = ReadablePorts & Pick<Ports, 'archive' | 'digest' | 'streams'>

export interface ReadExperiences {
  readonly letter: ExperienceLetter
  /** Offered with consent, and decided on by nobody. */
  readonly undecided: readonly OfferedExperience[]
}

/** What the year's municipalities offer now, and the cards made of it; consent is read from the record. */
export const readExperiences = async (ports: ReadingPorts, run: RunState): Promise<ReadExperiences> => {
  const reviews = await mapConcurrently(run.started, (agreement) =>
    loadCase(ports, reviewCase, reviewStream(run.year, agreement)),
  )
  const offered = reviews.flatMap(({ state }) => offeredIn(state))
  const cards = inThemeOrder(cardsOf(run.experiences, offered))
  const undecided = undecidedOf(run.experiences, offered)
  return {
    letter: {
      cards,
      subject: ports.digest(canonicalJson(cards.map(({ publishedOn: _on, by: _by, ...card }) => card))),
      undecided: undecided.length,
      unprintable: await unprintableOf(ports, run, cards),
    },
    undecided,
  }
}

/** A figure may have been hidden since the card was written. */
const unprintableOf = async (
  ports: ReadingPorts,
  run: RunState,
  cards: readonly ExperienceCard[],
): Promise<readonly ExperienceCard[]> => {
  const withNumbers = cards.filter(({ text }) => /\p{Nd}/u.test(text))
  const checked = await mapConcurrently(withNumbers, async (card) => ({
    card,
    printable: isPrintableReason(card.text, await publishableNow(ports, run, card.agreement)),
  }))
  return checked.flatMap(({ card, printable }) => (printable ? [] : [card]))
}

/** As a review's list entry carries it; one written by an older version offers none. */
const offeredEntrySchema = z.object({
  experiences: z.array(z.object({ mailKey: z.string(), receivedOn: dateSchema })),
})

/**
 * What waits in one year. The list entries say what is offered, the page reads the record. Only once the report
 * is frozen, and until the letter is out, is the record read here too: whether the cards are released.
 */
export const experiencesWaiting = async (
  ports: Pick<Ports, 'archive' | 'digest' | 'listEntries' | 'streams'>,
  run: RunState,
): Promise<ExperiencesWaiting | null> => {
  const { year, experiences } = run
  // Once it is on its way there is nothing to decide: what is left waits for a mailbox, and stands on the page.
  if (run.started.length === 0 || experienceLetters(run).length > 0) return null
  const entries = await ports.listEntries.list(`reviews-${year}`)
  const decided = new Set([...experiences.leftOut, ...experiences.published.map(({ mailKey }) => mailKey)])
  const undecided = entries
    .flatMap(({ summary }) => offeredEntrySchema.safeParse(summary).data?.experiences ?? [])
    .filter(({ mailKey }) => !decided.has(mailKey))
  const [first] = undecided.map(({ receivedOn }) => receivedOn).sort()
  if (first !== undefined) return { for: 'caseworker', count: undecided.length, sinceOn: first, notBy: [] }
  if (run.frozen === null || experiences.published.length === 0) return null
  const { letter } = await readExperiences(ports, run)
  if (!awaitsRelease(run, letter)) return null
  const sinceOn = letter.cards.reduce(
    (latest, card) => laterDate(latest, card.publishedOn),
    todayInCopenhagen(run.frozen.at),
  )
  return letter.unprintable.length > 0
    ? { for: 'caseworker', count: letter.unprintable.length, sinceOn, notBy: [] }
    : {
        for: 'approver',
        count: letter.cards.length,
        sinceOn,
        notBy: letter.cards.map(({ by }) => by),
      }
}
