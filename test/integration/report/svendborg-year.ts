import { reviewStream, runStream, type StreamId } from '../../../functions/domain/base/stream-id.ts'
import { personIdSchema, type MinistryRole } from '../../../functions/domain/base/values.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { decideOnRun } from '../../../functions/handlers/console/decisions.ts'
import { performOwedActs } from '../../../functions/handlers/streams.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { tellReport } from '../../../functions/handlers/report/tell-report.ts'
import type { RunCommand } from '../../../functions/domain/year-run/commands.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { reviewEvents, type ReviewOptions } from '../../fixtures/report/review-events.ts'
import { startedRecord, task } from './sample-record.ts'
import type { ReviewEvent } from '../../../functions/domain/review/state.ts'
import type { RunEvent } from '../../../functions/domain/year-run/state.ts'
import { makeCompileReport } from '../../../functions/handlers/tasks/compile-report.ts'
import { makeFreezeReport } from '../../../functions/handlers/tasks/freeze-report.ts'

const { agreement } = svendborg
/** The one agreement of the year. */
export const id = agreement.id
export const run = runStream(2014)
export const review = reviewStream(2014, id)
export const figures = {
  'M1 i alt': '134',
  'M1 heraf': '61',
  M2: '24,5',
  M3: 'ja, 14. november 2014',
  FS2: '83',
  'H1 udgift': '400000',
}

/** A year of one agreement, its review as far as the options say, and what people decide on it. */
export const startedYear = async (options: Partial<ReviewOptions> = {}) => {
  const recorded = await startedRecord([svendborg], () => ({ figures: { '479': figures }, ...options }))
  const { ports } = recorded
  const afterDecision = (stream: StreamId) => performOwedActs(ports, stream)
  const decide = (command: RunCommand, who: string, ...roles: MinistryRole[]) =>
    decideOnRun({ ...ports, afterDecision }, run, command, {
      decider: { id: personIdSchema.parse(who), roles, barredFrom: [] },
      actor: { by: 'person', personId: who, roles },
      commandId: `${who}/${JSON.stringify([command, roles])}`,
    })
  return { ...recorded, decide }
}
export type StartedYear = Awaited<ReturnType<typeof startedYear>>

/** Compiled, checked in silence, approved, frozen on 1 September. */
export const freeze = async ({ ports, append, state }: StartedYear): Promise<void> => {
  ports.clock.set('2015-08-10T07:00:00.000Z')
  await makeCompileReport(ports)(task('2015-08-10T07:00:00.000Z'))
  await append(run, [{ type: 'FactChecksSent', v: 1, agreements: [id] } satisfies RunEvent])
  ports.clock.set('2015-08-24T22:00:00.000Z')
  await makeCompileReport(ports)(task('2015-08-24T22:00:00.000Z'))
  const subject = (await state()).report!.subject
  await append(run, [
    { type: 'ReportApproved', v: 1, subject, by: personIdSchema.parse('anders') } satisfies RunEvent,
  ])
  ports.clock.set('2015-09-01T07:00:00.000Z')
  await makeFreezeReport(ports)(task('2015-09-01T07:00:00.000Z'))
}

/** A year whose report is frozen. */
export const frozenYear = async (options: Partial<ReviewOptions> = {}) => {
  const year = await startedYear(options)
  await freeze(year)
  const { ports, state } = year
  const frozenBytes = async () => {
    const { frozen } = await state()
    return Promise.all(
      frozen!.files.map(async ({ archiveKey, sha256 }) => [
        sha256,
        ports.digest((await ports.archive.get(archiveKey))!),
      ]),
    )
  }
  return { ...year, frozenBytes }
}
export type FrozenYear = Awaited<ReturnType<typeof frozenYear>>

/** Reopened, judged anew on other figures, heard and finally assessed, at the clock's time. */
export const assessAgain = async (
  { ports, append }: StartedYear,
  at: string,
  changed: Record<string, string>,
  version = 2,
) => {
  ports.clock.set(at)
  const anew = reviewEvents(svendborg, { figures: { '479': { ...figures, ...changed } } })
  const from = anew.findIndex((event) => event.type === 'DraftMade')
  await append(review, [
    { type: 'Reopened', v: 1, by: personIdSchema.parse('anders') },
    ...anew.slice(from).map((event) => (event.type === 'Assessed' ? { ...event, version } : event)),
  ] satisfies ReviewEvent[])
  await tellReport(ports, (await loadCase(ports, reviewCase, review)).state)
}
