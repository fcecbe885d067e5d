import * as z from 'zod'
import { laterDate, todayInCopenhagen } from '../../domain/base/time.ts'
import { awaitsRelease, experienceLetters } from '../../domain/year-run/experience-letter.ts'
import type { ExperiencesWaiting } from '../../domain/year-run/open-tasks.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { dateSchema } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'
import { readExperiences } from './experience-letter.ts'

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
