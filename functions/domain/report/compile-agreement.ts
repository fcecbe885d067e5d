import { targetKeySchema, type AgreementContent } from '../agreement/content.ts'
import { latestVersion } from '../agreement/versions.ts'
import type { Assessment } from '../judging/assessment.ts'
import { lateCorrection } from '../review/late-correction.ts'
import { renamedTitles } from '../review/slices/facts.ts'
import type { ReviewState } from '../review/state.ts'
import type { ReviewStatus } from '../review/status.ts'
import { todayInCopenhagen } from '../base/time.ts'
import { publishableText } from './figure-disclosure.ts'
import { compileTarget, pendingTarget, type CompiledTarget } from './compile-target.ts'
import {
  compileActions,
  compileAdvances,
  compileDissemination,
  compileHearing,
  compileParty,
  compilePromises,
  compileRenegotiations,
  hasReservation,
} from './compile-words.ts'
import type { ReportedAgreement } from './report.ts'
import type { AgreementFacts, ReadStream } from './report-facts.ts'

/** Where an unfinished review stands, as the report says it. */
const standing: Readonly<Record<ReviewStatus, string>> = {
  none: 'den er ikke begyndt',
  'not-asked': 'der er ikke spurgt for året',
  preparing: 'anmodningen er ikke sendt',
  collecting: 'indberetningen er ikke afsluttet',
  collected: 'et udkast er under udarbejdelse',
  drafted: 'udkastet er under behandling i ministeriet',
  recommended: 'udkastet er under behandling i ministeriet',
  asking: 'der er stillet spørgsmål til kommunen',
  approved: 'udkastet er på vej i høring',
  hearing: 'udkastet er i høring',
  answered: 'bemærkningerne er besvaret',
  assessed: 'den er afsluttet',
  closed: 'den er afsluttet',
  stopped: 'den er standset',
}

export const recordOf = (read: readonly ReadStream[]): ReportedAgreement['record'] =>
  read.map(({ stream, seq, hash }) => ({ stream, seq, hash }))

export interface CompiledAgreement {
  readonly agreement: ReportedAgreement
  readonly cells: number
}

const contentOf = (facts: AgreementFacts): AgreementContent => {
  const content = facts.review.content ?? latestVersion(facts.agreement)?.content ?? facts.agreement.draft
  if (content === null) throw new Error(`${facts.id} was asked and has no content`)
  return asCorrected(content, renamedTitles(facts.review))
}

/** The titles as the fact check corrected them; figures, goals and verdicts are the record's own. */
const asCorrected = (content: AgreementContent, titles: ReadonlyMap<string, string>): AgreementContent =>
  titles.size === 0
    ? content
    : {
        ...content,
        title: titles.get('agreement') ?? content.title,
        targets: content.targets.map((one) => ({ ...one, title: titles.get(one.key) ?? one.title })),
        actionPlan:
          content.actionPlan === null
            ? null
            : {
                ...content.actionPlan,
                actions: content.actionPlan.actions.map((one) => ({
                  ...one,
                  title: titles.get(one.key) ?? one.title,
                })),
              },
      }

const outcomeOf = (review: ReviewState): ReportedAgreement['outcome'] =>
  review.finals.length > 0 ? 'assessed' : review.status === 'stopped' ? 'stopped' : 'unfinished'

const isSettled = (status: ReviewStatus): boolean => status === 'assessed' || status === 'closed'

const targetsOf = (
  review: ReviewState,
  content: AgreementContent,
  published: readonly Assessment[],
): readonly CompiledTarget[] => {
  const final = review.finals.at(-1)
  const why = `Målet er ikke bedømt: ${standing[review.status]}.`
  return content.targets.map(
    (target) =>
      (final === undefined ? null : compileTarget(target, content, review, final, published)) ??
      pendingTarget(target, review, why),
  )
}

const assessedOf = (review: ReviewState): ReportedAgreement['assessed'] => {
  const final = review.finals.at(-1)
  return final === undefined
    ? null
    : {
        on: todayInCopenhagen(final.at),
        version: final.version,
        subject: final.subject,
        ruleVersion: final.assessment.ruleVersion,
      }
}

/** The caseworker's words belong to the draft they were written for. */
const factorsOf = (review: ReviewState, besideHidden: boolean): string[] => {
  const { recommendation } = review
  const final = review.finals.at(-1)
  if (recommendation === null || final === undefined || recommendation.subject !== final.subject) return []
  return recommendation.externalFactors.flatMap((factor) => publishableText(factor, besideHidden) ?? [])
}

/** Corrections since that nobody reopened for; absent where there are none. */
const lateCorrectionsOf = (review: ReviewState): Pick<ReportedAgreement, 'lateCorrections'> => {
  const late = lateCorrection(review)
  return late === null || late.on === null
    ? {}
    : {
        lateCorrections: {
          targets: late.targets.map((key) => targetKeySchema.parse(key)),
          on: late.on,
          declined: late.reopening === 'declined',
        },
      }
}

/**
 * One agreement's pages of the report.
 * @param runOpenedOn questions raised from this day on belong to the report
 * @param publishedVersions of its final assessment, those that the report and its correction sheets have printed
 *   before, oldest first: no figure is printed that one less the other would give away
 */
export const compileAgreement = (
  facts: AgreementFacts,
  runOpenedOn: string,
  publishedVersions: readonly number[] = [],
): CompiledAgreement => {
  const { review, agreement } = facts
  const content = contentOf(facts)
  const published = publishedVersions.flatMap(
    (version) => review.finals.find((final) => final.version === version)?.assessment ?? [],
  )
  const targets = targetsOf(review, content, published)
  const renegotiations = compileRenegotiations(agreement, facts.renegotiations, content, runOpenedOn)
  const hiddenGrounds = renegotiations.flatMap((one) => one.assumptions).filter((one) => one.suppressed)
  const cells = targets.reduce((all, one) => all + one.cells, 0) + hiddenGrounds.length
  const besideHidden = cells > 0
  const final = review.finals.at(-1)
  const overall = final?.assessment.overall ?? null
  const overallSuppressed = overall !== null && targets.some((one) => one.hidesOverall)
  return {
    cells,
    agreement: {
      agreement: facts.id,
      title: content.title,
      kind: content.kind,
      caseNumber: content.caseNumber,
      synthetic: content.synthetic,
      signedOn: agreement.signedOn ?? review.signedOn,
      parties: review.parties.map((party) => compileParty(review, party, besideHidden)),
      outcome: outcomeOf(review),
      status: review.status,
      reopened: final !== undefined && !isSettled(review.status),
      stopReason: review.status === 'stopped' ? publishableText(review.stopReason, besideHidden) : null,
      assessed: assessedOf(review),
      targets: targets.map((one) => one.target),
      overall: overallSuppressed ? null : overall,
      overallSuppressed,
      coverage: final?.assessment.coverage ?? null,
      externalFactors: factorsOf(review, besideHidden),
      reservation: hasReservation(review),
      ...lateCorrectionsOf(review),
      hearing: compileHearing(review, besideHidden),
      actions: compileActions(review, content),
      ...compileAdvances(review, content),
      ...compilePromises(review, content, besideHidden),
      dissemination: compileDissemination(review, content, besideHidden),
      renegotiations: renegotiations.map((one) => ({
        ...one,
        reason: publishableText(one.reason, besideHidden),
      })),
      record: recordOf(facts.read),
    },
  }
}
