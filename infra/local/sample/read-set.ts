import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { readAgreementFiles, type NamedAgreementFile } from '../../cli/agreement-files.ts'
import { readJsonFile, type FileError } from '../../cli/file-errors.ts'
import { mainMailboxesSchema, type MainMailboxes } from '../../../functions/domain/directory/directory.ts'
import type { AgreementFile } from '../../../functions/domain/agreement/content.ts'
import { domainVerdictsSchema, type DomainVerdicts } from '../mail/receipt-verdicts.ts'
import {
  knownFiguresSchema,
  playersScriptSchema,
  type KnownFigures,
  type PlayersScript,
} from '../players/script.ts'
import {
  bouncesSchema,
  ministrySchema,
  peopleSchema,
  sampleSetSchema,
  type Bounces,
  type Ministry,
  type People,
  type SampleSet,
} from './set-schema.ts'

/** A whole set, read and checked: what a run on one machine starts from. */
export interface LoadedSet {
  readonly folder: string
  readonly set: SampleSet
  readonly agreements: readonly NamedAgreementFile[]
  readonly ministry: Ministry
  readonly people: People
  /** Verdicts of the sending domains, as the local SMTP server looks them up. */
  readonly domains: Readonly<Record<string, DomainVerdicts>>
  readonly bounces: Bounces
  readonly mainMailboxes: MainMailboxes
  readonly players: PlayersScript
  readonly figures: KnownFigures
}

type Read =
  | { readonly ok: true; readonly loaded: LoadedSet }
  | { readonly ok: false; readonly errors: readonly FileError[] }

/**
 * Reads a set folder with all its files. An error anywhere starts nothing: all are answered at once.
 */
export function readSampleSet(folder: string): Read {
  if (!existsSync(folder))
    return { ok: false, errors: [{ file: folder, path: '', expected: 'a set folder; there is none' }] }
  const agreements = readAgreementFiles(folder)
  const errors = [...agreements.errors]
  const read = <S extends z.ZodType>(name: string, schema: S): z.output<S> | undefined => {
    const result = readJsonFile(join(folder, name), schema)
    if (result.ok) return result.value
    errors.push(...result.errors)
    return undefined
  }
  const set = read('set.json', sampleSetSchema)
  const ministry = read('ministry.json', ministrySchema)
  const people = read('people.json', peopleSchema)
  const domains = read('domains.json', z.record(z.string(), domainVerdictsSchema))
  const bounces = read('bounces.json', bouncesSchema)
  const mainMailboxes = read('main-mailboxes.json', mainMailboxesSchema)
  const players = read('players.json', playersScriptSchema)
  const figures = read('figures.json', knownFiguresSchema)
  if (set !== undefined && agreements.errors.length === 0)
    errors.push(
      ...unknownAgreements(
        join(folder, 'set.json'),
        set,
        agreements.files.map(({ file }) => file),
      ),
    )
  if (
    errors.length > 0 ||
    set === undefined ||
    ministry === undefined ||
    people === undefined ||
    domains === undefined ||
    bounces === undefined ||
    mainMailboxes === undefined ||
    players === undefined ||
    figures === undefined
  )
    return { ok: false, errors }
  return {
    ok: true,
    loaded: {
      folder,
      set,
      agreements: agreements.files,
      ministry,
      people,
      domains,
      bounces,
      mainMailboxes,
      players,
      figures,
    },
  }
}

/** `set.json` names agreements and assumptions; each must be among the files, and each file in an import. */
function unknownAgreements(file: string, set: SampleSet, agreements: readonly AgreementFile[]): FileError[] {
  const errors: FileError[] = []
  const byId = new Map<string, AgreementFile>(agreements.map((one) => [one.agreement.id, one]))
  const imported = new Set<string>()
  for (const [nth, { agreements: ids }] of set.imports.entries())
    for (const [of, id] of ids.entries()) {
      const path = `imports[${nth}].agreements[${of}]`
      if (!byId.has(id)) errors.push({ file, path, expected: `an agreement of the set; there is no ${id}` })
      if (imported.has(id))
        errors.push({ file, path, expected: `each agreement once; ${id} is imported already` })
      imported.add(id)
    }
  for (const id of byId.keys())
    if (!imported.has(id))
      errors.push({ file, path: 'imports', expected: `every agreement of the set; ${id} is missing` })
  for (const [nth, { values }] of set.observations.entries())
    for (const [of, { agreement, assumption }] of values.entries()) {
      const keys = byId.get(agreement)?.agreement.assumptions.map(({ key }) => key)
      const path = `observations[${nth}].values[${of}]`
      if (keys === undefined)
        errors.push({
          file,
          path: `${path}.agreement`,
          expected: `an agreement of the set; there is no ${agreement}`,
        })
      else if (!keys.includes(assumption))
        errors.push({
          file,
          path: `${path}.assumption`,
          expected: `an assumption of ${agreement} (${keys.join(', ')}); ${assumption} is none`,
        })
    }
  return errors
}
