import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { catalogue, idsIn } from './catalogue.ts'
import { jointReportParts } from './joint-report.ts'

/**
 * `npm run test:judging`: runs every test that is named with the number of an edge case or invariant, and the
 * proofs of judging, and prints how many numbers hold by group, what is lacking, and what has no test and why.
 */
const root = join(import.meta.dirname, '../..')
const proofs = [
  'test/unit/domain/judging.test.ts',
  'test/unit/domain/judging-properties.test.ts',
  'test/unit/domain/worked-examples.test.ts',
  'test/unit/domain/independent-judge.test.ts',
  'test/unit/domain/disclosure.test.ts',
  'test/unit/domain/published-cells.test.ts',
  'test/unit/report/correction-disclosure.test.ts',
]

const testFiles = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && /^(unit|integration)/.test(name))
  .map((name) => join('test', name))
const numbered = testFiles.filter((name) => idsIn(readFileSync(join(root, name), 'utf8')).length > 0)
const files = [...new Set([...numbered, ...proofs.filter((name) => testFiles.includes(name))])]

const folder = mkdtempSync(join(tmpdir(), 'judging-'))
const outputFile = join(folder, 'results.json')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const run = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    '--project',
    'unit',
    '--project',
    'integration',
    '--reporter=json',
    `--outputFile=${outputFile}`,
    ...files,
  ],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
)
const resultsSchema = z.object({
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) }),
  ),
})
const tests = resultsSchema
  .parse(JSON.parse(readFileSync(outputFile, 'utf8')))
  .testResults.flatMap((one) => one.assertionResults)
rmSync(folder, { recursive: true })

const testsOf = (id: string) => tests.filter((one) => idsIn(one.fullName).includes(id))
const failedOf = (id: string) => testsOf(id).filter((one) => one.status !== 'passed')
const holds = (id: string): boolean => testsOf(id).length > 0 && failedOf(id).length === 0

const print = (text: string) => process.stdout.write(`${text}\n`)
let [all, held] = [0, 0]
print('Edge cases and invariants that hold, by group:')
for (const { group, entries } of catalogue) {
  const ok = entries.filter((one) => holds(one.id))
  all += entries.length
  held += ok.length
  const inPart = ok.filter((one) => one.lacks !== undefined).length
  print(`  ${group.padEnd(32)}${ok.length} of ${entries.length}${inPart > 0 ? ` (${inPart} in part)` : ''}`)
}
print(`  ${'All'.padEnd(32)}${held} of ${all}`)

const listed = catalogue.flatMap(({ entries }) => entries)
const lacking = listed.filter((one) => one.lacks !== undefined)
if (lacking.length > 0) print('\nIn part:')
for (const one of lacking) print(`  ${one.id}, ${one.what}: ${one.lacks ?? ''}`)
const missing = listed.filter((one) => one.notYet !== undefined)
if (missing.length > 0) print('\nNot yet:')
for (const one of missing) print(`  ${one.id}, ${one.what}: ${one.notYet ?? ''}`)

const proven = jointReportParts.filter(({ lacks }) => lacks === undefined)
print(`\nThe joint report in full: ${proven.length} of ${jointReportParts.length} parts`)
for (const { says, lacks } of jointReportParts) if (lacks !== undefined) print(`  ${says}: ${lacks}`)

const silent = listed.filter((one) => one.notYet === undefined && testsOf(one.id).length === 0)
const untold = missing.filter((one) => testsOf(one.id).length > 0)
const failed = tests.filter((one) => one.status !== 'passed')
print(`\n${tests.length} tests, ${failed.length} failed`)
for (const one of failed) print(`  failed: ${one.fullName}`)
for (const one of silent) print(`  ${one.id} has neither a test nor a reason`)
for (const one of untold) print(`  ${one.id} has a test and is still listed as not there`)
if (run.status !== 0 || failed.length + silent.length + untold.length > 0) process.exitCode = 1
