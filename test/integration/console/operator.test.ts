import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ExecutionStatus } from '../../../functions/domain/execution/execution.ts'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { retentionRows } from '../../../functions/domain/base/retention.ts'
import { openBrowser } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { entered, exited, historyOf, token, waitScheduled } from '../../unit/execution/history.ts'
import { openConsoleWorld, type ConsoleWorld } from './console-world.ts'
import { openReview, writeEvents } from './review-record.ts'

const { agreement } = svendborg
const stream = reviewStream(2014, agreement.id)
const name = 'review-2014-svendborg-rk-a1'
const path = `/executions/agreement-review/${name}`
const until = '2015-03-02T23:00:00.000Z'
const definition: unknown = JSON.parse(readFileSync('workflows/agreement-review.asl.json', 'utf8'))
let world: ConsoleWorld

beforeEach(async () => {
  world = await openConsoleWorld({ at: '2015-02-10T10:00:00.000Z' })
})
afterEach(() => world.close())

const keep = (kept: string, status: ExecutionStatus, events = historyOf(entered('Open review'))): void => {
  world.executions.keep({
    description: {
      machine: 'agreement-review',
      name: kept,
      status,
      startedAt: '2015-01-15T08:00:00.000Z',
      endedAt: status === 'RUNNING' ? null : '2015-01-16T08:00:00.000Z',
      input: JSON.stringify({ stream, attempt: 1 }),
      output: null,
      error: status === 'FAILED' ? 'TypeError' : null,
      cause: status === 'FAILED' ? '{"errorMessage":"no figures of mette@svendborg.example"}' : null,
    },
    definition,
    history: events,
  })
}

const waitingHistory = () =>
  historyOf(
    { type: 'ExecutionStarted' },
    entered('Open review'),
    exited('Open review'),
    entered('Plan next'),
    exited('Plan next'),
    entered('What is next?', 'Choice'),
    exited('What is next?', 'Choice'),
    { ...entered('Wait for the municipality'), input: '{"next":"wait-municipality"}' },
    waitScheduled(`wait/reply/${until}`),
  )

const read = async (person: string, address: string) => {
  const page = await openAs(openBrowser(), person, `${world.base}${address}`)
  return { status: page.status, html: page.html, text: page.html.replaceAll(/\s+/g, ' ') }
}

it('shows where a review stands: what it waits for and until when, the graph, and the same as a table', async () => {
  keep(name, 'RUNNING', waitingHistory())
  await world.ports.waits.put(stream, { kind: 'reply', expects: `wait/reply/${until}`, token })
  const { status, text } = await read('sofie', path)
  expect(status).toBe(200)
  expect(text).toContain('kommunens indberetning')
  expect(text).toContain('<time datetime="2015-03-02T23:00:00.000Z">3. marts 2015 kl. 00.00.00</time>')
  expect(text).toMatch(/<svg role="img" aria-labelledby="graf-titel graf-tekst"/)
  expect(text).toContain('Forløbet står nu ved: Wait for the municipality.')
  expect(text).toMatch(/Wait for the municipality<\/span>.{0,200}venter/)
  expect(text).toContain('href="/reviews/2014/svendborg-rk"')
  expect(text).not.toContain(token)
})

it('tells when the record does not know the wait, as nobody would wake it', async () => {
  keep(name, 'RUNNING', waitingHistory())
  expect((await read('sofie', path)).text).toContain('<span class="badge badge-warning">nej</span>')
})

it('shows the history and each visit to a state, without the token that would answer it', async () => {
  keep(name, 'RUNNING', waitingHistory())
  const history = await read('ole', `${path}/history`)
  expect(history.text).toContain('ExecutionStarted')
  expect(history.text).toContain('invoke.waitForTaskToken')
  const state = await read('ole', `${path}/states/${encodeURIComponent('Wait for the municipality')}`)
  expect(state.text).toContain('wait-municipality')
  expect(state.text).toContain('(skjult)')
  expect(state.text).toContain('15. januar 2015 kl. 09.07.00')
  expect(history.html + state.html).not.toContain(token)
})

