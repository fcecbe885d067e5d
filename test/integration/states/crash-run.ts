import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { chanceOf } from '../../support/chance.ts'
import { machineArn, makeBench, START } from './support.ts'

const child = join(import.meta.dirname, 'crash-child.ts')

/** Runs the load until it is over, or until it kills itself after so many lines of output. */
const runOnce = (file: string, executions: number, killAfter: number): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const lines: string[] = []
    const load = spawn(
      process.execPath,
      [child, file, String(executions), String(START), String(killAfter)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    load.on('error', reject)
    load.on('close', () => resolve(lines))
    let rest = ''
    load.stdout.on('data', (data: Buffer) => {
      const parts = (rest + data.toString()).split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
    })
  })

export interface CrashReport {
  readonly kills: number
  /** What went wrong, a sentence each. */
  readonly problems: readonly string[]
}

/** What every execution of the load must have come to, whatever was killed on the way. */
const check = async (
  file: string,
  executions: number,
  told: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const problems: string[] = []
  const bench = makeBench({}, { file })
  bench.put('unused', { End: { Type: 'Succeed' } })
  for (let index = 0; index < executions; index += 1) {
    const name = `e${index}`
    const executionArn = `arn:aws:states:us-east-1:111111111111:execution:load:${name}`
    const { status, output } = await bench.engine.describeExecution({ executionArn })
    const expected = JSON.stringify({ id: name, items: [1, 2, 3].map((item) => `${name}/${item}`) })
    if (status !== 'SUCCEEDED' || output !== expected)
      problems.push(`${name} is ${status} with ${output ?? 'nothing'}`)
    if (!told.has(name)) problems.push(`the end of ${name} was never told`)
    const events = await bench.history(executionArn)
    if (events.some((event, place) => event.id !== place + 1))
      problems.push(`${name} has gaps in its history`)
    for (const state of ['First', 'Token', 'Flaky', 'Each', 'Nested']) {
      const exits = events.filter(
        (event) => event.type.endsWith('StateExited') && JSON.stringify(event).includes(`"name":"${state}"`),
      )
      if (exits.length !== 1) problems.push(`${name} left '${state}' ${exits.length} times`)
    }
  }
  let children = 0
  let nextToken: string | undefined
  do {
    const page = await bench.engine.listExecutions({
      stateMachineArn: machineArn('child'),
      maxResults: 1000,
      ...(nextToken === undefined ? {} : { nextToken }),
    })
    children += page.executions.filter((execution) => execution.status === 'SUCCEEDED').length
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  if (children !== executions) problems.push(`${children} nested executions for ${executions}`)
  if (bench.engine.nextDue() !== undefined) problems.push('a timer is left')
  await bench.engine.close()
  return problems
}

/**
 * Runs a load of executions with tokens, timers, retries, Maps and nested executions, kills the process at random
 * points, starts it again each time, and checks what came of it.
 */
export const crashRun = async (
  file: string,
  options: { readonly executions: number; readonly kills: number; readonly seed: number },
): Promise<CrashReport> => {
  const { executions, kills, seed } = options
  const throwDice = chanceOf(seed)
  const told = new Set<string>()
  const problems: string[] = []
  // The whole load writes about ten lines an execution; most of the kills fall before its end.
  const most = Math.max(4, Math.ceil((executions * 20) / kills))
  let done = 0
  for (let over = false; !over; done += over ? 0 : 1) {
    const killAfter = done < kills ? 1 + Math.floor(throwDice() * most) : Infinity
    const lines = await runOnce(file, executions, killAfter)
    for (const line of lines) {
      const end = /^ended (e\d+) /.exec(line)?.[1]
      if (end !== undefined) told.add(end)
      if (line.startsWith('fault ')) problems.push(line)
    }
    over = lines.includes('over')
    if (killAfter === Infinity && !over) throw new Error('the load ended before it was over')
  }
  return { kills: done, problems: [...problems, ...(await check(file, executions, told))] }
}
