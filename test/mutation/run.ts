import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'

/**
 * Mutation testing: which small changes of `domain` and `intake` the unit tests notice. Not part of the checks: it
 * runs for many minutes.
 *
 *   npm run mutation                      every room, one after another
 *   npm run mutation -- money judging     the rooms named, or files: functions/domain/money/frames.ts
 *   npm run mutation -- --sample 400      passages of 20 lines drawn from each room, 400 lines in all; --seed 7 draws others
 *
 * Stryker is installed at its pinned version into an ignored folder when it is run: nobody else needs it.
 */
const versions = { '@stryker-mutator/core': '10.1.1', '@stryker-mutator/vitest-runner': '10.1.1' }
const root = resolve(import.meta.dirname, '../..')
const home = join(root, '.cache', 'mutation')

interface Room {
  readonly files: readonly string[]
  /** How much of it must be noticed, in per cent. */
  readonly aim: number
  /** The tests of its own subject, where they are to notice it: much faster than every test that comes by. */
  readonly tests?: readonly string[]
}

/** Rooms without tests of their own here are measured by every unit test: hours for a large one. */
const rooms: Readonly<Record<string, Room>> = {
  judging: {
    files: ['functions/domain/judging/**/*.ts', '!functions/domain/judging/{disclosure,sentence}.ts'],
    aim: 95,
    tests: [
      'test/unit/domain/{judging,worked-examples}.test.ts',
      'test/unit/domain/numbered/{judging,reform}.test.ts',
    ],
  },
  disclosure: {
    files: ['functions/domain/judging/disclosure.ts'],
    aim: 95,
    tests: [
      'test/unit/domain/disclosure.test.ts',
      'test/unit/report/{small-numbers,correction-disclosure}.test.ts',
    ],
  },
  money: {
    files: ['functions/domain/money/**/*.ts'],
    aim: 95,
    tests: ['test/unit/domain/numbered/money.test.ts'],
  },
  commands: {
    files: ['functions/domain/base/command.ts', 'functions/domain/casefile/erasures.ts'],
    aim: 95,
    tests: ['test/unit/domain/command-checks.test.ts'],
  },
  base: { files: ['functions/domain/base/**/*.ts', '!functions/domain/base/refusals.ts'], aim: 85 },
  casefile: { files: ['functions/domain/casefile/**/*.ts'], aim: 85 },
  agreement: {
    files: ['functions/domain/agreement/**/*.ts'],
    aim: 85,
    tests: [
      'test/unit/{domain,cli,renegotiation,web}/**/*.test.ts',
      'test/integration/{operations,renegotiation}/**/*.test.ts',
    ],
  },
  review: {
    files: ['functions/domain/review/**/*.ts'],
    aim: 85,
    tests: [
      'test/unit/{domain,review,web}/**/*.test.ts',
      'test/integration/{console,judging,money,waits}/**/*.test.ts',
    ],
  },
  renegotiation: {
    files: ['functions/domain/renegotiation/**/*.ts'],
    aim: 85,
    tests: [
      'test/unit/{renegotiation,web}/**/*.test.ts',
      'test/integration/{renegotiation,money}/**/*.test.ts',
    ],
  },
  'year-run': {
    files: ['functions/domain/year-run/**/*.ts', 'functions/domain/inbox/**/*.ts'],
    aim: 85,
    tests: [
      'test/unit/{year-run,report,web}/**/*.test.ts',
      'test/integration/{waits,report,console,operations}/**/*.test.ts',
    ],
  },
  report: { files: ['functions/domain/{report,form,directory,documents}/**/*.ts'], aim: 85 },
  intake: { files: ['functions/intake/**/*.ts'], aim: 85 },
}

const reportSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      mutants: z.array(
        z.object({
          mutatorName: z.string(),
          replacement: z.string().optional(),
          status: z.string(),
          location: z.object({ start: z.object({ line: z.int(), column: z.int() }) }),
        }),
      ),
    }),
  ),
})

