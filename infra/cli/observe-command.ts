import * as z from 'zod'
import { observationsInputSchema } from '../../functions/handlers/operator/record-observations.ts'
import { errorLine, readJsonFile } from './file-errors.ts'
import type { CallFunction } from './functions.ts'

/** One observation, a list of them, or a set's file with its `observations`. */
const fileSchema = z.union([
  observationsInputSchema.transform((one) => [one]),
  z.array(observationsInputSchema),
  z.looseObject({ observations: z.array(observationsInputSchema) }).transform((set) => set.observations),
])

const recordedSchema = z.object({
  recorded: z.int(),
  raised: z.array(z.string()),
  joined: z.array(z.string()),
  errors: z.array(z.object({ agreement: z.string(), error: z.string() })),
})

/** `aarshjul observe FILE`. @returns the exit code: 1 when the file is wrong or a value could not be recorded */
export async function observeCommand(options: {
  readonly file: string
  readonly call: CallFunction
  readonly print: (line: string) => void
  readonly complain: (line: string) => void
}): Promise<0 | 1> {
  const { file, call, print, complain } = options
  const read = readJsonFile(file, fileSchema)
  if (!read.ok) {
    for (const error of read.errors) complain(errorLine(error))
    complain('Nothing was recorded.')
    return 1
  }
  let wrong = 0
  for (const observation of read.value) {
    const answer = await call('record-observations', observation, recordedSchema)
    print(
      `${observation.id}: ${answer.recorded} recorded, ${answer.raised.length} questions raised, ${answer.joined.length} joined`,
    )
    for (const { agreement, error } of answer.errors) complain(`${observation.id}: ${agreement}: ${error}`)
    wrong += answer.errors.length
  }
  return wrong === 0 ? 0 : 1
}
