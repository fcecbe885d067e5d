import { createHash } from 'node:crypto'
import * as z from 'zod'
import { yearSummarySchema, type YearSummary } from '../../functions/domain/report/summary.ts'
import { daysBetween, isBefore, todayInCopenhagen } from '../../functions/domain/base/time.ts'
import { leftovers } from './leftovers.ts'
import { openProgress, progressLines, yearProgressSchema, type YearProgress } from './progress.ts'
import type { LoadedSet } from './sample/read-set.ts'
import { openSeason, stageOf } from './season.ts'
import type { StartOptions } from './start-options.ts'
import { openSystem, type Between, type LocalSystem } from './system.ts'

const nameOf = ({ set }: LoadedSet, content: unknown): string =>
  `${set.name}-v${set.version}-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8)}`
/** A set's content by its name and version, wherever it lies: a data folder made from another is refused. */
const setName = (loaded: LoadedSet): string =>
  nameOf(
    loaded,
    loaded.agreements.map(({ file }) => file),
  )
/** The name that older data folders have: it changed with the place where the set lay. */
const formerSetName = (loaded: LoadedSet): string => nameOf(loaded, loaded.agreements)

/** An error with all that caused it. */
const errorText = (error: unknown): string =>
  error instanceof Error
    ? `${error.stack ?? error.message}${error.cause === undefined ? '' : `\ncaused by ${errorText(error.cause)}`}`
    : String(error)

/** How often the display looks at the record, in real time. */
const lookMs = 2000

/**
 * Plays the year to its end: the run, its renegotiations, the report frozen. Prints the summary and where
 * everything is.
 * @returns the exit code: 0 only when all reviews are finally assessed, the report is frozen, nothing is open
 */
export async function playYear(
  options: StartOptions,
  loaded: LoadedSet,
  between: Between = {},
): Promise<number> {
  const startedMs = performance.now()
  const troubles: string[] = []
  const trouble = (who: string, error: unknown): void => {
    const text = errorText(error)
    troubles.push(`${who}: ${text}`)
    console.error(`[trouble] ${who}: ${text}`)
  }
  const system = await openSystem({
    folder: options.data,
    loaded,
    setName: setName(loaded),
    formerSetName: formerSetName(loaded),
    year: loaded.set.year,
    mode: 'moved',
    port: options.port,
    between,
    onFault: (fault) => {
      trouble('system', fault)
    },
  })
  const { year } = loaded.set
  const lookUp = async (): Promise<YearProgress> =>
    yearProgressSchema.parse(await system.aws.runtime.invoke('YearProgress', { year }, 'command'))
  const display = openProgress(process.stderr)
  if ((await lookUp()).over) {
    console.log(`The run for ${year} is over; nothing is sent.`)
    return finish({ system, options, loaded, startedMs, troubles })
  }
  const season = await openSeason({
    stage: stageOf(system),
    loaded,
    except: new Set(options.play),
    onTrouble: trouble,
  })
  gatePlayedByPeople(system, options.play, (who) => season.waitsFor(who))
  let progress = await lookUp()
  let looking = false
  const look = (): void => {
    if (looking) return
    looking = true
    lookUp()
      .then((found) => {
        progress = found
        const now = system.clock.nowIso()
        display.show(progressLines(now, found, mailCounts(system)), now.slice(0, 7))
        system.clock.changed()
      })
      .catch((error: unknown) => {
        trouble('progress', error)
      })
      .finally(() => {
        looking = false
      })
  }
  const timer = setInterval(look, lookMs)
  await runUntilOver(system, loaded.set.reportingDate, () => progress.over, lookUp)
  clearInterval(timer)
  display.done()
  await season.close()
  return finish({ system, options, loaded, startedMs, troubles })
}

