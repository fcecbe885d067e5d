import { afterEach, expect, it } from 'vitest'
import { openBrowser, type Browser, type VisitedPage } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { alertsOf, formsOf } from '../../../infra/local/players/ministry/page-forms.ts'
import type { YearDesk } from '../../../functions/handlers/console/year-desk.ts'
import { openConsoleWorld, send, type ConsoleWorld } from './console-world.ts'
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

it('decides a matter at once, with an exception and one left for later', async () => {
  const desk = sampleDesk()
  const [browser, page] = await open(desk, 'anders', '/matters/kvoter%3A2015')
  const after = await send(browser, page, 'decide-matter', {
    decision: 'decline',
    reason: 'en andel',
    'exception.aftale-461': 'open',
    'exception-reason.aftale-461': 'et antal',
    'exception.aftale-630': 'later',
  })
  expect(after.url.pathname).toBe('/matters/kvoter%3A2015')
  expect(desk.decided).toMatchObject([
    {
      do: 'decide-matter',
      observationId: 'kvoter:2015',
      open: false,
      exceptions: [{ agreement: 'aftale-461', open: true, reason: 'et antal' }],
      later: ['aftale-630'],
    },
  ])
})

it('asks what is missing in a proposal and takes it when it is there', async () => {
  const desk = sampleDesk()
  const [browser, page] = await open(desk, 'sofie', '/renegotiations/odense-rk/1')
  expect(names(page)).toEqual(
    expect.arrayContaining([
      'propose',
      'approve-proposal',
      'mark-answer/mail-mark-1',
      'decide-held-mail/mail-held-1',
    ]),
  )
  const empty = await send(browser, page, 'propose', { effectiveFrom: '2015-07-01', reason: 'kvoten' })
  expect(empty.status).toBe(422)
  expect(alertsOf(empty.html)).toContain('Skriv mindst én ny målværdi.')
  expect(empty.html).toContain('value="2015-07-01"')
  await send(browser, empty, 'propose', { 'value.M1.2015': '105' })
  expect(desk.decided).toEqual([
    {
      do: 'propose',
      agreement: 'odense-rk',
      seq: 1,
      changes: [{ target: 'M1', year: 2015, value: '105' }],
      effectiveFrom: '2015-07-01',
      reason: 'kvoten',
    },
  ])
})

it('tells why the desk refused', async () => {
  const desk = sampleDesk({ outcome: 'refused', refusal: { kind: 'same-person', message: 'no' } })
  const [browser, page] = await open(desk, 'anders', '/renegotiations/odense-rk/1')
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
