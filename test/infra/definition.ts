import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { type Json, toJson } from '../../infra/local/states/values/json.ts'

const retrier = z.looseObject({ ErrorEquals: z.array(z.string()), MaxAttempts: z.int().optional() })
const catcher = z.looseObject({ ErrorEquals: z.array(z.string()), Next: z.string() })
const state = z.looseObject({
  Type: z.string(),
  Resource: z.string().optional(),
  Arguments: z
    .looseObject({ FunctionName: z.string(), Payload: z.record(z.string(), z.unknown()) })
    .optional(),
  TimeoutSeconds: z.union([z.int(), z.string()]).optional(),
  Retry: z.array(retrier).default([]),
  Catch: z.array(catcher).default([]),
  Choices: z.array(z.looseObject({ Condition: z.string(), Next: z.string() })).default([]),
  Next: z.string().optional(),
  End: z.boolean().optional(),
})
const definition = z.looseObject({
  Comment: z.string(),
  QueryLanguage: z.string().optional(),
  StartAt: z.string(),
  TimeoutSeconds: z.int().optional(),
  States: z.record(z.string(), state),
})
export type State = z.infer<typeof state>

/** A definition as a test looks at it. */
export interface Definition {
  readonly json: Json
  readonly text: string
  readonly top: z.infer<typeof definition>
  readonly states: readonly (State & { readonly name: string })[]
}

export const readDefinition = (path: string): Definition => {
  const text = readFileSync(path, 'utf8')
  const json = toJson(JSON.parse(text))
  const top = definition.parse(json)
  return {
    json,
    text,
    top,
    states: Object.entries(top.States).map(([name, found]) => ({ ...found, name })),
  }
}

export const waits = ({ Resource = '' }: State): boolean => Resource.endsWith('.waitForTaskToken')

/** `${SendLetter}` in a definition is `SendLetter`. */
export const placeholdersIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1] ?? '')),
]

/** What stands between `{%` and `%}`. */
export const expressionsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{%(.*?)%\}/g)].map((match) => match[1] ?? '')