it('pages a long history', async () => {
  const many = Array.from({ length: 60 }, () => [entered('Plan next'), exited('Plan next')]).flat()
  keep(name, 'RUNNING', historyOf(...many))
  const first = await read('sofie', `${path}/history`)
  expect(first.text).toContain('Hændelser, side 1 af 2')
  expect(first.text).toContain(
    'href="/executions/agreement-review/review-2014-svendborg-rk-a1/history?page=2"',
  )
  expect((await read('sofie', `${path}/history?page=2`)).text).toContain('Hændelser, side 2 af 2')
  expect((await read('sofie', `${path}/history?page=nonsense`)).text).toContain('Hændelser, side 1 af 2')
})

it('says why an execution failed, without the addresses in it', async () => {
  keep(name, 'FAILED')
  const { text } = await read('sofie', path)
  expect(text).toContain('TypeError')
  expect(text).toContain('no figures of (adresse skjult)')
})

it('lists executions by workflow and status', async () => {
  keep(name, 'RUNNING')
  keep('review-2014-odense-rk-a1', 'FAILED')
  const all = await read('sofie', '/executions')
  expect(all.text).toContain(name)
  expect(all.text).toContain('review-2014-odense-rk-a1')
  const failed = await read('sofie', '/executions?machine=agreement-review&status=FAILED')
  expect(failed.text).not.toContain(name)
  expect(failed.text).toContain('review-2014-odense-rk-a1')
  expect((await read('sofie', '/executions?machine=renegotiation')).text).toContain('Ingen forløb.')
  expect((await read('sofie', '/executions?machine=nonsense&status=nonsense')).text).toContain(name)
})

it("lists a case's attempts, also one that is gone, and the case leads to them", async () => {
  await openReview(world.ports, agreement)
  await writeEvents(
    world.ports,
    agreement,
    { type: 'ExecutionAttached', v: 1, attempt: 1, execution: name },
    { type: 'ExecutionAttached', v: 1, attempt: 2, execution: 'review-2014-svendborg-rk-a2' },
  )
  keep('review-2014-svendborg-rk-a2', 'RUNNING')
  const address = `/executions/cases/${encodeURIComponent(stream)}`
  expect((await read('sofie', '/reviews/2014/svendborg-rk')).html).toContain(`href="${address}"`)
  const { text } = await read('sofie', address)
  expect(text).toContain('href="/executions/agreement-review/review-2014-svendborg-rk-a2"')
  expect(text).toMatch(/review-2014-svendborg-rk-a1.{0,80}findes ikke \(længere\)/)
})

it('is not for an approver, whose pages do not lead there either', async () => {
  await openReview(world.ports, agreement)
  keep(name, 'RUNNING')
  for (const address of ['/executions', path, `${path}/history`]) {
    const refused = await read('anders', address)
    expect(refused.status, address).toBe(403)
    expect(refused.text).not.toContain(name)
  }
  expect((await read('anders', '/reviews/2014/svendborg-rk')).html).not.toContain('/executions')
})

it('knows no execution, state or case that is not there, and takes no form', async () => {
  keep(name, 'RUNNING')
  for (const address of [
    '/executions/agreement-review/never-started',
    '/executions/other-machine/review-2014-svendborg-rk-a1',
    '/executions/agreement-review/no%20name%2F..',
    `${path}/states/Nowhere`,
    '/executions/cases/REVIEW%232014%23never',
    '/executions/cases/INBOX%232015-01',
    '/executions/cases/nonsense',
  ])
    expect((await read('sofie', address)).status, address).toBe(404)
  const posted = await fetch(`${world.base}${path}`, { method: 'POST', headers: { origin: world.base } })
  expect(posted.status).toBe(403)
})

it('shows administrators and auditors how long what is kept, from when, and why', async () => {
  for (const person of ['karla', 'ole']) {
    const { status, text } = await read(person, '/executions/retention')
    expect(status, person).toBe(200)
    for (const words of [
      '1826 dage',
      '30 dage',
      '10 timer',
      'accessLogDays',
      'archiveRetentionDays',
      'Rigsarkivet',
    ])
      expect(text, words).toContain(words)
    expect(text.match(/<th scope="row"/g)).toHaveLength(retentionRows.length)
  }
  expect((await read('ole', '/executions')).text).toContain('href="/executions/retention"')
  expect((await read('anders', '/executions/retention')).status).toBe(403)
})
