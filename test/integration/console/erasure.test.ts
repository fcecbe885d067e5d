import { afterEach, expect, it } from 'vitest'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { openBrowser, type Browser, type VisitedPage } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { alertsOf, formsOf, listedTasks } from '../../../infra/local/players/ministry/page-forms.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { openConsoleWorld, send, type ConsoleWorld } from './console-world.ts'
import { openReview, receiveMail, writeEvents } from './review-record.ts'

const { agreement } = svendborg
const stream = reviewStream(2014, agreement.id)
const mailKey = 'mail-with-cpr'
const address = `/erasures/${encodeURIComponent(stream)}/${mailKey}`
const mailPage = `/reviews/2014/svendborg-rk/mails/${mailKey}`
let world: ConsoleWorld

afterEach(() => world.close())

const open = async (): Promise<void> => {
  world = await openConsoleWorld({ at: '2015-02-25T10:00:00.000Z' })
  await openReview(world.ports, agreement)
  await receiveMail(world.ports, agreement, {
    mailKey,
    standing: 'counts',
    party: '479',
    freeText: 'Fatima er syg',
    values: [
      { key: 'M2', value: { is: 'number', value: '24.5' }, at: { part: 'text', line: 1, segment: 'new' } },
    ],
  })
}

const erasure = async () =>
  (await loadCase(world.ports, reviewCase, stream)).state.mails.find((mail) => mail.mailKey === mailKey)
    ?.erasure

const ask = async (browser: Browser, person: string): Promise<VisitedPage> =>
  send(browser, await openAs(browser, person, `${world.base}${address}`), 'ask-erasure', {
    ground: 'citizen-data',
    reason: 'En borgers helbred',
  })

it('Edge case 60: one person asks with a ground, the mail is hidden, and another decides', async () => {
  await open()
  const sofie = openBrowser()
  const before = await openAs(sofie, 'sofie', `${world.base}${mailPage}`)
  expect(before.html).toContain(address)
  expect(before.html).toContain('Fatima')
  const asked = await ask(sofie, 'sofie')
  expect(alertsOf(asked.html).join(' ')).toContain('Mailen vises ikke')
  expect(formsOf(asked.html).map(({ name }) => name)).not.toContain('confirm-erasure')
  const hidden = await sofie.get(`${world.base}${mailPage}`)
  expect(hidden.html).not.toContain('Fatima')
  expect(hidden.html).toContain('Sofie Eksempel har')
  expect((await sofie.get(`${world.base}${mailPage}/raw`)).status).toBe(404)
  expect((await sofie.get(`${world.base}/reviews/2014/svendborg-rk`)).html).not.toContain('Fatima')

  const anders = openBrowser()
  const [task] = listedTasks((await openAs(anders, 'anders', `${world.base}/`)).html)
  expect(task).toMatchObject({ kind: 'erasure', href: address })
  const page = await anders.get(`${world.base}${address}`)
  const done = await send(anders, page, 'confirm-erasure')
  expect(alertsOf(done.html).join(' ')).toContain('Sletningen er besluttet')
  expect(await erasure()).toMatchObject({ askedBy: 'sofie', confirmedBy: 'anders', erasedAt: null })
  // The erasing itself is left to what does not face the internet.
  expect(await world.ports.outbox.list()).toMatchObject([{ stream }])

  await writeEvents(world.ports, agreement, {
    type: 'MailErased',
    v: 1,
    mailKey,
    ground: 'citizen-data',
    askedBy: 'sofie',
    confirmedBy: 'anders',
    commits: [],
    files: [],
  })
  const erased = await anders.get(`${world.base}${mailPage}`)
  expect(erased.html).toContain('Sofie Eksempel bad om det, og Anders Prøvesen besluttede det.')
  expect(erased.html).toContain('En borgers helbred')
  const review = await anders.get(`${world.base}/reviews/2014/svendborg-rk`)
  expect(review.html).toContain('slettet den 25. februar 2015')
})

it('Edge case 60: the one who asked cannot decide, whatever the roles; a no shows the mail again', async () => {
  await open()
  const both = openBrowser()
  const asked = await ask(both, 'begge')
  expect(alertsOf(asked.html).join(' ')).toContain('Du har bedt om sletningen')
  const anders = openBrowser()
  const page = await openAs(anders, 'anders', `${world.base}${address}`)
  const forged = new URLSearchParams(
    formsOf(page.html).find(({ name }) => name === 'confirm-erasure')?.fields,
  )
  const own = await both.get(`${world.base}/reviews/2014/svendborg-rk`)
  forged.set('csrf', formsOf(own.html)[0]?.fields.get('csrf') ?? '')
  const refused = await both.submit(own, { action: address, fields: forged })
  expect(refused.status).toBe(403)

  await send(anders, page, 'decline-erasure', { reason: 'Oplysningen er ikke om en borger' })
  expect(await erasure()).toBeUndefined()
  expect((await anders.get(`${world.base}${mailPage}`)).html).toContain('Fatima')
})

it('Edge case 60: an erasure without a ground, by somebody barred, or of no mail is refused', async () => {
  await open()
  const sofie = openBrowser()
  const page = await openAs(sofie, 'sofie', `${world.base}${address}`)
  const refused = await send(sofie, page, 'ask-erasure', { ground: 'unlawful' })
  expect(refused.status).toBe(422)
  expect(alertsOf(refused.html).join(' ')).toContain('Skriv en begrundelse.')
  await ask(sofie, 'sofie')
  const barred = openBrowser()
  const seen = await openAs(barred, 'inhabil', `${world.base}${address}`)
  expect(formsOf(seen.html).filter(({ name }) => name.endsWith('-erasure'))).toEqual([])
  expect((await sofie.get(`${world.base}/erasures/${encodeURIComponent(stream)}/none`)).status).toBe(404)
})
