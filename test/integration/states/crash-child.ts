import { openEngine } from '../../../infra/local/states/engine.ts'
import { machineArn } from './support.ts'
import { definitions } from './crash-definitions.ts'

/**
 * Runs a load of executions on a store: node crash-child.ts FILE COUNT START KILL_AFTER. Says a line at every call and
 * every end, and kills itself with SIGKILL after so many lines.
 */
const [file = '', count = '0'] = process.argv.slice(2)
let now = Number(process.argv[4] ?? 0)
const inHand = new Set<object>()
const killAfter = Number(process.argv[5] ?? Infinity)
let said = 0
/** Told when the pipe has taken it: a full one keeps lines in this process, and a kill loses them. */
const say = (line: string): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(`${line}\n`, () => {
      said += 1
      // By itself, not by the parent: a busy machine would read the lines too late.
      if (said === killAfter) process.kill(process.pid, 'SIGKILL')
      resolve()
    })
  })
const engine = openEngine({
  file,
  seed: 'crash',
  clock: {
    now: () => now,
    hold: () => {
      const hold = {}
      inHand.add(hold)
      return () => void inHand.delete(hold)
    },
    changed: () => {},
  },
  integrations: {
    lambda: async (name, payload) => {
      await new Promise((resolve) => setImmediate(resolve))
      const { id, token } = payload as { id: string; token?: string }
      await say(`call ${name} ${id}`)
      if (token !== undefined) {
        // The token is answered from outside, a moment later; whoever is about to answer holds the clock.
        const answering = {}
        inHand.add(answering)
        setImmediate(() => {
          engine
            .sendTaskSuccess({ taskToken: token, output: JSON.stringify({ id }) })
            .catch((error: unknown) => say(`fault ${String(error)}`))
            .finally(() => inHand.delete(answering))
        })
      }
      if (name === 'flaky' && (now / 1000) % 2 === 0)
        throw Object.assign(new Error('flaky'), { name: 'Flaky' })
      return { id }
    },
  },
  onFault: (fault) => {
    void say(`fault ${String(fault)}`)
  },
  onStatusChange: async (event) => {
    if (event.status !== 'RUNNING') await say(`ended ${event.name} ${event.status}`)
  },
})
for (const [name, definition] of Object.entries(definitions))
  engine.putStateMachine({ name, definition: JSON.stringify(definition) })
engine.start()
for (let index = 0; index < Number(count); index += 1) {
  const name = `e${index}`
  await engine
    .startExecution({ stateMachineArn: machineArn('load'), name, input: JSON.stringify({ id: name }) })
    .catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'ExecutionAlreadyExists') throw error
    })
}
await say('started')
for (;;) {
  while (inHand.size > 0) await new Promise((resolve) => setImmediate(resolve))
  const due = engine.nextDue()
  if (due === undefined) break
  now = Math.max(now, due)
  engine.fireDue()
}
await engine.close()
await say('over')
