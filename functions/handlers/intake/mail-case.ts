import type { DocumentCommit } from '../../domain/documents/document-list.ts'
import type { ErasureEvent } from '../../domain/casefile/erasures.ts'
import type { LetterRecord } from '../../domain/casefile/letters.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import type { UnplacedMail, UnplacedMailEvent } from '../../domain/casefile/unplaced-mails.ts'
import type { BaseEvent, Decision } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { CaseKind } from '../record/case-kind.ts'
import type { intoReview } from './into-review.ts'

/** What every case that mails are taken into says of itself, whatever its kind. */
export interface CaseFacts {
  /** False for a stream that nobody has written to. */
  readonly begun: boolean
  readonly agreement: AgreementId | null
  /** The results' year. */
  readonly year: number
  readonly title: string
  readonly caseNumber: string
  /** Who takes part in it. */
  readonly municipalities: readonly string[]
  /** Everybody of the agreement; null before its content is known. */
  readonly agreementParties: readonly string[] | null
  readonly mails: readonly MailRecord[]
  readonly letters: readonly LetterRecord[]
  readonly unplaced: readonly UnplacedMail[]
}

/** What taking in mails, and erasing them, knows of a kind of case. */
export interface MailCase<S, E extends BaseEvent> {
  /** In a heading before the case's title; empty for reviews. */
  readonly named: string
  readonly facts: (state: S) => CaseFacts
  /** Figures of one results' year alone may stand in its mails. */
  readonly isOfOneYear: boolean
  readonly take: typeof intoReview
  /** A note of a mail of the inbox that may belong to the case, or that it is over. */
  readonly note: (state: S, event: UnplacedMailEvent) => Decision<E>
  /** An event as the list of documents reads it. */
  readonly document: (event: E) => DocumentCommit['events'][number]
  /** A decision on an erasure as one of the case's own. */
  readonly own: (decision: Decision<ErasureEvent>) => Decision<E>
}

/** Calls `use` with the kind of a stream that mails are taken into. */
export type WithMails = <R>(
  stream: StreamId,
  use: <S, E extends BaseEvent>(kind: CaseKind<S, E>, mails: MailCase<S, E>) => R,
) => R

/** Reviews and renegotiations say the same of themselves. */
export const caseFacts = (state: {
  readonly status: string
  readonly agreement: AgreementId | null
  readonly year: number
  readonly content: {
    readonly title: string
    readonly caseNumber: string
    readonly parties: readonly { readonly municipality: string }[]
  } | null
  readonly parties: readonly { readonly municipality: string }[]
  readonly mails: readonly MailRecord[]
  readonly letters: readonly LetterRecord[]
  readonly unplaced: readonly UnplacedMail[]
}): CaseFacts => ({
  begun: state.status !== 'none',
  agreement: state.agreement,
  year: state.year,
  title: state.content?.title ?? '',
  caseNumber: state.content?.caseNumber ?? '',
  municipalities: state.parties.map(({ municipality }) => municipality),
  agreementParties: state.content?.parties.map(({ municipality }) => municipality) ?? null,
  mails: state.mails,
  letters: state.letters,
  unplaced: state.unplaced,
})
