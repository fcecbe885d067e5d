import { afterEach, expect, it } from 'vitest'
import { runStream } from '../../../functions/domain/base/stream-id.ts'
import { accept } from '../../../functions/domain/base/stream.ts'
import { runCase } from '../../../functions/handlers/streams/cases.ts'
import { perform } from '../../../functions/handlers/record/perform.ts'
import { openBrowser } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { openConsoleWorld, type ConsoleWorld } from './console-world.ts'
import { openReview, receiveMail } from './review-record.ts'
import { yearRun, type RunEvent } from '../../../functions/domain/year-run/state.ts'

const { agreement } = svendborg
let world: ConsoleWorld
afterEach(() => world.close())

const opened = {
  type: 'RunOpened',
  v: 1,
  year: 2014,
  openedOn: '2014-12-01',
  requestOn: '2015-01-15',
  dueOn: '2015-03-02',
  factCheckOn: '2015-08-10',
  reportingOn: '2015-09-01',
}
const manifest = {
  type: 'ManifestMade',
  v: 1,
  asked: [{ agreement: 'svendborg-rk', municipalities: ['479'], targets: 3 }],
  leftOut: [{ agreement: 'kolding-p15', municipalities: ['621'], reason: 'first-year-next' }],
}

it('lists every review with whose turn it is, and who is left out and why', async () => {
  world = await openConsoleWorld({ at: '2015-02-10T10:00:00.000Z' })
  await perform(world.ports, runCase, runStream(2014), {
    id: 'open',
    actor: { by: 'system', name: 'test' },
    decide: () => accept<RunEvent>(...[opened, manifest].map((event) => yearRun.eventSchema.parse(event))),
  })
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
