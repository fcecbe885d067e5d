import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import { afterAll, expect, it } from 'vitest'
import { eventually, startLocal, temporaryFolder } from '../support/local-year.ts'

/**
 * A data folder that an older version wrote and that was killed on 12 March 2015, in the middle of reminders and
 * drafts: four agreements of the sample set. It is opened, verifies and goes on to its end.
 */
const fixture = fileURLToPath(new URL('../fixtures/older-data-folder', import.meta.url))
const commandLine = fileURLToPath(new URL('../../infra/cli/main.ts', import.meta.url))
const temporary = temporaryFolder('older')
afterAll(() => {
  temporary.remove()
})

it('a data folder of before the house was rebuilt is opened, goes on to its end and verifies', async () => {
  const folder = join(temporary.path, 'data')
  const files = unzipSync(readFileSync(join(fixture, 'data-folder.zip')))
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
  const start = startLocal(['--json', '--port', '0', '--set', join(fixture, 'set'), '--data', folder])
  let ended = false
  void start.ended.then(() => {
    ended = true
  })
  try {
    const run = promisify(execFile)
    const cli = (...args: readonly string[]) =>
      run(process.execPath, [commandLine, ...args, '--data', folder]).then(({ stdout }) => stdout)
    const summary = await eventually(
      'the year is over',
      () => {
        expect(ended, start.printed().stderr).toBe(false)
        const line = start
          .printed()
          .stdout.split('\n')
          .find((one) => one.startsWith('{'))
        return line === undefined ? undefined : (JSON.parse(line) as Record<string, unknown>)
      },
      { withinMs: 240_000 },
    )
    expect(summary).toMatchObject({
      agreements: 4,
      requested: 4,
      assessed: 4,
      closed: 4,
      verdicts: { met: 7, partlyMet: 2, notMet: 0, notMetAssumptionFailed: 0, notAssessable: 2 },
      renegotiations: { raised: 4, opened: 1, declined: 3, agreed: 1, lapsed: 0, withdrawn: 0 },
      report: { frozenOn: '2015-09-01' },
    })
    expect(await cli('verify')).toContain('All is whole')
    expect(start.printed().stderr).not.toContain('[trouble]')
  } finally {
    await start.kill()
  }
})
