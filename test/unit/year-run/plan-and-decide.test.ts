import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../functions/domain/base/stream.ts'
import { addMs, atCopenhagen } from '../../../functions/domain/base/time.ts'
import { attach, executionLost } from '../../../functions/domain/casefile/attempts.ts'
import { expectation } from '../../../functions/domain/casefile/plan.ts'
import {
  freezeReport,
  listAgreement,
  makeManifest,
  nextToStart,
  openRun,
  outdateReport,
  recordChecked,
  recordCompiled,
  recordStarted,
} from '../../../functions/domain/year-run/decide.ts'
import { runCommands, type RunCommand } from '../../../functions/domain/year-run/commands.ts'
import type { Decider } from '../../../functions/domain/base/command.ts'
import { waitsHeld } from '../../../functions/domain/casefile/open-task.ts'
import { openTasks, runHolds } from '../../../functions/domain/year-run/open-tasks.ts'
import { planRun } from '../../../functions/domain/year-run/plan.ts'
import { noRun, yearRun, type RunState, type RunEvent } from '../../../functions/domain/year-run/state.ts'
import {
  agreementIdSchema,
  personIdSchema,
  type MinistryRole,
} from '../../../functions/domain/base/values.ts'

const on = (date: string, time = '09:00') => atCopenhagen(date, time)
const id = (name: string) => agreementIdSchema.parse(name)
const ids = Array.from({ length: 150 }, (_, index) => id(`aftale-${index}`))
const asked = (count: number) =>
  ids.slice(0, count).map((agreement) => ({ agreement, municipalities: ['479'], targets: 3 }))
const approver = { id: personIdSchema.parse('anders'), roles: ['approver'] as MinistryRole[], barredFrom: [] }
const subject = 'a'.repeat(64)
const files = [{ name: 'report.html', archiveKey: 'k', sha256: 'b'.repeat(64) }]

const commit = (state: RunState, decision: Decision<RunEvent>, at: string): RunState => {
  if (!decision.ok) throw new Error(decision.refusal.message)
  return decision.events.reduce(
    (before, event) =>
      yearRun.evolve(before, event, { seq: 1, at, actor: { by: 'system', name: 't' }, commandId: '' }),
    state,
  )
}
const opened = commit(noRun, openRun(noRun, 2014, '2014-12-01'), on('2014-12-01'))
const prepared = (count = 2): RunState => {
  const decision = makeManifest(opened, { asked: asked(count), leftOut: [] }, 1, on('2014-12-01'))
  return commit(opened, decision, on('2014-12-01'))
}
const decideRun = (state: RunState, command: RunCommand, who: Decider) =>
  runCommands.decide(state, command, who, '', {})
const released = (count = 2): RunState => {
  const state = prepared(count)
  return commit(state, decideRun(state, { do: 'release', agreements: ids }, approver), on('2015-01-12'))
}
const started = (): RunState => {
  const state = released()
  return commit(state, recordStarted(state, nextToStart(state), 1), on('2015-01-15'))
}
const madeReport = { subject, archiveKey: 'k', unfinished: [], openCorrections: 0 }
const compile = (state: RunState, at: string): RunState =>
  commit(state, recordCompiled(state, { ...madeReport, outdatings: state.outdatings }, 0, 1, at), at)
const checked = (): RunState => {
  const state = compile(started(), on('2015-08-10'))
  return commit(state, recordChecked(state, state.started, 1), on('2015-08-10'))
}

describe('what a year waits for from the ministry', () => {
  const kinds = (state: RunState, today = '2015-12-31') =>
    openTasks(state, today, null).map(({ kind }) => kind)
  const everyState = () => [
    opened,
    prepared(),
    released(),
    started(),
    compile(started(), on('2015-08-10')),
    checked(),
    compile(checked(), on('2015-08-25', '00:00')),
  ]

  it('is open exactly while its plan waits for the ministry', () => {
    for (const state of everyState()) {
      const plan = planRun(state, 0, on('2015-12-31'))
      const holding = openTasks(state, '2015-12-31', null).map(({ kind }) => runHolds[kind])
      if (plan.next === 'wait' && waitsHeld(runHolds).includes(plan.kind))
        expect(holding).toContain(plan.kind)
      if (holding.includes('report-approval')) expect(plan).toMatchObject({ kind: 'report-approval' })
    }
    expect(kinds(prepared())).toEqual(['release'])
    expect(kinds(compile(checked(), on('2015-08-25', '00:00')))).toEqual(['report'])
  })

  it('is the corrections first, in their reviews, while one is open that the report was compiled with', () => {
    const state = checked()
    const report = { ...madeReport, openCorrections: 1, outdatings: state.outdatings }
    const at = on('2015-08-25', '00:00')
    const compiled = commit(state, recordCompiled(state, report, 0, 1, at), at)
    expect(openTasks(compiled, '2015-08-26', null)).toMatchObject([
      { kind: 'fact-check', turn: ['caseworker'], elsewhere: true },
    ])
  })
})

