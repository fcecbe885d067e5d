import * as z from 'zod'
import {
  answeringCommands,
  type AnsweringEvent,
  type AnsweringState,
} from '../../domain/answering/answer-stop.ts'
import type { AnyCommand, Decider } from '../../domain/base/command.ts'
import type { RefusalKind } from '../../domain/base/refusals.ts'
import { refuse, type Actor, type BaseEvent, type Decision, type Refusal } from '../../domain/base/stream.ts'
import {
  agreementStream,
  parseStreamId,
  reviewStream,
  streamKind,
  type StreamId,
} from '../../domain/base/stream-id.ts'
import { erasureCommands, type ErasureFacts } from '../../domain/casefile/erasures.ts'
import { isUntold } from '../../domain/casefile/held-mails.ts'
import { inboxCommands, type InboxFacts } from '../../domain/inbox/commands.ts'
import { isCaseStream, type InboxEvent, type InboxMail, type InboxState } from '../../domain/inbox/inbox.ts'
import { latestVersion, usedKeys } from '../../domain/agreement/versions.ts'
import { renegotiationCommands } from '../../domain/renegotiation/commands.ts'
import type { RenegotiationFacts } from '../../domain/renegotiation/decisions/declare.ts'
import type { RenegotiationEvent, RenegotiationState } from '../../domain/renegotiation/state.ts'
import { isPrintableReason } from '../../domain/report/correction-sheet.ts'
import { reviewCommands } from '../../domain/review/commands.ts'
import type { ReviewFacts } from '../../domain/review/decisions/declare.ts'
import type { ReviewEvent, ReviewState } from '../../domain/review/state.ts'
import { offeredIn } from '../../domain/review/slices/facts.ts'
import {
  experienceSchema,
  proposeCorrection,
  publishExperience,
  runCommands,
  type RunFacts,
} from '../../domain/year-run/commands.ts'
import type { RunEvent, RunState } from '../../domain/year-run/state.ts'
import type { CaseFacts } from '../intake/mail-case.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { performNoted } from '../record/outbox.ts'
import { loadCase } from '../record/perform.ts'
import { draftToPropose, filesToIssue, publishableNow } from '../report/corrections.ts'
import { readExperiences } from '../report/experiences.ts'
import { withMails } from '../streams.ts'
import {
  agreementCase,
  answeringCase,
  inboxCase,
  renegotiationCase,
  reviewCase,
  runCase,
} from '../streams/cases.ts'
import type { DecidingPorts } from './console-ports.ts'
import { likelyParties, placeFacts } from './inbox-pages.ts'
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
export type Decide = (ports: DecidingPorts, stream: StreamId, asked: Asked, by: DecidedBy) => Promise<Decided>

/** Where a fact is read for a command: before it is decided. */
interface FactPlace {
  readonly ports: DecidingPorts
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

/** The acts a decision owes beside waits and list entry, in this moment. `left`: they are reconcile's. */
type Acts = (stream: StreamId, commandId: string) => Promise<'left' | void>

const refused = (kind: RefusalKind, message: string): Decided => ({
  outcome: 'refused',
  refusal: refuse(kind, message).refusal,
})

const commit = async <S, E extends BaseEvent>(
  ports: DecidingPorts,
  on: { readonly kind: CaseKind<S, E>; readonly stream: StreamId; readonly acts: Acts },
  by: DecidedBy,
  decide: (state: S, now: string) => Decision<E>,
): Promise<Decided> => {
  const { kind, stream, acts } = on
  const command = { id: by.commandId, actor: by.actor, decide }
  const performed = await performNoted(ports, kind, stream, command, acts)
  if (performed.outcome === 'refused') return { outcome: 'refused', refusal: performed.refusal }
  return { outcome: performed.outcome === 'nothing' ? 'nothing' : 'done' }
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
  }): Decide =>
  async (ports, stream, asked, by) => {
    const { do: name, ...fields } = asked
    const command = of.commands.find(name)
    if (command === null) return refused('unknown-command', `${name} is no decision on ${stream}`)
    // Nothing is read, and nothing made, for who may not decide it.
    const refusal = command.refusalOf(fields, by.decider)
    if (refusal !== null) return { outcome: 'refused', refusal }
    const facts = await factsFor(of.facts, command.facts, { ports, stream, asked, by })
    const on = { kind: of.kind, stream, acts: ports.afterDecision }
    return commit(ports, on, by, (state, now) => command.decide(state, fields, by.decider, now, facts))
  }

export const decideOnReview = decisionsOn<ReviewState, ReviewEvent, ReviewFacts>({
  kind: reviewCase,
  commands: reviewCommands,
  facts: {
    contacts: async ({ ports, stream }) => {
      const { agreement } = (await loadCase(ports, reviewCase, stream)).state
      return agreement === null ? [] : ports.contacts.of(agreement)
    },
    people: async ({ ports }) => (await ports.directory.read()).people,
    readFigure: () => Promise.resolve(readTypedFigure),
  },
})

