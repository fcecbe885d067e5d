import type * as z from 'zod'
import type { AgreementState } from '../../domain/agreement/state.ts'
import { contentForYear, latestVersion, targetsFor, versionOn } from '../../domain/agreement/versions.ts'
import { partiesOn, yearEnd } from '../../domain/agreement/parties.ts'
import { formFor } from '../../domain/form/form.ts'
import { prepare } from '../../domain/review/decide/machine.ts'
import type { Actor } from '../../domain/base/stream.ts'
import { agreementStream, reviewStream, runStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { LeftOutEntry, ManifestEntry } from '../../domain/year-run/events.ts'
import {
  attachRun,
  makeManifest,
  nextToCheck,
  nextToStart,
  openRun,
  recordChecked,
  recordStarted,
} from '../../domain/year-run/decide.ts'
import { NothingToDo } from '../../../workflows/errors.ts'
import type { CaseInput, tasks } from '../../../workflows/tasks.ts'
import { agreementCase } from '../streams/agreement-case.ts'
import { reviewCase } from '../streams/review-case.ts'
import { runCase } from '../streams/run-case.ts'
import { reviewDesk } from '../letters/review-desk.ts'
import { sendOnce, type LetterPorts } from '../letters/send-once.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import { performTask } from './perform-task.ts'
import { startAttempt } from '../record/start-attempt.ts'
import { sideBySide } from '../record/side-by-side.ts'

const actor = (name: string): Actor => ({ by: 'system', name })

/** The results' year that a start is for: from the summer on the calendar year's own, before it the year before. */
export const resultsYear = (scheduledOn: string): number =>
  Number(scheduledOn.slice(0, 4)) - (Number(scheduledOn.slice(5, 7)) >= 7 ? 0 : 1)

/**
 * Starts the run for a results' year. Two starts are harmless: the run's stream opens once, and its execution's
 * name is the same.
 */
export const makeStartYear =
  (ports: RecordPorts) =>
  async (input: { readonly year: number }): Promise<{ year: number; started: boolean }> => {
    const stream = runStream(input.year)
    await ports.register.addRun(input.year)
    const performed = await perform(ports, runCase, stream, {
      id: `open-run/${input.year}`,
      actor: actor('StartYear'),
      decide: (state, now) => openRun(state, input.year, todayInCopenhagen(now)),
    })
    if (performed.loaded.state.status !== 'frozen') await startAttempt(ports, stream, 1)
    return { year: input.year, started: performed.outcome === 'committed' }
  }

export const makeAttachRun =
  (ports: RecordPorts) =>
  async (input: z.infer<typeof tasks.AttachRun.input>): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const performed = await performTask(ports, runCase, { task: 'AttachRun', input, read }, (state) =>
      attachRun(state, input.attempt, input.execution),
    )
    if (performed.outcome === 'refused') throw new NothingToDo(performed.refusal.message)
    return {}
  }

/** Who of the agreement's parties is asked for the year: members with at least one line to fill in. */
const askedParties = (state: AgreementState, year: number) => {
  const content = contentForYear(state, year) ?? latestVersion(state)?.content
  return content === undefined
    ? []
    : partiesOn(content, yearEnd(year))
        .filter((party) =>
          formFor(content, { year, municipality: party.municipality }).some((field) => field.required),
        )
        .map((party) => ({ municipality: party.municipality, role: party.role }))
}

/** Is the agreement asked for the year, and if not, why? */
export const placeInYear = (
  id: AgreementId,
  state: AgreementState,
  year: number,
): { readonly asked: ManifestEntry } | { readonly leftOut: LeftOutEntry } => {
  const latest = latestVersion(state)
  const municipalities = (latest?.content ?? state.draft)?.parties.map((party) => party.municipality) ?? []
  const out = (reason: LeftOutEntry['reason']) => ({
    leftOut: { agreement: id, municipalities: [...municipalities], reason },
  })
  if (latest === null) return out('incomplete')
  const targets = targetsFor(state, year)
  if (targets.length > 0)
    return {
      asked: {
        agreement: id,
        municipalities: askedParties(state, year).map((party) => party.municipality),
        targets: targets.length,
      },
    }
  if (state.endedOn !== null) return out('expired')
  const first = state.versions[0]
  const laterYear =
    first !== undefined && first.effectiveFrom > yearEnd(year) && versionOn(state, yearEnd(year + 1)) !== null
  return out(laterYear ? 'first-year-next' : 'not-in-force')
}

