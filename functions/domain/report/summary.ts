import * as z from 'zod'
import type { AgreementState } from '../agreement/state.ts'
import { isReminder, openingDay } from '../base/calendar.ts'
import type { LetterRecord } from '../casefile/letters.ts'
import type { MailRecord } from '../casefile/mails.ts'
import type { Verdict } from '../judging/assessment.ts'
import type { RenegotiationState } from '../renegotiation/state.ts'
import { isComplete } from '../review/asked.ts'
import type { ReviewState, ReviewEvent, ReviewEventType } from '../review/state.ts'
import { todayInCopenhagen } from '../base/time.ts'
import type { AgreementId } from '../base/values.ts'
import type { RunState } from '../year-run/state.ts'

const count = z.int().min(0)

/**
 * A year in figures: what the run and its renegotiations came to. Each is a count over the record of one named
 * event, or of the agreements it happened in.
 */
export const yearSummarySchema = z.strictObject({
  year: z.int(),
  /** Agreements asked, as the manifest has them. */
  agreements: count,
  /** Targets in the manifest; `verdicts` sums to it when all is assessed. */
  targets: count,
  /** Agreements in which at least one request went out. */
  requested: count,
  /** Agreements in which every party has answered all it was asked. */
  replied: count,
  /** Letters L2, L2b and L3. */
  reminders: count,
  /** Requests for more time (ExtensionRequested), granted or not. */
  extensions: count,
  /** Mails ever held, of a case or of none. */
  held: count,
  /** Targets by the current final assessment. */
  verdicts: z.strictObject({
    met: count,
    partlyMet: count,
    notMet: count,
    notMetAssumptionFailed: count,
    notAssessable: count,
  }),
  /** Drafts approved (Approved); a draft superseded and approved again counts twice. */
  approvals: count,
  /**
   * Hearings begun (HearingBegun), each with proof of delivery to every party; one that goes on with a draft
   * that a correction bettered counts again.
   */
  hearings: count,
  /** Agreements finally assessed, and closed. */
  assessed: count,
  closed: count,
  /** By agreement; of several questions in one agreement the last. raised = opened + declined + undecided. */
  renegotiations: z.strictObject({
    raised: count,
    /** A wish withdrawn before it was opened counts as opened and withdrawn. */
    opened: count,
    declined: count,
    agreed: count,
    /** A proposal that a party declines counts as lapsed. */
    lapsed: count,
    withdrawn: count,
  }),
  letters: z.strictObject({
    /** Recorded letters (LetterSent). */
    sent: count,
    /** Distinct content keys. */
    received: count,
  }),
  /** The report's page; null until it is frozen. */
  report: z.strictObject({ path: z.string(), sha256: z.string(), frozenOn: z.iso.date() }).nullable(),
})
export type YearSummary = z.infer<typeof yearSummarySchema>

/** What the summary counts over: every stream of the run, folded, and the reviews' events. */
export interface SummaryFacts {
  readonly run: RunState
  readonly agreements: readonly {
    readonly id: AgreementId
    readonly agreement: AgreementState
    readonly review: ReviewState
    readonly events: readonly ReviewEvent[]
    readonly renegotiations: readonly RenegotiationState[]
  }[]
  /** Mail that found no case at first, by its content key. */
  readonly inbox: readonly { readonly mailKey: string }[]
}

type Of = SummaryFacts['agreements'][number]

/** A question belongs to the run under way on the day it was raised: until the next year's run opens. */
const questionOf = (one: Of, run: RunState) =>
  one.agreement.questions.findLast((question) => {
    const raisedOn = todayInCopenhagen(question.raisedAt)
    return raisedOn >= run.openedOn && raisedOn < openingDay(run.year + 1)
  })

