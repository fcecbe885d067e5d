import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as z from 'zod'
import type { ClockMode, DueTimer, MoveOutcome } from './clock-source.ts'
import type { WorkInHand } from './work-ledger.ts'

/** The clock as the control sees it. */
export interface ControlledClock {
  readonly mode: ClockMode
  nowIso(): string
  nextDue(): DueTimer | undefined
  ledger(): readonly WorkInHand[]
  moveTo(iso: string, options: { force?: boolean }): Promise<MoveOutcome>
  moveToNext(options: { force?: boolean }): Promise<MoveOutcome>
}

/** What the command line shows of the clock. */
export const clockStateSchema = z.object({
  nowAt: z.iso.datetime(),
  mode: z.enum(['moved', 'manual', 'real']),
  next: z.object({ source: z.string(), at: z.iso.datetime() }).nullable(),
  inHand: z.array(z.object({ reason: z.string(), count: z.int(), oldestMs: z.number() })),
})
export type ClockState = z.infer<typeof clockStateSchema>

/** How a move ended, and the clock after it. */
export const clockMovedSchema = z.object({
  reached: z.boolean(),
  because: z.string().nullable(),
  clock: clockStateSchema,
})
type ClockMoved = z.infer<typeof clockMovedSchema>

const moveSchema = z.union([
  z.strictObject({ to: z.iso.datetime(), force: z.boolean().default(false) }),
  z.strictObject({ next: z.literal(true), force: z.boolean().default(false) }),
])

/**
 * The operator's hand on the local clock: `GET <base>/clock` shows it, `POST <base>/clock` moves it. Mount it
 * without holding the clock: a request that waits for the clock to move must not keep it standing.
 */
export function controlPages(options: { base: string; clock: ControlledClock }): Hono {
  const { clock } = options
  const app = new Hono().basePath(options.base)
  // A page of anybody's could otherwise move the clock of this machine; the command line is no browser.
  app.use(async (c, next) => {
    if (c.req.header('origin') !== undefined || c.req.header('sec-fetch-site') !== undefined)
      throw new HTTPException(403, { message: 'not for browsers' })
    await next()
  })
  app.get('/clock', (c) => c.json(stateOf(clock)))
  app.post('/clock', async (c) => {
    const move = moveSchema.safeParse(await c.req.json().catch(() => null))
    if (!move.success) return c.json({ message: z.prettifyError(move.error) }, 400)
    const { force } = move.data
    try {
      const moved =
        'to' in move.data ? await clock.moveTo(move.data.to, { force }) : await clock.moveToNext({ force })
      return c.json({
        reached: moved.reached,
        because: moved.reached ? null : moved.because,
        clock: stateOf(clock),
      } satisfies ClockMoved)
    } catch (error) {
      // Back in time, or a clock that cannot be moved: the clock's own words.
      return c.json({ message: error instanceof Error ? error.message : String(error) }, 409)
    }
  })
  return app
}

const stateOf = (clock: ControlledClock): ClockState => {
  const next = clock.nextDue()
  return {
    nowAt: clock.nowIso(),
    mode: clock.mode,
    next: next === undefined ? null : { source: next.source, at: new Date(next.dueMs).toISOString() },
    inHand: clock.ledger().map((one) => ({ ...one })),
  }
}
