import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { crashRun } from './crash-run.ts'

/**
 * Kills the engine at random points of a load and checks that nothing is lost:
 *
 *   node test/integration/states/crash.ts [--kills 200] [--executions 1000] [--year-kills N] [--seed N]
 *
 * Of a running year too: as many kills as `--year-kills` says, a tenth of the others where that is ten or more.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    executions: { type: 'string', default: '1000' },
    'year-kills': { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const [kills, executions, seed] = [Number(values.kills), Number(values.executions), Number(values.seed)]
const yearKills = Number(values['year-kills'] ?? (kills >= 100 ? Math.floor(kills / 10) : 0))

/** Kills a year of the whole product, and compares it with one that nobody disturbed; answers the exit code. */
const killYear = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const root = join(import.meta.dirname, '../../..')
    const runner = join(root, 'node_modules/vitest/vitest.mjs')
    const year = spawn(process.execPath, [runner, 'run', '--project', 'slow', 'test/slow/kill.test.ts'], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, KILLS: String(yearKills), KILL_SEED: String(seed) },
    })
    year.on('error', reject)
    year.on('close', (code) => resolve(code ?? 1))
  })

console.log(`seed ${seed}: ${executions} executions, up to ${kills} kills`)
const folder = mkdtempSync(join(tmpdir(), 'states-crash-'))
try {
  const report = await crashRun(join(folder, 'states.sqlite'), { kills, executions, seed })
  console.log(`${report.kills} kills; ${report.problems.length} problems`)
  for (const problem of report.problems.slice(0, 20)) console.log(`  ${problem}`)
  process.exitCode = report.problems.length === 0 ? 0 : 1
  if (yearKills > 0) {
    console.log(`seed ${seed}: a year, ${yearKills} kills`)
    process.exitCode = Math.max(process.exitCode, await killYear())
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
