import { testAssumption } from '../../domain/agreement/assumption-rules.ts'
import { printNumber, printChangePct } from '../../domain/base/danish.ts'
import type { MatterView } from '../../web/views.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import { agreementStream, renegotiationStream, type StreamId } from '../../domain/base/stream-id.ts'
import { agreementIdSchema, type AgreementId } from '../../domain/base/values.ts'
import { agreementCase, renegotiationCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import { singlePrefix } from '../../domain/renegotiation/open-tasks.ts'
import type { ConsolePorts } from './console-ports.ts'

type MatterPorts = Pick<ConsolePorts, 'digest' | 'register' | 'streams'>

export interface FoundQuestion {
  readonly stream: StreamId
  readonly state: RenegotiationState
  readonly commandIds: ReadonlySet<string>
}

/** All questions of a matter, decided or not, found on the agreements' own streams: a decision reads no list. */
export const questionsOfMatter = async (
  ports: MatterPorts,
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

/** What the reader of a matter decides on: which questions it holds, on which grounds, and which are decided. */
export const matterSubject = (ports: MatterPorts, questions: readonly FoundQuestion[]): string =>
  ports.digest(
    questions
      .map(
        ({ stream, state }) =>
          `${stream}|${decidedOf(state) ?? ''}|${state.grounds.map((ground) => ground.triggerId).join(',')}`,
      )
      .sort()
      .join('\n'),
  )

const findingOf = (state: RenegotiationState): string =>
  state.grounds
    .flatMap((ground) => ground.changes)
    .map((change) => {
      const assumption = state.content?.assumptions.find((one) => one.key === change.assumption)
      const pct =
        assumption === undefined ? null : testAssumption(assumption, { value: change.value }).changePct
      const limit =
        assumption === undefined ? '' : `, grænse ${printNumber(assumption.rule.limit, 'da')} pct.`
      return `reference ${printNumber(change.reference, 'da')}, konstateret ${printNumber(change.value, 'da')}${pct === null ? '' : `: ${printChangePct(pct, 'da')}`}${limit}`
    })
    .join('; ')

const decidedOf = (state: RenegotiationState): 'opened' | 'declined' | 'withdrawn' | null => {
  if (state.withdrawn !== null) return 'withdrawn'
  if (state.declined !== null) return 'declined'
  return state.opened === null ? null : 'opened'
}

export const matterView = async (ports: MatterPorts, id: string): Promise<MatterView | null> => {
  const questions = await questionsOfMatter(ports, id)
  const changes = questions.flatMap(({ state }) => state.grounds.flatMap((ground) => ground.changes))
  const newest = changes.at(-1)
  if (questions.length === 0) return null
  const [first] = questions
  return {
    observationId: id,
    title:
      questions.length === 1
        ? `Spørgsmål om genforhandling: ${first?.state.content?.title ?? ''}`
        : `Spørgsmål rejst af én observation: ${questions.length} aftaler`,
    knownOn: newest?.knownOn ?? first?.state.raisedAt.slice(0, 10) ?? '',
    source: newest?.source ?? 'kommunens ønske',
    subject: matterSubject(ports, questions),
    questions: questions.map(({ state }) => ({
      agreement: state.agreement ?? '',
      seq: state.seq,
      title: state.content?.title ?? '',
      municipalities: state.parties.map((party) => party.municipality),
      finding: findingOf(state),
      targets: (state.content?.targets ?? [])
        .filter((target) => state.grounds.some((ground) => ground.targets.includes(target.key)))
        .map((target) => ({ key: target.key, title: target.title })),
      wish: state.grounds.find((ground) => ground.cause === 'municipality-wish')?.text ?? '',
      decided: decidedOf(state),
    })),
  }
}