describe('the run of a year', () => {
  it('goes from the opening to the frozen report on the days of the calendar', () => {
    expect(planRun(opened, 0, on('2014-12-01'))).toEqual({ next: 'step', step: 'prepare' })
    expect(planRun(prepared(), 0, on('2015-02-01'))).toEqual({ next: 'wait', kind: 'release', until: null })
    expect(planRun(released(), 0, on('2015-01-12'))).toEqual({
      next: 'wait',
      kind: 'request-day',
      until: on('2015-01-15'),
    })
    expect(planRun(released(), 0, on('2015-01-15'))).toEqual({ next: 'step', step: 'start-reviews' })
    expect(planRun(started(), 2, on('2015-01-16'))).toEqual({
      next: 'wait',
      kind: 'reviews',
      until: on('2015-08-10'),
    })
    expect(planRun(started(), 0, on('2015-06-01'))).toMatchObject({ kind: 'fact-check-day' })
    expect(planRun(started(), 1, on('2015-08-10')), 'with what there is').toEqual({
      next: 'step',
      step: 'compile',
    })
    const compiled = compile(started(), on('2015-08-10'))
    expect(planRun(compiled, 0, on('2015-08-10', '09:01'))).toEqual({ next: 'step', step: 'fact-check' })
    expect(planRun(checked(), 0, on('2015-08-11'))).toEqual({
      next: 'wait',
      kind: 'fact-check',
      until: on('2015-08-25', '00:00'),
    })
    expect(planRun(checked(), 0, on('2015-08-25', '00:00')), 'silence does not block').toEqual({
      next: 'step',
      step: 'compile',
    })
    const final = compile(checked(), on('2015-08-25', '00:00'))
    expect(planRun(final, 0, on('2015-12-31')), 'no time limit approves').toEqual({
      next: 'wait',
      kind: 'report-approval',
      until: null,
    })
    const approved = commit(
      final,
      decideRun(final, { do: 'approve-report', subject }, approver),
      on('2015-08-26'),
    )
    expect(planRun(approved, 0, on('2015-08-26'))).toEqual({
      next: 'wait',
      kind: 'reporting-day',
      until: on('2015-09-01'),
    })
    const frozen = commit(
      approved,
      freezeReport(approved, { frozenOn: '2015-09-01', files }, 1, on('2015-09-01')),
      on('2015-09-01'),
    )
    expect(planRun(frozen, 0, on('2015-09-02'))).toEqual({ next: 'ended' })
  })

  it('plans the same until the moment it names', () => {
    const states = [prepared(), released(), started(), checked()]
    for (const state of states) {
      const now = on('2015-01-13', '11:00')
      const plan = planRun(state, 1, now)
      const later = plan.next === 'wait' && plan.until !== null ? addMs(plan.until, -1) : on('2016-01-01')
      expect(expectation(planRun(state, 1, later))).toBe(expectation(plan))
    }
  })

  it('compiles again when the report was sent back, without a second fact check', () => {
    const final = compile(checked(), on('2015-08-25', '00:00'))
    const back = commit(
      final,
      decideRun(final, { do: 'send-report-back', subject, reason: 'forklar' }, approver),
      on('2015-08-26'),
    )
    expect(planRun(back, 0, on('2015-08-26'))).toEqual({ next: 'step', step: 'compile' })
    expect(planRun(compile(back, on('2015-08-26')), 0, on('2015-08-26'))).toMatchObject({
      kind: 'report-approval',
    })
  })

  it('starts a hundred reviews a call, in the order of the manifest', () => {
    const state = released(150)
    expect(nextToStart(state)).toEqual(ids.slice(0, 100))
    const after = commit(state, recordStarted(state, nextToStart(state), 1), on('2015-01-15'))
    expect(nextToStart(after)).toEqual(ids.slice(100))
    expect(recordStarted(after, ids.slice(0, 100), 1)).toEqual({ ok: true, events: [] })
  })
})

