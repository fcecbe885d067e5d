import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

const worldEntry = z.looseObject({
  on: z.string(),
  of: z.string().optional(),
  inDefinition: z.string().optional(),
  attempt: z.number().optional(),
  resource: z.string().optional(),
  reply: z.string().optional(),
  output: z.unknown().optional(),
  error: z.string().optional(),
  cause: z.unknown().optional(),
})
const event = z.looseObject({
  type: z.string(),
  id: z.union([z.number(), z.array(z.number())]),
  previousEventId: z.number(),
})
const schema = z.looseObject({
  id: z.string(),
  area: z.string(),
  queryLanguage: z.enum(['JSONPath', 'JSONata', 'mixed']),
  type: z.string().optional(),
  features: z.array(z.string()),
  needs: z.array(z.string()),
  volatile: z.array(z.string()).optional(),
  clock: z.string().optional(),
  definition: z.record(z.string(), z.unknown()),
  otherDefinitions: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  input: z.unknown().optional(),
  executionName: z.string().optional(),
  world: z.array(worldEntry),
  expected: z.object({
    status: z.enum(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
    output: z.unknown().optional(),
    error: z.string().optional(),
    cause: z.unknown().optional(),
    events: z.array(event).nullable(),
    idsMasked: z.boolean().optional(),
  }),
  recorded: z.string().optional(),
  translatedFrom: z.string().optional(),
  eventsTrust: z.enum(['events', 'outcome']).optional(),
})

/** One recorded execution; the fields are described in the recordings' README. */
export type Case = z.infer<typeof schema> & { readonly source: 'native' | 'rewritten' }
export type WorldEntry = z.infer<typeof worldEntry>

const readFolder = (folder: string, source: Case['source']): Case[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => ({ ...schema.parse(JSON.parse(line)), source })),
    )

/** Reads every case of a folder of recordings, and of its `rewritten` folder. Throws when there is none. */
export const readCases = (folder: string): readonly Case[] => {
  if (!existsSync(folder))
    throw new Error(
      `There are no recordings in ${folder}. Give their folder with --dir DIR; its README.md describes the format.`,
    )
  const rewritten = join(folder, 'rewritten')
  return [
    ...readFolder(folder, 'native'),
    ...(existsSync(rewritten) ? readFolder(rewritten, 'rewritten') : []),
  ]
}
