import { afterEach, expect, it } from 'vitest'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { openBrowser, type Browser, type VisitedPage } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { alertsOf, formsOf, listedTasks } from '../../../infra/local/players/ministry/page-forms.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { openConsoleWorld, send, type ConsoleWorld } from './console-world.ts'
import { openReview, receiveFigures, receiveMail } from './review-record.ts'

const { agreement } = svendborg
const stream = reviewStream(2014, agreement.id)
const address = '/reviews/2014/svendborg-rk'
let world: ConsoleWorld

afterEach(() => world.close())

const open = async (): Promise<Browser> => {
  world = await openConsoleWorld({ at: '2015-02-10T10:00:00.000Z' })
  await openReview(world.ports, agreement)
  return openBrowser()
}
const state = async () => (await loadCase(world.ports, reviewCase, stream)).state
const visit = (browser: Browser, path: string, person = 'sofie'): Promise<VisitedPage> =>
  openAs(browser, person, `${world.base}${path}`)

it('types figures in beside the mail they came with, with page and line, marked as the ministry’s', async () => {
  const browser = await open()
  await receiveMail(world.ports, agreement, {
    mailKey: 'scan-mail-1',
    standing: 'counts',
    freeText: 'Hermed vores tal i papirform.',
  })
  const page = await visit(browser, `${address}/mails/scan-mail-1`)
  expect(page.html).toContain('Hermed vores tal i papirform.')
  const name = 'type-figures/479/scan-mail-1'
  const wrong = await send(browser, page, name, { 'figure.M2': 'ca. 23', 'place.M2': 'side 1' })
  expect(wrong.status).toBe(422)
  expect(alertsOf(wrong.html).join()).toContain('M2: »ca. 23« kan ikke læses som ét tal.')
  const nowhere = await send(browser, page, name, { 'figure.M2': '23' })
  expect(alertsOf(nowhere.html).join()).toContain('Skriv side og linje ved hvert tal.')
  const saved = await send(browser, wrong, name, {
    'figure.M2': '24,5 uger',
    'place.M2': 'side 1, linje 7',
    attachment: 'text',
  })
  expect(alertsOf(saved.html)).toContain('Tallene er gemt, og kontakten får en kvittering.')
  expect((await state()).parties[0]?.figures['M2']).toMatchObject({
    value: { is: 'number', value: '24.5' },
    at: { part: 'typed', page: 'side 1, linje 7' },
  })
  expect(world.acted).toEqual([stream])
  expect(saved.html).toContain('tastet af ministeriet: side 1, linje 7')
  const entry = (await state()).mails.at(-1)?.mailKey ?? ''
  const source = await browser.get(`${world.base}${address}/mails/${entry}`)
  expect(source.html).toContain('Tastet af Sofie Eksempel fra')
  expect(source.html).toContain(`${address}/mails/scan-mail-1`)
})

it('types figures in from a telephone call on the review itself, and refuses what a later answer has replaced', async () => {
  const browser = await open()
  await receiveFigures(world.ports, agreement)
  const page = await visit(browser, address)
  const from = { source: 'phone', note: 'Lene ringede' }
  const older = await send(browser, page, 'type-figures/479', {
    ...from,
    'figure.M2': '24',
    receivedOn: '2015-02-09',
  })
  expect(older.status).toBe(422)
  expect(alertsOf(older.html)).toContain(
    'Kommunen har svaret senere på et af tallene. Det senere svar gælder.',
  )
  world.ports.clock.set('2015-02-11T10:00:00.000Z')
  await send(browser, older, 'type-figures/479', { ...from, 'figure.M2': '24', receivedOn: '2015-02-11' })
  const figure = (await state()).parties[0]?.figures['M2']
  expect(figure).toMatchObject({
    value: { value: '24' },
    at: { page: 'telefonsamtale' },
    before: { value: '23' },
  })
})

