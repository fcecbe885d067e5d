import type * as z from 'zod'
import {
  attachRun,
  makeManifest,
  nextToStart,
  recordStarted,
  recordCompiled,
  nextToCheck,
  recordChecked,
  freezeReport,
} from '../../domain/year-run/decide.ts'
import { NothingToDo } from '../../../workflows/errors.ts'
import type { tasks, CaseInput } from '../../../workflows/tasks.ts'
import { runCase, agreementCase, reviewCase } from '../streams/cases.ts'
import { loadCase, type RecordPorts, perform, startAttempt } from '../record/perform.ts'
import { performTask, unlessStale } from './shared-tasks.ts'
import type { AgreementState } from '../../domain/agreement/state.ts'
import { contentForYear, latestVersion } from '../../domain/agreement/versions.ts'
import { prepare } from '../../domain/review/decide/machine.ts'
import type { Actor } from '../../domain/base/stream.ts'
import { agreementStream, reviewStream } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { reviewComposer } from '../letters/composers.ts'
import { sendOnce, type LetterPorts } from '../letters/send-once.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'
import { askedParties, placeInYear } from '../../domain/year-run/place-in-year.ts'
import type { LeftOutEntry, ManifestEntry } from '../../domain/year-run/slices/manifest.ts'
import { compileReport } from '../../domain/report/compile.ts'
import { type JointReport, pagesKey, reportKey } from '../../domain/report/report.ts'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import { planRun } from '../../domain/year-run/plan.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { compiledFiles, factCheckFiles, reportFileNames, reportFiles } from '../../web/report/report-files.ts'
import type { Ports } from '../../ports/ports.ts'
import { readReportFacts } from '../report/read-year.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { readCompiled, kept } from '../report/read-report.ts'

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

const actor: Actor = { by: 'system', name: 'PrepareRun' }

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
    actor,
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
    const places = await mapConcurrently([...(await ports.register.agreements())].sort(), async (id) => {
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
    await mapConcurrently(asked, async (entry) => {
      for (const municipality of entry.municipalities)
        await sendOnce(ports, reviewComposer, reviewStream(state.year, entry.agreement), {
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
    await mapConcurrently(agreements, async (agreement) => {
      const stream = reviewStream(state.year, agreement)
      await ports.register.openReview(state.year, agreement)
      await startAttempt(ports, stream, 1)
    })
    await performTask(ports, runCase, { task: 'StartReviews', input, read }, (run) =>
      recordStarted(run, agreements, input.attempt),
    )
    return {}
  }

type ReportPorts = RecordPorts & Pick<Ports, 'archive' | 'digest'>

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What is decided on and each agreement's pages, each put once under the report's own hash. */
const archiveReport = async (ports: ReportPorts, report: JointReport, subject: string): Promise<void> => {
  for (const file of compiledFiles(report))
    await ports.archive.putOnce(
      reportKey(report.year, subject, file.name),
      await file.bytes(),
      file.contentType,
    )
  await Promise.all(
    (await factCheckFiles(report)).map((pages) =>
      ports.archive.putOnce(
        pagesKey(report.year, subject, pages.agreement),
        bytesOf(pages.text),
        'text/html; charset=utf-8',
      ),
    ),
  )
}

const openCorrectionsOf = (report: JointReport): number =>
  report.agreements
    .flatMap((agreement) => agreement.parties)
    .filter(({ factCheck }) => factCheck.is === 'corrections' && factCheck.decided === undefined).length

/** Compiles, and archives what was made before the record names it. */
const compileNow = async (ports: ReportPorts, run: RunState) => {
  const report = compileReport(await readReportFacts(ports, run))
  const subject = ports.digest(canonicalJson(report))
  await archiveReport(ports, report, subject)
  return {
    subject,
    archiveKey: reportKey(run.year, subject, reportFileNames(run.year).json),
    unfinished: report.agreements
      .filter((agreement) => agreement.outcome !== 'assessed')
      .map((agreement) => agreement.agreement),
    openCorrections: openCorrectionsOf(report),
    outdatings: run.outdatings,
  }
}

/**
 * Compiles the joint report from the record as it stands. Its subject is the hash of its canonical JSON: equal
 * records give the same subject. Where it is not the time to compile (a retry after the commit), nothing is.
 */
export const makeCompileReport =
  (ports: ReportPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const run = read.state
    const openReviews = (await ports.register.openReviews(run.year)).length
    const plan = planRun(run, openReviews, ports.clock.now())
    const compiled = plan.next === 'step' && plan.step === 'compile' ? await compileNow(ports, run) : null
    const visit = { task: 'CompileReport', input, read } as const
    const performed = await performTask(ports, runCase, visit, (current, now) =>
      compiled === null
        ? { ok: true, events: [] }
        : recordCompiled(current, compiled, openReviews, input.attempt, now),
    )
    if (performed.outcome === 'refused') unlessStale(performed.refusal)
    return {}
  }

/** Sends each municipality its own pages to check, a hundred agreements a call. */
export const makeSendFactChecks =
  (ports: LetterPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const { state } = read
    const agreements = nextToCheck(state)
    await mapConcurrently(agreements, async (agreement) => {
      const stream = reviewStream(state.year, agreement)
      const { state: review } = await loadCase(ports, reviewCase, stream)
      for (const party of review.parties)
        await sendOnce(ports, reviewComposer, stream, {
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

/** Freezing makes the files of every format. */
type FreezePorts = ReportPorts & Pick<Ports, 'reportFormats'>

/**
 * Freezes the approved report on the reporting date: its files' names, keys and checksums go on the record. The
 * bytes are those that were compiled and approved; the print, the workbook and the export, and whatever is
 * missing, are made from the same value. Repeated, it finds the same files.
 */
export const makeFreezeReport =
  (ports: FreezePorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const run = read.state
    if (run.status === 'frozen' || run.report === null) return {}
    const { subject } = run.report
    const report = await readCompiled(ports, run.report)
    const files: { name: string; archiveKey: string; sha256: string }[] = []
    for (const file of reportFiles(report, ports.reportFormats)) {
      const archiveKey = reportKey(run.year, subject, file.name)
      const bytes = await kept(ports, archiveKey, file)
      files.push({ name: file.name, archiveKey, sha256: ports.digest(bytes) })
    }
    const visit = { task: 'FreezeReport', input, read } as const
    const performed = await performTask(ports, runCase, visit, (current, now) =>
      current.report?.subject === subject
        ? freezeReport(current, { frozenOn: todayInCopenhagen(now), files }, input.attempt, now)
        : { ok: true, events: [] },
    )
    if (performed.outcome === 'refused') unlessStale(performed.refusal)
    return {}
  }
