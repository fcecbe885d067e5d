import { beforeEach, describe, expect, test } from 'vitest'
import { makeWorkbookWriter } from '../../../functions/adapters/workbook-writer.ts'
import type { BaseEvent } from '../../../functions/domain/stream.ts'
import {
  agreementStream,
  reviewStream,
  runStream,
  type StreamId,
} from '../../../functions/domain/stream-id.ts'
import { personIdSchema, type MinistryRole } from '../../../functions/domain/values.ts'
import type { RunEvent } from '../../../functions/domain/year-run/events.ts'
import { makeYearDesk } from '../../../functions/handlers/desk/year-desk.ts'
import { makeAttachRun, makeStartYear, placeInYear } from '../../../functions/handlers/run-tasks.ts'
import type { DeskCommand } from '../../../functions/web/year/desk-command.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { agreementEvents, foldAgreement, mailEvent, reviewEvents } from '../../fixtures/report/year-record.ts'
import { operationsPorts } from '../operations/ministry.ts'

type Stored = BaseEvent & { readonly [field: string]: unknown }
const id = svendborg.agreement.id
const run = runStream(2014)
const told = 'Mentorer fra virksomhederne fik flere i job, også Peter fra Vejgade.'

const yearWith = async (values: Readonly<Record<string, string>>) => {
  const ports = { ...(await operationsPorts('2014-12-01T08:00:00.000Z')), workbooks: makeWorkbookWriter() }
  const append = async (to: StreamId, events: readonly Stored[]) => {
    for (const event of events) {
      const before = (await ports.streams.load(to)).at(-1)
      const seq = (before?.meta.seq ?? 0) + 1
      await ports.streams.append(to, {
        seq,
        at: ports.clock.now(),
        actor: { by: 'system', name: 'test' },
        commandId: `${to}/${seq}`,
        prev: before?.hash ?? '0'.repeat(64),
        events: [event],
      })
    }
  }
  await makeStartYear(ports)({ year: 2014 })
  await makeAttachRun(ports)({
    stream: run,
    attempt: 1,
    entered: '2014-12-01T08:00:00.000Z',
    execution: 'run-2014-a1',
  })
  await ports.register.addAgreement(id)
  await append(agreementStream(id), agreementEvents(svendborg))
  const figures = { 'M1 i alt': '134', 'M1 heraf': '61', M2: '24,5', M3: 'ja, 14. november 2014' }
  const review = reviewStream(2014, id)
  await append(review, reviewEvents(svendborg, { figures: { '479': figures } }))
  const tell = (mailKey: string, written: Readonly<Record<string, string>>) => {
    const event = mailEvent('479', mailKey, written)
    if (event.type !== 'MailReceived') throw new Error('a mail')
    const consent = written['Erfaring må deles']
    const answers = event.values.map((value) =>
      value.key === 'Erfaring må deles'
        ? { ...value, value: { is: 'yes-no' as const, yes: consent === 'ja' } }
        : value,
    )
    return append(review, [{ ...event, values: answers }])
  }
  await tell('experience-1', values)
  const place = placeInYear(id, foldAgreement(agreementEvents(svendborg)), 2014)
  await append(run, [
    { type: 'ManifestMade', v: 1, asked: 'asked' in place ? [place.asked] : [], leftOut: [] },
    { type: 'Released', v: 1, agreements: [id], by: personIdSchema.parse('anders') },
    { type: 'ReviewsStarted', v: 1, agreements: [id] },
  ] satisfies RunEvent[])
  const desk = makeYearDesk(ports)
  const decide = (command: DeskCommand, ...roles: MinistryRole[]) =>
    desk.decide(command, {
      decider: { id: personIdSchema.parse('sofie'), roles, barredFrom: [] },
      actor: { by: 'person', personId: 'sofie', roles },
      commandId: JSON.stringify([command, roles]),
    })
  return { desk, decide, tell }
}
const publish = (reason: string, mailKey = 'experience-1') =>
  ({
    do: 'publish-experience',
    year: 2014,
    agreement: id,
    municipality: '479',
    mailKey,
    theme: 'employment',
    reason,
  }) as const

let year: Awaited<ReturnType<typeof yearWith>>
beforeEach(async () => {
  year = await yearWith({ Erfaring: told, 'Erfaring må deles': 'ja' })
})

describe('experience cards', () => {
  test('an experience with consent waits for a caseworker, who redacts it and publishes it under a theme', async () => {
    expect(await year.desk.experiences(2014)).toMatchObject({
      cards: [],
      undecided: [{ municipality: '479', text: told, themes: ['employment'] }],
    })
    const redacted = 'Mentorer fra virksomhederne fik flere i job.'
    expect(await year.decide(publish(redacted), 'approver')).toMatchObject({ refusal: { kind: 'role' } })
    expect(await year.decide(publish(redacted), 'caseworker')).toEqual({ outcome: 'done' })
    const view = await year.desk.experiences(2014)
    expect(view).toMatchObject({ cards: [{ theme: 'employment', text: redacted }], undecided: [] })
    expect(JSON.stringify(view)).not.toContain('Peter')
  })

  test('consent taken back takes the card away; a new text is a new experience', async () => {
    await year.decide(publish('Mentorer virker.'), 'caseworker')
    await year.tell('experience-2', { 'Erfaring må deles': 'nej' })
    expect(await year.desk.experiences(2014)).toMatchObject({ cards: [], undecided: [] })
    await year.tell('experience-3', { Erfaring: 'Noget andet virker.', 'Erfaring må deles': 'ja' })
    expect(await year.desk.experiences(2014)).toMatchObject({ undecided: [{ mailKey: 'experience-3' }] })
  })

  test('without consent nothing is offered, and nothing can be published', async () => {
    for (const values of [{ Erfaring: told }, { Erfaring: told, 'Erfaring må deles': 'nej' }]) {
      const silent = await yearWith(values)
      expect(await silent.desk.experiences(2014)).toMatchObject({ cards: [], undecided: [] })
      expect(await silent.decide(publish(told), 'caseworker')).toMatchObject({
        refusal: { kind: 'no-consent' },
      })
    }
  })

  test('one that is left out, with a reason, waits no more and is no card', async () => {
    const leave = { ...publish('Handler om én borger.'), do: 'leave-out-experience' } as const
    expect(await year.decide(leave, 'caseworker')).toEqual({ outcome: 'done' })
    expect(await year.desk.experiences(2014)).toMatchObject({ cards: [], undecided: [] })
    expect(await year.desk.experiences(2013)).toBeNull()
  })
})