const renegotiationsOf = (facts: SummaryFacts): YearSummary['renegotiations'] => {
  const courses = facts.agreements.flatMap((one) => {
    const question = questionOf(one, facts.run)
    if (question === undefined) return []
    const state = one.renegotiations.find((candidate) => candidate.seq === question.seq)
    return [{ opened: state?.opened != null, outcome: question.outcome ?? state?.outcome ?? null }]
  })
  const ended = (...outcomes: readonly string[]) =>
    courses.filter(({ outcome }) => outcome !== null && outcomes.includes(outcome)).length
  return {
    raised: courses.length,
    opened: courses.filter(({ opened, outcome }) => outcome !== 'declined' && (opened || outcome !== null))
      .length,
    declined: ended('declined'),
    agreed: ended('rider'),
    lapsed: ended('lapsed', 'not-accepted'),
    withdrawn: ended('withdrawn'),
  }
}

const verdictsOf = (asked: readonly Of[]): YearSummary['verdicts'] => {
  const targets = asked.flatMap((one) => one.review.finals.at(-1)?.assessment.targets ?? [])
  const of = (verdict: Verdict) => targets.filter((target) => target.verdict === verdict).length
  return {
    met: of('met'),
    partlyMet: of('partly-met'),
    notMet: of('not-met'),
    notMetAssumptionFailed: of('not-met-assumption-failed'),
    notAssessable: of('not-assessable'),
  }
}

const lettersOf = (one: Of): readonly LetterRecord[] => [
  ...one.review.letters,
  ...one.renegotiations.flatMap((state) => state.letters),
]
const mailsOf = (one: Of): readonly MailRecord[] => [
  ...one.review.mails,
  ...one.renegotiations.flatMap((state) => state.mails),
]

/** Content keys of mails that were ever held: released ones stand otherwise in the fold, not in the events. */
const heldKeys = (facts: SummaryFacts): ReadonlySet<string> =>
  new Set([
    ...facts.agreements.flatMap((one) => [
      ...one.events.flatMap((event) =>
        event.type === 'MailReceived' && event.standing === 'held' ? [event.mailKey] : [],
      ),
      ...one.renegotiations.flatMap((state) =>
        state.mails
          .filter((mail) => mail.standing === 'held' || mail.releasedAt !== null)
          .map((mail) => mail.mailKey),
      ),
    ]),
    ...facts.inbox.map((mail) => mail.mailKey),
  ])

/** @param page name of the report's page among the frozen files */
export const summarise = (facts: SummaryFacts, page: string): YearSummary => {
  const { run } = facts
  const inManifest = new Set<string>(run.asked.map((entry) => entry.agreement))
  const asked = facts.agreements.filter((one) => inManifest.has(one.id))
  const letters = [...facts.agreements.flatMap(lettersOf), ...run.letters]
  const events = (type: ReviewEventType) =>
    asked.reduce((all, one) => all + one.events.filter((event) => event.type === type).length, 0)
  const among = (holds: (one: Of) => boolean) => asked.filter(holds).length
  const frozen = run.frozen?.files.find((file) => file.name === page) ?? null
  return {
    year: run.year,
    agreements: run.asked.length,
    targets: run.asked.reduce((all, entry) => all + entry.targets, 0),
    requested: among((one) => one.review.letters.some((letter) => letter.order.kind === 'request')),
    replied: among(
      ({ review }) =>
        review.letters.some((letter) => letter.order.kind === 'request') &&
        review.parties.every((party) => isComplete(review, party)),
    ),
    reminders: letters.filter(({ order }) => isReminder(order.kind)).length,
    extensions: events('ExtensionRequested'),
    held: heldKeys(facts).size,
    verdicts: verdictsOf(asked),
    approvals: events('Approved'),
    hearings: events('HearingBegun'),
    assessed: among((one) => one.review.finals.length > 0),
    closed: among((one) => one.review.status === 'closed'),
    renegotiations: renegotiationsOf(facts),
    letters: {
      sent: letters.length,
      received: new Set([
        ...facts.agreements.flatMap(mailsOf).map((mail) => mail.mailKey),
        ...facts.inbox.map((mail) => mail.mailKey),
      ]).size,
    },
    report:
      run.frozen === null || frozen === null
        ? null
        : { path: frozen.archiveKey, sha256: frozen.sha256, frozenOn: run.frozen.on },
  }
}