/** The clock moves until the year is over. From the reporting date on the record is asked before each move. */
async function runUntilOver(
  system: LocalSystem,
  from: string,
  isOver: () => boolean,
  lookUp: () => Promise<YearProgress>,
): Promise<void> {
  let over = false
  system.clock.attachGate(async () => {
    const today = todayInCopenhagen(system.clock.nowIso())
    if (!over && !isBefore(today, from)) over = (await lookUp()).over
    return !over
  })
  await system.clock.run(() => over || isOver())
}

/** It is a person's turn: the clock stops before the first timer while her letters or tasks wait. */
function gatePlayedByPeople(
  system: LocalSystem,
  played: readonly string[],
  waitsFor: (who: string) => Promise<readonly { readonly subject: string }[]>,
): void {
  let told = ''
  if (played.length === 0) return
  system.clock.attachGate(async () => {
    for (const who of played) {
      const waiting = await waitsFor(who)
      const [first] = waiting
      if (first === undefined) continue
      if (told !== first.subject) {
        told = first.subject
        console.log(`\n${who} has the turn: "${first.subject}". The clock stands until it is done.`)
      }
      return false
    }
    return true
  })
}

const mailCounts = (system: LocalSystem): { out: number; in: number } => ({
  out: system.maildirs.addresses().reduce((sum, address) => sum + system.maildirs.list(address).length, 0),
  in: system.aws.runtime.statistics.list().find((line) => line.function === 'take-in-mail')?.count ?? 0,
})

async function finish(end: {
  system: LocalSystem
  options: StartOptions
  loaded: LoadedSet
  startedMs: number
  troubles: readonly string[]
}): Promise<number> {
  const { system, options, loaded } = end
  const answer = await system.aws.runtime.invoke('SummariseYear', { year: loaded.set.year }, 'command')
  const summary = yearSummarySchema.parse(answer)
  const full = {
    ...summary,
    simulatedDays: daysBetween(loaded.set.startsOn, todayInCopenhagen(system.clock.nowIso())),
    seconds: Math.round((performance.now() - end.startedMs) / 100) / 10,
  }
  printSummary(full, system)
  const left = await leftovers(system)
  for (const one of left) console.error(`[left undone] ${one}`)
  if (options.exit) await system.close()
  if (options.json) console.log(JSON.stringify(full))
  return isWhole(summary) && end.troubles.length + left.length === 0 ? 0 : 1
}

/** All finally assessed, the report frozen, no renegotiation open. */
const isWhole = ({ agreements, assessed, report, renegotiations }: YearSummary): boolean =>
  agreements > 0 &&
  assessed === agreements &&
  report !== null &&
  renegotiations.raised === renegotiations.opened + renegotiations.declined &&
  renegotiations.opened === renegotiations.agreed + renegotiations.lapsed + renegotiations.withdrawn

const flat = z.record(z.string(), z.unknown())

function printSummary(summary: object, system: LocalSystem): void {
  for (const [name, value] of Object.entries(flat.parse(summary)))
    console.log(
      `${name.padEnd(16)}${
        typeof value === 'object' && value !== null
          ? Object.entries(value)
              .map(([key, one]) => `${key} ${String(one)}`)
              .join(', ')
          : String(value)
      }`,
    )
  console.log('\nWhere the time went (function: calls, ms in all, those at the same time each in full):')
  for (const line of [...system.aws.runtime.statistics.list()]
    .sort((a, b) => b.totalMs - a.totalMs)
    .slice(0, 8))
    console.log(
      `  ${line.function.padEnd(22)}${String(line.count).padStart(6)}${String(Math.round(line.totalMs)).padStart(9)}`,
    )
  const atWork = `${(system.aws.runtime.statistics.busyMs / 1000).toFixed(1)} s`
  console.log(`  At least one of them was at work for ${atWork}; the rest is mail, workflows and players.\n`)
  for (const name of ['console', 'mailboxes', 'login', 'smtp', 'maildirs'])
    console.log(`${name.padEnd(16)}${system.addresses[name] ?? ''}`)
}
