import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { playYear, summaryLine, temporaryFolder } from '../support/local-year.ts'
import { readMailboxes } from '../support/year-mails.ts'

/**
 * A year in which calls of the SDK fail, its own tries with them, by seed: throttled, refused, cut off, or done with
 * the answer lost; messages and schedules come twice and late; SES takes no more than the account's rate. It ends as
 * the year that nothing disturbs. `FAULT_SEEDS` names seeds, `FAULT_RATE` SES's mails a second, `FAULT_CHANCE` how many
 * calls fail, `FAULT_SET` another set than the four agreements.
 */
const root = resolve(import.meta.dirname, '../..')
const set = resolve(root, process.env['FAULT_SET'] ?? 'test/fixtures/older-data-folder/set')
const seeds = (process.env['FAULT_SEEDS'] ?? '101').split(',').map(Number)
const rate = process.env['FAULT_RATE'] ?? '14'
const chance = process.env['FAULT_CHANCE'] ?? '0.01'
const temporary = temporaryFolder('faults')

/** Without what differs from run to run: seconds, and the path of the frozen report, which holds random salts. */
const summarySchema = z
  .looseObject({ report: z.object({ sha256: z.string() }), seconds: z.unknown().optional() })
  .transform(({ seconds: _seconds, ...summary }) => summary)

/** The report as it was frozen, line by line. */
const reportOf = (folder: string, stdout: string): readonly string[] => {
  const { report } = z.looseObject({ report: z.object({ path: z.string() }) }).parse(summaryLine(stdout))
  return readFileSync(join(folder, 'buckets/aarshjul-local-archive', report.path), 'utf8').split('\n')
}

/** Mails of a year by mailbox and subject, tokens left out. A municipality's in number, the ministry's own by the day. */
const mailsOf = async (folder: string): Promise<{ readonly theirs: object; readonly twice: readonly string[] }> => {
  const counts = new Map<string, number>()
  const staff = new Map<string, number>()
  for (const { mailbox, subject, text: words, at } of await readMailboxes(folder)) {
    const isOurs = mailbox.endsWith('ministeriet.example') || mailbox.endsWith('nytministerium.example')
    const [of, key] = isOurs
      ? [staff, `${mailbox} ${at.slice(0, 10)} ${subject} ${words}`]
      : [counts, `${mailbox} ${subject.replace(/\[#\w+\]/u, '')}`]
    of.set(key, (of.get(key) ?? 0) + 1)
  }
  return {
    theirs: Object.fromEntries([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    twice: [...staff].flatMap(([mail, count]) => (count > 1 ? [mail.slice(0, 120)] : [])),
  }
} // prettier-ignore

let undisturbed: { readonly summary: unknown; readonly theirs: object; readonly report: readonly string[] }
beforeAll(async () => {
  const folder = join(temporary.path, 'undisturbed')
  const { code, stdout, stderr } = await playYear(folder, '--set', set).ended
  if (code !== 0) throw new Error(stderr)
  const { theirs } = await mailsOf(folder)
  undisturbed = {
    summary: summarySchema.parse(summaryLine(stdout)),
    theirs,
    report: reportOf(folder, stdout),
  }
}, 600_000)
afterAll(() => {
  temporary.remove()
})

describe(`a year with ${chance} of all calls failing, SES at ${rate} a second`, () => {
  test.each(seeds)(
    'seed %d: the same verdicts, letters and report; nothing twice, nothing missing, nothing left undone',
    async (seed) => {
      const folder = join(temporary.path, String(seed))
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, 'faults/play.ts'), '--exit', '--json', '--port', '0', '--set', set, '--data', folder],
        {
          env: { ...process.env, SEED: String(seed), CHANCE: chance, RATE: rate },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      ) // prettier-ignore
      process.on('exit', () => child.kill('SIGKILL'))
      const [stdout, stderr] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ])
      const counts: unknown = JSON.parse(/^\[faults\] (.*)$/mu.exec(stderr)?.[1] ?? '{}')
      process.stdout.write(`seed ${seed}: ${JSON.stringify(counts)}\n`)
      expect(stderr).not.toMatch(/\[trouble\]|\[left undone\]/u)
      expect(child.exitCode, stderr).toBe(0)
      expect(reportOf(folder, stdout)).toEqual(undisturbed.report)
      expect(summarySchema.parse(summaryLine(stdout))).toEqual(undisturbed.summary)
      const { theirs, twice } = await mailsOf(folder)
      expect(theirs).toEqual(undisturbed.theirs)
      expect(twice).toEqual([])
      // Faults of each kind, messages twice and late: the year was disturbed.
      expect(Object.keys(z.record(z.string(), z.number()).parse(counts)).length).toBeGreaterThan(10)
    },
    3_600_000,
  )
})
