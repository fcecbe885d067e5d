import { describe, expect, it } from 'vitest'
import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import type { AgreementEvent } from '../../../functions/domain/agreement/state.ts'
import { accept } from '../../../functions/domain/base/stream.ts'
import { agreementStream, reviewStream, runStream } from '../../../functions/domain/base/stream-id.ts'
import { agreementCase, reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { makeReconcile } from '../../../functions/handlers/schedules/reconcile.ts'
import { makeImportAgreements } from '../../../functions/handlers/operator/import-agreements.ts'
import { makeResumeCase } from '../../../functions/handlers/operator/resume-case.ts'
import { loadCase, perform } from '../../../functions/handlers/record/perform.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import {
  makeDraft,
  openReview,
  prepareReview,
  receiveFigures,
  receiveMail,
  writeEvents,
} from '../console/review-record.ts'
import { openYear, writeRun } from '../console/year-record.ts'
import { anders } from '../../support/ministry.ts'
import { openPorts } from '../../support/world.ts'

const { agreement } = svendborg
const stream = reviewStream(2014, agreement.id)
const actor = { by: 'system', name: 'test' } as const
const nothingToSweep = { sweep: false }
const attached = { type: 'ExecutionAttached', attempt: 1, execution: 'arn' }

const world = async (at = '2015-02-10T10:00:00.000Z') => {
  const ports = await openPorts(at)
  await openReview(ports, agreement)
  for (const contact of svendborg.contacts) await ports.contacts.put(agreement.id, contact)
  return ports
}

/** The stream as a crash between commit and acts leaves it: the commit and its note, nothing else. */
const crashAfterCommit = async (ports: Awaited<ReturnType<typeof world>>, commandId: string) => {
  await ports.outbox.put({ commandId, stream, at: ports.clock.now() })
  const { state, seq, hash } = await loadCase(ports, reviewCase, stream)
  const held = state.mails.find((mail) => mail.standing === 'held')
  await ports.streams.append(stream, {
    seq: seq + 1,
    at: ports.clock.now(),
    actor,
    commandId,
    prev: hash,
    events: [{ type: 'HeldMailDecided', v: 1, mailKey: held?.mailKey ?? '', decision: 'counts' } as never],
  })
}

describe('reconcile', () => {
  it('does the acts of a command that was committed before a crash: the wait, the head, the receipt', async () => {
    const ports = await world()
    await receiveMail(ports, agreement, {
      mailKey: 'held-1',
      standing: 'held',
      reason: 'not-authenticated',
      contactId: svendborg.contacts[0]?.id ?? null,
      values: [
        { key: 'M2', value: { is: 'number', value: '23' }, at: { part: 'text', line: 1, segment: 'new' } },
      ],
    })
    ports.workflows.issueToken('token')
    await ports.waits.put(stream, { kind: 'reply', expects: 'something of before', token: 'token' })
    await crashAfterCommit(ports, 'form-1')
    const reconcile = makeReconcile(ports)

    const first = await reconcile(nothingToSweep)
    const second = await reconcile(nothingToSweep)

    expect(first).toEqual({ done: ['form-1'], dropped: [], left: [], started: [] })
    expect(second).toEqual({ done: [], dropped: [], left: [], started: [] })
    expect(ports.workflows.succeeded).toEqual(['token'])
    expect(ports.mail.sent).toHaveLength(1)
    const [head] = await ports.listEntries.list('reviews-2014')
    expect(head?.version).toBe((await loadCase(ports, reviewCase, stream)).seq)
  })

  it('drops a note without a commit only when its command cannot be under way any more', async () => {
    const ports = await world()
    await ports.outbox.put({ commandId: 'never', stream, at: ports.clock.now() })
    const reconcile = makeReconcile(ports)

    expect(await reconcile(nothingToSweep)).toMatchObject({ left: ['never'], dropped: [] })
    ports.clock.set('2015-02-10T10:01:00.000Z')
    expect(await reconcile(nothingToSweep)).toMatchObject({ left: [], dropped: ['never'] })
    expect(await ports.outbox.list()).toEqual([])
  })

  it('starts executions that the record says were started and nobody has taken up', async () => {
    const ports = await world('2015-01-15T08:30:00.000Z')
    const reconcile = makeReconcile(ports)
    await openYear(ports, [])
    expect((await reconcile({ sweep: true })).started).toEqual([runStream(2014)])

    await writeRun(ports, attached, { type: 'ReviewsStarted', agreements: [agreement.id] })
    // This review is past its preparation; another of the run has not been taken up.
    expect((await reconcile({ sweep: true })).started).toEqual([])
    expect(ports.workflows.executions().map(({ name }) => name)).toEqual(['run-2014-a1'])
  })

  it('starts a review that the run started and whose execution never came', async () => {
    const ports = await openPorts('2015-01-15T08:30:00.000Z')
    const reconcile = makeReconcile(ports)
    await openYear(ports, [])
    await writeRun(ports, attached)
    await prepareReview(ports, agreement)
    expect((await reconcile({ sweep: true })).started).toEqual([])
    await writeRun(ports, { type: 'ReviewsStarted', agreements: [agreement.id] })

    expect((await reconcile({ sweep: true })).started).toEqual([stream])
    expect(ports.workflows.executions()).toMatchObject([
      { machine: 'agreement-review', name: 'review-2014-svendborg-rk-a1', input: { stream, attempt: 1 } },
    ])
  })
})

