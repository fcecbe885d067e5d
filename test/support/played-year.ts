import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { AgreementFile } from '../../functions/domain/agreement/content.ts'
import type { LetterRecord } from '../../functions/domain/casefile/letters.ts'
import type { MailRecord } from '../../functions/domain/casefile/mails.ts'
import type { LetterKind } from '../../functions/domain/casefile/letter-kinds.ts'
import { yearSummarySchema } from '../../functions/domain/report/summary.ts'
import { readSampleSet, type LoadedSet } from '../../infra/local/sample/read-set.ts'
import { playYear, summaryLine, temporaryFolder, type EndedStart } from './local-year.ts'
import { archiveOf, readMailboxes, type MailboxMail } from './year-mails.ts'
import { readYearRecord, type Dated, type RecordedAgreement, type YearRecord } from './year-record.ts'
import type { ReviewEvent, ReviewEventType } from '../../functions/domain/review/state.ts'
import type { FinalAssessment } from '../../functions/domain/review/slices/assessment.ts'

export const sampleFolder = fileURLToPath(new URL('../../infra/local/sample/set', import.meta.url))

/** What `npm start -- --exit --json` prints last. */
export const printedSummarySchema = yearSummarySchema.extend({
  simulatedDays: z.int(),
  seconds: z.number(),
})
export type PrintedSummary = z.infer<typeof printedSummarySchema>

export function loadedSampleSet(): LoadedSet {
  const read = readSampleSet(sampleFolder)
  if (!read.ok) throw new Error(`The sample set has ${read.errors.length} errors`)
  return read.loaded
}

/** The verdict each target is made to get, by agreement and target. */
export const intendedVerdicts = z
  .record(z.string(), z.record(z.string(), z.string()))
  .parse(JSON.parse(readFileSync(join(sampleFolder, 'intended.json'), 'utf8')))

/** A year of the sample set, played to its end, with what it left behind. */
export interface PlayedYear {
  readonly folder: string
  readonly ended: EndedStart
  readonly summary: PrintedSummary
  readonly set: LoadedSet
  readonly record: YearRecord
  readonly mails: readonly MailboxMail[]
  readonly archive: ReturnType<typeof archiveOf>
  remove(): void
}

/**
 * Plays the sample year once. While a test is written, `AARSHJUL_PLAYED=DIR` takes a copy of a data folder
 * in which the year is over already: the start then only prints the summary again.
 */
export async function playSampleYear(): Promise<PlayedYear> {
  const temporary = temporaryFolder('year')
  const folder = join(temporary.path, 'data')
  const played = process.env['AARSHJUL_PLAYED']
  if (played !== undefined) cpSync(played, folder, { recursive: true })
  const ended = await playYear(folder).ended
  return {
    folder,
    ended,
    summary: printedSummarySchema.parse(summaryLine(ended.stdout)),
    set: loadedSampleSet(),
    record: await readYearRecord(folder, 2014),
    mails: await readMailboxes(folder),
    archive: archiveOf(folder),
    remove: temporary.remove,
  }
}

type Of<T extends ReviewEventType> = Extract<Dated<ReviewEvent>, { type: T }>
const is =
  <T extends ReviewEventType>(type: T) =>
  (event: Dated<ReviewEvent>): event is Of<T> =>
    event.type === type

/** One agreement of a played year, with the questions the tests ask of it. */
export function caseOf(year: PlayedYear, id: string) {
  const recorded = recordedOf(year, id)
  const { review, renegotiations } = recorded
  const letters = (...kinds: readonly LetterKind[]): readonly LetterRecord[] =>
    review.state.letters.filter((letter) => kinds.includes(letter.order.kind))
  return {
    ...recorded,
    state: review.state,
    /** Letters of the review of these kinds, in the order they went out. */
    letters,
    /** The one letter of a kind. */
    letter: (kind: LetterKind): LetterRecord => only(`${id} ${kind}`, letters(kind)),
    /** Events of a type, in order. */
    events: <T extends ReviewEventType>(type: T): readonly Of<T>[] => review.events.filter(is(type)),
    /** The one event of a type; of several the one that it holds for. */
    event: <T extends ReviewEventType>(type: T, holds: (event: Of<T>) => boolean = () => true): Of<T> =>
      only(`${id} ${type}`, review.events.filter(is(type)).filter(holds)),
    /** Mails taken in from an address. */
    mailsFrom: (address: string): readonly MailRecord[] =>
      review.state.mails.filter((mail) => mail.details?.from === address),
    final: (): FinalAssessment => last(`${id}'s final assessment`, review.state.finals),
    verdicts: () =>
      Object.fromEntries(
        last(id, review.state.finals).assessment.targets.map(({ key, verdict }) => [key, verdict]),
      ),
    /** The one renegotiation of the agreement. */
    renegotiation: () => only(`${id}'s renegotiation`, renegotiations),
    /** The letter as it lies in the mailboxes of those it went to. */
    delivered: (letter: LetterRecord): readonly MailboxMail[] =>
      year.mails.filter((mail) => mail.messageId === letter.messageId),
    /** As its first recipient reads it. */
    read: (letter: LetterRecord): MailboxMail =>
      last(
        `${letter.order.kind} in ${letter.to[0]}`,
        year.mails.filter(
          (mail) => mail.messageId === letter.messageId && mail.mailbox === letter.to[0]?.toLowerCase(),
        ),
      ),
    /** The address of a contact of the agreement as it was imported. */
    address: (role: string, municipality?: string): string =>
      last(
        `${id}'s ${role}`,
        fileOf(year, id).contacts.filter(
          (contact) =>
            contact.role === role && (municipality === undefined || contact.municipality === municipality),
        ),
      ).email,
    /** What the municipality finds when it counts, as the set has it. */
    figures: (municipality: string): Readonly<Record<string, string>> =>
      figuresOf(year.set, id, municipality),
  }
}

const figuresOf = (set: LoadedSet, id: string, municipality: string): Readonly<Record<string, string>> =>
  new Map<string, LoadedSet['figures'][keyof LoadedSet['figures']]>(Object.entries(set.figures)).get(id)?.[
    municipality
  ] ?? {}

export const fileOf = (year: PlayedYear, id: string): AgreementFile =>
  only(
    `agreement file ${id}`,
    year.set.agreements.map(({ file }) => file).filter((file) => file.agreement.id === id),
  )

function recordedOf(year: PlayedYear, id: string): RecordedAgreement {
  const found = year.record.agreements.get(id)
  if (found === undefined) throw new Error(`There is no agreement ${id} in the record`)
  return found
}

/** All reviews that were asked, with their agreement's id. */
export const askedCases = (year: PlayedYear) =>
  year.record.run.state.asked.map((entry) => caseOf(year, entry.agreement))

export function only<T>(what: string, found: readonly T[]): T {
  const [first] = found
  if (first === undefined || found.length > 1) throw new Error(`${found.length} of ${what}, not one`)
  return first
}

export function last<T>(what: string, found: readonly T[]): T {
  const one = found.at(-1)
  if (one === undefined) throw new Error(`There is no ${what}`)
  return one
}

/** A figure's value as the record has it, as text. */
export const numberOf = (value: { is: string; value?: unknown } | undefined): string | null =>
  value?.is === 'number' && typeof value.value === 'string' ? value.value : null
