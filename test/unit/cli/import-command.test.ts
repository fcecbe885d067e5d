import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { AgreementFile } from '../../../functions/domain/agreement/content.ts'
import { importCommand, type ImportOutcome } from '../../../infra/cli/import-command.ts'

const sampleFolder = join(import.meta.dirname, '../../../infra/local/sample/set')

async function run(folder: string, dryRun: boolean, outcome: ImportOutcome['outcome'] = 'imported') {
  const [printed, complained, written]: [string[], string[], AgreementFile[]] = [[], [], []]
  const code = await importCommand({
    folder,
    dryRun,
    importAgreements: async (files) => {
      written.push(...files)
      return files.map(({ agreement }) => ({
        agreement: agreement.id,
        outcome,
        reason: outcome === 'refused' ? 'the id is taken' : '',
      }))
    },
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
  })
  return { code, printed, complained, written }
}

describe('agreement import', () => {
  test('writes every agreement of the folder and says so', async () => {
    const { code, printed, written } = await run(sampleFolder, false)
    expect(code).toBe(0)
    expect(written).toHaveLength(33)
    expect(printed).toContain('svendborg-rk: imported')
  })

  test('as a dry run tells what would be imported and writes nothing', async () => {
    const { code, printed, written } = await run(sampleFolder, true)
    expect(code).toBe(0)
    expect(written).toEqual([])
    expect(printed.at(-1)).toBe('33 agreements can be imported. Dry run: nothing was written.')
    expect(printed).toContainEqual(
      expect.stringMatching(/^svendborg-rk: .* signed 2012-11-12; in force 2013-01-01 to 2015-12-31$/),
    )
  })

  test('writes nothing while one file has an error', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'import-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, 'a.json'), '{}')
    const { code, complained, written } = await run(folder, false)
    expect(code).toBe(1)
    expect(written).toEqual([])
    expect(complained.at(-1)).toBe('3 errors; nothing was imported.')
  })

  test('fails when the record refuses one', async () => {
    const { code, complained } = await run(sampleFolder, false, 'refused')
    expect(code).toBe(1)
    expect(complained[0]).toMatch(/: refused, the id is taken$/)
  })
})
