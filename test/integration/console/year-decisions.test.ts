import { afterEach, expect, it } from 'vitest'
import { runStream } from '../../../functions/domain/base/stream-id.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { runCase } from '../../../functions/handlers/streams/cases.ts'
import { openBrowser, type Browser, type VisitedPage } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { alertsOf, formsOf } from '../../../infra/local/players/ministry/page-forms.ts'
import { openConsoleWorld, people, send, type ConsoleWorld } from './console-world.ts'
import { decider, directoryOf, withKarl } from '../../support/ministry.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { assessAgain, frozenYear, startedYear, type StartedYear } from '../report/svendborg-year.ts'
import { tell } from '../report/told-experiences.ts'
import type { RenegotiationWorld } from '../renegotiation/world.ts'
import { drafted, matter, nyborg, odense, opened, raisedOnThree, vejle } from './renegotiating.ts'
import { prepareReview } from './review-record.ts'
import { openYear } from './year-record.ts'

const { agreement } = svendborg
let world: ConsoleWorld
afterEach(() => world.close())

const names = (page: VisitedPage): string[] =>
  formsOf(page.html).flatMap((form) => (form.name === '' ? [] : [form.name]))

const openOn = async (
  record: RenegotiationWorld,
  person: string,
  path: string,
): Promise<[Browser, VisitedPage]> => {
  world = await openConsoleWorld({ at: record.ports.clock.now(), record: record.ports })
  const browser = openBrowser()
  return [browser, await openAs(browser, person, `${world.base}${path}`)]
}

/** One agreement that is ready, and one of which no contact is known. */
const prepared = async (): Promise<void> => {
  world = await openConsoleWorld({ at: '2015-01-05T08:00:00.000Z' })
  for (const contact of svendborg.contacts) await world.ports.contacts.put(agreement.id, contact)
  const targets = agreement.targets.map((target) => ({ ...target, title: `${target.title} <b>` }))
  await prepareReview(world.ports, { ...agreement, targets })
  await prepareReview(world.ports, { ...agreement, id: nyborg })
  await openYear(world.ports, [agreement.id, nyborg])
}

it('releases what is ready, and shows each letter as it would be sent', async () => {
  await prepared()
  const browser = openBrowser()
  const page = await openAs(browser, 'anders', `${world.base}/runs/2014/preparation`)
  expect(page.html).toContain('M1 heraf: ____')
  expect(page.html).toContain('&lt;b&gt;')
  expect(page.html).not.toContain('<b>')
  expect(page.html).toContain(
    'Anmodningen til Svendborg kan ikke skrives: ingen registreret kontakt kan nås.',
  )
  expect(page.html).toContain('Svendborg har ingen registreret underskriver.')
  const after = await send(browser, page, 'release', {})
  expect(alertsOf(after.html)).toContain('Udsendelsen er frigivet.')
  const { state } = await loadCase(world.ports, runCase, runStream(2014))
  expect(state).toMatchObject({ released: ['svendborg-rk'], releasedBy: 'anders' })
  expect(world.acted).toEqual([runStream(2014)])
})

it('offers a caseworker no release', async () => {
  await prepared()
  const page = await openAs(openBrowser(), 'sofie', `${world.base}/runs/2014/preparation`)
  expect(names(page)).toEqual([])
})

const ofYear = async (
  year: StartedYear,
): Promise<(person: string, path: string) => Promise<[Browser, VisitedPage]>> => {
  await year.ports.directory.write(directoryOf(...people))
  world = await openConsoleWorld({ at: year.ports.clock.now(), record: year.ports })
  return async (person, path) => {
    const browser = openBrowser()
    return [browser, await openAs(browser, person, `${world.base}${path}`)]
  }
}

