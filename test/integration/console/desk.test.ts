import { afterEach, expect, it } from 'vitest'
import { openBrowser, type Browser, type VisitedPage } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { alertsOf, formsOf } from '../../../infra/local/players/ministry/page-forms.ts'
import type { YearDesk } from '../../../functions/handlers/console/year-desk.ts'
import { openConsoleWorld, send, type ConsoleWorld } from './console-world.ts'
import { decider } from '../../support/ministry.ts'
import type { RenegotiationWorld } from '../renegotiation/world.ts'
import { drafted, matter, nyborg, odense, opened, raisedOnThree, vejle } from './renegotiating.ts'
import { sampleDesk } from './sample-desk.ts'

let world: ConsoleWorld
afterEach(() => world.close())

const open = async (desk: YearDesk, person: string, path: string): Promise<[Browser, VisitedPage]> => {
  world = await openConsoleWorld({ at: '2015-04-13T08:00:00.000Z', desk })
  const browser = openBrowser()
  return [browser, await openAs(browser, person, `${world.base}${path}`)]
}

const names = (page: VisitedPage): string[] =>
  formsOf(page.html).flatMap((form) => (form.name === '' ? [] : [form.name]))

it('releases what is ready, and shows each letter as it would be sent', async () => {
  const desk = sampleDesk()
  const [browser, page] = await open(desk, 'anders', '/runs/2014/preparation')
  expect(page.html).toContain('M1 heraf: ____ &lt;b&gt;')
  expect(page.html).toContain('Ingen kontakt er registreret.')
  const after = await send(browser, page, 'release', {})
  expect(alertsOf(after.html)).toContain('Udsendelsen er frigivet.')
  expect(desk.decided).toEqual([{ do: 'release', year: 2014, agreements: ['svendborg-rk'] }])
})

it('offers a caseworker no release', async () => {
  const [, page] = await open(sampleDesk(), 'sofie', '/runs/2014/preparation')
  expect(names(page)).toEqual([])
})

const openOn = async (
  record: RenegotiationWorld,
  person: string,
  path: string,
): Promise<[Browser, VisitedPage]> => {
  world = await openConsoleWorld({ at: record.ports.clock.now(), record: record.ports })
  const browser = openBrowser()
  return [browser, await openAs(browser, person, `${world.base}${path}`)]
}

it('decides a matter at once, with an exception and one left for later', async () => {
  const record = await raisedOnThree()
  const [browser, page] = await openOn(record, 'anders', matter)
  const after = await send(browser, page, 'decide-matter', {
    decision: 'decline',
    reason: 'en andel',
    [`exception.${odense}`]: 'open',
    [`exception-reason.${odense}`]: 'et antal',
    [`exception.${vejle}`]: 'later',
  })
  expect(after.url.pathname).toBe(matter)
  expect(alertsOf(after.html)).toContain('Stillingtagen er gemt.')
  expect(await record.state(nyborg)).toMatchObject({ declined: { by: 'anders', text: 'en andel' } })
  expect(await record.state(odense)).toMatchObject({ opened: { by: 'anders', text: 'et antal' } })
  expect(await record.state(vejle)).toMatchObject({ status: 'raised' })
})

it('asks what is missing in a proposal and takes it when it is there', async () => {
  const record = await opened()
  const [browser, page] = await openOn(record, 'sofie', `/renegotiations/${odense}/1`)
  const empty = await send(browser, page, 'propose', { effectiveFrom: '2015-07-01', reason: 'kvoten' })
  expect(empty.status).toBe(422)
  expect(alertsOf(empty.html)).toContain('Skriv mindst én ny målværdi.')
  expect(empty.html).toContain('value="2015-07-01"')
  const after = await send(browser, empty, 'propose', { 'value.M1.2015': '46' })
  expect(alertsOf(after.html)).toContain('Forslaget er gemt og afventer godkendelse.')
  expect((await record.state(odense)).proposal).toMatchObject({
    changes: [{ target: 'M1', year: 2015, from: '50', to: '46' }],
    effectiveFrom: '2015-07-01',
    note: 'kvoten',
  })
})

it('tells why it was refused', async () => {
  const record = await opened()
  await drafted(record, decider('begge', 'caseworker', 'approver'))
  const [browser, page] = await openOn(record, 'begge', `/renegotiations/${odense}/1`)
  const refused = await send(browser, page, 'approve-proposal', {})
  expect(refused.status).toBe(403)
  expect(alertsOf(refused.html).join()).toContain('En anden godkender')
})

it('answers "not found" for what is not there', async () => {
  const [browser, page] = await open(sampleDesk(), 'ole', '/matters/something-else')
  expect(page.status).toBe(404)
  for (const path of [
    '/runs/1999',
    '/runs/abc',
    '/reports/2014',
    '/renegotiations/odense-rk/9',
    '/reviews/2014/nobody',
    '/nowhere',
  ])
    expect((await browser.get(`${world.base}${path}`)).status).toBe(404)
})
