import * as z from 'zod'

/** Why an edge is taken: the way on, a choice, what is left when no choice holds, an error that is caught. */
export type EdgeKind = 'next' | 'choice' | 'default' | 'catch' | 'inside'

export interface GraphState {
  readonly name: string
  /** `Task`, `Choice`, ... */
  readonly type: string
  /** What the definition says of it; empty where it says nothing. */
  readonly comment: string
  readonly isStart: boolean
  readonly isEnd: boolean
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly kind: EdgeKind
  /** The condition of a choice, the errors of a catch; else empty. */
  readonly label: string
}

/** A definition as states and the ways between them; of two ways to one state that differ in nothing, one. */
export interface Graph {
  readonly comment: string
  readonly states: readonly GraphState[]
  readonly edges: readonly GraphEdge[]
}

const choiceSchema = z.object({ Condition: z.string().optional(), Next: z.string() })
const catchSchema = z.object({ ErrorEquals: z.array(z.string()), Next: z.string() })

const machineSchema = z.object({
  Comment: z.string().default(''),
  StartAt: z.string(),
  get States() {
    return z.record(z.string(), stateSchema)
  },
})
const stateSchema = z.object({
  Type: z.string(),
  Comment: z.string().default(''),
  Next: z.string().optional(),
  End: z.boolean().optional(),
  Default: z.string().optional(),
  Choices: z.array(choiceSchema).default([]),
  Catch: z.array(catchSchema).default([]),
  get Branches(): z.ZodOptional<z.ZodArray<typeof machineSchema>> {
    return z.array(machineSchema).optional()
  },
  get ItemProcessor(): z.ZodOptional<typeof machineSchema> {
    return machineSchema.optional()
  },
})
type Machine = z.infer<typeof machineSchema>
type State = z.infer<typeof stateSchema>

/** `{% $plan.next = 'letter' %}` as `$plan.next = 'letter'`. */
const condition = (text: string): string => text.replace(/^\{%/, '').replace(/%\}$/, '').trim()

const insideOf = (state: State): readonly Machine[] => [
  ...(state.Branches ?? []),
  ...(state.ItemProcessor === undefined ? [] : [state.ItemProcessor]),
]

const edgesOf = (from: string, state: State): readonly GraphEdge[] => [
  ...(state.Next === undefined ? [] : [{ from, to: state.Next, kind: 'next' as const, label: '' }]),
  ...state.Choices.map((choice) => ({
    from,
    to: choice.Next,
    kind: 'choice' as const,
    label: condition(choice.Condition ?? ''),
  })),
  ...(state.Default === undefined ? [] : [{ from, to: state.Default, kind: 'default' as const, label: '' }]),
  ...state.Catch.map((one) => ({
    from,
    to: one.Next,
    kind: 'catch' as const,
    label: one.ErrorEquals.join(', '),
  })),
  ...insideOf(state).map((machine) => ({ from, to: machine.StartAt, kind: 'inside' as const, label: '' })),
]

const ending = ['Succeed', 'Fail']

const graphOfMachine = (machine: Machine, outermost: boolean): Graph => {
  const named = Object.entries(machine.States)
  const inner = named.flatMap(([, state]) => insideOf(state).map((one) => graphOfMachine(one, false)))
  return {
    comment: machine.Comment,
    states: [
      ...named.map(([name, state]) => ({
        name,
        type: state.Type,
        comment: state.Comment,
        isStart: outermost && name === machine.StartAt,
        isEnd: outermost && (state.End === true || ending.includes(state.Type)),
      })),
      ...inner.flatMap((graph) => graph.states),
    ],
    edges: [
      ...named.flatMap(([name, state]) => edgesOf(name, state)),
      ...inner.flatMap((graph) => graph.edges),
    ],
  }
}

/**
 * The graph of a definition in the Amazon States Language, states in the definition's order, those of branches
 * and iterations after them. @throws when it is no definition
 */
export const graphOf = (definition: unknown): Graph => graphOfMachine(machineSchema.parse(definition), true)
