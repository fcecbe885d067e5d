import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTransport } from 'nodemailer'
import type { Browser, Page } from 'playwright-core'
import { reviewStream } from '../../functions/domain/base/stream-id.ts'
import { reviewCase } from '../../functions/handlers/streams/cases.ts'
import { loadCase } from '../../functions/handlers/record/perform.ts'
import { svendborg } from '../fixtures/agreements/svendborg.ts'
import { compose } from '../integration/intake/compose-mail.ts'
import { openConsoleWorld, people, type ConsoleWorld } from '../integration/console/console-world.ts'
import {
  makeDraft,
  openReview,
  prepareReview,
  receiveFigures,
  receiveMail,
} from '../integration/console/review-record.ts'
import { stopAllAnswers } from '../integration/console/stopped-answers.ts'
import { matter, nyborg, odense, raisedOnThree } from '../integration/console/renegotiating.ts'
import { freezeYear, writeRun } from '../integration/console/year-record.ts'
import { tell } from '../integration/report/told-experiences.ts'
import { appendTo } from '../support/append-events.ts'
import { eventually } from '../support/local-year.ts'
import { decider, directoryOf } from '../support/ministry.ts'
import { entered, exited, historyOf, token, waitScheduled } from '../unit/execution/history.ts'
import { logIn, openChromium, overflowOf, violationsOf } from './chromium.ts'
import { openPlayedConsole, type PlayedConsole } from './played-console.ts'

const { agreement } = svendborg
const review = '/reviews/2014/svendborg-rk'
const execution = '/executions/agreement-review/review-2014-svendborg-rk-a1'
let world: ConsoleWorld
let browser: Browser

beforeAll(async () => {
  world = await openConsoleWorld({ at: '2015-02-10T10:00:00.000Z' })
  const record = await raisedOnThree(world.ports)
  await record.decide(
    odense,
    { do: 'open-renegotiation', targets: ['M1'], text: '' },
    decider('anders', 'approver'),
  )
  await world.ports.directory.write(directoryOf(...people))
  for (const contact of svendborg.contacts) await world.ports.contacts.put(agreement.id, contact)
  await openReview(world.ports, agreement)
  await receiveFigures(world.ports, agreement)
  await receiveMail(world.ports, agreement, {
    mailKey: 'held-mail-1',
    standing: 'held',
    reason: 'unknown-address',
    from: 'konsulent@raadgiver.example',
    freeText: 'M2: 23 <script>document.title = "overtaget"</script>',
  })
  await receiveSheet()
  world.ports.clock.set('2015-03-10T08:00:00.000Z')
  await makeDraft(world.ports, agreement)
  await tellOfTheYear()
  await waitInExecution()
  await stopAllAnswers(world.ports)
  browser = await openChromium()
}, 600_000)

/** A mail whose figure stood in a cell of a file; it came twice, so that it changes nothing. */
const receiveSheet = async (): Promise<void> => {
  const raw = await compose({
    text: 'Se vedhæftet.',
    attachments: [{ filename: 'tal.csv', content: 'Nøgle;Jeres tal\r\nM2;23\r\n' }],
  })
  const rawSha256 = world.ports.digest(raw)
  await world.ports.archive.putOnce(`mail/${rawSha256}`, raw, 'message/rfc822')
  await receiveMail(world.ports, agreement, {
    mailKey: 'sheet-mail-1',
    standing: 'repeated',
    rawSha256,
    values: [
      {
        key: 'M2',
        value: { is: 'number', value: '23' },
        at: { part: 'workbook', file: 0, sheet: '', cell: 'B2' },
      },
    ],
  })
}

const shared = { Erfaring: 'Sprogmakkere gav færre afbrudte forløb.', 'Erfaring må deles': 'ja' }
const published = (mailKey: string, text: string) => ({
  type: 'ExperiencePublished',
  agreement: agreement.id,
  municipality: '479',
  mailKey,
  by: 'sofie',
  theme: 'danish',
  private: { text },
})

/** The year's run: one agreement ready, one without contacts; a card, and an experience that waits. */
const tellOfTheYear = async (): Promise<void> => {
  const append = appendTo(world.ports)
  await prepareReview(world.ports, { ...agreement, id: nyborg })
  await freezeYear(world.ports, [agreement.id, nyborg])
  await tell({ append }, 'experience-1', shared)
  await writeRun(world.ports, published('experience-1', shared.Erfaring))
  await tell({ append }, 'experience-2', { ...shared, Erfaring: 'Mentorer fik flere i job.' })
}

/** The review's execution as it stands while the caseworker has the turn. */
const waitInExecution = async (): Promise<void> => {
  const stream = reviewStream(2014, agreement.id)
  world.executions.keep({
    description: {
      machine: 'agreement-review',
      name: 'review-2014-svendborg-rk-a1',
      status: 'RUNNING',
      startedAt: '2015-01-15T08:00:00.000Z',
      endedAt: null,
      input: JSON.stringify({ stream, attempt: 1 }),
      output: null,
      error: null,
      cause: null,
    },
    definition: JSON.parse(readFileSync('workflows/agreement-review.asl.json', 'utf8')),
    history: historyOf(
      { type: 'ExecutionStarted' },
      entered('Open review'),
      exited('Open review'),
      { ...entered('Wait for the ministry'), input: '{}' },
      waitScheduled('wait/recommendation/'),
      { type: 'TaskTimedOut', error: 'States.Timeout' },
      waitScheduled('wait/recommendation/'),
    ),
  })
  await world.ports.waits.put(stream, { kind: 'recommendation', expects: 'wait/recommendation/', token })
}