describe('a decision on the run', () => {
  it('opens a year once', () => {
    expect(openRun(opened, 2014, '2014-12-02')).toEqual({ ok: true, events: [] })
  })

  it('takes an approver, and releases only what is asked and waits', () => {
    const release = { do: 'release', agreements: ids } as const
    expect(decideRun(prepared(), release, { ...approver, roles: ['caseworker'] })).toMatchObject({
      refusal: { kind: 'role' },
    })
    expect(decideRun(opened, release, approver)).toMatchObject({ refusal: { kind: 'status' } })
    expect(decideRun(prepared(2), release, approver)).toMatchObject({
      events: [{ type: 'Released', agreements: ids.slice(0, 2) }],
    })
    expect(decideRun(released(), release, approver)).toMatchObject({ refusal: { kind: 'nothing-new' } })
  })

  it('is void on a report that was compiled anew', () => {
    const final = compile(checked(), on('2015-08-25', '00:00'))
    const command = { do: 'approve-report', subject: 'c'.repeat(64) } as const
    expect(decideRun(final, command, approver)).toMatchObject({ refusal: { kind: 'superseded' } })
    expect(decideRun(final, { do: 'send-report-back', subject, reason: ' ' }, approver)).toMatchObject({
      refusal: { kind: 'reason' },
    })
  })

  it('commits nothing when it is not its turn, and is refused to a lower attempt', () => {
    const report = { ...madeReport, outdatings: 0 }
    expect(recordCompiled(started(), report, 1, 1, on('2015-06-01'))).toEqual({ ok: true, events: [] })
    expect(freezeReport(checked(), { frozenOn: '2015-09-01', files }, 1, on('2015-09-01'))).toEqual({
      ok: true,
      events: [],
    })
    const second = commit(started(), attach(started(), 2, 'run-2014-a2'), on('2015-02-01'))
    expect(recordCompiled(second, report, 0, 1, on('2015-08-10'))).toMatchObject({
      refusal: { kind: 'stale-attempt' },
    })
    expect(recordChecked(second, ids, 1)).toMatchObject({ refusal: { kind: 'stale-attempt' } })
    expect(recordStarted(second, ids, 1)).toMatchObject({ refusal: { kind: 'stale-attempt' } })
  })

  it('is void when a correction of the fact check is decided on; the report is compiled anew', () => {
    const one = id('a-rk')
    const at = on('2015-08-25', '00:00')
    const final = compile(checked(), at)
    const approved = commit(final, decideRun(final, { do: 'approve-report', subject }, approver), at)
    const outdated = commit(approved, outdateReport(approved, one), at)
    expect(outdated).toMatchObject({ status: 'compiled', approvedBy: null })
    expect(decideRun(outdated, { do: 'approve-report', subject }, approver)).toMatchObject({
      refusal: { kind: 'superseded' },
    })
    expect(planRun(outdated, 0, at)).toEqual({ next: 'step', step: 'compile' })
    expect(planRun(compile(outdated, at), 0, at)).toMatchObject({ kind: 'report-approval' })
    expect(outdateReport(started(), one), 'no pages are out').toEqual({ ok: true, events: [] })
  })

  it('takes no report that was read before the correction was decided on', () => {
    const at = on('2015-08-25', '00:00')
    const before = checked()
    const outdated = commit(before, outdateReport(before, id('a-rk')), at)
    expect(recordCompiled(outdated, { ...madeReport, outdatings: before.outdatings }, 0, 1, at)).toEqual({
      ok: true,
      events: [],
    })
  })

  it('approves no report with a correction that nobody has decided on', () => {
    const at = on('2015-08-25', '00:00')
    const report = { ...madeReport, openCorrections: 1, outdatings: 0 }
    const final = commit(checked(), recordCompiled(checked(), report, 0, 1, at), at)
    expect(decideRun(final, { do: 'approve-report', subject }, approver)).toMatchObject({
      refusal: { kind: 'open-corrections' },
    })
  })

  it('lists a late agreement once, and none in a frozen run', () => {
    const entry = { agreement: id('ny-p15'), municipalities: ['479'], reason: 'first-year-next' as const }
    const listed = commit(started(), listAgreement(started(), entry), on('2015-04-20'))
    expect(listed.leftOut).toEqual([entry])
    expect(listAgreement(listed, entry)).toEqual({ ok: true, events: [] })
  })
})

describe('an execution that is lost', () => {
  const lost = (state: RunState, attempt: number) =>
    commit(state, executionLost(state, { attempt, execution: 'x', status: 'FAILED' }), on('2015-02-01'))

  it('leaves the run stuck until the next attempt, also when it never attached', () => {
    expect(lost(started(), 1).attempts.lost).toBe(true)
    const second = commit(lost(started(), 1), attach(lost(started(), 1), 2, 'x'), on('2015-02-02'))
    expect(second.attempts).toEqual({ attached: 2, lost: false })
    expect(lost(second, 3).attempts.lost, 'the third never came to attach').toBe(true)
    expect(executionLost(second, { attempt: 1, execution: 'x', status: 'FAILED' })).toEqual({
      ok: true,
      events: [],
    })
  })
})
