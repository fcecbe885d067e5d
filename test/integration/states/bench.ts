import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installPeer, peers, startPostgres } from './bench-peers.ts'
import type { Figure } from './bench-report.ts'

/**
 * How fast the engine is on this machine, and beside it two others. Every figure comes from a process of its own:
 *
 *   node test/integration/states/bench.ts [--count 10000] [--dbos 500] [--runs 3] [--alone]
 *
 * What is compared is run several times by turns, and the best run of each counts: others may use the machine.
 * Ends with 1 when an aim is missed.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    dbos: { type: 'string', default: '500' },
    runs: { type: 'string', default: '3' },
    alone: { type: 'boolean', default: false },
  },
})
const count = Number(values.count)
const folder = mkdtempSync(join(tmpdir(), 'states-bench-'))
const here = (file: string): string => join(import.meta.dirname, file)
let files = 0
const freshFile = (): string => join(folder, `${(files += 1)}.sqlite`)

const run = (file: string, args: readonly string[]): Promise<Figure> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-deprecation', here(file), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.on('data', (data: Buffer) => (text += data.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      const line = text.trim().split('\n').at(-1) ?? ''
      if (code === 0 && line.startsWith('{')) resolve(JSON.parse(line) as Figure)
      else reject(new Error(`${file} ${args.join(' ')} ended with ${code}: ${line}`))
    })
  })

const perSecond = ({ count: done, ms }: Figure): number => (done / ms) * 1000
const round = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1)
let peakMb = 0
const say = (what: string, figure: Figure, unit = 'a second'): Figure => {
  console.log(
    `${what.padEnd(58)} ${round(figure.ms).padStart(8)} ms ${round(perSecond(figure)).padStart(9)} ${unit}; ` +
      `processor ${round((figure.cpuMs / figure.count) * 1000)} µs each; peak ${round(figure.peakMb)} MB`,
  )
  return figure
}
const faster = (a: Figure | undefined, b: Figure): Figure => (a === undefined || b.ms < a.ms ? b : a)
const runEngine = async (name: string, size: number, more: string[] = []): Promise<Figure> => {
  const figure = await run('bench-case.ts', [name, String(size), freshFile(), ...more])
  peakMb = Math.max(peakMb, figure.peakMb)
  return figure
}
/** The best of several runs of each, by turns. */
const byTurns = async (sides: readonly (() => Promise<Figure>)[]): Promise<readonly Figure[]> => {
  const best: Figure[] = []
  for (let turn = 0; turn < Number(values.runs); turn += 1)
    for (const [side, work] of sides.entries()) best[side] = faster(best[side], await work())
  return best
}

/** Kills a process that has opened so many executions, and measures the next one on its store. */
const recovery = async (): Promise<void> => {
  const file = freshFile()
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [here('bench-case.ts'), 'open', String(count), file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.on('error', reject)
    child.on('close', (_, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error('the process ended before it was killed')),
    )
    child.stdout.once('data', () => child.kill('SIGKILL'))
  })
  const figure = await run('bench-case.ts', ['recover', String(count), file])
  peakMb = Math.max(peakMb, figure.peakMb)
  say(`${count} open executions recovered after kill -9`, figure)
}

const missed: string[] = []
const aim = (what: string, ratio: number, least: number): void => {
  console.log(`  aim: ${what}: ${ratio.toFixed(2)} (at least ${least}) ${ratio >= least ? 'met' : 'MISSED'}`)
  if (ratio < least) missed.push(what)
}

try {
  console.log(`Node ${process.version}, ${availableParallelism()} cores; functions in the same process\n`)
  const ours = new Map<string, Figure>()
  const memory = values.alone ? { missing: 'left out by --alone' } : installPeer('aws-local-stepfunctions')
  const beside = `  beside it: aws-local-stepfunctions ${peers['aws-local-stepfunctions']}, in memory`
  if ('missing' in memory) console.log(`aws-local-stepfunctions is left out: ${memory.missing}`)
  for (const [name, what] of [
    ['pass', `${count} executions of five Pass states`],
    ['build', `${count} executions of five Pass states with an Output`],
    ['task', `${count} executions of five Task steps`],
    ['map', `a Map over ${count} Pass items`],
  ] as const) {
    const [figure, other] = await byTurns([
      () => runEngine(name, count),
      ...('missing' in memory
        ? []
        : [() => run('bench-memory-engine.ts', [name, String(count), memory.folder])]),
    ])
    ours.set(name, say(what, figure!))
    if (other === undefined) continue
    say(beside, other)
    aim(`a part of the in-memory engine, ${name}`, perSecond(figure!) / perSecond(other), 0.25)
  }
  const best = async (what: string, name: string, size: number, more: string[] = []): Promise<Figure> =>
    say(what, (await byTurns([() => runEngine(name, size, more)]))[0]!)
  ours.set('token', await best(`${count} executions waiting on a token, all completed`, 'token', count))
  const safe = new Map<string, Figure>()
  for (const name of ['task', 'token'])
    safe.set(name, await best(`  the same (${name}), also safe from power loss`, name, count, ['power-loss']))
  await recovery()
  const sizes = [1000, 10_000, 100_000].filter((size) => size <= count * 10)
  const costs = await byTurns(sizes.map((size) => () => runEngine('grow-pass', size)))
  for (const [index, figure] of costs.entries())
    say(`cost per execution at ${sizes[index]} (five Pass states)`, figure)
  const costOf = (figure: Figure | undefined): number => (figure === undefined ? 1 : figure.ms / figure.count)
  aim('the cost at the smallest size over that at the largest', costOf(costs[0]) / costOf(costs.at(-1)), 0.8)
  console.log(`memory at the peak over all of these: ${round(peakMb)} MB\n`)

  const dbos = values.alone ? { missing: 'left out by --alone' } : installPeer('@dbos-inc/dbos-sdk')
  if ('missing' in dbos) console.log(`DBOS is left out: ${dbos.missing}`)
  else
    for (const [settings, how] of [
      [[], 'as it comes'],
      [['synchronous_commit=off'], 'synchronous_commit=off'],
    ] as const) {
      const postgres = await startPostgres(settings)
      if (postgres === undefined) {
        console.log('DBOS is left out: there is no PostgreSQL here (apt-get install postgresql).')
        break
      }
      console.log(`DBOS ${peers['@dbos-inc/dbos-sdk']} on ${postgres.version}, ${how}`)
      try {
        for (const name of ['task', 'token']) {
          const other = say(
            name === 'task'
              ? '  workflows of five steps'
              : '  workflows waiting for a message, all completed',
            await run('bench-dbos.ts', [name, values.dbos, dbos.folder, postgres.url(name)]),
          )
          // What survives the loss of power is compared with what survives it, and so is the rest.
          const own = settings.length === 0 ? safe.get(name) : ours.get(name)
          if (own !== undefined) aim(`times DBOS, ${name}, ${how}`, perSecond(own) / perSecond(other), 10)
        }
      } finally {
        postgres.stop()
      }
    }
  console.log(missed.length === 0 ? '\nevery aim is met' : `\nmissed: ${missed.join('; ')}`)
  process.exitCode = missed.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
