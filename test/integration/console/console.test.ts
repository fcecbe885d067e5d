import { afterEach, expect, it, vi } from 'vitest'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { openBrowser, type Browser, type VisitedPage } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { alertsOf, formsOf, listedTasks } from '../../../infra/local/players/ministry/page-forms.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { ServiceFault, TooBusy } from '../../../workflows/errors.ts'
import { formNamed, openConsoleWorld, send, type ConsoleWorld } from './console-world.ts'
import { makeDraft, openReview, receiveFigures, receiveMail, writeEvents } from './review-record.ts'

const { agreement } = svendborg
const stream = reviewStream(2014, agreement.id)
const address = '/reviews/2014/svendborg-rk'
let world: ConsoleWorld

afterEach(() => world.close())

const drafted = async (): Promise<void> => {
  world = await openConsoleWorld({ at: '2015-02-10T10:00:00.000Z' })
  await openReview(world.ports, agreement)
  await receiveFigures(world.ports, agreement)
  world.ports.clock.set('2015-03-10T08:00:00.000Z')
  await makeDraft(world.ports, agreement)
}

const state = async () => (await loadCase(world.ports, reviewCase, stream)).state
const openPage = (browser: Browser, person: string, path = address): Promise<VisitedPage> =>
  openAs(browser, person, `${world.base}${path}`)

it('logs a caseworker in, shows her task, and takes her recommendation', async () => {
  await drafted()
  const browser = openBrowser()
  const list = await openPage(browser, 'sofie', '/')
  const [task] = listedTasks(list.html)
  expect(task).toMatchObject({ kind: 'recommend', href: `${address}#f-recommend`, agreement: 'svendborg-rk' })
  const page = await browser.get(`${world.base}${task?.href ?? ''}`)
  const after = await send(browser, page, 'recommend', { factors: 'Et ydre forhold', text: 'Som beregnet.' })
  expect(after.status).toBe(200)
  expect(alertsOf(after.html)).toContain('Indstillingen er gemt. Sagen ligger nu hos godkenderen.')
  expect(await state()).toMatchObject({
    status: 'recommended',
    recommendation: { by: 'sofie', externalFactors: ['Et ydre forhold'] },
  })
  expect(world.acted).toEqual([stream])
  expect(await world.ports.outbox.list()).toEqual([])
})

it('gives a case to another caseworker, whose task it is from then on', async () => {
  await drafted()
  for (const [by, person, name] of [
    ['anders', 'begge', 'Bente Beggesen'],
    ['begge', 'sofie', 'Sofie Eksempel'],
  ] as const) {
    const browser = openBrowser()
    const after = await send(browser, await openPage(browser, by), 'take-over-case', { person })
    expect(alertsOf(after.html)).toContain('Sagen har fået en anden sagsbehandler.')
    expect(after.html).toContain(`<dd>${name}</dd>`)
    const list = await openPage(openBrowser(), person, '/')
    expect(new Set(listedTasks(list.html).map(({ mine }) => mine))).toEqual(new Set([person]))
  }
  const sofie = openBrowser()
  const page = await openPage(sofie, 'sofie')
  expect((await send(sofie, page, 'take-over-case', { person: 'anders' })).status).toBe(422)
})

it('refuses the approval of the one who recommended, by page and by form, and takes it from another', async () => {
  await drafted()
  const both = openBrowser()
  await send(both, await openPage(both, 'begge'), 'recommend')
  const own = await both.get(`${world.base}${address}`)
  expect(formsOf(own.html).map((form) => form.name)).not.toContain('approve')
  const left = listedTasks((await both.get(`${world.base}/`)).html)
  expect(left.map(({ kind }) => kind)).toEqual(['promise'])

  const anders = openBrowser()
  const page = await openPage(anders, 'anders')
  const stolen = new URLSearchParams(formNamed(page, 'approve').fields)
  stolen.set('csrf', formNamed(own, 'note').fields.get('csrf') ?? '')
  const refused = await both.submit(own, { action: address, fields: stolen })
  expect(refused.status).toBe(403)
  expect(alertsOf(refused.html).join()).toContain('kan ikke også godkende')
  expect((await state()).status).toBe('recommended')

  await send(anders, page, 'approve')
  expect(await state()).toMatchObject({ status: 'approved', approval: { by: 'anders' } })
})

