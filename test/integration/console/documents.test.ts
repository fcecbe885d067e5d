import { afterEach, expect, it } from 'vitest'
import { documentList } from '../../../functions/domain/documents/document-list.ts'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { openBrowser } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { openConsoleWorld, type ConsoleWorld } from './console-world.ts'
import { makeDraft, openReview, receiveFigures, receiveMail, writeEvents } from './review-record.ts'

const { agreement } = svendborg
const stream = reviewStream(2014, agreement.id)
const path = `/documents/${encodeURIComponent(stream)}`
let world: ConsoleWorld

afterEach(() => world.close())

const drafted = async (): Promise<string> => {
  world = await openConsoleWorld({ at: '2015-02-10T10:00:00.000Z' })
  await openReview(world.ports, agreement)
  await receiveFigures(world.ports, agreement)
  await receiveMail(world.ports, agreement, { mailKey: 'cpr-mail', standing: 'set-aside', party: '479' })
  world.ports.clock.set('2015-03-10T08:00:00.000Z')
  await makeDraft(world.ports, agreement)
  const { state } = await loadCase(world.ports, reviewCase, stream)
  const subject = state.draft?.subject ?? ''
  const recommended = { type: 'Recommended', v: 1, subject, by: 'sofie', changes: [], externalFactors: [] }
  await writeEvents(world.ports, agreement, { ...recommended, private: { text: 'Som beregnet' } })
  await writeEvents(world.ports, agreement, {
    type: 'SentBack',
    v: 1,
    subject,
    by: 'anders',
    private: { text: 'Se på mål 1 igen' },
  })
  await writeEvents(world.ports, agreement, { ...recommended, private: { text: 'Set igen' } })
  await writeEvents(world.ports, agreement, {
    type: 'Noted',
    v: 1,
    by: 'sofie',
    on: '2015-03-10',
    about: 'phone',
    contactId: null,
    private: { text: 'Talt med Lene om mål 1.' },
  })
  return subject
}

const sendHearing = (subject: string) =>
  writeEvents(world.ports, agreement, {
    type: 'LetterSent',
    v: 1,
    letterKey: 'hearing-479',
    order: { kind: 'hearing', party: '479', seq: 1, about: subject },
    recipients: ['kontakt-1'],
    datedOn: '2015-03-10',
    dueOn: '2015-03-24',
    rawSha256: 'b'.repeat(64),
    messageId: '<2@mail.example>',
    again: false,
    private: { to: ['kontakt@kommune.example'], subject: 'UDKAST til bedømmelse', text: 'Udkast' },
  })

const documents = async () =>
  documentList(
    (await world.ports.streams.load(stream)).map(({ meta, events }) => ({
      meta,
      events: events.map(reviewCase.read),
    })),
    ['479'],
  )

it('Edge case 26: a draft and its recommendation are internal until the letter with them is sent, and open from the day after; remarks stay internal', async () => {
  const subject = await drafted()
  const accessOf = async () =>
    Object.fromEntries((await documents()).map((one) => [`${one.number} ${one.type}`, one.access]))
  expect(await accessOf()).toMatchObject({
    '1 letter': { is: 'open', from: '2015-01-16' },
    '2 mail': { is: 'open', from: '2015-02-10' },
    '3 mail': { is: 'exempt', because: 'citizen-data' },
    '4 draft': { is: 'exempt', because: 'draft-not-sent' },
    '5 recommendation': { is: 'exempt', because: 'draft-not-sent' },
    '6 remarks': { is: 'exempt', because: 'internal-remarks' },
    '7 recommendation': { is: 'exempt', because: 'draft-not-sent' },
    '8 note': { is: 'facts-alone' },
  })
  const before = await documents()
  await sendHearing(subject)
  expect(await accessOf()).toMatchObject({
    '4 draft': { is: 'open', from: '2015-03-11' },
    '5 recommendation': { is: 'open', from: '2015-03-11' },
    '6 remarks': { is: 'exempt', because: 'internal-remarks' },
    '9 letter': { is: 'open', from: '2015-03-11' },
  })
  // A number belongs to its document for ever.
  expect((await documents()).slice(0, before.length).map(({ number, type }) => [number, type])).toEqual(
    before.map(({ number, type }) => [number, type]),
  )
})

it('Edge case 26: the list is a page with links, and a table for others, with nothing of what is set aside', async () => {
  const subject = await drafted()
  await sendHearing(subject)
  const browser = openBrowser()
  const review = await openAs(browser, 'ole', `${world.base}/reviews/2014/svendborg-rk`)
  expect(review.html).toContain(`href="${path}"`)
  const page = await browser.get(`${world.base}${path}`)
  expect(page.html).toContain('Aktliste')
  expect(page.html).toContain('/reviews/2014/svendborg-rk/letters/hearing-479')
  expect(page.html).toContain('til 11. marts 2015, dagen efter afsendelsen')
  expect(page.html).toContain('ja: internt, sendes ikke')
  expect(page.html).toContain('(vises ikke)')

  const csv = await browser.get(`${world.base}${path}/aktliste.csv`)
  const lines = csv.html.trimEnd().split('\r\n')
  expect(lines).toHaveLength(10)
  expect(lines[0]).toBe('Sagsnr.;Nr.;Dato;Retning;Dokument;Part;Type;Undtaget fra aktindsigt;SHA-256')
  expect(lines[9]).toBe(
    `2015-0479;9;2015-03-10;ud;UDKAST til bedømmelse;Svendborg;brev;til 11. marts 2015, dagen efter afsendelsen;${'b'.repeat(64)}`,
  )
  expect((await browser.get(`${world.base}/documents/RUN%232014`)).status).toBe(404)
  expect((await browser.get(`${world.base}/documents/REVIEW%232014%23nobody`)).status).toBe(404)
})

it('Edge case 26, Edge case 60: an erased mail keeps its number, date, party and hash, and nothing of what it said', async () => {
  await drafted()
  await writeEvents(world.ports, agreement, {
    type: 'MailErased',
    v: 1,
    mailKey: 'cpr-mail',
    ground: 'citizen-data',
    askedBy: 'sofie',
    confirmedBy: 'anders',
    commits: [],
    files: [],
  })
  expect((await documents())[2]).toMatchObject({
    number: 3,
    on: '2015-02-10',
    parties: ['479'],
    title: '',
    access: { is: 'exempt', because: 'erased' },
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
  })
  expect(JSON.stringify((await documents())[2])).not.toMatch(/lene|Indberetning/iu)
})
