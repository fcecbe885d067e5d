import { errorLine } from '../cli/file-errors.ts'
import { DataFolderInUse, DataFolderRefused } from './data-folder.ts'
import { PortInUse } from './listen.ts'
import { playYear } from './play-year.ts'
import { readSampleSet } from './sample/read-set.ts'
import { readStartOptions, usage, UsageError, type StartOptions } from './start-options.ts'

/** What a person can mend is told in a line or two; anything else is a fault of ours and shows its stack. */
const complaint = (error: unknown): string => {
  if (error instanceof UsageError) return `${error.message}\n(npm start -- --help tells the options.)`
  if (error instanceof DataFolderInUse)
    return `${error.message}.\n${Object.entries(error.addresses)
      .map(([name, address]) => `  ${name}: ${address}`)
      .join('\n')}\nNothing was changed.`
  if (error instanceof DataFolderRefused || error instanceof PortInUse) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function main(): Promise<number> {
  const options = readStartOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  return start(options)
}

async function start(options: StartOptions): Promise<number> {
  const read = readSampleSet(options.set)
  if (!read.ok) {
    console.error(`The set ${options.set} has ${read.errors.length} errors; nothing is started:`)
    for (const error of read.errors) console.error(`  ${errorLine(error)}`)
    return 1
  }
  const { loaded } = read
  if (options.year !== null && options.year !== loaded.set.year)
    throw new UsageError(
      `The set ${loaded.set.name} plays the year ${loaded.set.year}; it has nothing for ${options.year}`,
    )
  const known = new Set([
    ...loaded.agreements.flatMap(({ file }) => file.agreement.parties.map((party) => party.municipality)),
    ...loaded.people.map((person) => person.id),
  ])
  for (const who of options.play)
    if (!known.has(who))
      throw new UsageError(`--play ${who}: no municipality and no ministry person of this set`)
  return playYear(options, loaded)
}

main().then(
  (code) => {
    process.exitCode = code
    // What still listens keeps the process alive when it is to go on; an end asked for is an end.
    if (process.argv.includes('--exit') || code !== 0) process.exit(code)
  },
  (error: unknown) => {
    console.error(complaint(error))
    process.exit(error instanceof DataFolderInUse ? 0 : 1)
  },
)