const run = (command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): void => {
  const { status } = spawnSync(command, [...args], { cwd, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} ended with ${status}`)
}

const install = (): void => {
  mkdirSync(home, { recursive: true })
  if (existsSync(join(home, 'node_modules', '@stryker-mutator', 'vitest-runner'))) return
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, dependencies: versions }))
  run('npm', ['install', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'], home)
}

const passage = 20

/** Stryker's ranges (`file:first-last`) of passages drawn from the files, so that a large room can be measured too. */
const drawn = (files: readonly string[], lines: number, seed: number): readonly string[] => {
  const exclude = files.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))
  const found = globSync(
    files.filter((pattern) => !pattern.startsWith('!')),
    { cwd: root, exclude },
  )
  return found
    .sort()
    .flatMap((file) => {
      const { length } = readFileSync(join(root, file), 'utf8').split('\n')
      return Array.from({ length: Math.ceil(length / passage) }, (_, index) => {
        const range = `${file}:${index * passage + 1}-${Math.min(length, (index + 1) * passage)}`
        return { range, order: createHash('sha256').update(`${seed} ${range}`).digest('hex') }
      })
    })
    .sort((one, other) => one.order.localeCompare(other.order))
    .slice(0, Math.ceil(lines / passage))
    .map(({ range }) => range)
}

const mutate = (
  name: string,
  { files, aim, tests }: Room,
  sample: number | undefined,
  seed: number,
): void => {
  const slug = name.replaceAll(/[^a-z-]/giu, '-')
  const report = join(home, `${slug}.json`)
  const config = join(home, `${slug}.stryker.json`)
  writeFileSync(
    config,
    JSON.stringify({
      testRunner: 'vitest',
      plugins: [join(home, 'node_modules/@stryker-mutator/vitest-runner/dist/src/index.js')],
      vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
      mutate: sample === undefined ? files : drawn(files, sample, seed),
      coverageAnalysis: 'perTest',
      ignoreStatic: true,
      // Texts are noise here: letters and pages are compared by tests of their own, labels by nobody.
      mutator: { excludedMutations: ['StringLiteral'] },
      // A busy machine is no endless loop.
      timeoutMS: 30_000,
      incremental: sample === undefined,
      incrementalFile: join(home, `${slug}.incremental.json`),
      concurrency: Number(process.env['MUTATION_CONCURRENCY'] ?? 2),
      tempDirName: join(home, 'sandbox', slug),
      reporters: ['json', 'progress-append-only'],
      jsonReporter: { fileName: report },
      ignorePatterns: ['.data', 'cdk.out', '.cache'],
      // Stryker reads the project's own through an API that TypeScript 7 has not.
      tsconfigFile: 'none',
      disableTypeChecks: false,
      checkers: [],
      allowConsoleColors: false,
    }),
  )
  run(
    process.execPath,
    [join(home, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', config],
    root,
    tests === undefined ? {} : { MUTATION_TESTS: tests.join(' ') },
  )
  const mutants = Object.entries(reportSchema.parse(JSON.parse(readFileSync(report, 'utf8'))).files).flatMap(
    ([file, { mutants: found }]) => found.map((mutant) => ({ file, ...mutant })),
  )
  const noticed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length
  const left = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  const score = (100 * noticed) / Math.max(1, noticed + left.length)
  for (const { file, location, mutatorName, replacement, status } of left)
    console.log(`${status} ${file}:${location.start.line} ${mutatorName}: ${replacement ?? ''}`)
  console.log(`${name}: ${noticed} of ${noticed + left.length} noticed, ${score.toFixed(1)} % (aim ${aim} %)`)
}

install()
const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
})
const sample = values.sample === undefined ? undefined : Number(values.sample)
if (sample !== undefined && !(sample > 0))
  throw new Error(`--sample is a number of lines, not ${values.sample}`)
for (const name of asked.length === 0 ? Object.keys(rooms) : asked)
  mutate(name, rooms[name] ?? { files: [name], aim: 85 }, sample, Number(values.seed))
