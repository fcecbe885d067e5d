import type { BaseEvent } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { renegotiationCase } from './renegotiation-case.ts'
import { reviewCase } from './review-case.ts'
import { runCase } from './run-case.ts'

/** Calls `use` with the kind of a stream that a workflow runs: reviews, renegotiations, year runs. */
export const withCase = <R>(
  stream: StreamId,
  use: <S, E extends BaseEvent>(kind: CaseKind<S, E>) => R,
): R => {
  if (stream.startsWith('REVIEW#')) return use(reviewCase)
  if (stream.startsWith('RENEGOTIATION#')) return use(renegotiationCase)
  if (stream.startsWith('RUN#')) return use(runCase)
  throw new Error(`${stream} is no stream that a workflow runs`)
}
