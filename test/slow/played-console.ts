import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { runningAddresses } from '../../infra/local/data-folder.ts'
import { eventually, startLocal, temporaryFolder } from '../support/local-year.ts'

/** The console of a local system whose year is over. */
export interface PlayedConsole {
  readonly base: string
  /** Where mails are handed in: `smtp://host:port`. */
  readonly smtp: string
  close(): Promise<void>
}

/**
 * Plays the sample year as `npm start` does and leaves its console running. While a test is written,
 * `AARSHJUL_PLAYED=DIR` takes a copy of a data folder in which the year is over already.
 */
export async function openPlayedConsole(): Promise<PlayedConsole> {
  const temporary = temporaryFolder('browser')
  const folder = join(temporary.path, 'data')
  const before = process.env['AARSHJUL_PLAYED']
  if (before !== undefined) cpSync(before, folder, { recursive: true })
  const start = startLocal(['--port', '0', '--data', folder])
  let over = false
  void start.ended.then(() => {
    over = true
  })
  // The summary ends with the addresses.
  const base = await eventually(
    'the year is played and its console up',
    () => {
      if (over) throw new Error(`the start ended: ${start.printed().stdout}${start.printed().stderr}`)
      return /^maildirs/m.test(start.printed().stdout) ? runningAddresses(folder)?.['console'] : undefined
    },
    { withinMs: 570_000, everyMs: 250 },
  )
  return {
    base,
    smtp: runningAddresses(folder)?.['smtp'] ?? '',
    close: async () => {
      await start.kill()
      temporary.remove()
    },
  }
}
