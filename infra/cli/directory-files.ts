import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import {
  mainMailboxesSchema,
  ministryDataSchema,
  ministryPersonSchema,
  type Directory,
} from '../../functions/domain/directory/directory.ts'
import { framesSchema } from '../../functions/domain/money/frames.ts'
import { readJsonFile, type FileError } from './file-errors.ts'

/**
 * The ministry's people and names of an import folder: `people.json` and `ministry.json`, both or neither; with
 * them the commitment frames by year (`frames.json`) and every municipality's main mailbox (`main-mailboxes.json`),
 * where the installation keeps them.
 * @returns null when the folder has neither
 */
export function readDirectoryFiles(folder: string): {
  readonly directory: Directory | null
  readonly errors: readonly FileError[]
} {
  const [peopleFile, ministryFile] = [join(folder, 'people.json'), join(folder, 'ministry.json')]
  if (!existsSync(peopleFile) && !existsSync(ministryFile)) return { directory: null, errors: [] }
  const people = readJsonFile(peopleFile, z.array(ministryPersonSchema).min(1))
  const ministry = readJsonFile(ministryFile, ministryDataSchema)
  const framesFile = join(folder, 'frames.json')
  const frames = existsSync(framesFile) ? readJsonFile(framesFile, framesSchema) : null
  const mailboxesFile = join(folder, 'main-mailboxes.json')
  const mailboxes = existsSync(mailboxesFile) ? readJsonFile(mailboxesFile, mainMailboxesSchema) : null
  return people.ok && ministry.ok && frames?.ok !== false && mailboxes?.ok !== false
    ? {
        directory: {
          people: people.value,
          ministry: ministry.value,
          ...(frames === null ? {} : { frames: frames.value }),
          ...(mailboxes === null ? {} : { mainMailboxes: mailboxes.value }),
        },
        errors: [],
      }
    : {
        directory: null,
        errors: [
          ...(people.ok ? [] : people.errors),
          ...(ministry.ok ? [] : ministry.errors),
          ...(frames?.ok === false ? frames.errors : []),
          ...(mailboxes?.ok === false ? mailboxes.errors : []),
        ],
      }
}
