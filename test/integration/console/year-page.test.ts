import { afterEach, expect, it } from 'vitest'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { openBrowser } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { openConsoleWorld, type ConsoleWorld } from './console-world.ts'
import { openReview, receiveMail } from './review-record.ts'
import { openYear } from './year-record.ts'

const { agreement } = svendborg
let world: ConsoleWorld
afterEach(() => world.close())

it('lists every review with whose turn it is, and who is left out and why', async () => {
  world = await openConsoleWorld({ at: '2015-02-10T10:00:00.000Z' })
  await openYear(
    world.ports,
    [agreement.id],
    [
      {
        agreement: agreementIdSchema.parse('kolding-p15'),
        municipalities: ['621'],
        reason: 'first-year-next',
      },
    ],
  )
  await openReview(world.ports, agreement)
  await receiveMail(world.ports, agreement, {
    mailKey: 'held-mail-1',
    standing: 'held',
    reason: 'unknown-address',
  })
  const page = await openAs(openBrowser(), 'ole', `${world.base}/runs/2014`)
  expect(page.status).toBe(200)
  const text = page.html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  expect(text).toContain('Svendborg 2015-0479 indberetning sagsbehandler 2. marts 2015')
  expect(text).toContain('kolding-p15 Kolding indberetter første gang for det følgende år')
  expect(text).toContain('I alt 1')
})
