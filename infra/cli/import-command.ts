import type { AgreementFile } from '../../functions/domain/agreement/content.ts'
import { readAgreementFiles } from './agreement-files.ts'
import { errorLine } from './file-errors.ts'

/** What became of one file: repeated imports of the same content change nothing. */
export interface ImportOutcome {
  readonly agreement: string
  readonly outcome: 'imported' | 'already-there' | 'refused'
  /** Why, when it was refused; empty otherwise. */
  readonly reason: string
}

/** Writes agreements into the record; given by who wires the command line. */
export type ImportAgreements = (files: readonly AgreementFile[]) => Promise<readonly ImportOutcome[]>

export interface ImportOptions {
  readonly folder: string
  /** Reads and checks all, writes nothing. */
  readonly dryRun: boolean
  readonly importAgreements: ImportAgreements
  readonly print: (line: string) => void
  readonly complain: (line: string) => void
}

const described = ({ agreement, signatures }: AgreementFile): string => {
  const parties = agreement.parties.map(({ municipality }) => municipality).join(', ')
  const signed =
    signatures
      .map(({ on }) => on)
      .toSorted()
      .at(-1) ?? 'nobody'
  return `${agreement.id}: ${agreement.title}; parties ${parties}; signed ${signed}; in force ${agreement.effectiveFrom} to ${agreement.expiresOn}`
}

const words: Readonly<Record<ImportOutcome['outcome'], string>> = {
  imported: 'imported',
  'already-there': 'there already, unchanged',
  refused: 'refused',
}

/**
 * `aarshjul agreement import DIR [--dry-run]`. Nothing is written while any file has an error; all errors are
 * told at once.
 * @returns the exit code: 0 done, 1 when something is wrong
 */
export async function importCommand(options: ImportOptions): Promise<0 | 1> {
  const { files, errors } = readAgreementFiles(options.folder)
  if (errors.length > 0) {
    for (const error of errors) options.complain(errorLine(error))
    options.complain(`${errors.length} ${errors.length === 1 ? 'error' : 'errors'}; nothing was imported.`)
    return 1
  }
  const agreements = files.map(({ file }) => file)
  if (options.dryRun) {
    for (const file of agreements) options.print(described(file))
    options.print(`${agreements.length} agreements can be imported. Dry run: nothing was written.`)
    return 0
  }
  const outcomes = await options.importAgreements(agreements)
  for (const { agreement, outcome, reason } of outcomes)
    (outcome === 'refused' ? options.complain : options.print)(
      `${agreement}: ${words[outcome]}${reason === '' ? '' : `, ${reason}`}`,
    )
  return outcomes.some(({ outcome }) => outcome === 'refused') ? 1 : 0
}