it('takes a correction sheet from one, back from another, and issues it when it is proposed anew', async () => {
  const year = await frozenYear()
  await assessAgain(year, '2015-10-12T08:00:00.000Z', { 'M1 heraf': '41' })
  const visit = await ofYear(year)
  const propose = async (reason: string) => {
    const [sofie, page] = await visit('sofie', '/reports/2014')
    return alertsOf((await send(sofie, page, 'propose-correction', { reason })).html)
  }
  expect(await propose('')).toContain('Skriv en begrundelse.')
  expect(await propose('Talt to gange.')).toContain('Rettelsesbladet er foreslået og afventer godkendelse.')
  const [anders, proposed] = await visit('anders', '/reports/2014')
  const back = await send(anders, proposed, 'send-correction-back', { reason: 'Hvilke tal?' })
  expect(alertsOf(back.html)).toContain('Rettelsesbladet er sendt tilbage.')
  expect(back.html).toContain('Hvilke tal?')
  await propose('Personer var talt to gange.')
  const [browser, again] = await visit('anders', '/reports/2014')
  const issued = await send(browser, again, 'issue-correction')
  expect(alertsOf(issued.html)).toContain('Rettelsesbladet er udsendt og står ved rapporten.')
  expect((await year.state()).corrections).toMatchObject({ due: [], proposed: null, issued: [{ number: 1 }] })
  // The municipality is told at once.
  expect(year.ports.mail.sent).toHaveLength(1)
})

it('makes a card of one experience and leaves another out, and tells what is missing', async () => {
  const year = await startedYear()
  const shared = { Erfaring: 'Mentorer virker.', 'Erfaring må deles': 'ja' }
  await tell(year, 'experience-1', shared)
  const visit = await ofYear(year)
  const [sofie, page] = await visit('sofie', '/experiences/2014')
  const empty = await send(sofie, page, 'publish-experience', { text: ' ' })
  expect(empty.status).toBe(422)
  expect(alertsOf(empty.html)).toContain('Skriv kortets tekst.')
  const published = await send(sofie, page, 'publish-experience', {
    text: 'Mentorer hjælper.',
    theme: 'danish',
  })
  expect(alertsOf(published.html)).toContain('Kortet er udgivet.')
  await tell(year, 'experience-2', { ...shared, Erfaring: 'Vi siger andet.' })
  const [next, offered] = await visit('sofie', '/experiences/2014')
  const left = await send(next, offered, 'leave-out-experience', { reason: 'Gentager kortet.' })
  expect(alertsOf(left.html)).toContain('Erfaringen er udeladt.')
  expect((await year.state()).experiences).toMatchObject({
    published: [{ mailKey: 'experience-1', theme: 'danish', text: 'Mentorer hjælper.', by: 'sofie' }],
    leftOut: ['experience-2'],
  })
})

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

it('gives a renegotiation to another caseworker, and shows whose it is', async () => {
  const record = await opened()
  await record.ports.directory.write(withKarl)
  for (const [person, name] of [
    ['karl', 'Karl Prøveholm'],
    ['sofie', 'Sofie Eksempel'],
  ] as const) {
    const [browser, page] = await openOn(record, 'anders', `/renegotiations/${odense}/1`)
    const after = await send(browser, page, 'take-over-renegotiation', { person })
    expect(alertsOf(after.html)).toContain('Sagen har fået en anden sagsbehandler.')
    expect(after.html).toContain(`<dd>${name}</dd>`)
    await world.close()
  }
  const [browser, page] = await openOn(record, 'sofie', `/renegotiations/${odense}/1`)
  expect((await send(browser, page, 'take-over-renegotiation', { person: 'anders' })).status).toBe(422)
})

it('tells why it was refused', async () => {
  const record = await opened()
  await drafted(record, decider('begge', 'caseworker', 'approver'))
  const { people: others, ...ministry } = await record.ports.directory.read()
  const begge = directoryOf(...people).people.filter(({ id }) => id === 'begge')
  await record.ports.directory.write({ ...ministry, people: [...others, ...begge] })
  const [browser, page] = await openOn(record, 'begge', `/renegotiations/${odense}/1`)
  const refused = await send(browser, page, 'approve-proposal', {})
  expect(refused.status).toBe(403)
  expect(alertsOf(refused.html).join()).toContain('En anden godkender')
})

it('answers "not found" for what is not there', async () => {
  world = await openConsoleWorld({ at: '2015-04-13T08:00:00.000Z' })
  const browser = openBrowser()
  const page = await openAs(browser, 'ole', `${world.base}/matters/something-else`)
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
