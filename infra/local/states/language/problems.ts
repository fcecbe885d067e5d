import type * as z from 'zod'
import type { DefinitionProblem } from '../values/errors.ts'

/** Gathers everything that is wrong with a definition. */
export interface Problems {
  readonly all: readonly DefinitionProblem[]
  add(state: string | undefined, field: string, message: string): void
  addIssues(state: string | undefined, error: z.ZodError): void
}

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  )

export const schemaProblems = (): Problems => {
  const all: DefinitionProblem[] = []
  return {
    all,
    add: (state, field, message) => {
      all.push({ state, field, message })
    },
    addIssues: (state, error) => {
      for (const issue of error.issues) {
        const at = fieldOf(issue.path)
        if (issue.code === 'unrecognized_keys') {
          for (const key of issue.keys)
            all.push({
              state,
              field: at === '' ? key : `${at}.${key}`,
              message: 'is not implemented by this engine',
            })
        } else all.push({ state, field: at === '' ? 'definition' : at, message: issue.message })
      }
    },
  }
}