it('decides once when a form is sent twice', async () => {
  await drafted()
  const browser = openBrowser()
  const page = await openPage(browser, 'sofie')
  const note = { about: 'phone', text: 'Talt med Lene.' }
  const [first, second] = await Promise.all([
    send(browser, page, 'note', note),
    send(browser, page, 'note', note),
  ])
  expect([first.status, second.status]).toEqual([200, 200])
  expect((await state()).notes).toHaveLength(1)
})

it('refuses a decision on a draft that is no longer the draft', async () => {
  await drafted()
  const browser = openBrowser()
  const page = await openPage(browser, 'sofie')
  const subject = (await state()).draft?.subject ?? ''
  await writeEvents(world.ports, agreement, {
    type: 'DraftSuperseded',
    v: 1,
    subject,
    cause: 'correction',
    mailKey: null,
  })
  await receiveMail(world.ports, agreement, {
    mailKey: 'correction-1',
    standing: 'counts',
    values: [
      { key: 'M2', value: { is: 'number', value: '22' }, at: { part: 'text', line: 1, segment: 'new' } },
    ],
  })
  await makeDraft(world.ports, agreement)
  const answer = await send(browser, page, 'recommend', { text: 'Det, jeg skrev' })
  expect(answer.status).toBe(409)
  expect(alertsOf(answer.html).join()).toContain('Udkastet er ændret')
  expect(answer.html).toContain('Det, jeg skrev')
  expect((await state()).status).toBe('drafted')
})

it('shows an auditor everything and lets her decide nothing', async () => {
  await drafted()
  const browser = openBrowser()
  const page = await openPage(browser, 'ole')
  expect(page.html).toContain('Kontrolnr.')
  expect(formsOf(page.html).filter((form) => form.name !== '')).toEqual([])
  const sofie = openBrowser()
  const hers = new URLSearchParams(formNamed(await openPage(sofie, 'sofie'), 'recommend').fields)
  const csrf = formsOf(page.html)[0]?.fields.get('csrf') ?? ''
  hers.set('csrf', csrf)
  const refused = await browser.submit(page, { action: address, fields: hers })
  expect(refused.status).toBe(403)
  expect((await state()).status).toBe('drafted')
})

it('refuses whoever is barred from the case', async () => {
  await drafted()
  const sofie = openBrowser()
  await send(sofie, await openPage(sofie, 'sofie'), 'recommend')
  const anders = openBrowser()
  const approve = new URLSearchParams(formNamed(await openPage(anders, 'anders'), 'approve').fields)
  const barred = openBrowser()
  const page = await openPage(barred, 'inhabil')
  expect(formsOf(page.html).map((form) => form.name)).not.toContain('approve')
  approve.set('csrf', formsOf(page.html)[0]?.fields.get('csrf') ?? '')
  const refused = await barred.submit(page, { action: address, fields: approve })
  expect(alertsOf(refused.html).join()).toContain('inhabil')
  expect((await state()).status).toBe('recommended')
})

it('takes no form without the token of its session, from another origin, or without a session', async () => {
  await drafted()
  const browser = openBrowser()
  const page = await openPage(browser, 'sofie')
  const form = formNamed(page, 'recommend')
  const stranger = openBrowser()
  const theirs = formNamed(await openPage(stranger, 'begge'), 'recommend')
  const foreignToken = await browser.submit(page, { action: address, fields: theirs.fields })
  expect(foreignToken.status).toBe(403)
  const elsewhere: VisitedPage = { ...page, url: new URL('https://evil.example/') }
  const foreignOrigin = await browser.submit(elsewhere, {
    action: `${world.base}${address}`,
    fields: form.fields,
  })
  expect(foreignOrigin.status).toBe(403)
  const nobody = await openBrowser().submit(page, { action: address, fields: form.fields })
  expect(nobody.html).toContain('Din session er udløbet')
  expect((await state()).status).toBe('drafted')
})

