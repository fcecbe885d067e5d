import * as z from 'zod'
import type { BaseEvent, Folding } from '../../domain/base/stream.ts'
import { agreementFolding, type AgreementState, type AgreementEvent } from '../../domain/agreement/state.ts'
import { latestVersion } from '../../domain/agreement/versions.ts'
import { noAttempts } from '../../domain/casefile/attempts.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { waitsHeld, listed } from '../../domain/casefile/open-task.ts'
import { reviewHolds } from '../../domain/review/open-tasks.ts'
import { planReview } from '../../domain/review/plan.ts'
import { type ReviewState, review, type ReviewEvent } from '../../domain/review/state.ts'
import { reviewListEntry } from '../../domain/review/list-entry.ts'
import { renegotiationListEntry } from '../../domain/renegotiation/list-entry.ts'
import { renegotiationHolds } from '../../domain/renegotiation/open-tasks.ts'
import { planRenegotiation } from '../../domain/renegotiation/plan.ts'
import {
  renegotiation,
  type RenegotiationState,
  type RenegotiationEvent,
} from '../../domain/renegotiation/state.ts'
import { planRun } from '../../domain/year-run/plan.ts'
import { yearRun, type RunState, type RunEvent } from '../../domain/year-run/state.ts'
import { inbox, type InboxEvent, type InboxState } from '../../domain/inbox/inbox.ts'
import { openTasks } from '../../domain/inbox/commands.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { answering, type AnsweringEvent, type AnsweringState } from '../../domain/answering/answer-stop.ts'
import {
  reservations,
  type CommitmentsEvent,
  type ReservationsState,
} from '../../domain/money/reservations.ts'

/** Reads stored events through their schema; what the schema does not know is named, never passed over. */
const readEvent = <E extends BaseEvent>(streamKind: string, schema: z.ZodType<E>) => {
  // The stream store hands out the same commits again while it remembers them: each event is read once.
  const known = new WeakMap<BaseEvent, E>()
  return (event: BaseEvent): E => {
    const before = known.get(event)
    if (before !== undefined) return before
    const read = schema.safeParse(event)
    if (read.success) {
      known.set(event, read.data)
      return read.data
    }
    throw new Error(
      `${streamKind} event ${event.type} v${event.v} cannot be read: ${z.prettifyError(read.error)}`,
    )
  }
}

/** How a kind of stream is read and folded. */
const folds = <S, E extends BaseEvent>(
  name: string,
  folding: Folding<S, E> & { readonly eventSchema: z.ZodType<E> },
): Pick<CaseKind<S, E>, 'folding' | 'folded' | 'read'> => ({
  folding,
  folded: new WeakMap(),
  read: readEvent(name, folding.eventSchema),
})

/** Streams that no workflow runs. */
const withoutWorkflow = {
  attempts: () => noAttempts,
  plan: () => Promise.resolve(null),
  ministryWaits: [],
} satisfies Partial<CaseKind<unknown, BaseEvent>>

/** Agreements have no workflow of their own; their stream owns the rules across streams. */
export const agreementCase: CaseKind<AgreementState, AgreementEvent> = {
  ...folds('agreement', agreementFolding),
  ...withoutWorkflow,
  listEntry: (state) => {
    const content = latestVersion(state)?.content ?? state.draft
    return {
      list: 'agreements',
      sort: content?.id ?? '',
      summary: {
        agreement: content?.id ?? '',
        kind: content?.kind ?? '',
        title: content?.title ?? '',
        status: state.status,
        caseNumber: content?.caseNumber ?? '',
        effectiveFrom: state.versions.at(0)?.effectiveFrom ?? '',
        expiresOn: content?.expiresOn ?? '',
        versions: state.versions.length,
        openQuestion: state.questions.some((question) => question.outcome === null),
      },
    }
  },
}

export const reviewCase: CaseKind<ReviewState, ReviewEvent> = {
  ...folds('review', review),
  attempts: (state) => state.attempts,
  plan: (state, now) => Promise.resolve(planReview(state, now)),
  ministryWaits: waitsHeld(reviewHolds),
  listEntry: (state) => reviewListEntry(state),
}

export const renegotiationCase: CaseKind<RenegotiationState, RenegotiationEvent> = {
  ...folds('renegotiation', renegotiation),
  attempts: (state) => state.attempts,
  plan: (state, now) => Promise.resolve(planRenegotiation(state, now)),
  ministryWaits: waitsHeld(renegotiationHolds),
  listEntry: (state) => renegotiationListEntry(state),
}

export const runCase: CaseKind<RunState, RunEvent> = {
  ...folds('year run', yearRun),
  attempts: (state) => state.attempts,
  plan: async (state, now, ports) => {
    const open = state.status === 'running' ? await ports.register.openReviews(state.year) : []
    return planRun(state, open.length, now)
  },
  // Its workflow has one wait for everything.
  ministryWaits: [],
  listEntry: (state) => ({
    list: 'runs',
    sort: String(state.year),
    summary: {
      year: state.year,
      status: state.status,
      asked: state.asked.length,
      leftOut: state.leftOut.length,
      released: state.released.length,
      started: state.started.length,
      stuck: state.attempts.lost,
      reportSubject: state.report?.subject ?? '',
    },
  }),
}

export const inboxCase: CaseKind<InboxState, InboxEvent> = {
  ...folds('inbox', inbox),
  ...withoutWorkflow,
  listEntry: (state, stream, { at }) => ({
    list: 'inboxes',
    sort: stream,
    summary: {
      held: state.mails.filter((mail) => mail.decision === null).length,
      tasks: listed(openTasks(state, todayInCopenhagen(at))),
    },
  }),
}

/** The breaker over all answers: one stream of the whole installation. */
export const answeringCase: CaseKind<AnsweringState, AnsweringEvent> = {
  ...folds('answering', answering),
  ...withoutWorkflow,
  listEntry: (state, stream) => ({
    list: 'answers',
    sort: stream,
    summary: { stopped: state.stoppedAt !== null },
  }),
}

/** Commitments of all agreements in their order: one stream of the whole installation. */
export const commitmentsCase: CaseKind<ReservationsState, CommitmentsEvent> = {
  ...folds('commitments', reservations),
  ...withoutWorkflow,
  listEntry: (state, stream) => ({ list: 'commitments', sort: stream, summary: { open: state.open.length } }),
}
