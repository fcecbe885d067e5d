import * as z from 'zod'
import { type BaseEvent, type CommitMeta, type Folding, typeOf, type EventSchema } from './stream.ts'

type EventOf<Schemas extends readonly EventSchema[]> = z.infer<Schemas[number]>
type Intersection<Union> = (Union extends unknown ? (part: Union) => void : never) extends (
  part: infer All,
) => void
  ? All
  : never
/** What stands beside a slice in the state and is read by it: another slice, or a part declared apart. */
interface Part {
  readonly initial: object
}
type StateOfParts<Parts extends readonly Part[]> = Parts extends readonly []
  ? object
  : Intersection<Parts[number]['initial']>

/** For each type of event: what changes. Only the slice's own part, or one that it reads and adds to. */
type Fold<State, E extends BaseEvent> = {
  readonly [T in E['type']]: (
    state: State,
    event: Extract<E, { readonly type: T }>,
    meta: CommitMeta,
  ) => Partial<State>
}

/** How a slice is kept once it is declared: each step of its fold was checked against its own event there. */
type Step = { step(state: object, event: BaseEvent, meta: CommitMeta): object }['step']

/** One thing that can happen in a case: its events, its part of the state, its fold. */
export interface Slice<Own extends object, Schemas extends readonly EventSchema[]> {
  readonly initial: Own
  readonly events: Schemas
  readonly fold: Readonly<Record<string, Step>>
}
type AnySlice = Slice<object, readonly EventSchema[]>

/**
 * Declares a slice. Every event it declares or hears has its step; one that changes nothing says so with `() => ({})`.
 * @param declaration.reads slices, or parts, whose state the fold sees; they come before it in the case
 * @param declaration.hears events that another slice declares and that change this part too
 */
export const slice = <
  Own extends object,
  const Schemas extends readonly EventSchema[],
  const Reads extends readonly Part[] = [],
  const Hears extends readonly EventSchema[] = [],
>(declaration: {
  readonly initial: Own
  readonly events: Schemas
  readonly reads?: Reads
  readonly hears?: Hears
  readonly fold: Fold<Own & StateOfParts<Reads>, EventOf<Schemas> | EventOf<Hears>>
}): Slice<Own, Schemas> => declaration

/** The state of a case made of these slices. */
export type StateOf<Slices extends readonly AnySlice[]> = Intersection<Slices[number]['initial']> & object
/** An event of a case made of these slices. */
export type EventOfSlices<Slices extends readonly AnySlice[]> = z.infer<Slices[number]['events'][number]>

/** A case as its slices make it. */
export interface Composed<S, E extends BaseEvent> extends Folding<S, E> {
  /** Reads a stored event; what no slice declares is named. */
  readonly eventSchema: z.ZodType<E>
  /** Every type of event there is. */
  readonly eventTypes: readonly string[]
  /** Their schemas, by type. */
  readonly schemas: ReadonlyMap<string, EventSchema>
}

/**
 * Puts slices together: the events, the state and its fold follow from the list. An event goes through the slices
 * in their order, and each sees what those before it made of it.
 * @param afterwards what every event does, whatever slice it belongs to: the status by its table, the last instant.
 * `null`: the event changes nothing at all
 * @throws where two slices declare one event or one field of the state
 */
export const compose = <const Slices extends readonly AnySlice[]>(
  slices: Slices,
  afterwards: (
    before: StateOf<Slices>,
    event: EventOfSlices<Slices>,
    meta: CommitMeta,
  ) => Partial<StateOf<Slices>> | null = () => ({}),
): Composed<StateOf<Slices>, EventOfSlices<Slices>> => {
  type S = StateOf<Slices>
  type E = EventOfSlices<Slices>
  const schemas = new Map<string, EventSchema>()
  for (const schema of slices.flatMap(({ events }) => events)) {
    const type = typeOf(schema)
    if (schemas.has(type)) throw new Error(`two slices declare the event ${type}`)
    schemas.set(type, schema)
  }
  const fields = slices.flatMap(({ initial }) => Object.keys(initial))
  const twice = fields.find((field, index) => fields.indexOf(field) !== index)
  if (twice !== undefined) throw new Error(`two slices declare ${twice} of the state`)

  const steps = new Map<string, readonly Step[]>()
  for (const type of schemas.keys())
    steps.set(
      type,
      slices.flatMap(({ fold }) => fold[type] ?? []),
    )
  const isOwn = (event: BaseEvent): event is E => schemas.has(event.type)

  const eventSchema = z.unknown().transform((raw, context): E => {
    const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined
    const schema = typeof type === 'string' ? schemas.get(type) : undefined
    if (schema === undefined) {
      context.addIssue({ code: 'custom', message: `unknown event ${String(type)}`, path: ['type'] })
      return z.NEVER
    }
    const read = schema.safeParse(raw)
    if (read.success && isOwn(read.data)) return read.data
    for (const issue of read.error?.issues ?? [])
      context.addIssue({ code: 'custom', message: issue.message, path: [...issue.path] })
    return z.NEVER
  })

  const initial: S = Object.assign({}, ...slices.map((one) => one.initial))
  return {
    initial,
    evolve: (state, event, meta) => {
      const last = afterwards(state, event, meta)
      if (last === null) return state
      // One copy for all steps: a stream is folded often, and each step takes what it needs before it answers.
      const after: S = { ...state }
      for (const step of steps.get(event.type) ?? []) Object.assign(after, step(after, event, meta))
      return Object.assign(after, last)
    },
    eventSchema,
    eventTypes: [...schemas.keys()],
    schemas,
  }
}
