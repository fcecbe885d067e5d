import { afterEach, describe, expect, it } from 'vitest'
import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import { personIdSchema, type MinistryRole } from '../../../functions/domain/base/values.ts'
import { runStream } from '../../../functions/domain/base/stream-id.ts'
import type { RunCommand } from '../../../functions/domain/year-run/commands.ts'
import { decideOnRun } from '../../../functions/handlers/console/decisions.ts'
import { reportPageInput } from '../../../functions/handlers/console/report-page-input.ts'
import { performOwedActs } from '../../../functions/handlers/streams.ts'
import { makeRecordObservations } from '../../../functions/handlers/operator/record-observations.ts'
import { makeVerifyReport } from '../../../functions/handlers/operator/verify-report.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { approve, asked, finished, inHearing, recommend, vouchedFor } from '../waits/stages.ts'
import { agreement, openYearWorld, review, type YearWorld } from '../waits/year-world.ts'
import { on } from '../../support/world.ts'
import { makeAssessFinally } from '../../../functions/handlers/tasks/assess-finally.ts'

/** The deployed definitions in the embedded engine, the handlers on the record: from the request to the sheet. */
let open: YearWorld | null = null
const opened = async (): Promise<YearWorld> => {
  open = await openYearWorld()
  return open
}
afterEach(async () => {
  await open?.close()
  open = null
})

const run = runStream(2014)

const types = async (world: YearWorld): Promise<readonly string[]> =>
  (await world.ports.streams.load(review)).flatMap(({ events }) => events.map(({ type }) => type))

/** Assessed in April, checked in silence in August, the report approved and frozen. */
const frozen = async (): Promise<YearWorld> => {
  const world = await opened()
  await inHearing(world)
  await world.reply('Høringssvar: ingen bemærkninger')
  await world.until(on('2015-08-25', '09:00'))
  const subject = (await world.runState()).report?.subject ?? ''
  await world.decideRun({ do: 'approve-report', subject })
  await world.until(on('2015-09-01', '09:05'))
  expect((await world.runState()).status).toBe('frozen')
  return world
}

const frozenBytes = async (world: YearWorld) =>
  Promise.all(
    ((await world.runState()).frozen?.files ?? []).map(async ({ archiveKey, sha256 }) => {
      const bytes = await world.ports.archive.get(archiveKey)
      return [sha256, bytes === null ? '' : world.ports.digest(bytes)]
    }),
  )

const decide = (world: YearWorld, command: RunCommand, who: string, role: MinistryRole) =>
  decideOnRun(
    { ...world.ports, afterDecision: (stream) => performOwedActs(world.ports, stream) },
    run,
    command,
    {
      decider: { id: personIdSchema.parse(who), roles: [role], barredFrom: [] },
      actor: { by: 'person', personId: who, roles: [role] },
      commandId: `${who}/${JSON.stringify(command)}`,
    },
  )

describe('Edge case 53: reopened after the report is frozen', () => {
  it('Joint report 14, Edge case 53: a mail, a question, a new draft, hearing and assessment, then the sheet and its letter; the report’s bytes stay', async () => {
    const world = await frozen()
    const before = await frozenBytes(world)
    await world.until(on('2015-09-14', '10:00'))
    await world.reply('M1 heraf: 41')
    await world.quiet()
    expect((await world.state()).reopen).toBeNull()
    await vouchedFor(world)
    expect((await world.state()).reopen).toMatchObject({ decided: false })
    await world.decide({ do: 'reopen', reason: 'tyve personer var talt to gange' })
    await world.quiet()
    expect(await world.state()).toMatchObject({ status: 'drafted', attempts: { attached: 2 } })
    await recommend(world)
    await approve(world)
    await world.until(on('2015-09-15', '09:05'))
    expect((await world.state()).status).toBe('hearing')
    expect((await world.runState()).corrections.due).toEqual([])
    await world.reply('Høringssvar: ingen bemærkninger')
    await world.quiet()

    // AssessFinally itself tells the run: the sheet is due, and nothing of the report has changed.
    expect((await world.state()).finals.map(({ version }) => version)).toEqual([1, 2])
    expect((await world.runState()).corrections.due).toMatchObject([
      { agreement, cause: { is: 'assessment', version: 2 } },
    ])
    const due = (await reportPageInput(world.ports, 2014))?.corrections.due ?? []
    expect(due[0]?.places.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['Mål 1, resultat', 'Mål 1, bedømmelse', 'Samlet']),
    )
    const proposal = {
      do: 'propose-correction',
      agreement,
      subject: due[0]?.seen ?? '',
      reason: 'Kommunen havde talt personer to gange.',
    } as const
    expect(await decide(world, proposal, 'sofie', 'caseworker')).toEqual({ outcome: 'done' })
    const subject = (await world.runState()).corrections.proposed?.subject ?? ''
    const issue = { do: 'issue-correction', subject } as const
    expect(await decide(world, issue, 'anders', 'approver')).toEqual({ outcome: 'done' })
    await world.quiet()
    expect((await world.letters()).filter((letter) => letter.startsWith('correction-sheet'))).toHaveLength(1)
    expect((await world.runState()).corrections).toMatchObject({ due: [], issued: [{ number: 1 }] })
    expect(await frozenBytes(world)).toEqual(before)
    expect(await makeVerifyReport(world.ports)(2014)).toMatchObject({
      reproducible: true,
      damagedFiles: [],
      renderedOtherwise: [],
    })
    expect((await types(world)).filter((type) => type === 'ReopenRaised')).toHaveLength(1)
  })

  it('a review assessed for the first time after the freeze calls for no sheet: the report says that it was unfinished', async () => {
    const world = await opened()
    await asked(world)
    await world.reply(finished)
    await world.until(on('2015-08-25', '09:00'))
    const subject = (await world.runState()).report?.subject ?? ''
    await world.decideRun({ do: 'approve-report', subject })
    await world.until(on('2015-09-01', '09:05'))
    expect((await world.state()).status).toBe('drafted')
    await recommend(world)
    await approve(world)
    await world.quiet()
    await world.reply('Høringssvar: ingen bemærkninger')
    await world.quiet()
    expect((await world.state()).finals).toHaveLength(1)
    expect((await world.runState()).corrections).toMatchObject({ due: [], issued: [] })
  })
})

