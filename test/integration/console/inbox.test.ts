import { afterEach, beforeEach, expect, it } from 'vitest'
import { inboxStream, reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { inbox as inboxFold, type InboxEvent } from '../../../functions/domain/inbox/inbox.ts'
import { accept } from '../../../functions/domain/base/stream.ts'
import { inboxCase, reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase, perform } from '../../../functions/handlers/record/perform.ts'
import { openBrowser, type Browser, type VisitedPage } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { alertsOf, formsOf, listedTasks } from '../../../infra/local/players/ministry/page-forms.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { compose } from '../intake/compose-mail.ts'
import { openConsoleWorld, send, type ConsoleWorld } from './console-world.ts'
import { openReview } from './review-record.ts'
import type { ReviewEvent } from '../../../functions/domain/review/state.ts'

const { agreement } = svendborg
const review = reviewStream(2014, agreement.id)
const inbox = inboxStream('2015-02-20T10:00:00.000Z')
const mailKey = 'c'.repeat(64)
const address = `/inbox/2015-02/${mailKey}`
const hostile = '<script>alert(1)</script>\u202E\u202C M2: 24,5\nFS2: \u202E431'
let world: ConsoleWorld

const hold = async (more: Record<string, unknown> = {}): Promise<void> => {
  const raw = await compose({
    from: 'fremmed@raadgivning.example',
    subject: 'Tal <b>2014</b>',
    text: hostile,
  })
  const rawSha256 = world.ports.digest(raw)
  await world.ports.archive.putOnce(`mail/${rawSha256}`, raw, 'message/rfc822')
  const held = inboxFold.eventSchema.parse({
    type: 'InboxMailHeld',
    v: 1,
    mailKey,
    rawSha256,
    receivedAt: '2015-02-20T10:00:00.000Z',
    reason: 'no-request',
    likely: [agreement.id],
    homes: [{ stream: review, agreement: agreement.id, party: '479', because: 'sender' }],
    verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'GRAY', spam: 'PASS', virus: 'PASS' },
    private: { from: 'fremmed@raadgivning.example', subject: 'Tal <b>2014</b>', error: '', source: '' },
    ...more,
  })
  await perform(world.ports, inboxCase, inbox, {
    id: `mail/${mailKey}`,
    actor: { by: 'sender', standing: 'held' },
    decide: () => accept<InboxEvent>(held),
  })
}

beforeEach(async () => {
  world = await openConsoleWorld({ at: '2015-02-20T10:00:00.000Z' })
  await openReview(world.ports, agreement)
})
afterEach(() => world.close())

const open = (browser: Browser, path = address, person = 'sofie'): Promise<VisitedPage> =>
  openAs(browser, person, `${world.base}${path}`)
const mails = async () => (await loadCase(world.ports, inboxCase, inbox)).state.mails

it('lists the mail with why it is there and where it may belong, as a task and as a page', async () => {
  await hold()
  const browser = openBrowser()
  const tasks = await open(browser, '/')
  expect(listedTasks(tasks.html)).toMatchObject([{ kind: 'inbox-mail', href: address }])
  const list = await browser.get(`${world.base}/inbox`)
  expect(list.html).toContain('fremmed@raadgivning.example')
  expect(list.html).toContain('mailen nævner ingen af vores anmodninger')
  expect(list.html).toContain('Svendborg: indberetning 2014')
})

