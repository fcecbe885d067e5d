import { beforeEach, describe, expect, it } from 'vitest'
import {
  memoryArchiveLinks,
  memoryExecutions,
  memoryIdentityProvider,
  memoryRateCounters,
  memorySessionStore,
} from '../../../functions/adapters/memory/console.ts'
import { makeFormTokens } from '../../../functions/adapters/signing.ts'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { rateLimits } from '../../../functions/handlers/console/throttle.ts'
import { makeConsole } from '../../../functions/handlers/console/console.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { formsOf } from '../../../infra/local/players/ministry/page-forms.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { directoryOf, person } from '../../support/ministry.ts'
import { outside } from '../../support/world.ts'
import { memoryBrowser } from './memory-browser.ts'
import { makeDraft, openReview, receiveFigures } from './review-record.ts'

const secret = 'a secret of tests that is used nowhere else'
const base = 'http://localhost:4400'
const minutes = 60_000
const { agreement } = svendborg
const stream = reviewStream(2014, agreement.id)
const page = '/reviews/2014/svendborg-rk'
const people = [
  person('sofie', ['caseworker']),
  person('anders', ['approver']),
  person('begge', ['caseworker', 'approver']),
]

const clock = { ms: 0 }
const nowMs = () => clock.ms
let ports: ReturnType<typeof outside>
let identity: ReturnType<typeof memoryIdentityProvider>
let app: ReturnType<typeof makeConsole>

const browser = () => memoryBrowser({ app, identity, base })
const csrfOf = (html: string): string => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
const logOff = (csrf: string) => new URLSearchParams({ csrf })
const commits = async () => (await ports.streams.load(stream)).length

beforeEach(async () => {
  clock.ms = Date.parse('2026-11-30T08:00:00Z')
  ports = outside('2015-02-10T10:00:00.000Z')
  await ports.directory.write(directoryOf(...people))
  await ports.register.addRun(2014)
  identity = memoryIdentityProvider(directoryOf(...people).people)
  app = makeConsole({
    ...ports,
    archiveLinks: memoryArchiveLinks,
    sessions: memorySessionStore({ secrets: new Map([[1, secret]]), nowMs }),
    identity,
    forms: makeFormTokens(new Map([[1, secret]])),
    assets: { get: async () => null },
    executions: memoryExecutions(),
    settings: {
      baseUrl: base,
      accessibilityStatement: 'https://a.example',
      privacyPolicy: 'https://p.example',
    },
    realNowMs: nowMs,
    afterDecision: async () => {},
    rates: memoryRateCounters({ nowMs }),
    rateLimits: rateLimits(),
    addressOf: () => '192.0.2.7',
    noteDownload: () => {},
    report: (error) => {
      throw error
    },
  })
  await openReview(ports, agreement)
  await receiveFigures(ports, agreement)
  await makeDraft(ports, agreement)
})

describe('roles', () => {
  it('a role that is taken away decides nothing from the next request on', async () => {
    const both = browser()
    await both.login('begge')
    const form = await both.form(page, 'recommend')
    await ports.directory.write(directoryOf(...people.slice(0, 2), person('begge', ['approver'])))
    const before = await commits()
    expect((await both.post(page, form)).status).toBe(403)
    expect(await commits()).toBe(before)
    await ports.directory.write(directoryOf(...people))
    expect((await both.post(page, form)).status).toBe(303)
  })

  it('who has left the list is out with the next request, in every browser', async () => {
    const [one, two] = [browser(), browser()]
    await one.login('begge')
    await two.login('begge')
    await ports.directory.write(directoryOf(...people.slice(0, 2)))
    expect((await one.ask('/')).status).toBe(403)
    await ports.directory.write(directoryOf(...people))
    for (const each of [one, two]) expect((await each.ask('/')).headers.get('location')).toContain('/login')
  })

  it('the list gives nobody a role that the login did not', async () => {
    const sofie = browser()
    await sofie.login('sofie')
    await ports.directory.write(directoryOf(person('sofie', ['caseworker', 'approver']), ...people.slice(1)))
    expect(await sofie.text('/')).toContain('sagsbehandler')
    expect(formsOf(await sofie.text(page)).map(({ name }) => name)).not.toContain('approve')
  })
})

