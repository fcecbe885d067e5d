import { describe, expect, test } from 'vitest'
import { memoryPorts } from '../../../functions/adapters/memory/ports.ts'
import { pagesKey, reportKey } from '../../../functions/domain/report/archive-keys.ts'
import type { BaseEvent } from '../../../functions/domain/stream.ts'
import {
  agreementStream,
  inboxStream,
  renegotiationStream,
  reviewStream,
  runStream,
  type StreamId,
} from '../../../functions/domain/stream-id.ts'
import { personIdSchema } from '../../../functions/domain/values.ts'
import { decideRun } from '../../../functions/domain/year-run/decide.ts'
import type { RunEvent } from '../../../functions/domain/year-run/events.ts'
import { runCase } from '../../../functions/handlers/cases/run-case.ts'
import { makeReadReport, makeReadReportFile } from '../../../functions/handlers/read-report.ts'
import { loadCase, perform } from '../../../functions/handlers/record/perform.ts'
import { makeCompileReport, makeFreezeReport } from '../../../functions/handlers/report-tasks.ts'
import { makeAttachRun, makeStartYear, placeInYear } from '../../../functions/handlers/run-tasks.ts'
import { makeVerifyReport } from '../../../functions/handlers/verify-report.ts'
import { makeYearSummary } from '../../../functions/handlers/year-summary.ts'
import { reportFileNames } from '../../../functions/web/report/report-files.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import {
  agreementEvents,
  foldAgreement,
  letterEvent,
  mailEvent,
  reviewEvents,
  sampleAgreements,
  sampleFigures,
  type ReviewOptions,
} from '../../fixtures/report/year-record.ts'

/** An event with whatever fields it has. */
type Stored = BaseEvent & { readonly [field: string]: unknown }

const stream = runStream(2014)
const names = reportFileNames(2014)
const task = (entered: string) => ({ stream, attempt: 1, entered })
const approver = { id: personIdSchema.parse('anders'), roles: ['approver' as const] }

/** A record in memory: agreements with their reviews, and a run that has started them all. */
async function record(options: Readonly<Record<string, ReviewOptions>> = {}) {
  const ports = memoryPorts('2014-12-01T08:00:00.000Z')
  const append = async (to: StreamId, events: readonly Stored[]) => {
    for (const event of events) {
      const before = (await ports.streams.load(to)).at(-1)
      await ports.streams.append(to, {
        seq: (before?.meta.seq ?? 0) + 1,
        at: ports.clock.now(),
        actor: { by: 'system', name: 'test' },
        commandId: `${to}/${(before?.meta.seq ?? 0) + 1}`,
        prev: before?.hash ?? '0'.repeat(64),
        events: [event],
      })
    }
  }
  await makeStartYear(ports)({ year: 2014 })
  await makeAttachRun(ports)({ ...task('2014-12-01T08:00:00.000Z'), execution: 'run-2014-a1' })
  const files = [
    svendborg,
    ...sampleAgreements.filter((file) => file.agreement.id !== svendborg.agreement.id),
  ]
  const places = []
  for (const file of files) {
    const id = file.agreement.id
    await ports.register.addAgreement(id)
    await append(agreementStream(id), agreementEvents(file))
    const place = placeInYear(id, foldAgreement(agreementEvents(file)), 2014)
    places.push(place)
    if ('asked' in place)
      await append(
        reviewStream(2014, id),
        reviewEvents(file, options[id] ?? { figures: sampleFigures[id] ?? {} }),
      )
  }
  const asked = places.flatMap((place) => ('asked' in place ? [place.asked] : []))
  const agreements = asked.map((entry) => entry.agreement)
  await append(stream, [
    {
      type: 'ManifestMade',
      v: 1,
      asked,
      leftOut: places.flatMap((place) => ('leftOut' in place ? [place.leftOut] : [])),
    },
    { type: 'Released', v: 1, agreements, by: approver.id },
    { type: 'ReviewsStarted', v: 1, agreements },
  ] satisfies RunEvent[])
  const state = async () => (await loadCase(ports, runCase, stream)).state
  return { ports, append, agreements, state }
}
type Recorded = Awaited<ReturnType<typeof record>>

