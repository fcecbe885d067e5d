import * as z from 'zod'
import { SFNClient } from '@aws-sdk/client-sfn'
import { expect, it } from 'vitest'
import { makeExecutions, makeWorkflows } from '../../functions/adapters/step-functions.ts'
import { memoryExecutions } from '../../functions/adapters/memory/console.ts'
import { graphOf } from '../../functions/domain/execution/graph.ts'
import { progressOf, openWaits } from '../../functions/domain/execution/progress.ts'
import type { Executions } from '../../functions/ports/console.ts'
import { openEngine } from '../../infra/local/states/engine.ts'
import { fresh, onEach } from './both.ts'

interface Subject {
  readonly executions: Executions
  /** Starts a review's execution, which waits, and lets it end when told to. */
  readonly run: (name: string, options?: { end?: boolean }) => Promise<void>
}

const waitSeconds = 1000
const payloadSchema = z.object({ name: z.string(), token: z.string() })
const definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: {
    Wait: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      TimeoutSeconds: waitSeconds,
      Arguments: {
        FunctionName: 'arn:aws:lambda:eu-west-1:111111111111:function:wait',
        Payload: {
          name: '{% $states.context.Execution.Name %}',
          token: '{% $states.context.Task.Token %}',
          kind: 'reply',
          expects: 'wait/reply/',
        },
      },
      Next: 'Ended',
    },
    Ended: { Type: 'Succeed' },
  },
}

/** The adapter on the engine's wire. */
async function openReal() {
  const tokens = new Map<string, string>()
  const engine = openEngine({
    file: ':memory:',
    clock: {
      now: () => Date.parse('2015-01-15T08:00:00Z'),
      hold: () => () => undefined,
      changed: () => undefined,
    },
    region: 'eu-west-1',
    integrations: {
      lambda: async (_function, payload) => {
        const { name, token } = payloadSchema.parse(payload)
        tokens.set(name, token)
        return null
      },
    },
  })
  const put = (name: string) =>
    engine.putStateMachine({ name, definition: JSON.stringify(definition) }).stateMachineArn
  const machines = {
    'annual-run': put('annual-run'),
    'agreement-review': put('agreement-review'),
    renegotiation: put('renegotiation'),
  }
  engine.start()
  const server = await engine.listen(0)
  const client = new SFNClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  const workflows = makeWorkflows({ client, machines })
  const settled = async () => {
    while (!engine.idle()) await new Promise((resolve) => setImmediate(resolve))
  }
  const subject: Subject = {
    executions: makeExecutions({ client, machines }),
    run: async (name, { end = false } = {}) => {
      await workflows.start('agreement-review', name, { stream: 'REVIEW#2014#a', attempt: 1 })
      await settled()
      if (end) await workflows.succeed(tokens.get(name) ?? '')
      await settled()
    },
  }
  return {
    subject,
    close: async () => {
      client.destroy()
      await engine.close()
    },
  }
}

/** The twin, given what the adapter reads of the same executions. */
async function openMemory() {
  const real = await openReal()
  const executions = memoryExecutions()
  const subject: Subject = {
    executions,
    run: async (name, options) => {
      await real.subject.run(name, options)
      const description = await real.subject.executions.describe('agreement-review', name)
      if (description === null) throw new Error(`${name} was not started`)
      executions.keep({
        description,
        definition: await real.subject.executions.definition('agreement-review', name),
        history: await real.subject.executions.history('agreement-review', name),
      })
    },
  }
  return { subject, close: real.close }
}

onEach<Subject>(
  { 'Executions in Step Functions': openReal, 'Executions in memory': openMemory },
  (subject) => {
    it('tells where an execution stands, and with what it was started', async () => {
      const { executions, run } = subject()
      const name = fresh('review-2014-svendborg-a')
      await run(name)
      const described = await executions.describe('agreement-review', name)
      expect(described).toEqual({
        machine: 'agreement-review',
        name,
        status: 'RUNNING',
        startedAt: '2015-01-15T08:00:00.000Z',
        endedAt: null,
        input: '{"stream":"REVIEW#2014#a","attempt":1}',
        output: null,
        error: null,
        cause: null,
      })
    })

    it('gives the definition it runs and its history, from which the open wait can be told', async () => {
      const { executions, run } = subject()
      const name = fresh('review-2014-svendborg-a')
      await run(name)
      const graph = graphOf(await executions.definition('agreement-review', name))
      expect(graph.states.map((state) => state.name)).toEqual(['Wait', 'Ended'])
      const events = await executions.history('agreement-review', name)
      expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1))
      expect(openWaits(progressOf(events, 'RUNNING'), [])).toMatchObject([
        { state: 'Wait', kind: 'reply', looksAgainAt: '2015-01-15T08:16:40.000Z', registered: false },
      ])
    })

    it('gives the whole way of one that has ended', async () => {
      const { executions, run } = subject()
      const name = fresh('review-2014-svendborg-a')
      await run(name, { end: true })
      expect(await executions.describe('agreement-review', name)).toMatchObject({
        status: 'SUCCEEDED',
        endedAt: '2015-01-15T08:00:00.000Z',
        output: '{}',
      })
      const { visits, steps } = progressOf(await executions.history('agreement-review', name), 'SUCCEEDED')
      expect(visits.map(({ state, end }) => [state, end])).toEqual([
        ['Wait', 'succeeded'],
        ['Ended', 'succeeded'],
      ])
      expect(steps).toEqual([{ from: 'Wait', to: 'Ended', times: 1 }])
    })

    it('knows nothing of an execution that is not, or of another machine', async () => {
      const { executions, run } = subject()
      const name = fresh('review-2014-svendborg-a')
      await run(name)
      for (const [machine, asked] of [
        ['agreement-review', 'never-started'],
        ['renegotiation', name],
      ] as const) {
        expect(await executions.describe(machine, asked)).toBeNull()
        expect(await executions.definition(machine, asked)).toBeNull()
        expect(await executions.history(machine, asked)).toEqual([])
      }
    })

    it('lists the newest first, of one status or all', async () => {
      const { executions, run } = subject()
      const [older, newer] = [fresh('review-2014-svendborg-a'), fresh('review-2014-svendborg-a')]
      await run(older, { end: true })
      await run(newer)
      const names = async (status: 'RUNNING' | 'SUCCEEDED' | null) =>
        (await executions.list('agreement-review', { status, from: null })).executions.map((one) => one.name)
      expect((await names(null)).slice(0, 2)).toEqual([newer, older])
      expect((await names('SUCCEEDED'))[0]).toBe(older)
      expect(await names('RUNNING')).not.toContain(older)
      expect(await executions.list('renegotiation', { status: null, from: null })).toEqual({
        executions: [],
        next: null,
      })
    })

    it('lists page by page, each execution once, and begins again at a place that is none any more', async () => {
      const { executions, run } = subject()
      for (let count = 0; count < 55; count += 1) await run(fresh('review-2014-many-a'))
      const names: string[] = []
      let from: string | null = null
      do {
        const page: Awaited<ReturnType<Executions['list']>> = await executions.list('agreement-review', {
          status: null,
          from,
        })
        names.push(...page.executions.map((one) => one.name))
        from = page.next
      } while (from !== null)
      expect(names.length).toBeGreaterThanOrEqual(55)
      expect(new Set(names).size).toBe(names.length)
      const again = await executions.list('agreement-review', { status: null, from: 'no-such-place' })
      expect(again.executions[0]?.name).toBe(names[0])
    })
  },
)