/** Puts a review of the agreement on the record, before anything is asked, so that its address exists. */
export const prepareReview = async (
  ports: RecordPorts,
  id: AgreementId,
  state: AgreementState,
  year: number,
  leftOut: 'first-year-next' | 'not-in-force' | 'incomplete' | null,
): Promise<void> => {
  const content = contentForYear(state, year) ?? latestVersion(state)?.content
  if (content === undefined) return
  const stream = reviewStream(year, id)
  const parties =
    leftOut === null
      ? askedParties(state, year)
      : content.parties.map(({ municipality, role }) => ({ municipality, role }))
  await perform(ports, reviewCase, stream, {
    id: `prepare/${year}`,
    actor: actor('PrepareRun'),
    decide: (review) =>
      prepare(review, {
        agreement: id,
        year,
        content,
        signedOn: state.signedOn ?? content.effectiveFrom,
        leftOut,
        parties,
      }),
  })
}

/** The manifest: who is in, who is out and why; every contact is asked to confirm. */
export const makePrepareRun =
  (ports: LetterPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const { state } = read
    const asked: ManifestEntry[] = []
    const leftOut: LeftOutEntry[] = []
    const places = await sideBySide([...(await ports.register.agreements())].sort(), async (id) => {
      const { state: agreement } = await loadCase(ports, agreementCase, agreementStream(id))
      const place = placeInYear(id, agreement, state.year)
      if ('asked' in place) await prepareReview(ports, id, agreement, state.year, null)
      return place
    })
    for (const place of places)
      if ('asked' in place) asked.push(place.asked)
      else leftOut.push(place.leftOut)
    await performTask(ports, runCase, { task: 'PrepareRun', input, read }, (run, now) =>
      makeManifest(run, { asked, leftOut }, input.attempt, now),
    )
    await sideBySide(asked, async (entry) => {
      for (const municipality of entry.municipalities)
        await sendOnce(ports, reviewCase, reviewDesk, reviewStream(state.year, entry.agreement), {
          kind: 'contact-confirmation',
          party: municipality,
          seq: 1,
          about: '',
        })
    })
    return {}
  }

/** Starts up to a hundred reviews from the cursor; each has its open item before it starts. */
export const makeStartReviews =
  (ports: RecordPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const { state } = read
    const agreements = nextToStart(state)
    await sideBySide(agreements, async (agreement) => {
      const stream = reviewStream(state.year, agreement)
      await ports.register.openReview(state.year, agreement)
      await startAttempt(ports, stream, 1)
    })
    await performTask(ports, runCase, { task: 'StartReviews', input, read }, (run) =>
      recordStarted(run, agreements, input.attempt),
    )
    return {}
  }

/** Sends each municipality its own pages to check, a hundred agreements a call. */
export const makeSendFactChecks =
  (ports: LetterPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const { state } = read
    const agreements = nextToCheck(state)
    await sideBySide(agreements, async (agreement) => {
      const stream = reviewStream(state.year, agreement)
      const { state: review } = await loadCase(ports, reviewCase, stream)
      for (const party of review.parties)
        await sendOnce(ports, reviewCase, reviewDesk, stream, {
          kind: 'fact-check',
          party: party.municipality,
          seq: 1,
          about: state.report?.subject ?? '',
        })
    })
    await performTask(ports, runCase, { task: 'SendFactChecks', input, read }, (run) =>
      recordChecked(run, agreements, input.attempt),
    )
    return {}
  }