afterAll(async () => {
  await browser.close()
  await world.close()
})

const state = async () => (await loadCase(world.ports, reviewCase, reviewStream(2014, agreement.id))).state

it('has no page that axe-core finds fault with, wide or narrow, and loads nothing that is not there', async () => {
  const context = await browser.newContext({ bypassCSP: true })
  const page = await context.newPage()
  const missing: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 400 && response.url().startsWith(world.base)) missing.push(response.url())
  })
  await logIn(page, `${world.base}/`, 'begge')
  const paths = [
    '/',
    review,
    `${review}/mails/figures-svendborg-rk`,
    `${review}/mails/sheet-mail-1`,
    `${review}/letters/letter-svendborg-rk-479`,
    '/runs/2014/preparation',
    matter,
    '/renegotiations/odense-rk/1',
    '/documents/REVIEW%232014%23svendborg-rk',
    '/erasures/REVIEW%232014%23svendborg-rk/figures-svendborg-rk',
    '/experiences/2014',
    '/renegotiations/odense-rk/1/draft',
    '/executions',
    '/executions/answers',
    '/executions/retention',
    execution,
    `${execution}/history`,
    `${execution}/states/Wait%20for%20the%20ministry`,
    '/executions/cases/REVIEW%232014%23svendborg-rk',
  ]
  const lookAt = async (path: string, width: number) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${world.base}${path}`)
    expect(await violationsOf(page), path).toEqual([])
    expect(await overflowOf(page), `${path} at ${width} px scrolls sideways`).toBe(0)
  }
  for (const width of [1280, 360]) for (const path of paths) await lookAt(path, width)
  // With nothing left to decide on, the letter with the cards is released.
  await writeRun(world.ports, published('experience-2', 'Mentorer fik flere i job.'))
  for (const width of [1280, 360]) {
    await lookAt('/experiences/2014', width)
    expect(await page.getByRole('button', { name: 'Frigiv brevet til alle kommuner' }).count()).toBe(1)
  }
  await page.goto(`${world.base}/logged-out`)
  expect(await violationsOf(page)).toEqual([])
  expect(missing).toEqual([])
  await context.close()
})

it('is recommended by one and approved by another without JavaScript, with the keyboard alone', async () => {
  const first = await browser.newContext({ javaScriptEnabled: false })
  const sofie = await first.newPage()
  await logIn(sofie, `${world.base}/`, 'sofie')
  await sofie.getByText('Hos kollegerne').click()
  await sofie.getByRole('link', { name: 'Svendborg: indstilling' }).click()
  expect(await sofie.title()).toContain('Svendborg')
  await sofie.getByLabel('Ydre forhold').fill('Flere kom end forudsat')
  await sofie.getByRole('button', { name: 'Indstil til godkendelse' }).focus()
  await sofie.keyboard.press('Enter')
  await sofie.getByText('Indstillingen er gemt.').waitFor()
  expect((await state()).status).toBe('recommended')
  await first.close()

  const second = await browser.newContext({ javaScriptEnabled: false })
  const anders = await second.newPage()
  await logIn(anders, `${world.base}${review}`, 'anders')
  await anders.getByRole('button', { name: 'Godkend udkastet' }).dblclick()
  await anders.getByText('Udkastet er godkendt.').waitFor()
  expect(await state()).toMatchObject({ status: 'approved', approval: { by: 'anders' } })
  await second.close()
})

it('skips to the content by the first tab stop, and runs nothing that came by mail', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await logIn(page, `${world.base}${review}/mails/held-mail-1`, 'ole')
  // A key pressed while the page is still being laid out is lost.
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Gå til sidens indhold')
  await page.keyboard.press('Enter')
  expect(new URL(page.url()).hash).toBe('#main-content')
  expect(await page.title()).toBe('Mail – Årshjul')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Hent mailen').click()])
  expect(download.suggestedFilename()).toMatch(/^mail-[0-9a-f]{12}\.eml$/)
  await context.close()
})

describe('a year that was really played', () => {
  let played: PlayedConsole
  beforeAll(async () => {
    played = await openPlayedConsole()
  }, 600_000)
  afterAll(() => played.close())

  /** The addresses on a page that have this shape, each once. */
  const linksOn = async (page: Page, path: string, shape: RegExp): Promise<readonly string[]> => {
    await page.goto(`${played.base}${path}`)
    const found = await page.evaluate<string[]>(
      '[...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"))',
    )
    return [...new Set(found)].filter((href) => shape.test(href))
  }
  const firstOn = async (page: Page, path: string, shape: RegExp): Promise<string> => {
    const [first] = await linksOn(page, path, shape)
    if (first === undefined) throw new Error(`${path} leads to nothing like ${String(shape)}`)
    return first
  }

  it('has no page that axe-core finds fault with or that a narrow screen is too small for', async () => {
    const context = await browser.newContext({ bypassCSP: true })
    const page = await context.newPage()
    const missing: string[] = []
    page.on('response', (response) => {
      if (response.status() >= 400) missing.push(response.url())
    })
    await page.goto(`${played.base}/`)
    expect(await violationsOf(page), 'the login').toEqual([])
    await logIn(page, `${played.base}/`, 'sofie-eksempel')

    const mailbox = await firstOn(page, '/mailboxes', /mette\.proeve/)
    const cases = await firstOn(page, '/reviews/2014/svendborg-rk', /^\/executions\/cases\//)
    const ofReview = await firstOn(page, cases, /^\/executions\/agreement-review\//)
    const paths = [
      '/',
      '/runs/2014',
      '/runs/2014/preparation',
      '/reviews/2014/svendborg-rk',
      // Several municipalities under one contract.
      '/reviews/2014/broenderslev-m-fl-pa',
      await firstOn(page, '/reviews/2014/svendborg-rk', /\/mails\/[^/]+$/),
      await firstOn(page, '/reviews/2014/svendborg-rk', /\/letters\/[^/]+$/),
      await firstOn(page, '/runs/2014', /^\/renegotiations\//),
      '/reports/2014',
      '/mailboxes',
      mailbox,
      await firstOn(page, mailbox, /^\/mailboxes\/[^/]+\/[^/]+$/),
      '/executions',
      '/executions/answers',
      '/executions/retention',
      '/executions?machine=renegotiation&status=SUCCEEDED',
      cases,
      ofReview,
      `${ofReview}/history`,
      await firstOn(page, ofReview, /\/states\/Wait/),
      '/executions/annual-run/run-2014-a1',
    ]
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 })
      for (const path of paths) {
        await page.goto(`${played.base}${path}`)
        expect(await violationsOf(page), `${path} at ${width} px`).toEqual([])
        expect(await overflowOf(page), `${path} at ${width} px scrolls sideways`).toBe(0)
      }
    }
    expect(missing).toEqual([])
    await context.close()
  })

  it('leads from the year to a review, its execution and each step of it, and back, without JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await logIn(page, `${played.base}/runs/2014`, 'ida-moenstersen')
    expect(new URL(page.url()).pathname).toBe('/runs/2014')
    await page.getByRole('link', { name: 'Svendborg' }).first().click()
    await page.getByRole('link', { name: 'Sagens forløb' }).click()
    await page.getByRole('link', { name: 'review-2014-svendborg-rk-a1' }).click()
    expect(await page.title()).toBe('Forløb review-2014-svendborg-rk-a1 – Årshjul')
    await page.getByRole('img', { name: 'Forløb review-2014-svendborg-rk-a1 som graf' }).waitFor()
    const row = page.getByRole('row', { name: /^Make draft/ })
    expect(await row.innerText()).toContain('gennemført')
    await row.getByRole('link').click()
    await page.getByText('"stream": "REVIEW#2014#svendborg-rk"').first().waitFor()
    await page.getByRole('link', { name: 'til forløbet' }).click()
    await page.getByRole('link', { name: 'REVIEW#2014#svendborg-rk' }).click()
    expect(new URL(page.url()).pathname).toBe('/reviews/2014/svendborg-rk')
    await context.close()
  })

  it('hands out a mail of 8 MB, which no function may answer with, from the archive by one click', async () => {
    const { hostname, port } = new URL(played.smtp)
    const transport = createTransport({ host: hostname, port: Number(port), secure: false, ignoreTLS: true })
    const [from, to] = ['fremmed@raadgivning.example', 'svar@svar.ministeriet.example']
    const sheet = Buffer.alloc(6_000_000, 0xff)
    const raw = await compose({ from, to, text: 'M2: 24,5', attachments: [{ filename: 'tal.bin', content: sheet }] }) // prettier-ignore
    expect(raw.length).toBeGreaterThan(8_000_000)
    await transport.sendMail({ envelope: { from, to }, raw })
    transport.close()

    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await logIn(page, `${played.base}/inbox`, 'sofie-eksempel')
    const held = await eventually('the mail is held', async () => {
      const [first] = await linksOn(page, '/inbox', /^\/inbox\/\d{4}-\d\d\/./)
      return first
    })
    await page.goto(`${played.base}${held}`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByText('Hent mailen').click(),
    ])
    expect(new URL(download.url()).host).not.toBe(new URL(played.base).host)
    expect(download.suggestedFilename()).toMatch(/^mail-[0-9a-f]{12}\.eml$/)
    const bytes = readFileSync(await download.path())
    expect(bytes.includes(raw.subarray(raw.length - 4_000_000))).toBe(true)
    await context.close()
  })

  it('shows an approver no executions', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await logIn(page, `${played.base}/`, 'anders-proevesen')
    expect(await page.getByRole('link', { name: 'Drift' }).count()).toBe(0)
    expect((await page.goto(`${played.base}/executions`))?.status()).toBe(403)
    await context.close()
  })
})
