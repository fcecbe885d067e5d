import { lettersTo } from '../casefile/letters.ts'
import type { AgreementState } from '../agreement/state.ts'
import type { AgreementContent } from '../agreement/content.ts'
import { exact, exactText, sum } from '../base/exact.ts'
import { municipality } from '../directory/municipalities.ts'
import type { RenegotiationState } from '../renegotiation/state.ts'
import { isComplete } from '../review/asked.ts'
import type { ReviewState } from '../review/state.ts'
import { todayInCopenhagen } from '../base/time.ts'
import { isObservationHidden, publishableText } from './figure-disclosure.ts'
import type {
  ReportedAction,
  ReportedAgreement,
  ReportedAssumption,
  ReportedHearing,
  ReportedParty,
  ReportedRenegotiation,
} from './report.ts'
import { distinctComments } from '../review/slices/comments.ts'
import type { PartyState } from '../review/slices/figures.ts'

/** The parts of an agreement's pages that people wrote: answers, hearing, fact check, actions, renegotiations. */

const factCheckOf = (
  review: ReviewState,
  party: PartyState,
  besideHidden: boolean,
): ReportedParty['factCheck'] => {
  const answer = review.factChecks.findLast((one) => one.party === party.municipality)
  if (answer !== undefined)
    return {
      is: answer.ok ? 'ok' : 'corrections',
      on: todayInCopenhagen(answer.at),
      text: answer.ok ? null : publishableText(answer.text, besideHidden),
      ...(answer.decided === null
        ? {}
        : {
            decided: {
              as: answer.decided.as,
              on: todayInCopenhagen(answer.decided.at),
              text: publishableText(answer.decided.text, besideHidden),
            },
          }),
    }
  const sent = lettersTo(review.letters, party.municipality, 'fact-check').length > 0
  return { is: sent ? 'silent' : 'not-sent', on: null, text: null }
}

export const compileParty = (
  review: ReviewState,
  party: PartyState,
  besideHidden: boolean,
): ReportedParty => ({
  municipality: party.municipality,
  name: municipality(party.municipality).officialName,
  role: party.role,
  replied:
    Object.keys(party.figures).length === 0 ? 'nothing' : isComplete(review, party) ? 'complete' : 'partly',
  factCheck: factCheckOf(review, party, besideHidden),
})

const remarkKey = /^(M\d+) bemærkning$/u

/** What a hearing answer says: the texts under its keys, or else its own words. */
const commentText = (review: ReviewState, mailKey: string) => {
  const mail = review.mails.find((one) => one.mailKey === mailKey)
  const keys = (mail?.values ?? []).map((one) => one.key)
  const keyed = ['Høringssvar', ...keys.filter((key) => remarkKey.test(key)), 'Bemærkninger'].flatMap(
    (key) => {
      const text = mail?.details?.texts[key]?.trim() ?? ''
      return text === '' ? [] : [text]
    },
  )
  return {
    targets: keys.flatMap((key) => remarkKey.exec(key)?.[1] ?? []),
    text: keyed.length > 0 ? keyed.join('\n') : (mail?.details?.freeText ?? null),
    receivedAt: mail?.receivedAt ?? null,
  }
}

export const compileHearing = (review: ReviewState, besideHidden: boolean): ReportedHearing => {
  const final = review.finals.at(-1)
  if (final === undefined) return { is: 'not-concluded', comments: [] }
  return {
    is: final.comments,
    comments: distinctComments(review).map(({ answer }) => {
      const { targets, text, receivedAt } = commentText(review, answer.mailKey)
      const reply = review.commentAnswers.find((one) => one.mailKey === answer.mailKey)?.text ?? null
      return {
        municipality: answer.party,
        on: todayInCopenhagen(receivedAt ?? answer.at),
        targets,
        text: publishableText(text, besideHidden),
        answer: publishableText(reply, besideHidden),
      }
    }),
  }
}

/** Were figures sent with reservation for political approval? */
export const hasReservation = (review: ReviewState): boolean =>
  review.parties.some((party) => {
    const value = party.figures['Forbehold']?.value
    return value !== undefined && !(value.is === 'yes-no' && !value.yes)
  })

