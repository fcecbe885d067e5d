import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import { mainMailboxesSchema } from '../../../functions/domain/directory/directory.ts'
import { buildSet } from './build-set.ts'
import {
  bouncesSchema,
  intendedSchema,
  municipalitiesSchema,
  peopleSchema,
  quotasSchema,
  sampleSetSchema,
} from './set-schema.ts'

/**
 * Writes the committed sample set: `node infra/local/sample/generate.ts`. `players.json` and `ministry.json`
 * are written by hand and left alone.
 */
const here = import.meta.dirname
const folder = process.argv[2] ?? join(here, 'set')

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const write = (name: string, content: unknown): void =>
  writeFileSync(join(folder, name), `${JSON.stringify(content, null, 1)}\n`)

const built = buildSet(
  {
    quotas: quotasSchema.parse(json(join(here, 'data', 'refugee-quotas-2015.json'))),
    municipalities: municipalitiesSchema.parse(json(join(here, 'data', 'municipalities.json'))),
  },
  peopleSchema.parse(json(join(here, 'ministry-people.json'))),
)

mkdirSync(join(folder, 'agreements'), { recursive: true })
for (const old of readdirSync(join(folder, 'agreements'))) rmSync(join(folder, 'agreements', old))
for (const file of built.agreements)
  write(join('agreements', `${file.agreement.id}.json`), agreementFileSchema.parse(file))
write('set.json', sampleSetSchema.parse(built.set))
write('people.json', built.people)
write('domains.json', built.domains)
write('main-mailboxes.json', mainMailboxesSchema.parse(built.mainMailboxes))
write('bounces.json', bouncesSchema.parse(built.bounces))
write('figures.json', built.figures)
write('intended.json', intendedSchema.parse(built.intended))
