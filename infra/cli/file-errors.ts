import { readFileSync } from 'node:fs'
import * as z from 'zod'

/** What is wrong with a file, so that who wrote it can mend it without reading code. */
export interface FileError {
  /** As it was named: the folder given and the file in it. */
  readonly file: string
  /** Path inside the file (`agreement.targets[0].weight`); empty when it is about the whole. */
  readonly path: string
  /** What was expected there, and what stood there. */
  readonly expected: string
}

/** One line an error, as the command line prints it. */
export const errorLine = ({ file, path, expected }: FileError): string =>
  `${file}${path === '' ? '' : `: ${path}`}: ${expected}`

type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: FileError[] }

/** Reads a JSON file and holds it against a schema; every fault at once, none thrown. */
export function readJsonFile<S extends z.ZodType>(file: string, schema: S): Parsed<z.output<S>> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return {
      ok: false,
      errors: [
        {
          file,
          path: '',
          expected: missing ? 'a file; there is none' : `a readable file (${reason(error)})`,
        },
      ],
    }
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { ok: false, errors: [{ file, path: '', expected: `JSON (${reason(error)})` }] }
  }
  const result = schema.safeParse(json)
  if (result.success) return { ok: true, value: result.data }
  return {
    ok: false,
    errors: result.error.issues.flatMap((issue) => errorsOf(issue, [])).map((error) => ({ file, ...error })),
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** `targets[0].weight`, as a person would point at it. */
export const printPath = (path: readonly PropertyKey[]): string =>
  path
    .map((part, nth) => (typeof part === 'number' ? `[${part}]` : `${nth === 0 ? '' : '.'}${String(part)}`))
    .join('')

/** An issue of zod's; of a union the branch that came furthest, since that is the one that was meant. */
function errorsOf(
  issue: z.core.$ZodIssue,
  above: readonly PropertyKey[],
): { path: string; expected: string }[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const deepest = (branch: readonly z.core.$ZodIssue[]): number =>
      Math.max(...branch.map((one) => one.path.length)) - branch.length / 100
    const meant = issue.errors.toSorted((a, b) => deepest(b) - deepest(a))[0] ?? []
    const inside = meant.flatMap((one) => errorsOf(one, path))
    const shallow = issue.errors.every((branch) => branch.every((one) => one.path.length === 0))
    if (!shallow) return inside
    const messages = [...new Set(issue.errors.flatMap((branch) => branch.map(({ message }) => message)))]
    return [{ path: printPath(path), expected: messages.join('; or ') }]
  }
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: printPath([...path, key]),
      expected: 'nothing: no field has this name here',
    }))
  return [{ path: printPath(path), expected: issue.message }]
}
