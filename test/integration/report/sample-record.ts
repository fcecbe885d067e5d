import type { AgreementFile } from '../../../functions/domain/agreement/content.ts'
import { agreementStream, reviewStream, runStream } from '../../../functions/domain/base/stream-id.ts'
import { personIdSchema, type AgreementId } from '../../../functions/domain/base/values.ts'
import { runCommands, type RunCommand } from '../../../functions/domain/year-run/commands.ts'
import { runCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase, perform } from '../../../functions/handlers/record/perform.ts'
import { makeStartYear } from '../../../functions/handlers/schedules/start-year.ts'
import { placeInYear } from '../../../functions/domain/year-run/place-in-year.ts'
import { reportFileNames } from '../../../functions/web/report/report-files.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { agreementEvents } from '../../fixtures/report/agreement-events.ts'
import { foldAgreement } from '../../fixtures/report/folding.ts'
import { letterEvent, reviewEvents, type ReviewOptions } from '../../fixtures/report/review-events.ts'
import { sampleAgreements, sampleFigures } from '../../fixtures/report/sample-year.ts'
import { appendTo } from '../../support/append-events.ts'
import { openPorts } from '../../support/world.ts'
import type { RunEvent } from '../../../functions/domain/year-run/state.ts'
import { makeCompileReport } from '../../../functions/handlers/tasks/compile-report.ts'
import { makeFreezeReport } from '../../../functions/handlers/tasks/freeze-report.ts'
import { makeAttachRun } from '../../../functions/handlers/tasks/attach-run.ts'

export const stream = runStream(2014)
export const names = reportFileNames(2014)
export const task = (entered: string) => ({ stream, attempt: 1, entered })
export const approver = { id: personIdSchema.parse('anders'), roles: ['approver' as const], barredFrom: [] }

/** A record of these agreements with their reviews, and a run of 2014 that has started them all. */
export const startedRecord = async (
  files: readonly AgreementFile[],
  optionsOf: (id: AgreementId) => ReviewOptions,
) => {
  const ports = await openPorts('2014-12-01T08:00:00.000Z')
  const append = appendTo(ports)
  await makeStartYear(ports)({ year: 2014 })
  await makeAttachRun(ports)({ ...task('2014-12-01T08:00:00.000Z'), execution: 'run-2014-a1' })
  ports.clock.set('2015-03-26T08:00:00.000Z')
  const places = []
  for (const file of files) {
    const { id } = file.agreement
    await ports.register.addAgreement(id)
    for (const contact of file.contacts) await ports.contacts.put(id, contact)
    await append(agreementStream(id), agreementEvents(file))
    const place = placeInYear(id, foldAgreement(agreementEvents(file)), 2014)
    places.push(place)
    if ('asked' in place) await append(reviewStream(2014, id), reviewEvents(file, optionsOf(id)))
  }
  const asked = places.flatMap((place) => ('asked' in place ? [place.asked] : []))
  const leftOut = places.flatMap((place) => ('leftOut' in place ? [place.leftOut] : []))
  const agreements = asked.map((entry) => entry.agreement)
  await append(stream, [
    { type: 'ManifestMade', v: 1, asked, leftOut },
    { type: 'Released', v: 1, agreements, by: approver.id },
    { type: 'ReviewsStarted', v: 1, agreements },
  ] satisfies RunEvent[])
  const state = async () => (await loadCase(ports, runCase, stream)).state
  return { ports, append, agreements, state }
}
export type Recorded = Awaited<ReturnType<typeof startedRecord>>

/** The record of the sample year. */
export const record = (options: Readonly<Record<string, ReviewOptions>> = {}): Promise<Recorded> =>
  startedRecord(
    [svendborg, ...sampleAgreements.filter((file) => file.agreement.id !== svendborg.agreement.id)],
    (id) => options[id] ?? { figures: sampleFigures[id] ?? {} },
  )

export const compile = async ({ ports, state }: Recorded, at: string) => {
  ports.clock.set(at)
  await makeCompileReport(ports)(task(at))
  return (await state()).report
}
export const decide = ({ ports }: Recorded, command: RunCommand & { readonly subject: string }) =>
  perform(ports, runCase, stream, {
    id: `${command.do}/${command.subject}`,
    actor: { by: 'person', personId: approver.id, roles: approver.roles },
    decide: (run, now) => runCommands.decide(run, command, approver, now, {}),
  })
export const approve = (recorded: Recorded, subject: string) =>
  decide(recorded, { do: 'approve-report', subject })
export const text = async ({ ports }: Recorded, key: string) => {
  const bytes = await ports.archive.get(key)
  return bytes === null ? null : new TextDecoder().decode(bytes)
}

/** To the approved report: compiled, sent for fact check, compiled again after it. */
export const toApproval = async (recorded: Recorded) => {
  const { append, agreements } = recorded
  const first = await compile(recorded, '2015-08-10T07:00:00.000Z')
  await append(stream, [{ type: 'FactChecksSent', v: 1, agreements } satisfies RunEvent])
  for (const id of agreements)
    await append(reviewStream(2014, id), [
      letterEvent(
        'fact-check',
        id === 'broenderslev-m-fl-pa' ? '810' : (codeOf(id) ?? ''),
        first?.subject ?? '',
      ),
    ])
  const final = await compile(recorded, '2015-08-24T22:00:00.000Z')
  return { first: first!, final: final! }
}

/** To the frozen report: approved, and the reporting date has come. */
export const frozen = async () => {
  const recorded = await record()
  const { final } = await toApproval(recorded)
  await approve(recorded, final.subject)
  recorded.ports.clock.set('2015-09-01T07:00:00.000Z')
  await makeFreezeReport(recorded.ports)(task('2015-09-01T07:00:00.000Z'))
  return recorded
}
const codeOf = (id: string) =>
  [svendborg, ...sampleAgreements].find((file) => file.agreement.id === id)?.agreement.parties[0]
    ?.municipality
