import * as z from 'zod'
import { SFNClient } from '@aws-sdk/client-sfn'
import { expect, it } from 'vitest'
import { memoryWorkflows } from '../../functions/adapters/memory/record.ts'
import { makeWorkflows } from '../../functions/adapters/step-functions.ts'
import type { Workflows } from '../../functions/ports/record.ts'
import { openEngine } from '../../infra/local/states/engine.ts'
import { fresh, onEach } from './both.ts'

interface Subject {
  readonly workflows: Workflows
  /** Starts an execution that waits, and gives its token. */
  readonly waiting: (name: string) => Promise<string>
  /** Lets the task of a token time out. */
  readonly timeOut: (token: string) => Promise<void>
  /** Lets a running execution end. */
  readonly end: (name: string) => Promise<void>
}

const payloadSchema = z.object({ name: z.string(), token: z.string() })
const waitSeconds = 1000
const machineOf = (lambda: string) =>
  JSON.stringify({
    Comment: 'Waits once',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: 30_000_000,
    StartAt: 'Wait',
    States: {
      Wait: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        TimeoutSeconds: waitSeconds,
        Arguments: {
          FunctionName: lambda,
          Payload: {
            token: '{% $states.context.Task.Token %}',
            name: '{% $states.context.Execution.Name %}',
          },
        },
        End: true,
      },
    },
  })

async function openReal() {
  let nowMs = Date.parse('2015-01-15T08:00:00Z')
  const tokens = new Map<string, (token: string) => void>()
  const known = new Map<string, string>()
  const engine = openEngine({
    file: ':memory:',
    clock: { now: () => nowMs, hold: () => () => undefined, changed: () => undefined },
    region: 'eu-west-1',
    integrations: {
      lambda: async (_function, payload) => {
        const { name, token } = payloadSchema.parse(payload)
        known.set(name, token)
        tokens.get(name)?.(token)
        return null
      },
    },
  })
  const arn = engine.putStateMachine({
    name: 'agreement-review',
    definition: machineOf('arn:aws:lambda:eu-west-1:111111111111:function:wait'),
  }).stateMachineArn
  engine.start()
  const server = await engine.listen(0)
  const client = new SFNClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  const workflows = makeWorkflows({
    client,
    machines: { 'annual-run': arn, 'agreement-review': arn, renegotiation: arn },
  })
  const settled = async () => {
    while (!engine.idle()) await new Promise((resolve) => setImmediate(resolve))
  }
  const tokenOf = (name: string) =>
    new Promise<string>((resolve) => {
      const token = known.get(name)
      if (token === undefined) tokens.set(name, resolve)
      else resolve(token)
    })
  const subject: Subject = {
    workflows,
    waiting: async (name) => {
      await workflows.start('agreement-review', name, {})
      return tokenOf(name)
    },
    timeOut: async () => {
      await settled()
      nowMs += (waitSeconds + 1) * 1000
      engine.fireDue()
      await settled()
    },
    end: async (name) => {
      await workflows.succeed(await tokenOf(name))
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

function openMemory() {
  const workflows = memoryWorkflows()
  const subject: Subject = {
    workflows,
    waiting: async (name) => {
      await workflows.start('agreement-review', name, {})
      workflows.issueToken(name)
      return name
    },
    timeOut: async (token) => workflows.timeOut(token),
    end: async (name) => workflows.end('agreement-review', name),
  }
  return { subject }
}

onEach<Subject>(
  { 'The workflows in Step Functions': openReal, 'The workflows in memory': openMemory },
  (subject) => {
    it('starts an execution, and says so again while it runs with the same input', async () => {
      const { workflows } = subject()
      const name = fresh('review-2014-svendborg-a')
      const input = { year: 2014, agreement: 'svendborg' }
      expect(await workflows.start('agreement-review', name, input)).toBe('started')
      expect(await workflows.start('agreement-review', name, { ...input })).toBe('started')
    })

    it('tells that a name was used before with another input', async () => {
      const { workflows } = subject()
      const name = fresh('review-2014-svendborg-a')
      await workflows.start('agreement-review', name, { attempt: 1 })
      expect(await workflows.start('agreement-review', name, { attempt: 2 })).toBe('exists')
    })

    it('tells that a name was used before by an execution that has ended', async () => {
      const { workflows, end } = subject()
      const name = fresh('review-2014-svendborg-a')
      await workflows.start('agreement-review', name, {})
      await end(name)
      expect(await workflows.start('agreement-review', name, {})).toBe('exists')
    })

    it('answers a waiting token once, and then it is over', async () => {
      const { workflows, waiting } = subject()
      const token = await waiting(fresh('waiting'))
      expect(await workflows.succeed(token)).toBe('sent')
      expect(await workflows.succeed(token)).toBe('over')
    })

    it('finds a token over whose task has timed out', async () => {
      const { workflows, waiting, timeOut } = subject()
      const token = await waiting(fresh('waiting'))
      await timeOut(token)
      expect(await workflows.succeed(token)).toBe('over')
    })

    it('finds a token over that never was one', async () => {
      expect(await subject().workflows.succeed('no-token-at-all')).toBe('over')
    })
  },
)