const compile = async ({ ports, state }: Recorded, at: string) => {
  ports.clock.set(at)
  await makeCompileReport(ports)(task(at))
  return (await state()).report
}
const approve = ({ ports }: Recorded, subject: string) =>
  perform(ports, runCase, stream, {
    id: `approve/${subject}`,
    actor: { by: 'person', personId: approver.id, roles: approver.roles },
    decide: (run) => decideRun(run, { do: 'approve-report', subject }, approver),
  })
const text = async ({ ports }: Recorded, key: string) => {
  const bytes = await ports.archive.get(key)
  return bytes === null ? null : new TextDecoder().decode(bytes)
}

/** To the approved report: compiled, sent for fact check, compiled again after it. */
const toApproval = async (recorded: Recorded) => {
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
const codeOf = (id: string) =>
  [svendborg, ...sampleAgreements].find((file) => file.agreement.id === id)?.agreement.parties[0]
    ?.municipality

describe('compiling the joint report', () => {
  test('archives value, page, table and every agreement’s pages under its hash before the record names it', async () => {
    const recorded = await record()
    const compiled = await compile(recorded, '2015-08-10T07:00:00.000Z')
    expect(compiled).toMatchObject({
      unfinished: [],
      archiveKey: reportKey(2014, compiled!.subject, names.json),
    })
    expect(recorded.ports.digest((await text(recorded, compiled!.archiveKey))!)).toBe(compiled!.subject)
    expect(await text(recorded, reportKey(2014, compiled!.subject, names.page))).toContain(
      'Samlet afrapportering for 2014',
    )
    expect(await text(recorded, reportKey(2014, compiled!.subject, names.csv))).toContain('svendborg-rk')
    for (const agreement of recorded.agreements)
      expect(await text(recorded, pagesKey(2014, compiled!.subject, agreement))).toContain(
        `aftale-${agreement}`,
      )
  })

  test('a retried task changes neither record nor archive', async () => {
    const recorded = await record()
    await compile(recorded, '2015-08-10T07:00:00.000Z')
    const keys = recorded.ports.archive.keys()
    const commits = await recorded.ports.streams.load(stream)
    await compile(recorded, '2015-08-10T07:00:00.000Z')
    expect(recorded.ports.archive.keys()).toEqual(keys)
    expect(await recorded.ports.streams.load(stream)).toEqual(commits)
  })

  test('before its day there is nothing to compile', async () => {
    const recorded = await record()
    expect(await compile(recorded, '2015-08-07T07:00:00.000Z')).toBeNull()
  })

  test('a review that is not finished is named on the record and stands so in the report', async () => {
    const recorded = await record({
      'svendborg-rk': { figures: sampleFigures['svendborg-rk']!, until: 'hearing' },
    })
    const compiled = await compile(recorded, '2015-08-10T07:00:00.000Z')
    expect(compiled?.unfinished).toEqual(['svendborg-rk'])
    expect(await text(recorded, reportKey(2014, compiled!.subject, names.page))).toContain(
      'Ikke afsluttede bedømmelser',
    )
  })

  test('compiled again after the fact check it says who was silent', async () => {
    const recorded = await record()
    const { first, final } = await toApproval(recorded)
    expect(final.subject).not.toBe(first.subject)
    expect(await text(recorded, reportKey(2014, final.subject, names.page))).toContain(
      'ikke kontrolleret af kommunen',
    )
  })
})

describe('Invariant I19: freezing the joint report', () => {
  test('on the reporting date, the bytes compiled and approved; repeated, the same files', async () => {
    const recorded = await record()
    const { final } = await toApproval(recorded)
    await approve(recorded, final.subject)
    recorded.ports.clock.set('2015-09-01T06:59:00.000Z')
    await makeFreezeReport(recorded.ports)(task('2015-09-01T06:59:00.000Z'))
    expect((await recorded.state()).frozen).toBeNull()
    recorded.ports.clock.set('2015-09-01T07:00:00.000Z')
    await makeFreezeReport(recorded.ports)(task('2015-09-01T07:00:00.000Z'))
    const { frozen } = await recorded.state()
    expect(frozen?.on).toBe('2015-09-01')
    expect(frozen?.files.map((file) => file.name).sort()).toEqual(Object.values(names).sort())
    for (const file of frozen!.files) {
      expect(file.archiveKey).toBe(reportKey(2014, final.subject, file.name))
      expect(recorded.ports.digest((await recorded.ports.archive.get(file.archiveKey))!)).toBe(file.sha256)
    }
    const keys = recorded.ports.archive.keys()
    await makeFreezeReport(recorded.ports)(task('2015-09-01T07:00:00.000Z'))
    await makeFreezeReport(recorded.ports)(task('2015-09-01T07:05:00.000Z'))
    expect((await recorded.state()).frozen).toEqual(frozen)
    expect(recorded.ports.archive.keys()).toEqual(keys)
  })

  test('a value that is not what its hash says is not frozen', async () => {
    const recorded = await record()
    const { ports } = recorded
    const { final } = await toApproval(recorded)
    await approve(recorded, final.subject)
    ports.clock.set('2015-09-01T07:00:00.000Z')
    const archive = { ...ports.archive, get: async () => new TextEncoder().encode('{}') }
    await expect(makeFreezeReport({ ...ports, archive })(task('2015-09-01T07:00:00.000Z'))).rejects.toThrow(
      'is not the report that was compiled',
    )
  })

  test('an unapproved report is never frozen by time', async () => {
    const recorded = await record()
    await toApproval(recorded)
    recorded.ports.clock.set('2015-09-02T07:00:00.000Z')
    await makeFreezeReport(recorded.ports)(task('2015-09-02T07:00:00.000Z'))
    expect((await recorded.state()).frozen).toBeNull()
  })
})

describe('verifying the joint report', () => {
  const frozen = async () => {
    const recorded = await record()
    const { final } = await toApproval(recorded)
    await approve(recorded, final.subject)
    recorded.ports.clock.set('2015-09-01T07:00:00.000Z')
    await makeFreezeReport(recorded.ports)(task('2015-09-01T07:00:00.000Z'))
    return recorded
  }

  test('whatever happened since, the record as it was gives the same report', async () => {
    const recorded = await frozen()
    const svendborgs = reviewStream(2014, svendborg.agreement.id)
    await recorded.append(svendborgs, [mailEvent('479', 'late', { 'M1 heraf': '99' })])
    await recorded.append(stream, [
      {
        type: 'AgreementListed',
        v: 1,
        entry: { agreement: 'ny-p15', municipalities: ['101'], reason: 'first-year-next' },
      },
    ])
    expect(await makeVerifyReport(recorded.ports)(2014)).toMatchObject({
      reproducible: true,
      changedStreams: [],
      damagedFiles: [],
      renderedOtherwise: [],
    })
  })

  test('a file whose bytes are gone, and a stream that is another, are found', async () => {
    const recorded = await frozen()
    const { ports } = recorded
    const svendborgs = reviewStream(2014, svendborg.agreement.id)
    const page = (await recorded.state()).frozen!.files.find((file) => file.name === names.page)!
    const verified = await makeVerifyReport({
      ...ports,
      archive: {
        ...ports.archive,
        get: (key) => (key === page.archiveKey ? Promise.resolve(null) : ports.archive.get(key)),
      },
      streams: {
        ...ports.streams,
        load: async (id) => {
          const commits = await ports.streams.load(id)
          return id === svendborgs ? commits.slice(0, -1) : commits
        },
      },
    })(2014)
    expect(verified).toMatchObject({ changedStreams: [svendborgs], damagedFiles: [names.page] })
    expect(await makeVerifyReport(memoryPorts('2015-09-01T07:00:00.000Z'))(2014)).toBeNull()
  })
})

describe('reading the report and the year', () => {
  test('none before it is compiled; then its value and files; checksums once it is frozen', async () => {
    const recorded = await record()
    const read = makeReadReport(recorded.ports)
    expect(await read(2014)).toBeNull()
    const { final } = await toApproval(recorded)
    expect(await read(2014)).toMatchObject({ subject: final.subject, status: 'compiled', frozenOn: null })
    await approve(recorded, final.subject)
    recorded.ports.clock.set('2015-09-01T07:00:00.000Z')
    await makeFreezeReport(recorded.ports)(task('2015-09-01T07:00:00.000Z'))
    const frozen = await read(2014)
    expect(frozen).toMatchObject({ status: 'frozen', frozenOn: '2015-09-01' })
    expect(frozen?.report.agreements).toHaveLength(31)
    const page = await makeReadReportFile(recorded.ports)(2014, names.page)
    expect(recorded.ports.digest(page!.bytes)).toBe(
      frozen?.files.find((file) => file.name === names.page)?.sha256,
    )
    expect(await makeReadReportFile(recorded.ports)(2014, '../secret')).toBeNull()
  })

  test('the summary counts events of the year: letters, mails, verdicts, report', async () => {
    const recorded = await record({
      'svendborg-rk': { figures: sampleFigures['svendborg-rk']!, until: 'collecting' },
    })
    const { ports, append } = recorded
    const svendborgs = reviewStream(2014, svendborg.agreement.id)
    const held = mailEvent('479', 'held-1', { M2: '23' })
    await append(svendborgs, [
      letterEvent('reminder-1', '479'),
      { ...held, standing: 'held' },
      { type: 'HeldMailDecided', v: 1, mailKey: 'held-1', decision: 'counts' },
    ])
    await append(inboxStream('2015-03-01T08:00:00.000Z'), [
      {
        type: 'InboxMailHeld',
        v: 1,
        mailKey: 'lost-1',
        rawSha256: 'x',
        receivedAt: '2015-03-01T08:00:00.000Z',
        reason: 'unknown-address',
        likely: [],
      },
    ])
    ports.clock.set('2015-04-01T08:00:00.000Z')
    const summary = (await makeYearSummary(ports)(2014))!
    expect(summary).toMatchObject({
      year: 2014,
      agreements: 31,
      requested: 31,
      replied: 31,
      reminders: 1,
      held: 2,
      approvals: 30,
      hearings: 30,
      assessed: 30,
      closed: 0,
      report: null,
    })
    expect(Object.values(summary.verdicts).reduce((all, one) => all + one, 0)).toBe(summary.targets - 3)
    // 33 municipalities were asked and answered, one was reminded; two mails more came.
    expect(summary.letters).toEqual({ sent: 34, received: 35 })
    expect(await makeYearSummary(ports)(2013)).toBeNull()
  })

  test('of renegotiations every one that is raised is opened, declined or undecided; of those opened none is lost', async () => {
    const { ports, append } = await record()
    const outcomes = ['declined', 'rider', 'not-accepted', 'lapsed', 'withdrawn', null] as const
    ports.clock.set('2015-03-27T08:00:00.000Z')
    for (const [index, outcome] of outcomes.entries()) {
      const { agreement } =
        sampleAgreements[index]!.agreement.effectiveFrom > '2014-12-31' ? svendborg : sampleAgreements[index]!
      const trigger = {
        seq: 1,
        triggerId: `t${index}`,
        cause: 'assumption',
        assumptionKeys: ['FS1'],
        error: false,
        observationId: null,
        matterId: null,
      }
      await append(agreementStream(agreement.id), [
        { type: 'RenegotiationRaised', v: 1, ...trigger },
        { type: 'TriggerJoined', v: 1, ...trigger, triggerId: `j${index}` },
        ...(outcome === null ? [] : [{ type: 'RenegotiationSettled', v: 1, seq: 1, outcome }]),
      ])
      expect(await ports.streams.load(renegotiationStream(agreement.id, 1))).toEqual([])
    }
    const { renegotiations: counts } = (await makeYearSummary(ports)(2014))!
    expect(counts).toEqual({ raised: 6, opened: 4, declined: 1, agreed: 1, lapsed: 2, withdrawn: 1 })
    expect(counts.opened).toBe(counts.agreed + counts.lapsed + counts.withdrawn)
  })
})