/** The agreement that a renegotiation is about. */
const agreementOf = async ({ ports, stream }: FactPlace) => {
  const parsed = parseStreamId(stream)
  if (parsed.kind !== 'renegotiation') throw new RangeError(`${stream} is no renegotiation`)
  return (await loadCase(ports, agreementCase, agreementStream(parsed.agreement))).state
}

export const decideOnRenegotiation = decisionsOn<RenegotiationState, RenegotiationEvent, RenegotiationFacts>({
  kind: renegotiationCase,
  commands: renegotiationCommands,
  facts: {
    digest: ({ ports }) => Promise.resolve((text: string) => ports.digest(text)),
    people: async ({ ports }) => (await ports.directory.read()).people,
    nextRider: async (place) => (latestVersion(await agreementOf(place))?.riderNumber ?? 0) + 1,
    usedKeys: async (place) => usedKeys(await agreementOf(place)),
  },
})

const runOf = async ({ ports, stream }: FactPlace) => (await loadCase(ports, runCase, stream)).state

export const decideOnRun = decisionsOn<RunState, RunEvent, RunFacts>({
  kind: runCase,
  commands: runCommands,
  facts: {
    draft: async (place) =>
      draftToPropose(
        place.ports,
        await runOf(place),
        proposeCorrection.input.parse(place.asked),
        place.ports.clock.now(),
      ),
    issued: async (place) =>
      filesToIssue(place.ports, await runOf(place), place.asked['subject'], place.ports.clock.now()),
    offered: async (place) => {
      const { agreement, municipality, mailKey } = experienceSchema.parse(place.asked)
      const stream = reviewStream((await runOf(place)).year, agreement)
      const offered = offeredIn((await loadCase(place.ports, reviewCase, stream)).state)
      return offered.find((one) => one.municipality === municipality && one.mailKey === mailKey) ?? null
    },
    printable: async (place) => {
      const { agreement, text } = publishExperience.input.parse(place.asked)
      return isPrintableReason(text, await publishableNow(place.ports, await runOf(place), agreement))
    },
    letter: async (place) => (await readExperiences(place.ports, await runOf(place))).letter,
  },
})

const placedSchema = z.object({ placed: z.object({ stream: z.custom<StreamId>(isCaseStream) }) })

export const decideOnInbox = decisionsOn<InboxState, InboxEvent, InboxFacts>({
  kind: inboxCase,
  commands: inboxCommands,
  facts: {
    place: async ({ ports, asked }) => {
      const read = placedSchema.safeParse(asked)
      return read.success ? placeFacts(ports, read.data.placed.stream) : null
    },
    likelyParties: async ({ ports, stream, asked }) => {
      const { state } = await loadCase(ports, inboxCase, stream)
      const mail = state.mails.find(({ mailKey }) => mailKey === asked['mailKey'])
      return mail === undefined ? [] : likelyParties(ports, mail)
    },
  },
})

export const decideOnAnswers = decisionsOn<AnsweringState, AnsweringEvent, object>({
  kind: answeringCase,
  commands: answeringCommands,
  facts: {},
})

/** What the domain needs of a case's mail for its erasure. What was typed in is nobody's mail. */
export const erasureInCase = (
  { mails, letters, municipalities }: CaseFacts,
  mailKey: unknown,
): ErasureFacts => {
  const mail = mails.find((one) => one.mailKey === mailKey && one.typed === null) ?? null
  return {
    mail,
    undecided: mail?.standing === 'held',
    untold: mail !== null && isUntold(mail, letters),
    municipalities,
  }
}

const erasureInInbox = (mails: readonly InboxMail[], mailKey: unknown, parties: readonly string[]) => {
  const mail = mails.find((one) => one.mailKey === mailKey) ?? null
  return { mail, undecided: mail?.decision === null, untold: false, municipalities: parties }
}

/** The erasure of a mail's content, in whatever stream the mail lies. */
export const decideOnErasure: Decide = async (ports, stream, asked, by) => {
  const { do: name, ...fields } = asked
  const { mailKey } = fields
  const command = erasureCommands.find(name)
  if (command === null) return refused('unknown-command', `${name} is no decision on an erasure`)
  const decide = (facts: ErasureFacts, now: string) => command.decide(facts, fields, by.decider, now, {})
  // The mail goes by Reconcile: this function, which faces the internet, has no right to erase.
  const acts: Acts = async (owner, commandId) => {
    await ports.afterDecision(owner, commandId)
    return name === 'confirm-erasure' ? 'left' : undefined
  }
  if (streamKind(stream) !== 'inbox')
    return withMails(stream, (kind, { facts, own }) =>
      commit(ports, { kind, stream, acts }, by, (state, now) =>
        own(decide(erasureInCase(facts(state), mailKey), now)),
      ),
    )
  const { state: inbox } = await loadCase(ports, inboxCase, stream)
  const mail = inbox.mails.find((one) => one.mailKey === mailKey)
  const parties = mail === undefined ? [] : await likelyParties(ports, mail)
  return commit(ports, { kind: inboxCase, stream, acts }, by, ({ mails }, now) =>
    decide(erasureInInbox(mails, mailKey, parties), now),
  )
}
