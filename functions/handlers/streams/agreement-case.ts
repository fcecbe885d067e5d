import { agreementFolding, type AgreementState, type AgreementEvent } from '../../domain/agreement/state.ts'
import { latestVersion } from '../../domain/agreement/versions.ts'
import { noAttempts } from '../../domain/casefile/attempts.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { readEvent } from '../record/read-event.ts'

/** Agreements have no workflow of their own; their stream owns the rules across streams. */
export const agreementCase: CaseKind<AgreementState, AgreementEvent> = {
  folding: agreementFolding,
  folded: new WeakMap(),
  read: readEvent('agreement', agreementFolding.eventSchema),
  attempts: () => noAttempts,
  plan: () => Promise.resolve(null),
  ministryWaits: [],
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
