import * as z from 'zod'
import { attemptOf } from '../../domain/casefile/execution-name.ts'
import { isStreamId, type StreamId } from '../../domain/base/stream-id.ts'
import { perform, type RecordPorts } from '../record/perform.ts'
import { withWorkflow } from '../streams.ts'

/** The event of EventBridge's rule on failed, timed-out and aborted executions; only the fields used. */
export const executionLostSchema = z.object({
  detail: z.object({
    executionArn: z.string(),
    name: z.string(),
    status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
    input: z.string(),
  }),
})

const inputOf = (text: string): { stream: StreamId; attempt: number } | null => {
  const parsed = z.object({ stream: z.string(), attempt: z.int() }).safeParse(JSON.parse(text))
  return parsed.success && isStreamId(parsed.data.stream)
    ? { stream: parsed.data.stream, attempt: parsed.data.attempt }
    : null
}

/** Commits the loss to the stream: shown as stuck, alarmed; the year goes on without it. */
export const makeRecordExecutionLost =
  (ports: RecordPorts) =>
  async ({ detail }: z.infer<typeof executionLostSchema>): Promise<void> => {
    const input = inputOf(detail.input)
    if (input === null) return
    const lost = {
      attempt: input.attempt || attemptOf(detail.name),
      execution: detail.executionArn,
      status: detail.status,
    }
    const command = {
      id: `lost/${detail.executionArn}`,
      actor: { by: 'system', name: 'RecordExecutionLost' },
    } as const
    await withWorkflow(input.stream, (kind, recordLost) =>
      perform(ports, kind, input.stream, { ...command, decide: (state) => recordLost(state, lost) }),
    )
  }
