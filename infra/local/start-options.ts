import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

export interface StartOptions {
  readonly exit: boolean
  readonly json: boolean
  readonly data: string
  readonly port: number
  readonly set: string
  readonly year: number | null
  readonly play: readonly string[]
}

/** Told to the person who started it, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const usage = `Plays the sample year on one machine.

  npm start -- [options]

  --exit           end when the run is over (exit code 0 only when all went well)
  --json           the last line of standard output is the summary as JSON
  --data DIR       the data folder (.data/year)
  --port N         first of three ports: console, login, SMTP (4400); 0 takes any free ones
  --set DIR        another set than the sample set
  --year Y         the results' year (the set's)
  --play CODE      leave a municipality (kommunekode) or a ministry person's id to a person; may be repeated
  --help           this text`

const defaultPort = 4400
const sampleSet = fileURLToPath(new URL('./sample/set', import.meta.url))
const defaultData = fileURLToPath(new URL('../../.data/year', import.meta.url))

/** @throws UsageError for an unknown option or a value that is none */
export function readStartOptions(argv: readonly string[]): StartOptions | 'help' {
  let values
  try {
    ;({ values } = parseArgs({
      args: [...argv],
      options: {
        exit: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        data: { type: 'string' },
        port: { type: 'string' },
        set: { type: 'string' },
        year: { type: 'string' },
        play: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false },
      },
    }))
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
  if (values.help) return 'help'
  return {
    exit: values.exit,
    json: values.json,
    data: values.data === undefined ? defaultData : resolve(values.data),
    port: whole('--port', values.port, 0, 65_533) ?? defaultPort,
    set: values.set === undefined ? sampleSet : resolve(values.set),
    year: whole('--year', values.year, 2000, 2200),
    play: values.play,
  }
}

function whole(option: string, value: string | undefined, from: number, to: number): number | null {
  if (value === undefined) return null
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < from || number > to)
    throw new UsageError(`${option} takes a whole number from ${from} to ${to}, not ${JSON.stringify(value)}`)
  return number
}
