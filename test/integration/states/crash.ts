import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { crashRun } from './crash-run.ts'

/**
 * Kills the engine at random points of a load and checks that nothing is lost:
 *
 *   node test/integration/states/crash.ts [--kills 200] [--executions 1000] [--seed N]
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    executions: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const [kills, executions, seed] = [Number(values.kills), Number(values.executions), Number(values.seed)]
console.log(`seed ${seed}: ${executions} executions, up to ${kills} kills`)
const folder = mkdtempSync(join(tmpdir(), 'states-crash-'))
try {
  const report = await crashRun(join(folder, 'states.sqlite'), { kills, executions, seed })
  console.log(`${report.kills} kills; ${report.problems.length} problems`)
  for (const problem of report.problems.slice(0, 20)) console.log(`  ${problem}`)
  process.exitCode = report.problems.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
