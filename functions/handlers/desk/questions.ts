import * as z from 'zod'
import { agreementStream, isStreamId, renegotiationStream, type StreamId } from '../../domain/stream-id.ts'
import { agreementIdSchema, type AgreementId } from '../../domain/values.ts'
import { agreementCase } from '../cases/agreement-case.ts'
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

/** All questions of a matter, decided or not, found on the agreements' own streams: a decision reads no list. */
export const questionsOfMatter = async (
  ports: DeskPorts,
  matter: string,
): Promise<readonly FoundQuestion[]> => {
  const single = singleQuestion(matter)
  const found: FoundQuestion[] = []
  for (const agreement of single === null ? await ports.register.agreements() : [single.agreement]) {
    const { state } = await loadCase(ports, agreementCase, agreementStream(agreement))
    for (const question of state.questions) {
      const shared = question.triggers.some((trigger) => trigger.matterId === matter)
      if (!shared && single?.seq !== question.seq) continue
      const stream = renegotiationStream(agreement, question.seq)
      found.push({ stream, state: (await loadCase(ports, renegotiationCase, stream)).state })
    }
  }
  return found
}

/** The one question of a matter that no observation shares; null for a shared one. */
export const singleQuestion = (
  matter: string,
): { readonly agreement: AgreementId; readonly seq: number } | null => {
  const [prefix, id, seq] = matter.split(':')
  const agreement = agreementIdSchema.safeParse(id)
  return prefix === singlePrefix && agreement.success ? { agreement: agreement.data, seq: Number(seq) } : null
}
