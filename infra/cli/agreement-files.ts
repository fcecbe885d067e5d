import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { agreementFileSchema, type AgreementFile } from '../../functions/domain/agreement/content.ts'
import { fileShortcomings } from '../../functions/domain/agreement/completeness.ts'
import { printPath, readJsonFile, type FileError } from './file-errors.ts'

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
 * Checks each file's form, the completeness of its kind, and what one file cannot know: that nothing is there twice.
 */
export function readAgreementFiles(folder: string): AgreementFiles {
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
      errors.push(...inItself(read.value).map((error) => ({ ...error, file: name })))
    } else errors.push(...read.errors)
  }
  return { files, errors: [...errors, ...twice(files)] }
}

/** The completeness rules of the kinds, and signatures of strangers. */
function inItself(file: AgreementFile): Omit<FileError, 'file'>[] {
  const parties = file.agreement.parties.map(({ municipality }) => municipality)
  return [
    ...fileShortcomings(file).map(({ path, expected, part }) => ({
      path: inFile(path),
      expected: part === undefined ? expected : `${expected} (mangler: ${part})`,
    })),
    ...file.signatures.flatMap(({ party }, nth) =>
      party === 'ministry' || parties.includes(party)
        ? []
        : [
            {
              path: `signatures[${nth}].party`,
              expected: `the ministry or a party of the agreement (${party} is none)`,
            },
          ],
    ),
  ]
}

/** The domain counts places from the agreement, but for contacts and signatures; a file has all three in it. */
function inFile(path: string): string {
  const [first = '', ...rest] = path.split('.')
  const top = first === 'contacts' || first === 'signatures' ? [first] : ['agreement', first]
  return printPath([...top, ...rest.map((part) => (/^\d+$/.test(part) ? Number(part) : part))])
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
