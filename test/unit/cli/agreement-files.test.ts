import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readAgreementFiles } from '../../../infra/cli/agreement-files.ts'
import { errorLine } from '../../../infra/cli/file-errors.ts'
import { readSampleSet } from '../../../infra/local/sample/read-set.ts'

const sampleFolder = join(import.meta.dirname, '../../../infra/local/sample/set')

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'import-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}
const svendborg = (): { agreement: Record<string, unknown>; contacts: Record<string, unknown>[] } =>
  JSON.parse(readFileSync(join(sampleFolder, 'agreements', 'svendborg-rk.json'), 'utf8'))

describe('an import folder', () => {
  test('of the sample set is read whole, without errors', () => {
    const { files, errors } = readAgreementFiles(sampleFolder)
    expect(errors).toEqual([])
    expect(files).toHaveLength(33)
  })

  test('may be the folder of the files itself', () => {
    expect(readAgreementFiles(join(sampleFolder, 'agreements')).files).toHaveLength(33)
  })

  test('tells every error of every file at once, each with its place and what was expected', () => {
    const made = folder()
    const first = svendborg()
    writeFileSync(
      join(made, 'a.json'),
      JSON.stringify({
        ...first,
        agreement: { ...first.agreement, effectiveFrom: '1. januar', targets: [], colour: 'red' },
      }),
    )
    writeFileSync(join(made, 'b.json'), '{ "agreement": ')
    const odd = svendborg()
    writeFileSync(
      join(made, 'c.json'),
      JSON.stringify({
        ...odd,
        contacts: odd.contacts.map((contact) => ({ ...contact, municipality: '461' })),
      }),
    )
    const { errors } = readAgreementFiles(made)
    const lines = errors.map(errorLine).map((line) => line.replace(`${made}/`, ''))
    expect(lines).toContainEqual(expect.stringMatching(/^a\.json: agreement\.effectiveFrom: .*ISO date/))
    expect(lines).toContainEqual('a.json: agreement.colour: nothing: no field has this name here')
    expect(lines).toContainEqual(expect.stringMatching(/^b\.json: JSON \(/))
    expect(lines).toContainEqual('c.json: contacts[0].municipality: a party of the agreement (461 is none)')
  })

  test('points into a value that may have several forms, at the form that was meant', () => {
    const made = folder()
    const file = svendborg()
    const targets = file.agreement['targets'] as Record<string, unknown>[]
    targets[0] = {
      ...targets[0],
      baseline: { year: 2012, measured: { numerator: 47, denominator: '122' }, source: 'x' },
    }
    writeFileSync(join(made, 'a.json'), JSON.stringify(file))
    expect(readAgreementFiles(made).errors.map(({ path }) => path)).toEqual([
      'agreement.targets[0].baseline.measured.numerator',
    ])
  })

  test('refuses what is there twice', () => {
    const made = folder()
    for (const name of ['a.json', 'b.json']) writeFileSync(join(made, name), JSON.stringify(svendborg()))
    expect(readAgreementFiles(made).errors.map(({ path }) => path)).toEqual([
      'agreement.id',
      'agreement.caseNumber',
      'contacts[0].id',
      'contacts[1].id',
      'contacts[2].id',
    ])
  })

  test('that is not there, or empty, is an error and not an empty import', () => {
    expect(readAgreementFiles(join(folder(), 'nowhere')).errors).toHaveLength(1)
    expect(readAgreementFiles(folder()).errors).toHaveLength(1)
  })

  test('tells each missing part of its kind in the Finance Act’s words', () => {
    const made = folder()
    const file = svendborg()
    writeFileSync(
      join(made, 'a.json'),
      JSON.stringify({ ...file, agreement: { ...file.agreement, actionPlan: null, dissemination: null } }),
    )
    const lines = readAgreementFiles(made).errors.map(errorLine)
    expect(lines).toContainEqual(expect.stringMatching(/agreement\.actionPlan: .*mangler: en handlingsplan/))
    expect(lines).toContainEqual(expect.stringMatching(/agreement\.dissemination: .*mangler: beskrivelse af/))
  })
})

describe('a set', () => {
  test('is read with all its files', () => {
    const read = readSampleSet(sampleFolder)
    expect(read.ok ? read.loaded.set.year : read.errors).toBe(2014)
  })

  test('with errors in several files starts nothing and tells them all', () => {
    const made = folder()
    cpSync(sampleFolder, made, { recursive: true })
    rmSync(join(made, 'people.json'))
    writeFileSync(join(made, 'bounces.json'), '[{ "address": "nobody" }]')
    rmSync(join(made, 'agreements', 'fanoe-pa.json'))
    const read = readSampleSet(made)
    const lines = read.ok ? [] : read.errors.map(errorLine).map((line) => line.replace(`${made}/`, ''))
    expect(lines).toContain('people.json: a file; there is none')
    expect(lines).toContainEqual(expect.stringMatching(/^bounces\.json: \[0\]\.address: /))
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^set\.json: imports\[0\]\.agreements\[\d+\]: an agreement of the set; there is no fanoe-pa$/,
      ),
    )
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^set\.json: observations\[0\]\.values\[\d+\]\.agreement: an agreement of the set; there is no fanoe-pa$/,
      ),
    )
  })

  test('that is no folder is said to be none', () => {
    mkdirSync(join(folder(), 'x'))
    expect(readSampleSet('/nowhere/at/all').ok).toBe(false)
  })
})
