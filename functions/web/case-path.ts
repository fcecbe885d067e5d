import { parseStreamId, type StreamId } from '../domain/base/stream-id.ts'

/** The page of a case that a workflow runs; null for other streams. */
export const casePageOf = (stream: StreamId): string | null => {
  const parsed = parseStreamId(stream)
  switch (parsed.kind) {
    case 'review':
      return `/reviews/${parsed.year}/${parsed.agreement}`
    case 'renegotiation':
      return `/renegotiations/${parsed.agreement}/${parsed.seq}`
    case 'run':
      return `/runs/${parsed.year}`
    default:
      return null
  }
}

/** The page of a review, a renegotiation or a run. @throws RangeError for other streams */
export const casePath = (stream: StreamId): string => {
  const page = casePageOf(stream)
  if (page === null) throw new RangeError(`${stream} has no page of its own`)
  return page
}
