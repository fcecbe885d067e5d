import type * as z from 'zod'
import { expectation } from '../../domain/casefile/plan.ts'
import { AlreadySatisfied } from '../../../workflows/errors.ts'
import type { tasks } from '../../../workflows/tasks.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import { withWorkflow } from '../streams.ts'

/**
 * Registers a wait: the token first, then the record. Whoever changes the record commits first, then reads the
 * waits: with this order on both sides at least one sees the other (workflows/README.md, "Waits").
 * @throws AlreadySatisfied when the record has gone on since the plan was made
 */
export const makeWaitForRecord =
  (ports: RecordPorts) =>
  (input: z.infer<typeof tasks.WaitForRecord.input>): Promise<Record<string, never>> =>
    withWorkflow(input.stream, async (kind) => {
      const wait = { kind: input.kind, expects: input.expects, token: input.token }
      await ports.waits.put(input.stream, wait)
      const { state } = await loadCase(ports, kind, input.stream)
      const plan = await kind.plan(state, ports.clock.now(), ports)
      const overtaken = kind.attempts(state).attached > input.attempt
      if (plan === null || overtaken || expectation(plan) !== input.expects) {
        await ports.waits.remove(input.stream, wait)
        throw new AlreadySatisfied(`${input.stream} no longer waits for ${input.kind}`)
      }
      return {}
    })
