import { parseArgs } from 'node:util'
import { atCopenhagen } from '../../functions/domain/base/time.ts'
import * as z from 'zod'
import { agreementIdSchema, dateSchema } from '../../functions/domain/base/values.ts'
import {
  renegotiationStream,
  reviewStream,
  runStream,
  type StreamId,
} from '../../functions/domain/base/stream-id.ts'
import { UsageError } from './usage.ts'

/** What is to be done, its words and options checked. */
export type Command =
  | { readonly do: 'help' }
  | { readonly do: 'import'; readonly folder: string; readonly dryRun: boolean }
  | { readonly do: 'observe'; readonly file: string }
  | { readonly do: 'start-year'; readonly year: number }
  | { readonly do: 'resume'; readonly stream: StreamId }
  | { readonly do: 'reconcile' }
  /** `journal`: a file of a nightly list as the ministry's journal has it. */
  | { readonly do: 'verify'; readonly journal: string | null }
  | { readonly do: 'clock'; readonly to: string | null; readonly next: boolean; readonly force: boolean }
  | { readonly do: 'execution'; readonly name: string }
  | {
      readonly do: 'replay'
      /** UTC instant; null: all mails. */
      readonly since: string | null
      readonly mail: string | null
      readonly apply: boolean
      /** Null: whoever is logged in. */
      readonly by: string | null
      readonly json: boolean
    }
  | { readonly do: 'summary'; readonly year: number; readonly json: boolean }

export interface CommandLine {
  readonly command: Command
  /** The data folder as given; null for the usual one. */
  readonly data: string | null
  /** A deployed stage; null for this machine. */
  readonly stage: string | null
}

const options = {
  data: { type: 'string' },
  stage: { type: 'string' },
  help: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean' },
  year: { type: 'string' },
  seq: { type: 'string' },
  to: { type: 'string' },
  next: { type: 'boolean' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
  since: { type: 'string' },
  mail: { type: 'string' },
  apply: { type: 'boolean' },
  by: { type: 'string' },
  journal: { type: 'string' },
} as const
type Option = Exclude<keyof typeof options, 'data' | 'stage' | 'help'>

/** The command's own words and values, taken one by one; what is left over is an error. */
interface Words {
  word(what: string): string
  year(): number
  whole(option: 'seq'): number
  text(option: 'to' | 'since' | 'mail' | 'by' | 'journal'): string | null
  flag(option: 'dry-run' | 'next' | 'force' | 'json' | 'apply'): boolean
}

interface Form {
  readonly words: readonly string[]
  readonly options: readonly Option[]
  readonly make: (words: Words) => Command
}

const forms: readonly Form[] = [
  {
    words: ['agreement', 'import'],
    options: ['dry-run'],
    make: (words) => ({ do: 'import', folder: words.word('the folder DIR'), dryRun: words.flag('dry-run') }),
  },
  {
    words: ['observe'],
    options: [],
    make: (words) => ({ do: 'observe', file: words.word('the file FILE') }),
  },
  { words: ['run', 'start'], options: ['year'], make: (words) => ({ do: 'start-year', year: words.year() }) },
  {
    words: ['run', 'resume'],
    options: ['year'],
    make: (words) => ({ do: 'resume', stream: runStream(words.year()) }),
  },
  {
    words: ['review', 'resume'],
    options: ['year'],
    make: (words) => ({ do: 'resume', stream: reviewStream(words.year(), agreementOf(words)) }),
  },
  {
    words: ['renegotiation', 'resume'],
    options: ['seq'],
    make: (words) => ({ do: 'resume', stream: renegotiationStream(agreementOf(words), words.whole('seq')) }),
  },
  { words: ['reconcile'], options: [], make: () => ({ do: 'reconcile' }) },
  {
    words: ['verify'],
    options: ['journal'],
    make: (words) => ({ do: 'verify', journal: words.text('journal') }),
  },
  {
    words: ['clock'],
    options: ['to', 'next', 'force'],
    make: (words) => {
      const [to, next] = [words.text('to'), words.flag('next')]
      if (to !== null && next) throw new UsageError('clock takes --to or --next, not both')
      return { do: 'clock', to: to === null ? null : instantOf('--to', to), next, force: words.flag('force') }
    },
  },
  {
    words: ['execution'],
    options: [],
    make: (words) => ({ do: 'execution', name: words.word('the execution NAME') }),
  },
  {
    words: ['mail', 'replay'],
    options: ['since', 'mail', 'apply', 'by', 'json'],
    make: (words) => {
      const [since, mail, by] = [words.text('since'), words.text('mail'), words.text('by')]
      if (mail !== null && !/^[0-9a-f]{12,64}$/i.test(mail))
        throw new UsageError(
          `--mail takes a mail's key or the SHA-256 of its bytes, or their first twelve or more hex digits, not ${JSON.stringify(mail)}`,
        )
      if (by !== null && !/^\S(?:.{0,78}\S)?$/.test(by))
        throw new UsageError(`--by takes a name of at most 80 signs, not ${JSON.stringify(by)}`)
      return {
        do: 'replay',
        since: since === null ? null : instantOf('--since', since),
        mail: mail === null ? null : mail.toLowerCase(),
        apply: words.flag('apply'),
        by,
        json: words.flag('json'),
      }
    },
  },
  {
    words: ['summary'],
    options: ['year', 'json'],
    make: (words) => ({ do: 'summary', year: words.year(), json: words.flag('json') }),
  },
]

/** @throws UsageError for an unknown command or option, or a value that is none */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parsed(argv)
  const where = { data: values.data ?? null, stage: values.stage ?? null }
  if (where.data !== null && where.stage !== null)
    throw new UsageError('--data names a machine’s own system, --stage a deployed one: take one of them')
  if (values.stage !== undefined && !/^[a-z][a-z0-9]{1,15}$/.test(values.stage))
    throw new UsageError(`--stage takes a stage's name, not ${JSON.stringify(values.stage)}`)
  if (values.help || positionals[0] === 'help') return { command: { do: 'help' }, ...where }
  if (positionals.length === 0) throw new UsageError('Which command?')
  const form = forms.find(({ words }) => words.every((word, nth) => positionals[nth] === word))
  if (form === undefined) throw new UsageError(`There is no command ${JSON.stringify(positionals.join(' '))}`)
  const name = form.words.join(' ')
  const own: readonly string[] = form.options
  for (const option of Object.keys(values))
    if (!['data', 'stage', 'help', ...own].includes(option))
      throw new UsageError(`${name} takes no option --${option}`)
  const left = positionals.slice(form.words.length)
  const command = form.make(wordsOf(name, left, values))
  if (left.length > 0) throw new UsageError(`${name}: ${JSON.stringify(left.join(' '))} is one word too many`)
  return { command, ...where }
}

