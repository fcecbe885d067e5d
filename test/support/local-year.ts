import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const startScript = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url))

/** What a start of the local system printed, and how it ended. */
export interface EndedStart {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A start of the local system in a process of its own, as `npm start` does it. */
export interface LocalStart {
  readonly pid: number
  /** What it has printed so far. */
  printed(): { readonly stdout: string; readonly stderr: string }
  /** Settles when the process has ended and its output is read to the end. */
  readonly ended: Promise<EndedStart>
  /** `kill -9` of the process and of its table's process, at once. */
  kill(): Promise<EndedStart>
}

const running = new Set<ChildProcess>()
// A test run that is stopped leaves no year playing behind it.
process.on('exit', () => {
  for (const child of running) killGroup(child)
})

/** The process leads a group of its own: the signal reaches the table's process too. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    // Already gone.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Starts `node infra/local/start.ts` with the given arguments, with the test run's own Node. */
export function startLocal(args: readonly string[], options: { script?: string } = {}): LocalStart {
  const child = spawn(process.execPath, [options.script ?? startScript, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${process.execPath} ${startScript} could not be started`)
  const ended = once(child, 'close').then(([code, signal]: unknown[]): EndedStart => {
    running.delete(child)
    return {
      code: typeof code === 'number' ? code : null,
      signal: child.signalCode ?? (typeof signal === 'string' ? child.signalCode : null),
      stdout,
      stderr,
    }
  })
  return {
    pid,
    printed: () => ({ stdout, stderr }),
    ended,
    kill: () => {
      killGroup(child)
      return ended
    },
  }
}

/** Plays the year of a data folder to its end. */
export const playYear = (folder: string, ...more: readonly string[]): LocalStart =>
  startLocal(['--exit', '--json', '--port', '0', '--data', folder, ...more])

/** The last line of standard output, as `--json` promises it. */
export function summaryLine(stdout: string): unknown {
  const last = stdout.trimEnd().split('\n').at(-1) ?? ''
  try {
    return JSON.parse(last)
  } catch (error) {
    throw new Error(`The last line of standard output is no JSON: ${last.slice(0, 200)}`, { cause: error })
  }
}

/** A folder for a data folder in it, gone when the tests are over. */
export function temporaryFolder(name: string): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `aarshjul-${name}-`))
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Asks again until it is so; real time, for what happens in another process. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  { withinMs = 60_000, everyMs = 100 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const until = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > until) throw new Error(`Not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
