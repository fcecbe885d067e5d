import { readFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'

/**
 * The numbered cases of the product's specifications, as the rooms' READMEs list them (number, what is right, test),
 * and the reporter that says which of them hold by the tests that ran (`npm run test:intake`, `npm run test:judging`):
 * at least one test bears the case in its title, every such test passes, and the file that the README names has one.
 * A case without a test fails the run.
 */
interface Case {
  readonly name: string
  /** What is right, in one sentence. */
  readonly what: string
  /** Tested, but part of it is not there. */
  readonly lacks?: string
  /** The file that bears it, from `test/`. */
  readonly test: string
}

interface Group {
  readonly group: string
  readonly cases: readonly Case[]
}

/** The lists of cases that a table's first heading can name. */
export const lists = ['MAIL', 'MAIL security', 'LETTERS', 'Edge case', 'Invariant', 'Joint report']

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

/** The tables of a README whose first heading is one of the lists, each under the heading above it. */
export const casesOf = (markdown: string): readonly Group[] => {
  const groups: { group: string; cases: Case[] }[] = []
  let heading = ''
  let list: string | undefined
  for (const line of markdown.split('\n')) {
    if (line.startsWith('#')) heading = line.replace(/^#+ /, '')
    if (!line.startsWith('|')) {
      list = undefined
      continue
    }
    const [first = '', what = '', test = ''] = cellsOf(line)
    if (lists.includes(first)) {
      list = first
      if (groups.at(-1)?.group !== heading) groups.push({ group: heading, cases: [] })
    } else if (list !== undefined && !first.startsWith('-')) {
      const [said = '', lacks] = what.split(' Lacks: ')
      groups.at(-1)?.cases.push({
        name: `${list} ${first}`,
        what: said,
        ...(lacks === undefined ? {} : { lacks }),
        test: test.replaceAll('`', ''),
      })
    }
  }
  return groups
}

const room = (name: string): readonly Group[] =>
  casesOf(readFileSync(new URL(`../../functions/${name}/README.md`, import.meta.url), 'utf8'))

export const specifications: Readonly<Record<'intake' | 'judging', readonly Group[]>> = {
  intake: room('intake'),
  judging: room('domain'),
}

const from = (first: number, last: number, stem: string): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => `${stem}${first + at}`)

/** `MAIL 1, 6-8` in a title names 1, 6, 7 and 8. */
export const casesIn = (title: string): readonly string[] =>
  [
    ...title.matchAll(
      /\b(MAIL security|MAIL|LETTERS|Edge case|Invariant|Joint report) (I?\d+(?:\.\d+)*(?:(?:-|, | and )[\d.]*\d)*)/g,
    ),
  ].flatMap(([, list = '', numbers = '']) =>
    numbers.split(/, | and /).flatMap((part) => {
      const [, stem = '', first = '', last = first] =
        /^(I?(?:\d+\.)*)(\d+)(?:-[\d.]*?(\d+))?$/.exec(part) ?? []
      return from(Number(first), Number(last), `${list} ${stem}`)
    }),
  )

const say = (line: string): void => void process.stdout.write(`${line}\n`)

// oxlint-disable-next-line import/no-default-export -- vitest asks a reporter's file for it
export default class NumberedCases implements Reporter {
  #pattern: RegExp | undefined

  onInit({ config }: Vitest): void {
    this.#pattern = config.testNamePattern
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const ran = modules
      .flatMap((module) => [...module.children.allTests()])
      .filter((test) => test.result().state !== 'skipped')
    // Those whose tests were asked for.
    const told = Object.values(specifications).filter(
      ([first]) => this.#pattern?.test(first?.cases[0]?.name ?? '') ?? true,
    )
    const open = told.flatMap((groups) => tell(groups, ran))
    const failed = ran.filter((test) => !test.ok())
    say(`${ran.length} tests, ${failed.length} failed`)
    for (const test of failed) say(`  failed: ${test.fullName}: ${test.result().errors?.[0]?.message ?? ''}`)
    const broken = modules.flatMap((module) => module.errors().map(({ message }) => ({ module, message })))
    for (const { module, message } of broken) say(`  cannot be run: ${module.moduleId}: ${message}`)
    if (open.length + failed.length + broken.length + errors.length > 0) process.exitCode = 1
  }
}

/** Says group by group how many cases hold, and then why the others do not; those are returned. */
const tell = (groups: readonly Group[], tests: readonly TestCase[]): readonly Case[] => {
  const bearing = Map.groupBy(
    tests.flatMap((test) =>
      casesIn(test.fullName).map((name) => ({ name, isOk: test.ok(), file: test.module.moduleId })),
    ),
    ({ name }) => name,
  )
  const borneBy = ({ name, test }: Case): boolean =>
    bearing.get(name)?.some(({ file }) => file.endsWith(`/test/${test}`)) ?? false
  const holds = (one: Case): boolean =>
    borneBy(one) && (bearing.get(one.name)?.every(({ isOk }) => isOk) ?? false)
  const line = (title: string, cases: readonly Case[]): void => {
    const held = cases.filter(holds)
    const inPart = held.filter(({ lacks }) => lacks !== undefined).length
    say(`${title.padEnd(40)} ${held.length} of ${cases.length}${inPart > 0 ? ` (${inPart} in part)` : ''}`)
  }
  for (const { group, cases } of groups) line(group, cases)
  const all = groups.flatMap(({ cases }) => cases)
  line('All', all)
  for (const { name, what, lacks } of all)
    if (lacks !== undefined) say(`  in part: ${name}, ${what}: ${lacks}`)
  const open = all.filter((one) => !holds(one))
  for (const one of open) {
    const why = !bearing.has(one.name)
      ? 'no test bears it'
      : borneBy(one)
        ? 'a test of it fails'
        : `no test of ${one.test} bears it; the README names it`
    say(`  open: ${one.name} ${one.what}: ${why}`)
  }
  return open
}
