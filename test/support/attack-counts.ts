import type { Reporter, TestModule } from 'vitest/node'

/** The kinds of attack, and the files whose tests make them (`npm run test:attack`); one in no class fails the run. */
const classes: readonly (readonly [string, RegExp])[] = [
  ['routes by roles', /console\/roles/u],
  ['tokens and sessions', /console\/sessions|local-aws\/identity/u],
  ['forms', /console\/console\./u],
  ['mails', /attack\/mails|specification\/(?:senders|security)|local-aws\/smtp-in/u],
  ['floods and growth', /attack\/(?:floods|growth)|intake\/hostile|(?:answer-budget|circuit-breaker)/u],
  ['races', /letters-once|frame-under-concurrency|attack\/races/u],
  ['tampering', /tampered-table|attack\/tampering/u],
  ['erasure', /(?:attack|intake|console)\/erasure/u],
]

const say = (line: string): void => void process.stdout.write(`${line}\n`)

// oxlint-disable-next-line import/no-default-export -- vitest asks a reporter's file for it
export default class AttackCounts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const ran = modules.flatMap((module) => [...module.children.allTests()])
    const failed = ran.filter((test) => !test.ok())
    const classOf = (path: string): string =>
      classes.find(([, files]) => files.test(path))?.[0] ?? `in no class: ${path}`
    const byClass = Map.groupBy(ran, (test) => classOf(test.module.moduleId))
    for (const [name] of classes) {
      const tests = byClass.get(name) ?? []
      say(`${name.padEnd(24)} ${tests.filter((test) => test.ok()).length} of ${tests.length} hold`)
    }
    say(`${'all'.padEnd(24)} ${ran.length - failed.length} of ${ran.length} hold`)
    for (const test of failed) say(`  failed: ${test.fullName}: ${test.result().errors?.[0]?.message ?? ''}`)
    const broken = modules.flatMap((module) =>
      module.errors().map(({ message }) => `  cannot be run: ${module.moduleId}: ${message}`),
    )
    const unclassed = [...byClass.keys()].filter((name) => name.startsWith('in no class'))
    const empty = classes.filter(([name]) => !byClass.has(name)).map(([name]) => `  without a test: ${name}`)
    for (const line of [...broken, ...unclassed, ...empty]) say(line)
    if (failed.length + broken.length + unclassed.length + empty.length + errors.length > 0)
      process.exitCode = 1
  }
}