describe('the final assessment', () => {
  it('is made once, though two executions come to it at the same moment', async () => {
    const world = await opened()
    await inHearing(world)
    const gate = world.hold('AssessFinally', review, 'before')
    await world.reply('Høringssvar: ingen bemærkninger')
    await gate.reached
    const assess = makeAssessFinally(world.ports)
    const task = (second: number) => ({
      stream: review,
      attempt: 1,
      entered: `2015-03-01T08:00:0${second}.000Z`,
    })
    const both = await Promise.allSettled([assess(task(1)), assess(task(2))])
    expect(both.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled'])
    gate.letGo()
    await world.quiet()
    expect((await types(world)).filter((type) => type === 'Assessed')).toHaveLength(1)
    expect((await world.letters()).filter((letter) => letter.startsWith('final-assessment'))).toHaveLength(1)
    expect((await world.state()).status).toBe('closed')
  })
})

describe('an observation of the ministry’s while a draft is in hearing', () => {
  const [quota, arrivals] = svendborg.agreement.assumptions
  const file = agreementFileSchema.parse({
    ...svendborg,
    agreement: { ...svendborg.agreement, assumptions: [{ ...quota, years: [2014] }, arrivals] },
  })
  const observe = (world: YearWorld, value: string, validFrom = '2014-01-01', id = 'kvote') =>
    makeRecordObservations(world.ports)({
      id,
      title: 'Kommunekvoten',
      knownOn: '2015-02-20',
      validFrom,
      validTo: `${validFrom.slice(0, 4)}-12-31`,
      source: 'KL',
      values: [{ agreement, assumption: quota!.key, value }],
    })
  const heard = async (): Promise<YearWorld> => {
    const world = await opened()
    await asked(world, file)
    await world.reply(finished.replace('M1 heraf: 61', 'M1 heraf: 48'))
    await world.until(on('2015-02-20', '09:05'))
    await recommend(world)
    await approve(world)
    await world.quiet()
    expect((await world.state()).status).toBe('hearing')
    return world
  }
  const verdict = async (world: YearWorld) => (await world.state()).draft?.assessment.targets[0]?.verdict

  it('that turns a verdict takes the draft away with what was decided on it, and it is judged and heard anew', async () => {
    const world = await heard()
    expect(await verdict(world)).toBe('not-met')
    expect(await observe(world, '160')).toMatchObject({ recorded: 1, errors: [] })
    await world.quiet()
    expect(await verdict(world)).toBe('not-met-assumption-failed')
    expect(await world.state()).toMatchObject({ status: 'drafted', approval: null, rounds: 2 })
    expect((await types(world)).filter((type) => type === 'DraftSuperseded')).toHaveLength(1)
    // Recorded again, it changes nothing more.
    await observe(world, '160')
    await world.quiet()
    expect((await world.state()).rounds).toBe(2)
  })

  it('of another year, or within the limit, changes nothing (I11)', async () => {
    const world = await heard()
    await observe(world, '160', '2015-01-01')
    await observe(world, '60', '2014-01-01', 'kvote-inden-for')
    await world.quiet()
    expect(await world.state()).toMatchObject({ status: 'hearing', rounds: 1 })
    expect((await types(world)).includes('DraftSuperseded')).toBe(false)
  })
})