it('offers no typing to an approver, and shows a figure’s line marked in the mail it came from', async () => {
  const browser = await open()
  await receiveMail(world.ports, agreement, {
    mailKey: 'figures-mail-1',
    standing: 'counts',
    freeText: 'Hej\n\nM1 i alt: 134\nM1 heraf: 61',
    values: [
      {
        key: 'M1 heraf',
        value: { is: 'number', value: '61' },
        at: { part: 'text', line: 4, segment: 'new' },
      },
    ],
  })
  const page = await visit(browser, address, 'anders')
  expect(formsOf(page.html).filter(({ name }) => name.startsWith('type-figures'))).toEqual([])
  const href = /href="([^"]*\/mails\/figures-mail-1#linje-4)"/u.exec(page.html)?.[1] ?? ''
  const mail = await browser.get(`${world.base}${href}`)
  expect(mail.html).toContain('<mark id="linje-4" data-read="M1 heraf">M1 heraf: 61</mark')
  expect(mail.html).toContain('href="#linje-4"')
  const raw = await browser.get(`${world.base}${address}/mails/figures-mail-1/raw`)
  expect(raw.html).toContain('M1 heraf: 61')
})

it('shows a figure in free text with its sentence, and takes a caseworker’s word on each, one by one', async () => {
  const browser = await open()
  const at = { part: 'text', line: 1, segment: 'new' } as const
  const sentence = 'Ventetiden var 24,5 uger, og vi er 12 <b>ansatte</b>.'
  await receiveMail(world.ports, agreement, {
    mailKey: 'prose-mail-1',
    standing: 'counts',
    freeText: sentence,
    proposals: [
      { key: 'M2', others: [], value: { is: 'number', value: '24.5' }, at },
      { key: 'M3', others: ['M1 heraf'], value: { is: 'number', value: '12' }, at },
    ],
    words: [
      { written: '24,5 uger', sentence },
      { written: '12', sentence },
    ],
  })
  const list = await visit(browser, '/')
  expect(listedTasks(list.html).map(({ kind }) => kind)).toEqual(['proposal', 'proposal'])
  const page = await browser.get(`${world.base}${listedTasks(list.html)[0]?.href ?? ''}`)
  expect(page.html).toContain('12 &lt;b&gt;ansatte')
  const undecided = await send(browser, page, 'decide-proposal/0/prose-mail-1', {})
  expect(undecided.status).toBe(422)
  await send(browser, page, 'decide-proposal/0/prose-mail-1', { as: 'confirmed' })
  const after = await send(browser, page, 'decide-proposal/1/prose-mail-1', { as: 'dismissed' })
  expect(alertsOf(after.html).join()).toContain('Tallet er afgjort.')
  const { figures } = (await state()).parties[0] ?? { figures: {} }
  expect(Object.keys(figures)).toEqual(['M2'])
  expect(formsOf(after.html).filter(({ name }) => name.startsWith('decide-proposal'))).toEqual([])
  const mail = await browser.get(`${world.base}${address}/mails/prose-mail-1`)
  expect(mail.html).toContain('data-read="M2"')
})

it('enters a contact that a mail asks for, from the form with name and address read from it', async () => {
  const browser = await open()
  await receiveMail(world.ports, agreement, {
    mailKey: 'wish-mail-1',
    standing: 'counts',
    asksContact: { role: 'contact' },
    contactWish: 'Lene Prøve, konsulent, lene@svendborg.example',
  })
  const list = await visit(browser, '/')
  expect(listedTasks(list.html).map(({ kind }) => kind)).toEqual(['new-contact'])
  const page = await browser.get(`${world.base}${listedTasks(list.html)[0]?.href ?? ''}`)
  const name = 'enter-contact/479/wish-mail-1'
  const wrong = await send(browser, page, name, { email: 'lene' })
  expect(alertsOf(wrong.html)).toContain('Skriv kontaktens mailadresse.')
  const done = await send(browser, page, name, {})
  expect(alertsOf(done.html).join()).toContain('Kontakten er indført.')
  expect((await state()).contactChanges.entered).toMatchObject([
    {
      party: '479',
      role: 'contact',
      mailKey: 'wish-mail-1',
      person: { name: 'Lene Prøve', title: 'konsulent' },
    },
  ])
  expect(listedTasks((await browser.get(`${world.base}/`)).html)).toEqual([])
})
