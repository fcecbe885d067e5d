import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { reviewStream } from '../../functions/domain/stream-id.ts'
import { reviewCase } from '../../functions/handlers/cases/review-case.ts'
import { loadCase } from '../../functions/handlers/record/perform.ts'
import { svendborg } from '../fixtures/agreements/svendborg.ts'
import { openConsoleWorld, type ConsoleWorld } from '../integration/console/console-world.ts'
import { makeDraft, openReview, receiveFigures, receiveMail } from '../integration/console/review-record.ts'
import { sampleDesk } from '../integration/console/sample-desk.ts'
import { logIn, openChromium, violationsOf } from './chromium.ts'

const { agreement } = svendborg
const review = '/reviews/2014/svendborg-rk'
let world: ConsoleWorld
let browser: Browser

beforeAll(async () => {
  world = await openConsoleWorld({ at: '2015-02-10T10:00:00.000Z', desk: sampleDesk() })
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
  world.ports.clock.set('2015-03-10T08:00:00.000Z')
  await makeDraft(world.ports, agreement)
  browser = await openChromium()
}, 600_000)

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
    `${review}/letters/letter-svendborg-rk-479`,
    '/runs/2014/preparation',
    '/matters/kvoter%3A2015',
    '/renegotiations/odense-rk/1',
  ]
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 })
    for (const path of paths) {
      await page.goto(`${world.base}${path}`)
      expect(await violationsOf(page), path).toEqual([])
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect(overflow, `${path} at ${width} px scrolls sideways`).toBe(0)
    }
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
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Gå til sidens indhold')
  await page.keyboard.press('Enter')
  expect(new URL(page.url()).hash).toBe('#main-content')
  expect(await page.title()).toBe('Mail – Årshjul')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Hent mailen').click()])
  expect(download.suggestedFilename()).toMatch(/^mail-[0-9a-f]{12}\.eml$/)
  await context.close()
})