it('shows the mail as text and hands out its bytes as a download alone', async () => {
  await hold()
  const browser = openBrowser()
  const page = await open(browser)
  expect(page.html).not.toContain('<script>')
  expect(page.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; M2: 24,5')
  // Who copies a figure from here sees that its sender saw another.
  expect(page.html).toContain('FS2: \uFFFD\uFFFD\uFFFD')
  expect(page.html).not.toContain('\u202E')
  expect(page.html).toContain('har ingen DMARC-politik')
  const raw = await browser.get(`${world.base}${address}/raw`)
  expect(raw.html).toContain('Subject:')
})

it('tells whether the contact was told of it, by which case and when', async () => {
  await hold({ notice: { stream: review, kind: 'unplaced-notice' } })
  const browser = openBrowser()
  expect((await open(browser)).html).toMatch(/Besked til kontakten<\/dt>\s*<dd[^>]*>\s*ingen/u)
  await perform(world.ports, reviewCase, review, {
    id: 'told',
    actor: { by: 'system', name: 'SendLetter' },
    decide: () =>
      accept<ReviewEvent>({
        type: 'LetterSent',
        v: 1,
        letterKey: 'd'.repeat(64),
        order: { kind: 'unplaced-notice', party: '479', seq: 1, about: mailKey },
        recipients: [],
        datedOn: '2015-02-20',
        dueOn: null,
        rawSha256: 'e'.repeat(64),
        messageId: '<told@mail.example>',
        again: false,
      }),
  })
  expect((await open(browser)).html).toMatch(
    /href="\/reviews\/2014\/[\w-]+">Besked om mail uden sag<\/a>, sendt\s+20\. februar 2015 kl\. 11\.00/u,
  )
})

it('places the mail in the suggested case, once, on what the form says', async () => {
  await hold()
  const browser = openBrowser()
  const page = await open(browser)
  const fields = { home: `${review}|479`, as: 'counts', reason: 'Talt med kontakten.' }
  const nowhere = await send(browser, page, 'place-mail', { ...fields, home: 'other' })
  expect([nowhere.status, alertsOf(nowhere.html)]).toEqual([422, ['Vælg, hvilken sag mailen hører til.']])
  const after = await send(browser, nowhere, 'place-mail', fields)
  expect(alertsOf(after.html).join()).toContain('Mailen er lagt på sagen')
  expect(await mails()).toMatchObject([
    {
      decision: 'placed',
      decided: {
        actor: { by: 'person', personId: 'sofie' },
        placed: { stream: review, party: '479', as: 'counts' },
        reason: 'Talt med kontakten.',
      },
    },
  ])
  expect(world.acted).toEqual([inbox])
  expect(await world.ports.outbox.list()).toEqual([])
  const late = await send(browser, page, 'dismiss-mail', { reason: 'for sent' })
  expect([late.status, (await mails())[0]?.decision]).toEqual([409, 'placed'])
})

it('dismisses the mail with a reason', async () => {
  await hold()
  const browser = openBrowser()
  const after = await send(browser, await open(browser), 'dismiss-mail', { reason: 'Reklame.' })
  expect(after.html).toContain('Reklame.')
  expect(formsOf(after.html).filter((form) => form.name.startsWith('place-mail'))).toEqual([])
  expect((await mails())[0]?.decision).toBe('dismissed')
  expect(listedTasks((await browser.get(`${world.base}/`)).html)).toEqual([])
})

it('shows neither words nor bytes of a mail with citizens’ data', async () => {
  await hold({ reason: 'citizen-data' })
  const browser = openBrowser()
  const page = await open(browser)
  expect(page.html).not.toContain('24,5')
  expect(page.html).toContain('oplysninger om borgere')
  expect((await browser.get(`${world.base}${address}/raw`)).status).toBe(404)
})

it('lets an auditor read and decide nothing', async () => {
  await hold()
  const browser = openBrowser()
  const page = await open(browser, address, 'ole')
  expect(page.html).toContain('24,5')
  expect(formsOf(page.html).filter((form) => /mail/u.test(form.name))).toEqual([])
})

it('tells of nothing when there is nothing', async () => {
  const browser = openBrowser()
  expect((await open(browser, '/inbox')).html).toContain('Ingen.')
  expect((await browser.get(`${world.base}${address}`)).status).toBe(404)
  expect((await browser.get(`${world.base}/inbox/nonsense/x`)).status).toBe(404)
})
