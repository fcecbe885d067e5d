import * as z from 'zod'
import type { RefusalKind } from './refusals.ts'
import { refuse, type BaseEvent, type Decision, type Refusal } from './stream.ts'
import type { MinistryRole, PersonId } from './values.ts'

/** A ministry person who decides. Barred: came from that municipality, or is otherwise disqualified (inhabil). */
export interface Decider {
  readonly id: PersonId
  readonly roles: readonly MinistryRole[]
  readonly barredFrom: readonly string[]
}

/** Words for a person, in the languages of pages and letters. */
export interface Words {
  readonly da: string
  readonly en: string
}

/** What every command of a kind of stream is checked against. */
export interface CommandGround<S> {
  /** Null: there is no such case on record. */
  readonly status: (state: S) => string | null
  /** Its municipalities: who is barred from one of them decides nothing here. */
  readonly municipalities: (state: S) => readonly string[]
}

/**
 * A person's decision as a value: who may take it, in which state, on what they saw, and what it comes to.
 * `Facts` are what commands of this kind of stream may need beside the state, by name.
 */
export interface CommandDeclaration<
  Input extends z.ZodObject,
  S,
  E extends BaseEvent,
  Facts,
  Needs extends keyof Facts,
> {
  /** What is decided; its fields are the form's, and its messages tell in Danish what is wrong with them. */
  readonly input: Input
  readonly roles: readonly MinistryRole[]
  /** What its button says, and what is told when it is done. */
  readonly label: Words
  readonly done: Words
  /** The statuses in which it can be taken; left out: `decide` says. */
  readonly status?: readonly string[]
  /** The hash that the record has now of what was looked at; the input's `subject` is compared with it. */
  readonly subject?: (state: S, input: z.output<Input>) => string | null
  /** Who may not take it by a two-person rule, and the refusal that tells them. */
  readonly notBy?: {
    readonly persons: (state: S, input: z.output<Input>) => readonly (string | null | undefined)[]
    readonly refusal: RefusalKind
  }
  /** What must be read before it is decided. */
  readonly facts?: readonly Needs[]
  /** Whose case it is, where the command's fields or its facts say so and the state does not. */
  readonly concerns?: (state: S, input: z.output<Input>, facts: Pick<Facts, Needs>) => readonly string[]
  /** All else: the events, or why not. Pure: `now` and ids are arguments. */
  readonly decide: (
    state: S,
    input: z.output<Input>,
    who: Decider,
    now: string,
    facts: Pick<Facts, Needs>,
  ) => Decision<E>
}

/** A declared command. `decide` checks all that its declaration says, in one order for every command there is. */
export interface Command<Name extends string, Input extends z.ZodObject, S, E extends BaseEvent, Facts> {
  readonly name: Name
  readonly input: Input
  readonly roles: readonly MinistryRole[]
  readonly label: Words
  readonly done: Words
  readonly facts: readonly (keyof Facts)[]
  /** What is wrong before anything is read: the role, the fields. */
  refusalOf(fields: unknown, who: Decider): Refusal | null
  /**
   * @param fields as a form or another caller gives them: parsed by `input`
   * @param facts those of `facts` at least
   */
  decide(state: S, fields: unknown, who: Decider, now: string, facts: Partial<Facts>): Decision<E>
}

/** What is wrong with the fields, each said once; a field says its own kind where it has one (`required`). */
const refuseFields = (name: string, { issues }: z.ZodError) => {
  const own = issues.flatMap((issue) =>
    issue.code === 'custom' && issue.params?.['refusal'] === 'reason' ? (['reason'] as const) : [],
  )
  const problems = [...new Set(issues.map(({ message }) => message))].join(' ')
  return refuse(
    own[0] ?? 'fields',
    `${name}: ${issues.map(({ path }) => path.join('.')).join(', ')}`,
    problems,
  )
}

/** Are they all there? */
const holds = <Facts, Needs extends keyof Facts>(
  facts: Partial<Facts>,
  needs: readonly Needs[],
): facts is Partial<Facts> & Pick<Facts, Needs> => needs.every((name) => facts[name] !== undefined)

/**
 * Makes the declaring function of one kind of stream. The order of the checks: role, inhabilitet, fields, status,
 * the hash of what was seen, four eyes; then the decision itself.
 */
