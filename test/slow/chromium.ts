import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type Page } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/** Debian's Chromium, installed where it is missing; without it these tests fail, they are never skipped. */
export const openChromium = async (): Promise<Browser> => {
  if (!existsSync(executablePath))
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'] })
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds wrong with the page, one line each; the page's own policy must let it in (`bypassCSP`). */
export const violationsOf = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  const found = await page.evaluate<{
    violations: { id: string; help: string; nodes: { html: string }[] }[]
  }>('axe.run()')
  return found.violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`,
  )
}

/** How many pixels the page is wider than the screen. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')

/** Logs in on the local provider's page; a person without a password, as the page says. */
export const logIn = async (page: Page, address: string, person: string): Promise<void> => {
  await page.goto(address)
  await page.click(`button[name="person"][value="${person}"]`)
}
