import type { ErasureEvent } from '../../domain/casefile/erasures.ts'
import type { LetterRecord } from '../../domain/casefile/letters.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import type { BaseEvent, Decision } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { renegotiationCase } from './renegotiation-case.ts'
import { reviewCase } from './review-case.ts'

/** What an erasure reads of a case that mails are taken into. */
export interface SeenMails {
  readonly mails: readonly MailRecord[]
  readonly letters: readonly LetterRecord[]
  readonly municipalities: readonly string[]
}

/** A kind of case that mails are taken into, with what its mails and their erasure have in common. */
export interface MailCase<S, E extends BaseEvent> {
  readonly kind: CaseKind<S, E>
  readonly seen: (state: S) => SeenMails
  readonly agreementOf: (state: S) => AgreementId | null
  /** A decision on an erasure as one of the case's own. */
  readonly own: (decision: Decision<ErasureEvent>) => Decision<E>
}

const seen = ({ mails, letters, parties }: ReviewState | RenegotiationState): SeenMails => ({
  mails,
  letters,
  municipalities: parties.map(({ municipality }) => municipality),
})

const agreementOf = ({ agreement }: ReviewState | RenegotiationState): AgreementId | null => agreement

/** Calls `use` with the kind of a stream that mails are taken into: reviews and renegotiations. */
export const withMailCase = <R>(
  stream: StreamId,
  use: <S, E extends BaseEvent>(mailCase: MailCase<S, E>) => R,
): R => {
  if (stream.startsWith('REVIEW#'))
    return use({ kind: reviewCase, seen, agreementOf, own: (decision) => decision })
  if (stream.startsWith('RENEGOTIATION#'))
    return use({ kind: renegotiationCase, seen, agreementOf, own: (decision) => decision })
  throw new Error(`${stream} takes in no mail`)
}
