import type { Reporter, TestCase, TestModule } from 'vitest/node'

/**
 * The kinds of attack, and the files whose tests make them (`npm run test:attack` names them too): a file in no class
 * fails the run, and so does one that has no test in it or is not there.
 */
const classes: readonly (readonly [string, readonly string[]])[] = [
  ['routes by roles', ['console/roles']],
  ['tokens and sessions', ['console/sessions', 'local-aws/identity']],
  ['forms and pages', ['console/console', 'web/pages']],
  [
    'mails',
    [
      'attack/mails',
      'specification/senders',
      'specification/security',
      'specification/people',
      'renegotiation/proposal',
      'local-aws/smtp-in',
    ],
  ],
  [
    'floods and growth',
    [
      'attack/floods',
      'attack/growth',
      'console/throttle',
      'intake/hostile',
      'specification/answer-budget',
      'specification/circuit-breaker',
    ],
  ],
  ['fuzzing', ['attack/fuzz']],
  ['races', ['letters/letters-once', 'money/frame-under-concurrency']],
  ['tampering', ['operations/tampered-table']],
  [
    'erasure',
    ['attack/erasure', 'attack/whole-erasure', 'intake/erasure', 'console/erasure', 'domain/private-parts'],
  ],
  ['rights of functions', ['cdk/grants', 'cdk/rights']],
  ['firewall', ['cdk/firewall', 'lambda/door']],
  ['what failures say', ['lambda/told-failure']],
]
const isIn = (path: string, file: string): boolean => path.endsWith(`/${file}.test.ts`)

const say = (line: string): void => void process.stdout.write(`${line}\n`)

// oxlint-disable-next-line import/no-default-export -- vitest asks a reporter's file for it
export default class AttackCounts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const ran = modules.flatMap((module) => [...module.children.allTests()])
    // One that was skipped holds nothing.
    const holds = (test: TestCase): boolean => test.result().state === 'passed'
    const failed = ran.filter((test) => !holds(test))
    const classOf = (path: string): string =>
      classes.find(([, files]) => files.some((file) => isIn(path, file)))?.[0] ?? `in no class: ${path}`
    const byClass = Map.groupBy(ran, (test) => classOf(test.module.moduleId))
    for (const [name] of classes) {
      const tests = byClass.get(name) ?? []
      say(`${name.padEnd(24)} ${tests.filter(holds).length} of ${tests.length} hold`)
    }
    say(`${'all'.padEnd(24)} ${ran.length - failed.length} of ${ran.length} hold`)
    for (const test of failed)
      say(`  failed: ${test.fullName}: ${test.result().errors?.[0]?.message ?? test.result().state}`)
    const broken = modules.flatMap((module) =>
      module.errors().map(({ message }) => `  cannot be run: ${module.moduleId}: ${message}`),
    )
    const unclassed = [...byClass.keys()].filter((name) => name.startsWith('in no class'))
    const empty = classes
      .flatMap(([, files]) => files)
      .filter((file) => !ran.some(({ module }) => isIn(module.moduleId, file)))
      .map((file) => `  without a test: ${file}`)
    for (const line of [...broken, ...unclassed, ...empty]) say(line)
    if (failed.length + broken.length + unclassed.length + empty.length + errors.length > 0)
      process.exitCode = 1
  }
}