describe('a session', () => {
  it('ends after 30 minutes without use, and lives on while it is used', async () => {
    const sofie = browser()
    await sofie.login('sofie')
    for (let times = 0; times < 4; times += 1) {
      clock.ms += 29 * minutes
      expect((await sofie.ask('/')).status).toBe(200)
    }
    clock.ms += 30 * minutes + 1
    expect((await sofie.ask('/')).headers.get('location')).toContain('/login')
    clock.ms -= 30 * minutes
    expect((await sofie.ask('/')).status).toBe(302)
  })

  it('stands in a list of one’s own, and all of them end at once', async () => {
    const [office, home, anders] = [browser(), browser(), browser()]
    await office.login('sofie')
    clock.ms += 5 * minutes
    await home.login('sofie')
    await anders.login('anders')
    const list = await office.text('/sessions')
    expect(list).toContain('2 browsere')
    expect(list.match(/<li>\s*Begyndt/gu)).toHaveLength(2)
    expect(list.match(/\(denne browser\)/gu)).toHaveLength(1)
    expect((await office.post('/sessions/end', logOff('x'.repeat(43)))).status).toBe(403)
    expect((await home.ask('/')).status).toBe(200)
    const ended = await office.post('/sessions/end', logOff(csrfOf(list)))
    expect([ended.status, ended.headers.get('location')]).toEqual([303, '/logged-out'])
    for (const each of [office, home]) expect((await each.ask('/')).status).toBe(302)
    expect((await anders.ask('/')).status).toBe(200)
  })

  it('stands in the list no more once it was left unused too long', async () => {
    const [office, home] = [browser(), browser()]
    await home.login('sofie')
    clock.ms += 20 * minutes
    await office.login('sofie')
    clock.ms += 10 * minutes
    expect(await office.text('/sessions')).toContain('2 browsere')
    clock.ms += 1
    const list = await office.text('/sessions')
    expect(list).toContain('i én browser')
    expect(list).toContain('brugt i 30 minutter, og senest efter 10 timer')
  })

  it('goes on when it is logged off with another’s token, and that is said', async () => {
    const [sofie, anders] = [browser(), browser()]
    await sofie.login('sofie')
    await anders.login('anders')
    const foreign = csrfOf(await anders.text('/'))
    const refused = await sofie.post('/logout', logOff(foreign))
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('Du er ikke logget af')
    const own = csrfOf(await sofie.text('/'))
    expect((await sofie.post('/logout', logOff(own))).headers.get('location')).toBe('/logged-out')
    expect((await sofie.ask('/')).status).toBe(302)
  })

  it('does not come of a login that began more than a quarter of an hour ago, or has yet to begin', async () => {
    for (const [later, status] of [
      [15 * minutes, 303],
      [15 * minutes + 1, 403],
      [-1, 403],
    ] as const) {
      const sofie = browser()
      const url = await sofie.begin()
      clock.ms += later
      expect((await sofie.finish(url, 'sofie')).status, String(later)).toBe(status)
    }
  })
})

describe('a nonce', () => {
  it('is answered to whoever pressed that button, and to nobody else', async () => {
    const [sofie, anders] = [browser(), browser()]
    await sofie.login('sofie')
    await anders.login('anders')
    const form = await sofie.form(page, 'recommend')
    expect((await sofie.post(page, form)).headers.get('location')).toBe(`${page}?done=recommend`)
    const decided = await commits()
    expect((await sofie.post(page, form)).headers.get('location')).toBe(`${page}?done=recommend`)

    const stolen = new URLSearchParams(form)
    stolen.set('csrf', csrfOf(await anders.text('/')))
    const another = await anders.post(page, stolen)
    expect(another.status).toBe(409)
    expect(await another.text()).toContain('brugt til en anden afgørelse')

    const command = new URLSearchParams(form)
    command.set('do', 'note')
    command.set('about', 'phone')
    command.set('text', 'Talt med Lene.')
    expect((await sofie.post(page, command)).status).toBe(409)
    expect(await commits()).toBe(decided)
    expect((await loadCase(ports, reviewCase, stream)).state.notes).toEqual([])
  })
})

describe('a form', () => {
  it.each([
    ['no boundary', 'multipart/form-data', 'a=b'],
    [
      'another boundary',
      'multipart/form-data; boundary=x',
      '--y\r\nContent-Disposition: form-data; name="do"\r\n\r\nnote\r\n--y--',
    ],
    [
      'cut short',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="do"\r\n\r\nno',
    ],
    ['nothing', 'multipart/form-data; boundary=x', ''],
  ])('whose multipart body is broken (%s) is answered 400', async (_what, type, body) => {
    const sofie = browser()
    await sofie.login('sofie')
    for (const path of [page, '/logout', '/sessions/end']) {
      const answered = await sofie.ask(path, { method: 'POST', body, headers: { 'content-type': type } })
      expect(answered.status, path).toBe(400)
      expect(await answered.text()).toBe('Formularen kan ikke læses.')
    }
    expect((await sofie.ask('/')).status).toBe(200)
  })
})

describe('who tries keys', () => {
  it('is refused every login after too many forged forms, and is let in again later', async () => {
    const sofie = browser()
    await sofie.login('sofie')
    const { most, windowMs } = rateLimits().failures
    const statuses: number[] = []
    for (let n = 0; n <= most; n += 1) statuses.push((await sofie.post('/logout', logOff('forged'))).status)
    expect(new Set(statuses.slice(0, most))).toEqual(new Set([403]))
    expect(statuses[most]).toBe(429)
    expect((await browser().ask('/login')).status).toBe(429)
    expect((await sofie.ask('/')).status).toBe(200)
    clock.ms += windowMs
    expect((await browser().ask('/login')).status).toBe(302)
  })
})
