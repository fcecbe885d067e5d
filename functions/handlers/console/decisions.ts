import type { AnyCommand, Decider } from '../../domain/base/command.ts'
import { refuse, type Actor, type BaseEvent, type Refusal } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { reviewCommands } from '../../domain/review/commands.ts'
import type { ReviewFacts } from '../../domain/review/decisions/declare.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { loadCase } from '../record/perform.ts'
import { reviewCase } from '../streams/review-case.ts'
import type { ConsolePorts } from './console-ports.ts'
import { decideOn } from '../record/outbox.ts'
import { readTypedFigure } from './typed-figures.ts'

/** A command with its fields, as a form asks for it. */
export type Asked = { readonly do: string } & Readonly<Record<string, unknown>>

/** Who decides, and under which command id: the same when the form is sent twice. */
export interface DecidedBy {
  readonly decider: Decider
  readonly actor: Actor
  readonly commandId: string
}

export type Decided =
  | { readonly outcome: 'done' }
  /** Sent twice, or already so. */
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }

/** What people decide on a kind of stream, through the outbox. */
export type Decide = (ports: ConsolePorts, stream: StreamId, asked: Asked, by: DecidedBy) => Promise<Decided>

/** Where a fact is read for a command: before it is decided. */
interface FactPlace {
  readonly ports: ConsolePorts
  readonly stream: StreamId
  readonly asked: Asked
  readonly by: DecidedBy
}
type FactReaders<Facts> = { readonly [Name in keyof Facts]: (place: FactPlace) => Promise<Facts[Name]> }

const factsFor = async <Facts>(
  readers: FactReaders<Facts>,
  needs: readonly (keyof Facts)[],
  place: FactPlace,
): Promise<Partial<Facts>> => {
  const facts: Partial<Facts> = {}
  const read = async (name: keyof Facts) => {
    facts[name] = await readers[name](place)
  }
  await Promise.all(needs.map(read))
  return facts
}

/**
 * The decisions on one kind of stream.
 * @param of.facts how each fact that its commands declare is read
 */
const decisionsOn =
  <S, E extends BaseEvent, Facts>(of: {
    readonly kind: CaseKind<S, E>
    readonly commands: { find(name: string): AnyCommand<S, E, Facts> | null }
    readonly facts: FactReaders<Facts>
    readonly acts?: (ports: ConsolePorts, stream: StreamId, command: string) => Promise<'left' | void>
  }): Decide =>
  async (ports, stream, asked, by) => {
    const { do: name, ...fields } = asked
    const command = of.commands.find(name)
    if (command === null)
      return { outcome: 'refused', ...refuse('unknown-command', `${name} is no decision on ${stream}`) }
    const facts = await factsFor(of.facts, command.facts, { ports, stream, asked, by })
    const { acts = (_ports, on) => ports.afterDecision(on) } = of
    const performed = await decideOn(
      ports,
      of.kind,
      stream,
      {
        id: by.commandId,
        actor: by.actor,
        decide: (state, now) => command.decide(state, fields, by.decider, now, facts),
      },
      (decided) => acts(ports, decided, name),
    )
    if (performed.outcome === 'refused') return { outcome: 'refused', refusal: performed.refusal }
    return { outcome: performed.outcome === 'nothing' ? 'nothing' : 'done' }
  }

export const decideOnReview = decisionsOn({
  kind: reviewCase,
  commands: reviewCommands,
  facts: {
    contacts: async ({ ports, stream }) => {
      const { agreement } = (await loadCase(ports, reviewCase, stream)).state
      return agreement === null ? [] : ports.contacts.of(agreement)
    },
    readFigure: () => Promise.resolve(readTypedFigure),
  } satisfies FactReaders<ReviewFacts>,
})
