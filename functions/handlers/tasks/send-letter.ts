import type * as z from 'zod'
import { expectation } from '../../domain/casefile/plan.ts'
import type { tasks } from '../../../workflows/tasks.ts'
import { sendOnce, settleOvertaken, type LetterPorts } from '../letters/send-once.ts'
import { loadCase } from '../record/perform.ts'
import { withLetters } from '../streams.ts'

/**
 * Sends the letter that the plan named, if the record still asks for it: no reminder goes out when a reply has
 * come between the plan and this. One that an earlier attempt may have sent is settled whatever the plan says.
 */
export const makeSendLetter =
  (ports: LetterPorts) =>
  (input: z.infer<typeof tasks.SendLetter.input>): Promise<Record<string, never>> =>
    withLetters(input.stream, async (composer) => {
      const loaded = await loadCase(ports, composer.kind, input.stream)
      const plan = await composer.kind.plan(loaded.state, ports.clock.now(), ports)
      const wanted = expectation({ next: 'letter', order: input.order })
      if (plan !== null && expectation(plan) === wanted)
        await sendOnce(ports, composer, input.stream, input.order, loaded)
      else await settleOvertaken(ports, composer, input.stream, input.order, loaded)
      return {}
    })