export const compileActions = (review: ReviewState, content: AgreementContent): ReportedAction[] =>
  (content.actionPlan?.actions ?? []).map((action) => {
    const costs = review.parties.flatMap((party) => {
      const value = party.figures[`${action.key} udgift`]?.value
      return value?.is === 'number' ? [exact(value.value)] : []
    })
    const status = review.parties
      .map((party) => party.figures[`${action.key} status`]?.value)
      .findLast((value) => value?.is === 'status')
    return {
      key: action.key,
      title: action.title,
      grant: action.grants.find((grant) => grant.year === review.year)?.kroner ?? null,
      cost: costs.length > 0 ? exactText(sum(costs)) : null,
      status: status?.is === 'status' ? status.status : null,
    }
  })

/** Advance payments of the results' year; nothing at all where there are none. */
export const compileAdvances = (
  review: ReviewState,
  content: AgreementContent,
): Pick<ReportedAgreement, 'advances'> => {
  const advances = (content.advances ?? []).filter((advance) => advance.year === review.year)
  return advances.length === 0 ? {} : { advances }
}

/** What the ministry itself owed; nothing at all while no promise is answered. */
export const compilePromises = (
  review: ReviewState,
  content: AgreementContent,
  besideHidden: boolean,
): Pick<ReportedAgreement, 'promises'> =>
  review.promiseAnswers.length === 0
    ? {}
    : {
        promises: content.promises.map(({ id, text }) => {
          const answer = review.promiseAnswers.find((one) => one.promise === id)
          const reason = answer === undefined || answer.text === '' ? null : answer.text
          return { text, kept: answer?.kept ?? null, reason: publishableText(reason, besideHidden) }
        }),
      }

export const compileDissemination = (
  review: ReviewState,
  content: AgreementContent,
  besideHidden: boolean,
): ReportedAgreement['dissemination'] =>
  content.dissemination === null
    ? null
    : {
        planned: content.dissemination.text,
        plannedOn: content.dissemination.plannedOn,
        done: review.dissemination?.done ?? false,
        text: publishableText(review.dissemination?.text ?? null, besideHidden),
      }

const assumptionOf = (
  key: string,
  content: AgreementContent,
  state: RenegotiationState | undefined,
): ReportedAssumption => {
  const assumption = content.assumptions.find((one) => one.key === key)
  const change = state?.grounds.flatMap((ground) => ground.changes).findLast((one) => one.assumption === key)
  const value = change?.value ?? null
  const hidden = assumption !== undefined && value !== null && isObservationHidden(assumption, value)
  return {
    key,
    title: assumption?.title ?? key,
    unit: assumption?.unit ?? '',
    reference: change?.reference ?? assumption?.reference.value ?? null,
    referenceOn: change?.referenceOn ?? assumption?.reference.on ?? null,
    observed: hidden ? null : value,
    source: change?.source ?? assumption?.reference.source ?? '',
    suppressed: hidden,
  }
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]

/**
 * Questions raised while the run was under way, those still running among them. The question's own stream says
 * how it ended before the agreement's stream is told.
 * @param from first day of the run
 */
export const compileRenegotiations = (
  agreement: AgreementState,
  renegotiations: readonly RenegotiationState[],
  content: AgreementContent,
  from: string,
): ReportedRenegotiation[] =>
  agreement.questions
    .filter((question) => todayInCopenhagen(question.raisedAt) >= from)
    .map((question) => {
      const state = renegotiations.find((one) => one.seq === question.seq)
      const rider = state?.enacted ?? null
      const outcome = question.outcome ?? state?.outcome ?? null
      const words = state?.withdrawn?.text ?? state?.declined?.text ?? null
      return {
        seq: question.seq,
        raisedOn: todayInCopenhagen(question.raisedAt),
        causes: unique(question.triggers.map((trigger) => trigger.cause)),
        error: question.triggers.some((trigger) => trigger.error),
        assumptions: unique(question.triggers.flatMap((trigger) => trigger.assumptionKeys)).map((key) =>
          assumptionOf(key, content, state),
        ),
        phase: outcome ?? (state?.opened === null || state === undefined ? 'undecided' : 'negotiated'),
        reason: words,
        rider:
          rider === null || state?.proposal == null
            ? null
            : {
                number: state.proposal.riderNumber,
                signedOn: rider.signedOn,
                effectiveFrom: rider.effectiveFrom,
              },
      }
    })
