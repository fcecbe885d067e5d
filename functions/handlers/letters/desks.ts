import type { BaseEvent } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { renegotiationCase } from '../streams/renegotiation-case.ts'
import { reviewCase } from '../streams/review-case.ts'
import type { CaseKind } from '../record/case-kind.ts'
import type { LetterDesk } from './letter-desk.ts'
import { renegotiationDesk } from './renegotiation-desk.ts'
import { reviewDesk } from './review-desk.ts'

/** Calls `use` with the kind and the letters of a stream that sends letters to municipalities. */
export const withDesk = <R>(
  stream: StreamId,
  use: <S, E extends BaseEvent>(kind: CaseKind<S, E>, desk: LetterDesk<S, E>) => R,
): R => {
  if (stream.startsWith('REVIEW#')) return use(reviewCase, reviewDesk)
  if (stream.startsWith('RENEGOTIATION#')) return use(renegotiationCase, renegotiationDesk)
  throw new Error(`${stream} sends no letters to municipalities`)
}
