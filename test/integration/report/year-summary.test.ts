import { describe, expect, test } from 'vitest'
import {
  agreementStream,
  inboxStream,
  renegotiationStream,
  reviewStream,
} from '../../../functions/domain/base/stream-id.ts'
import { makeYearSummary } from '../../../functions/handlers/operator/year-progress.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { letterEvent, mailEvent } from '../../fixtures/report/review-events.ts'
import { sampleAgreements, sampleFigures } from '../../fixtures/report/sample-year.ts'
import { record } from './sample-record.ts'

describe('the year in figures', () => {
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
