import { streamKind, type StreamId } from '../base/stream-id.ts'

/** The state machine that runs a stream's kind. @throws RangeError for a kind without one */
export const machineOf = (stream: StreamId): 'annual-run' | 'agreement-review' | 'renegotiation' => {
  switch (streamKind(stream)) {
    case 'review':
      return 'agreement-review'
    case 'renegotiation':
      return 'renegotiation'
    case 'run':
      return 'annual-run'
    default:
      throw new RangeError(`${stream} has no workflow`)
  }
}

/** Does a workflow run streams of this kind? */
export const hasWorkflow = (stream: StreamId): boolean =>
  ['review', 'renegotiation', 'run'].includes(streamKind(stream))

/** `review-2014-svendborg-rk-a1`: names only save work, the record decides (workflows/README.md, "Names save work"). */
export const executionName = (stream: StreamId, attempt: number): string =>
  `${stream.toLowerCase().replaceAll('#', '-')}-a${attempt}`

/** The stream and attempt an execution was started for; its input says so, this reads the name. */
export const attemptOf = (name: string): number => Number(/-a(\d+)$/.exec(name)?.[1] ?? '0')