describe('an agreement whose term has run out', () => {
  it('ends on the record the day after its last day, once; a terminated one keeps its end', async () => {
    const ports = await openPorts('2015-12-31T10:00:00.000Z')
    const other = agreementFileSchema.parse({ ...svendborg, agreement: { ...agreement, id: 'ophoert' } })
    expect(await makeImportAgreements(ports)({ files: [svendborg, other] })).toMatchObject({ refused: [] })
    await perform(ports, agreementCase, agreementStream(other.agreement.id), {
      id: 'end',
      actor,
      decide: () =>
        accept<AgreementEvent>({
          type: 'AgreementTerminated',
          v: 1,
          on: '2015-06-30',
          by: anders.id,
          private: { text: 'opsagt' },
        }),
    })
    const sweptAt = async (at: string) => {
      ports.clock.set(at)
      await makeReconcile(ports)({ sweep: true })
      const listed = await ports.listEntries.list('agreements')
      const read = await loadCase(ports, agreementCase, agreementStream(agreement.id))
      const ended = await loadCase(ports, agreementCase, agreementStream(other.agreement.id))
      expect(ended.state).toMatchObject({ status: 'terminated', endedOn: '2015-06-30' })
      return {
        seq: read.seq,
        endedOn: read.state.endedOn,
        listed: listed.map(({ summary }) => String(summary['status'])).toSorted(),
      }
    }

    // 23.30 in Copenhagen, and half an hour later.
    const before = await sweptAt('2015-12-31T22:30:00.000Z')
    expect(before).toMatchObject({ endedOn: null, listed: ['signed', 'terminated'] })
    const after = { seq: before.seq + 1, endedOn: '2015-12-31', listed: ['expired', 'terminated'] }
    expect(await sweptAt('2015-12-31T23:00:00.000Z')).toEqual(after)
    expect(await sweptAt('2016-01-02T10:00:00.000Z')).toEqual(after)
  })
})

describe('resuming a case', () => {
  const attach = (attempt: number) => ({
    type: 'ExecutionAttached',
    v: 1,
    attempt,
    execution: `arn:execution-${attempt}`,
  })

  it('starts the attempt after the one attached, once however often it is asked', async () => {
    const ports = await world()
    await writeEvents(ports, agreement, attach(1))
    const resume = makeResumeCase(ports)

    const expected = { resumed: true, attempt: 2, execution: 'review-2014-svendborg-rk-a2' }
    expect(await resume({ stream })).toEqual(expected)
    expect(await resume({ stream })).toEqual(expected)

    expect(ports.workflows.executions()).toHaveLength(1)
  })

  it('passes over a name whose execution ended before it attached', async () => {
    const ports = await world()
    await writeEvents(ports, agreement, attach(1))
    const resume = makeResumeCase(ports)
    await resume({ stream })
    ports.workflows.end('agreement-review', 'review-2014-svendborg-rk-a2')

    expect(await resume({ stream })).toMatchObject({ resumed: true, attempt: 3 })
  })

  it('says plainly that there is no such case, or that it has ended', async () => {
    const ports = await world()
    await receiveFigures(ports, agreement)
    await makeDraft(ports, agreement)
    await writeEvents(ports, agreement, { type: 'Stopped', v: 1, by: 'anders' })
    const resume = makeResumeCase(ports)

    expect(await resume({ stream })).toEqual({
      resumed: false,
      reason: 'REVIEW#2014#svendborg-rk has ended: there is nothing to do',
    })
    expect(await resume({ stream: runStream(2030) })).toEqual({
      resumed: false,
      reason: 'there is no RUN#2030 on the record',
    })
  })
})
