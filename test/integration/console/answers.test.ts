import { afterEach, beforeEach, expect, it } from 'vitest'
import { answerBucket } from '../../../functions/domain/answering/answer-stop.ts'
import { answersStream } from '../../../functions/domain/base/stream-id.ts'
import { answeringNow } from '../../../functions/handlers/letters/answers.ts'
import { openBrowser, type Browser, type VisitedPage } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { alertsOf, formsOf } from '../../../infra/local/players/ministry/page-forms.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { openConsoleWorld, send, type ConsoleWorld } from './console-world.ts'
import { stopAllAnswers } from './stopped-answers.ts'

const address = '/executions/answers'
let world: ConsoleWorld
beforeEach(async () => {
  world = await openConsoleWorld({ at: '2015-02-24T13:07:00.000Z' })
})
afterEach(() => world.close())

const breaker = () => answeringNow(world.ports)
const stop = () => stopAllAnswers(world.ports)
const open = (browser: Browser, person = 'sofie', path = address): Promise<VisitedPage> =>
  openAs(browser, person, `${world.base}${path}`)
const press = (browser: Browser, page: VisitedPage, reason: string): Promise<VisitedPage> =>
  send(browser, page, 'resume-answers', { reason })
const textOf = (page: VisitedPage): string => page.html.replaceAll(/\s+/gu, ' ')

it('says that answers go out, how many did in this hour, and offers nothing to press', async () => {
  await world.ports.answers.count(answerBucket(await breaker(), world.ports.clock.now()))
  const page = await open(openBrowser())
  expect(textOf(page)).toContain('1 af højst 200')
  expect(textOf(page)).toContain('Svarene har aldrig været standset.')
  expect(formsOf(page.html).map(({ name }) => name)).not.toContain('resume-answers')
})

it('tells on the first page of Drift that answers are stopped, and lists what is held with its case', async () => {
  await stop()
  const drift = await open(openBrowser(), 'sofie', '/executions')
  expect(alertsOf(drift.html).join(' ')).toContain('sendes ingen kvitteringer og andre svar på mails')
  expect(drift.html).toContain(`href="${address}"`)
  const page = await open(openBrowser())
  expect(textOf(page)).toContain('201 af højst 200')
  expect(page.html).toContain(`href="/reviews/2014/${svendborg.agreement.id}"`)
  expect(textOf(page)).toContain('Standset: flere end 200 svar på en time')
})

it('lets a caseworker send them again with a reason, journalised with the person, once', async () => {
  await stop()
  const browser = openBrowser()
  const page = await open(browser)
  const empty = await press(browser, page, ' ')
  expect(empty.status).toBe(422)
  expect((await breaker()).stoppedAt).not.toBeNull()

  const done = await press(browser, page, 'sløjfen er <b>brudt</b>')
  expect(alertsOf(done.html).join(' ')).toContain('Svarene sendes igen')
  expect(textOf(done)).toContain('Sat i gang igen: sløjfen er &lt;b&gt;brudt&lt;/b&gt;')
  expect(textOf(done)).toContain('Sofie Eksempel')
  expect(world.acted).toEqual([answersStream])
  expect((await breaker()).journal.at(-1)).toMatchObject({
    actor: { by: 'person', personId: 'sofie' },
    change: { is: 'resumed' },
  })
  // The same press again, and another who read the page before.
  await press(browser, page, 'igen')
  expect((await breaker()).resumptions).toBe(1)
  const other = openBrowser()
  const theirs = await open(other, 'begge')
  expect(formsOf(theirs.html).map(({ name }) => name)).not.toContain('resume-answers')
})

it('tells who comes too late that another has done it', async () => {
  await stop()
  const [first, second] = [openBrowser(), openBrowser()]
  const [mine, theirs] = [await open(first), await open(second, 'begge')]
  await press(first, mine, 'sløjfen er brudt')
  const late = await press(second, theirs, 'sløjfen er brudt')
  expect(late.status).toBe(409)
  expect(alertsOf(late.html).join(' ')).toContain('Svarene sendes allerede igen')
})

it('lets an auditor read and not press, and shows an approver nothing of how the system runs', async () => {
  await stop()
  const auditor = openBrowser()
  const read = await open(auditor, 'ole')
  expect(read.status).toBe(200)
  expect(formsOf(read.html).map(({ name }) => name)).not.toContain('resume-answers')
  expect((await open(openBrowser(), 'anders')).status).toBe(403)

  const forger = openBrowser()
  const page = await open(forger, 'sofie')
  const form = formsOf(page.html).find((one) => one.name === 'resume-answers')
  const fields = new URLSearchParams(form?.fields ?? [])
  fields.set('reason', 'set')
  fields.set('csrf', 'x'.repeat(43))
  expect((await forger.submit(page, { action: form?.action ?? '', fields })).status).toBe(403)
  expect((await breaker()).stoppedAt).not.toBeNull()
})
