import { agreementStream, renegotiationStream, type StreamId } from '../../../domain/base/stream-id.ts'
import { agreementIdSchema, type AgreementId } from '../../../domain/base/values.ts'
import { agreementCase, renegotiationCase } from '../../streams/cases.ts'
import { loadCase } from '../../record/perform.ts'
import { singlePrefix } from '../../../domain/renegotiation/open-tasks.ts'
import type { RenegotiationState } from '../../../domain/renegotiation/state.ts'
import type { DeskPorts } from './desk-ports.ts'

export interface FoundQuestion {
  readonly stream: StreamId
  readonly state: RenegotiationState
  readonly commandIds: ReadonlySet<string>
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
      const { state: raised, commandIds } = await loadCase(ports, renegotiationCase, stream)
      found.push({ stream, state: raised, commandIds })
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