it('releases a held mail with its text seen, and grants an extension', async () => {
  world = await openConsoleWorld({ at: '2015-02-10T10:00:00.000Z' })
  await openReview(world.ports, agreement)
  await receiveMail(world.ports, agreement, {
    mailKey: 'held-mail-1',
    standing: 'held',
    reason: 'unknown-address',
    from: 'konsulent@raadgiver.example',
    freeText: 'M2: 23 <script>alert(1)</script>',
    values: [
      { key: 'M2', value: { is: 'number', value: '23' }, at: { part: 'text', line: 1, segment: 'new' } },
    ],
  })
  await receiveMail(
    world.ports,
    agreement,
    { mailKey: 'extension-1', standing: 'counts', freeText: 'Kan vi få til den 13. marts?' },
    {
      type: 'ExtensionRequested',
      v: 1,
      party: '479',
      mailKey: 'extension-1',
      until: '2015-03-13',
      byKey: false,
    },
  )
  const browser = openBrowser()
  expect(listedTasks((await openPage(browser, 'sofie', '/')).html).map((task) => task.kind)).toEqual([
    'held-mail',
    'extension',
  ])
  const page = await browser.get(`${world.base}${address}`)
  expect(page.html).toContain('&lt;script&gt;')
  expect(page.html).not.toContain('<script')
  const without = await send(browser, page, 'decide-held-mail/held-mail-1', { as: 'counts' })
  expect(without.status).toBe(422)
  expect(alertsOf(without.html)).toContain('Skriv en begrundelse.')
  await send(browser, without, 'decide-held-mail/held-mail-1', {
    as: 'counts',
    reason: 'Kontakten har bekræftet.',
  })
  const extension = formNamed(page, 'decide-extension/extension-1')
  expect(extension.fields.get('dueOn')).toBe('2015-03-13')
  await send(browser, page, 'decide-extension/extension-1', { decision: 'grant', reason: 'udvalgsmøde' })
  const now = await state()
  expect(now.parties[0]?.figures['M2']?.value).toEqual({ is: 'number', value: '23' })
  expect(now.extensions[0]?.decided).toMatchObject({ granted: true, dueOn: '2015-03-13' })
})

it('gives raw mail as a download only, under strict headers', async () => {
  await drafted()
  const browser = openBrowser()
  const page = await openPage(browser, 'anders', `${address}/mails/figures-svendborg-rk`)
  expect(page.html).toContain('M1 i alt: 134')
  const cookie = 'x=y'
  expect((await fetch(`${page.url.href}/raw`, { headers: { cookie }, redirect: 'manual' })).status).toBe(302)
  const raw = await browser.get(`${page.url.href}/raw`)
  expect(raw.html).toContain('From: <lene@svendborg.example>')
  const head = await fetch(`${world.base}/logged-out`)
  expect(head.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(head.headers.get('cache-control')).toBe('no-store')
  expect(head.headers.get('referrer-policy')).toBe('no-referrer')
  expect(head.headers.get('x-content-type-options')).toBe('nosniff')
})

it('serves the design system and nothing beside it', async () => {
  await drafted()
  const get = async (path: string): Promise<number> => (await fetch(`${world.base}/assets/${path}`)).status
  expect(await get('css/dkfds.min.css')).toBe(200)
  expect(await get('fonts/IBMPlexSans/complete/woff2/IBMPlexSans-Regular.woff2')).toBe(200)
  expect(await get('js/dkfds.min.js')).toBe(404)
  expect(await get('..%2f..%2fpackage.json')).toBe(404)
})

it('says "try again in a moment", with 503, where a service or other writers are in the way, and 500 elsewhere', async () => {
  await drafted()
  const browser = openBrowser()
  await openPage(browser, 'sofie')
  const load = vi.spyOn(world.ports.streams, 'load')
  for (const [failure, status, text] of [
    [new ServiceFault('AWS: ThrottlingException'), 503, 'Systemet svarer ikke lige nu.'],
    [new TooBusy('Gave up'), 503, 'Andre skriver i sagen netop nu.'],
    [new TypeError('undefined is not a function'), 500, 'Noget gik galt hos os.'],
  ] as const) {
    load.mockRejectedValue(failure)
    const page = await browser.get(`${world.base}${address}`)
    expect(page.status).toBe(status)
    expect(page.html).toContain(text)
    expect(world.errors.at(-1)).toBe(failure)
  }
  // Who asks again a moment later, as the browser does, gets the page.
  load.mockRestore()
  vi.spyOn(world.ports.streams, 'load').mockRejectedValueOnce(new ServiceFault('AWS: TimeoutError'))
  expect(await browser.get(`${world.base}${address}`)).toMatchObject({ status: 200 })
  vi.restoreAllMocks()
})
