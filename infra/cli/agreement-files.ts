import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { agreementFileSchema, type AgreementFile } from '../../functions/domain/agreement/content.ts'
import { readJsonFile, type FileError } from './file-errors.ts'

export interface NamedAgreementFile {
  readonly name: string
  readonly file: AgreementFile
}

export interface AgreementFiles {
  /** In the order of their names; those without errors of their own. */
  readonly files: readonly NamedAgreementFile[]
  /** All that is wrong, in all files at once. Nothing is imported while there is one. */
  readonly errors: readonly FileError[]
}

/**
 * Reads an import folder: `DIR/agreements/*.json` where there is such a folder, else `DIR/*.json`.
 * Checks each file's form, and what one file cannot know: that nothing is there twice.
 * @param more further checks of a file that has the right form (the completeness of its kind)
 */
export function readAgreementFiles(
  folder: string,
  more: (file: AgreementFile) => readonly Omit<FileError, 'file'>[] = () => [],
): AgreementFiles {
  const inside = existsSync(join(folder, 'agreements')) ? join(folder, 'agreements') : folder
  if (!existsSync(inside) || !statSync(inside).isDirectory())
    return {
      files: [],
      errors: [{ file: folder, path: '', expected: 'a folder with agreements; there is none' }],
    }
  const names = readdirSync(inside)
    .filter((name) => name.endsWith('.json'))
    .sort()
  if (names.length === 0)
    return {
      files: [],
      errors: [{ file: inside, path: '', expected: 'at least one agreement (*.json); there is none' }],
    }
  const files: NamedAgreementFile[] = []
  const errors: FileError[] = []
  for (const name of names.map((one) => join(inside, one))) {
    const read = readJsonFile(name, agreementFileSchema)
    if (read.ok) {
      files.push({ name, file: read.value })
      errors.push(
        ...[...inItself(read.value), ...more(read.value)].map((error) => ({ ...error, file: name })),
      )
    } else errors.push(...read.errors)
  }
  return { files, errors: [...errors, ...twice(files)] }
}

/** What the schema cannot say: that keys, parties and people named in one place exist in the other. */
function inItself({ agreement, signatures, contacts }: AgreementFile): Omit<FileError, 'file'>[] {
  const errors: Omit<FileError, 'file'>[] = []
  const parties = new Set(agreement.parties.map(({ municipality }) => municipality))
  const targets = new Set(agreement.targets.map(({ key }) => key))
  const expectParty = (path: string, code: string): void => {
    if (!parties.has(code))
      errors.push({
        path,
        expected: `a party of the agreement (${[...parties].join(', ')}); ${code} is none`,
      })
  }
  for (const [nth, contact] of contacts.entries())
    expectParty(`contacts[${nth}].municipality`, contact.municipality)
  for (const [nth, { party }] of signatures.entries())
    if (party !== 'ministry') expectParty(`signatures[${nth}].party`, party)
  for (const [nth, target] of agreement.targets.entries())
    for (const [of, code] of target.reportedBy.entries())
      expectParty(`agreement.targets[${nth}].reportedBy[${of}]`, code)
  for (const [nth, assumption] of agreement.assumptions.entries())
    for (const [of, key] of assumption.bearsOn.entries())
      if (!targets.has(key))
        errors.push({
          path: `agreement.assumptions[${nth}].bearsOn[${of}]`,
          expected: `one of the targets (${[...targets].join(', ')}); ${key} is none`,
        })
  for (const [list, keys] of [
    ['targets', agreement.targets.map(({ key }) => key)],
    ['assumptions', agreement.assumptions.map(({ key }) => key)],
    ['actionPlan.actions', (agreement.actionPlan?.actions ?? []).map(({ key }) => key)],
  ] as const)
    for (const [nth, key] of keys.entries())
      if (keys.indexOf(key) < nth)
        errors.push({
          path: `agreement.${list}[${nth}].key`,
          expected: `a key of its own; ${key} stands there already`,
        })
  return errors
}

function twice(files: readonly NamedAgreementFile[]): FileError[] {
  const errors: FileError[] = []
  const seen = new Map<string, string>()
  const expectNew = (name: string, path: string, what: string, value: string): void => {
    const first = seen.get(`${what} ${value}`)
    if (first === undefined) seen.set(`${what} ${value}`, name)
    else errors.push({ file: name, path, expected: `${what} of its own; ${value} is in ${first} already` })
  }
  for (const { name, file } of files) {
    expectNew(name, 'agreement.id', 'an id', file.agreement.id)
    expectNew(name, 'agreement.caseNumber', 'a case number', file.agreement.caseNumber)
    for (const [nth, { id }] of file.contacts.entries())
      expectNew(name, `contacts[${nth}].id`, 'a contact id', id)
  }
  return errors
}