const parsed = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** @param left the words not taken yet: each that is taken leaves it */
const wordsOf = (name: string, left: string[], values: ReturnType<typeof parsed>['values']): Words => ({
  word: (what) => {
    const word = left.shift()
    if (word === undefined || word === '') throw new UsageError(`${name} takes ${what}`)
    return word
  },
  year: () => {
    const { year } = values
    if (year === undefined) throw new UsageError(`${name} takes --year Y, the year of the results`)
    if (!/^20\d\d$/.test(year)) throw new UsageError(`--year takes a year, not ${JSON.stringify(year)}`)
    return Number(year)
  },
  whole: (option) => {
    const value = values[option]
    if (value === undefined) throw new UsageError(`${name} takes --${option} N`)
    if (!/^[1-9]\d{0,3}$/.test(value))
      throw new UsageError(`--${option} takes a whole number, not ${JSON.stringify(value)}`)
    return Number(value)
  },
  text: (option) => values[option] ?? null,
  flag: (option) => values[option] ?? false,
})

const agreementOf = (words: Words) => {
  const word = words.word('the agreement’s id')
  const id = agreementIdSchema.safeParse(word)
  if (!id.success) throw new UsageError(`${JSON.stringify(word)} is no agreement's id`)
  return id.data
}

/** An instant as ISO has it, or a Danish date: its first moment in Copenhagen. */
const instantOf = (option: '--to' | '--since', text: string): string => {
  if (dateSchema.safeParse(text).success) return atCopenhagen(text, '00:00')
  if (!z.iso.datetime({ offset: true }).safeParse(text).success)
    throw new UsageError(
      `${option} takes a date (2015-03-02) or an instant (2015-03-02T08:00:00Z), not ${JSON.stringify(text)}`,
    )
  return new Date(text).toISOString()
}
