import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { elsewhere, groups, halfOpen, notApplicable, type Group } from './specification-groups.ts'

/**
 * Runs the tests of the intake and says which numbers of its specification hold: a number holds when at least one
 * test bears it in its own title and every such test passes. What has no test is missing, whatever else is green.
 */
const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'aarshjul-intake-'))
const file = join(folder, 'results.json')
const ran = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    'unit',
    '--project',
    'integration',
    '--project',
    'infra',
    '--reporter=json',
    `--outputFile=${file}`,
    'test/unit/intake',
    'test/integration/intake',
    'test/unit/mail',
    ...[...elsewhere.values()].map((one) => one.file),
  ],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
)
const results = z
  .object({
    testResults: z.array(
      z.object({
        assertionResults: z.array(z.object({ title: z.string(), fullName: z.string(), status: z.string() })),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(file, 'utf8')))
rmSync(folder, { recursive: true })

/** `MAIL 1, 6-8` in a title names 1, 6, 7 and 8; `MAIL security 8` and `LETTERS 6.2` are named in full. */
const namedIn = (title: string): readonly string[] =>
  [
    ...title.matchAll(/\b(MAIL security|MAIL|LETTERS) (\d+(?:\.\d+)*(?:(?:-|, | and )\d+(?:\.\d+)*)*)/gu),
  ].flatMap(([, list = '', numbers = '']) =>
    numbers.split(/, | and /u).flatMap((part) => {
      const [from = '', to = from] = part.split('-')
      if (from.includes('.') || from === to) return [`${list} ${from}`]
      return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `${list} ${Number(from) + at}`)
    }),
  )

const byNumber = new Map<string, { passed: number; failed: string[] }>()
let tests = 0
for (const { title, fullName, status } of results.testResults.flatMap((one) => one.assertionResults)) {
  tests += 1
  for (const number of new Set(namedIn(title))) {
    const entry = byNumber.get(number) ?? { passed: 0, failed: [] }
    if (status === 'passed') entry.passed += 1
    else entry.failed.push(fullName)
    byNumber.set(number, entry)
  }
}

const passed = new Set(
  results.testResults
    .flatMap((one) => one.assertionResults)
    .filter(({ status }) => status === 'passed')
    .map(({ title }) => title),
)

const holds = (number: string): boolean => {
  if (halfOpen.has(number)) return false
  const proven = elsewhere.get(number)
  if (proven !== undefined) return proven.titles.every((title) => passed.has(title))
  const entry = byNumber.get(number)
  return entry !== undefined && entry.passed > 0 && entry.failed.length === 0
}
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const short = (number: string): string => number.replace(/^MAIL (?:security )?|^LETTERS /u, '')
const tell = ({ name, numbers }: Group): { held: number; of: number; open: readonly string[] } => {
  const asked = numbers.filter((number) => !notApplicable.has(number))
  const held = asked.filter(holds)
  const open = asked.filter((number) => !holds(number))
  const rest = open.length === 0 ? '' : `   not: ${open.map(short).join(', ')}`
  say(`${name.padEnd(34)} ${String(held.length).padStart(3)} of ${String(asked.length).padStart(3)}${rest}`)
  return { held: held.length, of: asked.length, open }
}

say('What of the specification of replies holds, by the tests that bear its numbers\n')
const told = groups.map(tell)
const sum = (of: (one: { held: number; of: number }) => number): number =>
  told.reduce((all, one) => all + of(one), 0)
say(
  `${'All'.padEnd(34)} ${String(sum(({ held }) => held)).padStart(3)} of ${String(sum(({ of }) => of)).padStart(3)}   (${tests} tests run)`,
)
const open = told.flatMap((one) => one.open)
for (const number of open) {
  const failed = byNumber.get(number)?.failed ?? []
  const why = failed.length === 0 ? 'no test bears this number' : `fails: ${failed.join(' | ')}`
  say(`  ${number}: ${halfOpen.get(number) ?? why}`)
}
if (notApplicable.size > 0) say('\nDoes not apply:')
for (const [number, reason] of notApplicable) say(`  ${number}: ${reason}`)
process.exitCode = ran.status === 0 && open.length === 0 ? 0 : 1
