import { userInfo } from 'node:os'
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { errorLine } from './file-errors.ts'
import { clockCommand } from './clock-command.ts'
import { readDirectoryFiles } from './directory-files.ts'
import { executionCommand } from './execution-command.ts'
import { makeCallFunction, type CallFunction } from './functions.ts'
import { importCommand, type ImportAgreements } from './import-command.ts'
import { observeCommand } from './observe-command.ts'
import { replayCommand } from './replay-command.ts'
import type { Command, CommandLine } from './parse-command.ts'
import { targetOf } from './target.ts'
import { CommandFailed, usage } from './usage.ts'

export interface Output {
  readonly print: (line: string) => void
  readonly complain: (line: string) => void
}

const importedSchema = z.object({
  imported: z.array(z.string()),
  refused: z.array(z.object({ agreement: z.string(), reason: z.string() })),
})
const startedSchema = z.object({ year: z.int(), started: z.boolean() })
const resumedSchema = z.union([
  z.object({ resumed: z.literal(true), attempt: z.int(), execution: z.string() }),
  z.object({ resumed: z.literal(false), reason: z.string() }),
])
const reconciledSchema = z.object({
  done: z.array(z.string()),
  dropped: z.array(z.string()),
  left: z.array(z.string()),
  started: z.array(z.string()),
})
const verifiedSchema = z.object({
  ok: z.boolean(),
  streams: z.int(),
  commits: z.int(),
  files: z.int(),
  lists: z.int(),
  judged: z.int().default(0),
  erased: z.int().default(0),
  faults: z.array(z.object({ kind: z.string(), where: z.string(), what: z.string() })),
})

/** Does what the command line says. @returns the exit code @throws UsageError, CommandFailed */
export async function runCommand({ command, ...where }: CommandLine, output: Output): Promise<0 | 1> {
  if (command.do === 'help') {
    output.print(usage)
    return 0
  }
  // Looked up when it is needed: a dry run needs no system.
  const target = () => targetOf(where)
  const call: CallFunction = (name, input, schema) => makeCallFunction(target())(name, input, schema)
  switch (command.do) {
    case 'import':
      return importInto(command, call, output)
    case 'observe':
      return observeCommand({ file: command.file, call, ...output })
    case 'clock':
      return clockCommand(target(), command, output.print)
    case 'replay':
      return replayCommand({ ...command, by: command.by ?? userInfo().username }, call, output)
    case 'execution':
      return executionCommand(target(), command.name, output.print)
    default:
      return callAndTell(command, call, output)
  }
}

/** Commands that are one call and a line or two about its answer. */
async function callAndTell(
  command: Extract<Command, { do: 'start-year' | 'resume' | 'reconcile' | 'verify' | 'summary' }>,
  call: CallFunction,
  { print, complain }: Output,
): Promise<0 | 1> {
  switch (command.do) {
    case 'start-year': {
      const { year, started } = await call('start-year', { year: command.year }, startedSchema)
      print(started ? `The run for ${year} is opened.` : `The run for ${year} was open already; it goes on.`)
      return 0
    }
    case 'resume': {
      const resumed = await call('resume-case', { stream: command.stream }, resumedSchema)
      if (!resumed.resumed) throw new CommandFailed(resumed.reason)
      print(`${command.stream} goes on with attempt ${resumed.attempt}, ${resumed.execution}`)
      return 0
    }
    case 'reconcile': {
      const { done, dropped, left, started } = await call('reconcile', { sweep: true }, reconciledSchema)
      for (const id of done) print(`done now: ${id}`)
      for (const id of dropped) print(`never committed, dropped: ${id}`)
      for (const id of left) print(`left for the next time: ${id}`)
      for (const stream of started) print(`execution started: ${stream}`)
      if (done.length + dropped.length + left.length + started.length === 0) print('Nothing was left.')
      return 0
    }
    case 'verify': {
      return verifyAndTell(command.journal, call, { print, complain })
    }
    case 'summary': {
      const summary = await call(
        'summarise-year',
        { year: command.year },
        z.record(z.string(), z.unknown()).nullable(),
      )
      if (summary === null) throw new CommandFailed(`There is no run for ${command.year}.`)
      print(command.json ? JSON.stringify(summary) : JSON.stringify(summary, undefined, 2))
      return 0
    }
    default:
      return command satisfies never
  }
}

/** What nobody can see from table and archive alone, said each time. */
const notFoundAlone = [
  'What no check finds alone: newest commits that were taken out of the table together with every row and file',
  'that names them, an older row put back in place of a newer one (contacts, directory), and whatever is written',
  "with the functions' own secrets. The archive's lock keeps files and lists from going until its time is over;",
  "the journal's copy of the newest list tells what the record had that night: --journal FILE compares them.",
]

async function verifyAndTell(
  journal: string | null,
  call: CallFunction,
  { print, complain }: Output,
): Promise<0 | 1> {
  const input = journal === null ? {} : { journal: [readJournalCopy(journal)] }
  const { ok, faults, ...counts } = await call('verify-record', input, verifiedSchema)
  for (const { kind, where, what } of faults) complain(`${kind}: ${where}: ${what}`)
  const checked = [
    `${counts.streams} streams, ${counts.commits} commits, ${counts.files} files, ${counts.lists} nightly lists`,
    ...(counts.judged === 0 ? [] : [`${counts.judged} assessments judged again`]),
    ...(counts.erased === 0 ? [] : [`${counts.erased} files erased by two persons`]),
  ].join(', ')
  ;(ok ? print : complain)(ok ? `All is whole: ${checked}.` : `${faults.length} faults in ${checked}.`)
  if (ok) for (const line of notFoundAlone) print(line)
  return ok ? 0 : 1
}

function readJournalCopy(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new CommandFailed(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** The folder's people are the ministry's, so they come in with its agreements. */
async function importInto(
  command: Extract<Command, { do: 'import' }>,
  call: CallFunction,
  { print, complain }: Output,
): Promise<0 | 1> {
  const { directory, errors } = readDirectoryFiles(command.folder)
  if (errors.length > 0) {
    for (const error of errors) complain(errorLine(error))
    complain('Nothing was imported.')
    return 1
  }
  const importAgreements: ImportAgreements = async (files) => {
    const answer = await call(
      'import-agreements',
      { files, ...(directory === null ? {} : { directory }) },
      importedSchema,
    )
    return [
      ...answer.imported.map((agreement) => ({ agreement, outcome: 'imported' as const, reason: '' })),
      ...answer.refused.map(({ agreement, reason }) => ({ agreement, outcome: 'refused' as const, reason })),
    ]
  }
  return importCommand({ folder: command.folder, dryRun: command.dryRun, importAgreements, print, complain })
}
