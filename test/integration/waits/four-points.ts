import type { StreamId } from '../../../functions/domain/base/stream-id.ts'
import type { YearWorld } from './year-world.ts'

/** Where an answer may meet a wait: the order in which two sides act is nobody's choice. */
export const points = [
  'before the function runs',
  'after the token is stored',
  'after the timeout',
  'before the next wait registers',
] as const
export type Point = (typeof points)[number]

/**
 * Lets a wait be registered, and its answer arrive at the point, while everything else stands still: no letter's
 * delivery is told, whose commit would look at the waits once more and hide what was missed.
 */
export const meet = async (
  world: YearWorld,
  stream: StreamId,
  point: Point,
  { trigger, answer }: { trigger: () => Promise<void>; answer: () => Promise<void> },
): Promise<void> => {
  switch (point) {
    case 'before the function runs':
    case 'after the token is stored': {
      const place = point === 'before the function runs' ? 'before' : 'token-stored'
      const gate = world.hold('WaitForRecord', stream, place)
      const triggered = trigger()
      await gate.reached
      await answer()
      gate.letGo()
      await triggered
      break
    }
    case 'after the timeout': {
      await trigger()
      await world.quiet({ deliver: false })
      const gate = world.hold('PlanNext', stream, 'before')
      let timedOut = false
      const moving = (async () => {
        while (!timedOut) await world.clock.moveToNext()
      })()
      await gate.reached
      timedOut = true
      await answer()
      gate.letGo()
      await moving
      break
    }
    case 'before the next wait registers': {
      await trigger()
      await world.quiet({ deliver: false })
      const gate = world.hold('PlanNext', stream, 'answered')
      await world.wake(stream)
      await gate.reached
      await answer()
      gate.letGo()
      break
    }
    default:
      throw new Error(`no point ${String(point satisfies never)}`)
  }
  await world.quiet({ deliver: false })
}