export const commandsOf =
  <S, E extends BaseEvent, Facts = object>(ground: CommandGround<S>) =>
  <const Name extends string, Input extends z.ZodObject, Needs extends keyof Facts = never>(
    name: Name,
    declaration: CommandDeclaration<Input, S, E, Facts, Needs>,
  ): Command<Name, Input, S, E, Facts> => {
    const { input, roles, label, done, status, subject, notBy, concerns, facts: needs = [] } = declaration
    const isBarred = (who: Decider, codes: readonly string[]) =>
      codes.some((code) => who.barredFrom.includes(code))
    const roleRefusal = (who: Decider) =>
      roles.some((role) => who.roles.includes(role))
        ? null
        : refuse('role', `${name} takes one of the roles ${roles.join(', ')}`)
    const barred = () => refuse('barred', 'the person is barred from this case (inhabilitet)')
    const check = (state: S, read: z.output<Input>, who: Decider) => {
      const current = ground.status(state)
      if (current === null) return refuse('no-review', 'no such case is on record')
      if (status !== undefined && !status.includes(current))
        return refuse('status', `${name} needs the status ${status.join(' or ')}; it is ${current}`)
      if (subject !== undefined && read['subject'] !== subject(state, read))
        return refuse('superseded', 'what was decided on is no longer what the record says')
      return notBy?.persons(state, read).includes(who.id) === true
        ? refuse(notBy.refusal, `${name} is another person's`)
        : null
    }
    return {
      name,
      input,
      roles,
      label,
      done,
      facts: needs,
      refusalOf: (fields, who) => {
        const role = roleRefusal(who)
        if (role !== null) return role.refusal
        const read = input.safeParse(fields)
        return read.success ? null : refuseFields(name, read.error).refusal
      },
      decide: (state, fields, who, now, facts) => {
        const role = roleRefusal(who)
        if (role !== null) return role
        if (isBarred(who, ground.municipalities(state))) return barred()
        const read = input.safeParse(fields)
        if (!read.success) return refuseFields(name, read.error)
        if (!holds(facts, needs)) throw new Error(`${name} was decided without ${needs.join(', ')}`)
        if (isBarred(who, concerns?.(state, read.data, facts) ?? [])) return barred()
        return check(state, read.data, who) ?? declaration.decide(state, read.data, who, now, facts)
      },
    }
  }

/** A command as it is listed: any name, any fields. */
export type AnyCommand<S, E extends BaseEvent, Facts> = Pick<
  Command<string, z.ZodObject, S, E, Facts>,
  'name' | 'input' | 'roles' | 'label' | 'done' | 'facts' | 'refusalOf' | 'decide'
>
/** A command with its fields, as it is asked for. */
export type CommandIn<Commands extends readonly { readonly name: string; readonly input: z.ZodObject }[]> = {
  [C in Commands[number] as C['name']]: { readonly do: C['name'] } & Readonly<z.input<C['input']>>
}[Commands[number]['name']]

/** The registry of a kind of stream: every decision that people take on it, found by its name. */
export const commandTable = <
  S,
  E extends BaseEvent,
  Facts,
  const List extends readonly AnyCommand<S, E, Facts>[],
>(
  commands: List & readonly AnyCommand<S, E, Facts>[],
) => {
  const byName = new Map<string, AnyCommand<S, E, Facts>>(commands.map((one) => [one.name, one]))
  return {
    commands,
    find: (name: string): AnyCommand<S, E, Facts> | null => byName.get(name) ?? null,
    /** Who may take it. */
    rolesFor: (name: List[number]['name']): readonly MinistryRole[] =>
      commands.filter((one) => one.name === name).flatMap(({ roles }) => roles),
    /** Decides a command by its name. */
    decide: (
      state: S,
      asked: CommandIn<List> & { readonly do: string },
      who: Decider,
      now: string,
      facts: Partial<Facts>,
    ): Decision<E> => {
      const { do: name, ...fields } = asked
      const found = byName.get(name)
      return found === undefined
        ? refuse('unknown-command', `nothing of the name ${name} is decided here`)
        : found.decide(state, fields, who, now, facts)
    },
  }
}

/** Fields of a decision, as people fill them in. Messages are Danish: the page shows them. */

/** Longest text of one field: what a person writes, never a file. */
export const longestText = 8000

const textOr = (message: string) =>
  z
    .string(message)
    .max(longestText, `En tekst er for lang (højst ${longestText} tegn).`)
    .transform((text) => text.replaceAll('\r\n', '\n').trim())

/** Text as it was typed, its line ends made one kind and its margins cut. */
export const typedText = textOr('En tekst mangler.')

/** How missing words are refused: as a reason that is missing. */
export const missing = (message: string) => ({ error: message, params: { refusal: 'reason' } })

/** Text that must be there; the message says what is missing. */
export const requiredText = (message: string) =>
  textOr(message).refine((text) => text !== '', missing(message))

/** Why. */
export const reasonField = requiredText('Skriv en begrundelse.')

/** What is said of a choice that was not made. */
export const choose = (message: string) => ({ error: message })

/** A mail of the case. */
export const mailKeyField = z.string('Mailen kan ikke findes.').min(1).max(128, 'Mailen kan ikke findes.')

/** The hash of what was looked at. */
export const subjectField = z.string().regex(/^[0-9a-f]{64}$/, 'Siden er forældet. Åbn sagen igen.')

/** Empty in a form where there is none. */
export const maybe = (most: number) =>
  z
    .string()
    .max(most)
    .nullish()
    .transform((text) => (text === undefined || text === '' ? null : text))
