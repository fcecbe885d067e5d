import { expect, test } from 'vitest'
import { runStream } from '../../../functions/domain/base/stream-id.ts'
import { agreementIdSchema, personIdSchema } from '../../../functions/domain/base/values.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { runCase } from '../../../functions/handlers/streams/cases.ts'
import { makeStartYear } from '../../../functions/handlers/schedules/start-year.ts'
import { appendTo } from '../../support/append-events.ts'
import { on, openPorts } from '../../support/world.ts'
import type { RunEvent } from '../../../functions/domain/year-run/state.ts'
import { makePlanNext } from '../../../functions/handlers/tasks/plan-next.ts'
import { makeAttachRun } from '../../../functions/handlers/tasks/attach-run.ts'
import { makeSendFactChecks } from '../../../functions/handlers/tasks/send-fact-checks.ts'
import { makeStartReviews } from '../../../functions/handlers/tasks/start-reviews.ts'

const stream = runStream(2014)
const asked = Array.from({ length: 101 }, (_, nth) =>
  agreementIdSchema.parse(`aftale-${String(nth + 1).padStart(3, '0')}`),
)

/** A released run of 101 agreements, and its workflow's loop: every task is entered in one and the same instant. */
const released = async () => {
  const ports = await openPorts(on('2014-12-01', '08:00'))
  const append = appendTo(ports)
  const visit = () => ({ stream, attempt: 1, entered: ports.clock.now() })
  await makeStartYear(ports)({ year: 2014 })
  await makeAttachRun(ports)({ ...visit(), execution: 'run-2014-a1' })
  await append(stream, [
    {
      type: 'ManifestMade',
      v: 1,
      asked: asked.map((agreement) => ({ agreement, municipalities: ['479'], targets: 1 })),
      leftOut: [],
    },
    { type: 'Released', v: 1, agreements: asked, by: personIdSchema.parse('anders') },
  ] satisfies RunEvent[])
  const state = async () => (await loadCase(ports, runCase, stream)).state
  const plan = async () => (await makePlanNext(ports)({ ...visit(), startedAt: ports.clock.now() })).next
  const repeat = async (task: ReturnType<typeof makeStartReviews>, next: string) => {
    let visits = 0
    for (; visits < 5 && (await plan()) === next; visits += 1) await task(visit())
    return visits
  }
  return { ports, append, state, plan, repeat, visit }
}

test('a run of 101 agreements on a clock that stands still starts them all', async () => {
  const { ports, state, plan, repeat } = await released()
  ports.clock.set(on('2015-01-15', '09:00'))
  expect(await repeat(makeStartReviews(ports), 'start-reviews')).toBe(2)
  expect((await state()).started).toEqual(asked)
  expect(ports.workflows.executions().filter(({ machine }) => machine === 'agreement-review')).toHaveLength(
    101,
  )
  expect(await plan()).toBe('wait')
})

test('and sends all of them their pages', async () => {
  const { ports, append, state, repeat } = await released()
  ports.clock.set(on('2015-08-10', '09:00'))
  const subject = 'a'.repeat(64)
  await append(stream, [
    { type: 'ReviewsStarted', v: 1, agreements: asked },
    { type: 'ReportCompiled', v: 1, subject, archiveKey: 'report', unfinished: [], openCorrections: 0 },
  ] satisfies RunEvent[])
  expect(await repeat(makeSendFactChecks(ports), 'fact-check')).toBe(2)
  expect((await state()).checked).toEqual(asked)
})

test('a visit repeated after its commit, in the same instant, does nothing again', async () => {
  const { ports, repeat, visit } = await released()
  ports.clock.set(on('2015-01-15', '09:00'))
  await repeat(makeStartReviews(ports), 'start-reviews')
  const commits = await ports.streams.load(stream)
  const [head] = await ports.listEntries.list('runs')
  await makeStartReviews(ports)(visit())
  expect(await ports.streams.load(stream)).toEqual(commits)
  expect(await ports.listEntries.list('runs')).toEqual([head])
})
