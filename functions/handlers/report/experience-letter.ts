import { isPrintableReason } from '../../domain/report/correction-sheet.ts'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import { reviewStream } from '../../domain/base/stream-id.ts'
import { inThemeOrder, type ExperienceLetter } from '../../domain/year-run/experience-letter.ts'
import { cardsOf, undecidedOf, type ExperienceCard } from '../../domain/year-run/slices/experiences.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import type { Ports } from '../../ports/ports.ts'
import { reviewCase } from '../streams/review-case.ts'
import { loadCase } from '../record/perform.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'
import type { ReadablePorts } from './load-stream.ts'
import { publishableNow } from './corrections.ts'
import { offeredIn, type OfferedExperience } from '../../domain/review/slices/facts.ts'

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
