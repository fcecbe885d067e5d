import { afterEach, expect, it } from 'vitest'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { openBrowser } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { alertsOf, formsOf, listedTasks } from '../../../infra/local/players/ministry/page-forms.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { openConsoleWorld, send, type ConsoleWorld } from './console-world.ts'
import { makeDraft, openReview, receiveFigures, receiveMail, writeEvents } from './review-record.ts'

const { agreement } = svendborg
const stream = reviewStream(2014, agreement.id)
const address = '/reviews/2014/svendborg-rk'
const mailKey = 'objection-mail-1'
let world: ConsoleWorld

afterEach(() => world.close())

const state = async () => (await loadCase(world.ports, reviewCase, stream)).state

/** Heard, objected to; the time is out and the comment is to be answered. */
const heard = async (): Promise<void> => {
  world = await openConsoleWorld({ at: '2015-02-10T10:00:00.000Z' })
  const { ports } = world
  await openReview(ports, agreement)
  await receiveFigures(ports, agreement)
  ports.clock.set('2015-03-10T08:00:00.000Z')
  await makeDraft(ports, agreement)
  const subject = (await state()).draft?.subject ?? ''
  await writeEvents(
    ports,
    agreement,
    { type: 'Recommended', v: 1, subject, by: 'sofie', changes: [], externalFactors: [] },
    { type: 'Approved', v: 1, subject, by: 'anders' },
  )
  await writeEvents(ports, agreement, {
    type: 'HearingBegun',
    v: 1,
    subject,
    endsOn: '2015-03-24',
    continues: null,
  })
  await receiveMail(
    ports,
    agreement,
    { mailKey, standing: 'counts', party: '479', texts: { 'M1 bemærkning': 'Praktikanter skal tælles med' } },
    { type: 'HearingAnswered', v: 1, party: '479', mailKey, answer: 'comments' },
  )
  ports.clock.set('2015-03-26T08:00:00.000Z')
}

it('Edge case 17: the caseworker leaves an objection standing, and the superior decides it with both sides’ words in view', async () => {
  await heard()
  const sofie = openBrowser()
  const page = await openAs(sofie, 'sofie', `${world.base}${address}`)
  const after = await send(sofie, page, 'answer-comments', {
    [`answer.${mailKey}`]: 'praktik er ikke omfattet af målemetoden',
    [`changed.${mailKey}`]: 'unresolved',
  })
  expect(after.status).toBe(200)
  expect(after.html).toContain('Afventer afdelingschefen')
  expect(formsOf(after.html).map(({ name }) => name)).not.toContain(`decide-objection/${mailKey}`)

  const vibeke = openBrowser()
  const [task] = listedTasks((await openAs(vibeke, 'vibeke', `${world.base}/`)).html)
  expect(task).toMatchObject({ kind: 'objection' })
  const seen = await vibeke.get(`${world.base}${task?.href ?? ''}`)
  expect(seen.html).toContain('Praktikanter skal tælles med')
  expect(seen.html).toContain('praktik er ikke omfattet af målemetoden')
  expect(seen.html).toContain('Sofie Eksempel')
  const without = await send(vibeke, seen, `decide-objection/${mailKey}`, { outcome: 'upheld' })
  expect([without.status, alertsOf(without.html).join(' ')]).toEqual([
    422,
    expect.stringContaining('begrundelse'),
  ])
  const decided = await send(vibeke, seen, `decide-objection/${mailKey}`, {
    outcome: 'upheld',
    reason: 'målemetoden er aftalt',
  })
  expect(alertsOf(decided.html)).toContain('Uenigheden er afgjort.')
  expect(decided.html).toContain('Vibeke Prøvelykke har')
  expect((await state()).objections).toMatchObject([
    { mailKey, decided: { outcome: 'upheld', by: 'vibeke' } },
  ])
  expect(listedTasks((await vibeke.get(`${world.base}/`)).html)).toEqual([])
})
