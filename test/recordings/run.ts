import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DefinitionError, type DefinitionProblem } from '../../infra/local/states/values/errors.ts'
import { openEngine } from '../../infra/local/states/engine.ts'
import { readCases, type Case } from './cases.ts'
import { eventsDifference, outcomeDifference } from './compare.ts'
import { notRecorded } from './not-recorded.ts'
import { replay } from './replay.ts'
import { makeWorld } from './world.ts'

/**
 * Replays recorded executions on the engine and prints, per area, how many agree with what AWS answered.
 *
 *   node test/recordings/run.ts [--dir DIR] [--case TEXT] [--verbose]
 *
 * Ends with 1 when a case that is not left out disagrees in its outcome, or when a JSONPath original is accepted.
 */

interface Row {
  native: number
  rewritten: number
  leftOut: number
  outcome: number
  measured: number
  events: number
}

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: resolve(import.meta.dirname, '../../../shared/asl-recordings') },
    case: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})

/** Why the engine refuses the definitions of a case; undefined when it takes them. */
const problemsOf = async (recorded: Case): Promise<readonly DefinitionProblem[] | undefined> => {
  const engine = openEngine({
    file: ':memory:',
    integrations: makeWorld(recorded, () => 0).integrations,
    clock: { now: () => 0, hold: () => () => {}, changed: () => {} },
  })
  try {
    const all = { ...recorded.otherDefinitions, recorded: recorded.definition }
    for (const [name, definition] of Object.entries(all))
      engine.putStateMachine({ name, definition: JSON.stringify(definition) })
    return undefined
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    return error.problems
  } finally {
    await engine.close()
  }
}

/** The first reason of a refusal, with state and field. */
const refusal = async (recorded: Case): Promise<string | undefined> => {
  const [problem] = (await problemsOf(recorded)) ?? []
  return problem && `${problem.state ?? 'the machine'}, ${problem.field}: ${problem.message}`
}

/** The fields that a refusal names, without their place: `Choices[0].Variable` as `Variable`. */
const fieldsOf = (problems: readonly DefinitionProblem[]): ReadonlySet<string> =>
  new Set(
    problems.map(
      ({ field }) =>
        field
          .split(/[./]/)
          .at(-1)
          ?.replace(/\[\d+\]$/, '') ?? field,
    ),
  )

const main = async (): Promise<number> => {
  const cases = readCases(values.dir)
  const wanted = cases.filter((one) => values.case === undefined || one.id.includes(values.case))
  const rows = new Map<string, Row>()
  const leftOut: string[] = []
  const disagreements: string[] = []
  let outcomesWrong = 0
  for (const recorded of wanted.filter((one) => one.queryLanguage === 'JSONata')) {
    const row = rows.get(recorded.area) ?? {
      native: 0,
      rewritten: 0,
      leftOut: 0,
      outcome: 0,
      measured: 0,
      events: 0,
    }
    rows.set(recorded.area, row)
    const refused = await refusal(recorded)
    if (refused !== undefined) {
      row.leftOut += 1
      leftOut.push(`${recorded.id}: refused at load (${refused})`)
      continue
    }
    row[recorded.source] += 1
    const replayed = await replay(recorded).catch((error: unknown) => ({
      status: `did not run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      output: undefined,
      error: undefined,
      cause: undefined,
      events: [],
    }))
    const outcome = outcomeDifference(recorded, replayed)
    if (outcome === undefined) row.outcome += 1
    else {
      outcomesWrong += 1
      disagreements.push(`${recorded.id}: OUTCOME ${outcome}`)
    }
    if (recorded.eventsTrust === 'outcome' || recorded.expected.events === null) continue
    row.measured += 1
    const events = eventsDifference(recorded, replayed)
    if (events === undefined) row.events += 1
    else disagreements.push(`${recorded.id}: EVENTS ${events}`)
    if (values.verbose) for (const event of replayed.events) console.log(JSON.stringify(event))
  }

  const accepted: string[] = []
  const named = new Map<string, number>()
  let originals = 0
  for (const recorded of wanted.filter((one) => one.queryLanguage !== 'JSONata')) {
    originals += 1
    const refused = await problemsOf(recorded)
    if (refused === undefined) accepted.push(recorded.id)
    for (const field of fieldsOf(refused ?? [])) named.set(field, (named.get(field) ?? 0) + 1)
    for (const { state, field, message } of values.verbose ? (refused ?? []) : [])
      console.log(`${recorded.id}: ${state ?? 'the machine'}, ${field}: ${message}`)
  }

  const table = [...rows].map(([area, row]) => ({
    area,
    native: row.native,
    rewritten: row.rewritten,
    'left out': row.leftOut,
    'outcome agrees': `${row.outcome}/${row.native + row.rewritten}`,
    'history agrees': `${row.events}/${row.measured}`,
  }))
  console.table(table)
  const sum = (pick: (row: Row) => number): number =>
    [...rows.values()].reduce((total, row) => total + pick(row), 0)
  console.log(
    `JSONata: ${sum((row) => row.native)} native, ${sum((row) => row.rewritten)} rewritten, ${sum((row) => row.leftOut)} left out; ` +
      `outcome agrees in ${sum((row) => row.outcome)} of ${sum((row) => row.native + row.rewritten)}, ` +
      `history in ${sum((row) => row.events)} of ${sum((row) => row.measured)} with a trusted history.`,
  )
  console.log(`JSONPath and mixed originals: ${originals - accepted.length} of ${originals} refused at load.`)
  const byCount = [...named].sort(([, a], [, b]) => b - a)
  console.log(`  the fields named: ${byCount.map(([field, count]) => `${field} (${count})`).join(', ')}`)
  for (const id of accepted) console.log(`  accepted: ${id}`)
  if (leftOut.length > 0) console.log(`\nLeft out:\n${leftOut.map((line) => `  ${line}`).join('\n')}`)
  if (disagreements.length > 0)
    console.log(`\nDisagreements:\n${disagreements.map((line) => `  ${line}`).join('\n')}`)
  if (values.case === undefined) {
    console.log('\nNot measured against AWS, and the sentence that each test follows:')
    for (const { what, sentence, from, test } of notRecorded) {
      console.log(`  ${what}: ${sentence === undefined ? from : `"${sentence}" (${from})`}`)
      console.log(`    test/${test[0]}: ${test[1]}`)
    }
  }
  return outcomesWrong + accepted.length === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
