import * as z from 'zod'
import { isStreamId, type StreamId } from '../../domain/stream-id.ts'
import { renegotiationCase } from '../cases/renegotiation-case.ts'
import { loadCase } from '../record/perform.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import type { DeskPorts } from './desk-ports.ts'

const summarySchema = z.object({ status: z.string(), turn: z.string(), matters: z.array(z.string()) })

export interface FoundQuestion {
  readonly stream: StreamId
  readonly state: RenegotiationState
}

/** A question that no observation shared is a matter of its own. */
const singlePrefix = 'sag'
export const matterOf = (state: RenegotiationState): string => {
  const shared = state.grounds.flatMap((ground) => (ground.matterId === null ? [] : [ground.matterId])).at(-1)
  return shared ?? `${singlePrefix}:${state.agreement ?? ''}:${state.seq}`
}

/** The renegotiations that heads point to, read from their streams: a head a moment behind shows nothing over. */
export const questionsWhere = async (
  ports: DeskPorts,
  mayBe: (summary: z.infer<typeof summarySchema>) => boolean,
): Promise<readonly FoundQuestion[]> => {
  const heads = await ports.heads.list('renegotiations')
  const found: FoundQuestion[] = []
  for (const head of heads) {
    const summary = summarySchema.safeParse(head.summary)
    if (!isStreamId(head.stream) || (summary.success && !mayBe(summary.data))) continue
    const { state } = await loadCase(ports, renegotiationCase, head.stream)
    found.push({ stream: head.stream, state })
  }
  return found
}

/** All questions of a matter, decided or not. */
export const questionsOfMatter = async (
  ports: DeskPorts,
  matter: string,
): Promise<readonly FoundQuestion[]> => {
  const [prefix, agreement, seq] = matter.split(':')
  const single = prefix === singlePrefix
  const all = await questionsWhere(ports, (summary) => single || summary.matters.includes(matter))
  return single
    ? all.filter(({ state }) => state.agreement === agreement && String(state.seq) === seq)
    : all.filter(({ state }) => matterOf(state) === matter)
}
