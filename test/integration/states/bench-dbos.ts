import { createRequire } from 'node:module'
import { join } from 'node:path'
import { measured, report } from './bench-report.ts'

/**
 * The same measurement of DBOS on PostgreSQL: node bench-dbos.ts CASE COUNT FOLDER URL, where FOLDER has
 * `@dbos-inc/dbos-sdk` installed and URL is a database of its own.
 */
const [name = '', size = '0', folder = '', systemDatabaseUrl = ''] = process.argv.slice(2)
const count = Number(size)
/** As many at a time as gave the best figures. */
const AT_A_TIME = 100

type Workflow = (input: unknown) => Promise<unknown>
interface Handle {
  getResult(): Promise<unknown>
}
interface Dbos {
  setConfig(config: Record<string, unknown>): void
  registerWorkflow(workflow: Workflow, options: { name: string }): Workflow
  runStep(step: () => Promise<unknown>, options: { name: string }): Promise<unknown>
  recv(topic: string, seconds: number): Promise<unknown>
  send(workflow: string, message: unknown, topic: string): Promise<void>
  startWorkflow(workflow: Workflow, options: { workflowID: string }): (input: unknown) => Promise<Handle>
  launch(): Promise<void>
  shutdown(): Promise<void>
}

const { DBOS } = createRequire(join(folder, 'package.json'))('@dbos-inc/dbos-sdk') as { DBOS: Dbos }
DBOS.setConfig({ name: 'bench', systemDatabaseUrl, logLevel: 'error', runAdminServer: false })
const task = DBOS.registerWorkflow(
  async (input) => {
    let value = input
    for (let step = 0; step < 5; step += 1) {
      const given = value
      value = await DBOS.runStep(() => Promise.resolve(given), { name: `S${step}` })
    }
    return value
  },
  { name: 'task' },
)
const token = DBOS.registerWorkflow(() => DBOS.recv('answer', 600), { name: 'token' })

const each = async (work: (index: number) => Promise<void>): Promise<void> => {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next
      next += 1
      await work(index)
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, worker))
}

await DBOS.launch()
const handles: Handle[] = []
const figure = await measured(count, async () => {
  if (name === 'task')
    await each(async (index) => {
      const handle = await DBOS.startWorkflow(task, { workflowID: `task-${index}` })({ a: 1 })
      await handle.getResult()
    })
  else {
    await each(async (index) => {
      handles[index] = await DBOS.startWorkflow(token, { workflowID: `token-${index}` })({})
    })
    await each((index) => DBOS.send(`token-${index}`, {}, 'answer'))
    await each(async (index) => void (await handles[index]!.getResult()))
  }
})
await DBOS.shutdown()
report(figure)
process.exit()
