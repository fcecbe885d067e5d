import { makeReconcile, reconcileInputSchema } from '../handlers/schedules/reconcile.ts'
import { makeMailListOfDay } from '../handlers/schedules/anchor-record.ts'
import { makeMailsOfDay } from '../handlers/schedules/send-daily-mails.ts'
import { command } from './wiring.ts'

/** How often a process looks for missing executions too, in real time; its first call always does. */
const sweepEveryMs = 60 * 60 * 1000
let sweptMs: number | null = null

/** A failed sweep is due again at once. */
export const handler = command(reconcileInputSchema, (ports) => async (input) => {
  const due = sweptMs === null || performance.now() - sweptMs >= sweepEveryMs
  const works = { AnchorRecord: makeMailListOfDay(ports), SendDailyMails: makeMailsOfDay(ports) }
  const reconciled = await makeReconcile(ports, works)({ sweep: input.sweep || due })
  if (due) sweptMs = performance.now()
  return reconciled
})
