import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { makeS3Archive, makeS3Links } from '../../../functions/adapters/s3.ts'
import { answeringCommands } from '../../../functions/domain/answering/answer-stop.ts'
import {
  answersStream,
  inboxStream,
  renegotiationStream,
  reviewStream,
  runStream,
} from '../../../functions/domain/base/stream-id.ts'
import { accept } from '../../../functions/domain/base/stream.ts'
import type { MinistryRole } from '../../../functions/domain/base/values.ts'
import { erasureCommands } from '../../../functions/domain/casefile/erasures.ts'
import { inboxCommands } from '../../../functions/domain/inbox/commands.ts'
import { inbox as inboxFold, type InboxEvent } from '../../../functions/domain/inbox/inbox.ts'
import { renegotiationCommands } from '../../../functions/domain/renegotiation/commands.ts'
import { matterCommands } from '../../../functions/domain/renegotiation/decisions/question.ts'
import { reviewCommands } from '../../../functions/domain/review/commands.ts'
import { runCommands } from '../../../functions/domain/year-run/commands.ts'
import { downloads, largestAnswer } from '../../../functions/handlers/console/downloads.ts'
import { loadCase, perform } from '../../../functions/handlers/record/perform.ts'
import { inboxCase, reviewCase, runCase } from '../../../functions/handlers/streams/cases.ts'
import { answersPath } from '../../../functions/web/operator/operator-parts.ts'
import { openS3 } from '../../../infra/local/aws/s3.ts'
import { maxAnswerBytes } from '../../../infra/local/function-failure.ts'
import { openBrowser } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { formsOf } from '../../../infra/local/players/ministry/page-forms.ts'
import { temporaryFolder } from '../../support/local-year.ts'
import { anders, directoryOf } from '../../support/ministry.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { frozenYear } from '../report/svendborg-year.ts'
import { openConsoleWorld, people, type ConsoleWorld } from './console-world.ts'
import { matter, nyborg, odense, raisedOnThree } from './renegotiating.ts'
import { makeDraft, openReview, receiveFigures, receiveMail } from './review-record.ts'

const { agreement } = svendborg
const review = reviewStream(2014, agreement.id)
const inbox = inboxStream('2015-02-20T10:00:00.000Z')
const mailKey = 'mail-of-a-stranger'

/** Every page with forms whose decisions are a registry, and what those are. */
const pages = [
  { address: `/reviews/2014/${agreement.id}`, stream: review, registry: reviewCommands },
  {
    address: `/erasures/${encodeURIComponent(review)}/${mailKey}`,
    stream: review,
    registry: erasureCommands,
  },
  { address: `/inbox/2015-02/${mailKey}`, stream: inbox, registry: inboxCommands },
  { address: matter, stream: renegotiationStream(nyborg, 1), registry: matterCommands },
  {
    address: `/renegotiations/${odense}/1`,
    stream: renegotiationStream(odense, 1),
    registry: renegotiationCommands,
  },
  {
    address: `/renegotiations/${odense}/1/draft`,
    stream: renegotiationStream(odense, 1),
    registry: renegotiationCommands,
  },
  { address: answersPath, stream: answersStream, registry: answeringCommands },
]

/** The same of a year whose report is frozen. */
const yearPages = ['/runs/2014/preparation', '/reports/2014', '/experiences/2014'].map((address) => ({
  address,
  stream: runStream(2014),
  registry: runCommands,
}))

let world: ConsoleWorld
let ofYear: ConsoleWorld
beforeAll(async () => {
  const { ports } = await frozenYear()
  await ports.directory.write(directoryOf(...people))
  ofYear = await openConsoleWorld({ at: ports.clock.now(), record: ports })
})
afterAll(() => ofYear.close())
beforeEach(async () => {
  world = await openConsoleWorld({ at: '2015-02-20T10:00:00.000Z' })
  const record = await raisedOnThree(world.ports)
  await record.decide(odense, { do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
  await world.ports.directory.write(directoryOf(...people))
  await openReview(world.ports, agreement)
  await receiveFigures(world.ports, agreement)
  await receiveMail(world.ports, agreement, { mailKey, standing: 'counts', party: '479' })
  world.ports.clock.set('2015-03-10T08:00:00.000Z')
  await makeDraft(world.ports, agreement)
  const held = inboxFold.eventSchema.parse({
    type: 'InboxMailHeld',
    v: 1,
    mailKey,
    rawSha256: 'a'.repeat(64),
    receivedAt: '2015-02-20T10:00:00.000Z',
    reason: 'no-request',
    likely: [agreement.id],
    homes: [{ stream: review, agreement: agreement.id, party: '479', because: 'sender' }],
    verdicts: null,
    private: { from: 'fremmed@raadgivning.example', subject: 'Tal', error: '', source: '' },
  })
  await perform(world.ports, inboxCase, inbox, {
    id: `mail/${mailKey}`,
    actor: { by: 'sender', standing: 'held' },
    decide: () => accept<InboxEvent>(held),
  })
})
afterEach(() => world.close())

const mayNot = (person: { readonly roles: readonly MinistryRole[] }, roles: readonly MinistryRole[]) =>
  !roles.some((role) => person.roles.includes(role))

/** Presses every button that belongs to other roles; returns what was not refused, and the pages it changed. */
const taken = async (
  on: ConsoleWorld,
  asked: typeof pages | typeof yearPages,
  person: (typeof people)[number],
): Promise<readonly string[]> => {
  const found: string[] = []
  const browser = openBrowser()
  const home = await openAs(browser, person.id, `${on.base}/`)
  const csrf = formsOf(home.html)[0]?.fields.get('csrf') ?? ''
  expect(csrf).not.toBe('')
  for (const { address, stream, registry } of asked) {
    const before = await on.ports.streams.load(stream)
    for (const { name, roles } of registry.commands) {
      if (!mayNot(person, roles)) continue
      const fields = new URLSearchParams({ csrf, nonce: `a-nonce-of-the-tests.${name}`, do: name, mailKey })
      const { status } = await browser.submit(home, { action: address, fields })
      if (status !== 403) found.push(`${name} on ${address}: ${status}`)
    }
    if ((await on.ports.streams.load(stream)).length !== before.length) found.push(address)
  }
  return found
}

it.each(people)('takes no decision on any page from $name that belongs to other roles', async (person) => {
  expect(await taken(world, pages, person)).toEqual([])
  expect(await taken(ofYear, yearPages, person)).toEqual([])
})

/** Every route that hands out bytes, with whose case it is and how many roles may have it. */
const handedOut = async () => {
  const { state } = await loadCase(world.ports, reviewCase, review)
  const mail = state.mails.find((one) => one.mailKey === 'figures-mail-1') ?? state.mails[0]
  const bytes = Buffer.from('Subject: fra en fremmed')
  await world.ports.archive.putOnce(`mail/${'a'.repeat(64)}`, bytes, 'message/rfc822')
  const year = await loadCase(ofYear.ports, reviewCase, review)
  const letter = year.state.letters[0]
  const run = await loadCase(ofYear.ports, runCase, runStream(2014))
  const file = run.state.frozen?.files[0]
  if (mail === undefined || letter === undefined || file === undefined)
    throw new Error('a route has nothing to hand out')
  await ofYear.ports.archive.putOnce(`letters/${letter.rawSha256}`, bytes, 'message/rfc822')
  const at = `/reviews/2014/${agreement.id}`
  return [
    {
      on: world,
      address: `${at}/mails/${mail.mailKey}/raw`,
      kind: 'mail',
    },
    {
      on: ofYear,
      address: `${at}/letters/${letter.letterKey}/raw`,
      kind: 'letter',
    },
    {
      on: world,
      address: `/inbox/2015-02/${mailKey}/raw`,
      kind: 'mail',
    },
    {
      on: world,
      address: `/documents/${encodeURIComponent(review)}/aktliste.csv`,
      kind: 'document-list',
    },
    {
      on: ofYear,
      address: `/reports/2014/files/${file.name}`,
      kind: 'report-file',
    },
  ] as const
}

/** Every page that shows the text of a mail or a letter, with words of it. */
const shownPages = async () => {
  const { state } = await loadCase(world.ports, reviewCase, review)
  const mail = state.mails.find((one) => one.mailKey === 'figures-mail-1') ?? state.mails[0]
  const raw = Buffer.from('Subject: fra en fremmed\r\n\r\nOrd fra en fremmed')
  await world.ports.archive.putOnce(`mail/${'a'.repeat(64)}`, raw, 'message/rfc822')
  const year = await loadCase(ofYear.ports, reviewCase, review)
  const letter = year.state.letters[0]
  if (mail === undefined || letter === undefined) throw new Error('a page has nothing to show')
  const at = `/reviews/2014/${agreement.id}`
  return [
    { on: world, address: `${at}/mails/${mail.mailKey}`, kind: 'mail', words: 'Sletning af mailens indhold' },
    { on: ofYear, address: `${at}/letters/${letter.letterKey}`, kind: 'letter', words: letter.rawSha256 },
    { on: world, address: `/inbox/2015-02/${mailKey}`, kind: 'mail', words: 'Ord fra en fremmed' },
  ] as const
}

it.each(people)(
  'shows to $name the mails and letters that their role and inhabilitet allow',
  async (person) => {
    const browser = openBrowser()
    for (const { on, address, kind, words } of await shownPages()) {
      const roles: readonly MinistryRole[] = downloads[kind].roles
      const allowed = !mayNot(person, roles) && !person.barredFrom.includes('479')
      await openAs(browser, person.id, `${on.base}/`)
      const { status, html } = await browser.get(`${on.base}${address}`)
      expect(status, `${person.id} ${address}`).toBe(allowed ? 200 : 403)
      expect(html.includes(words), `${person.id} ${address}`).toBe(allowed)
      expect(html.includes('Ikke for dig')).toBe(!allowed)
    }
  },
)

/** Every list that names senders, subjects or words of mails and letters, with some of them or what stands about them. */
const listPages = async () => {
  const { state } = await loadCase(world.ports, reviewCase, review)
  const from = state.mails.find(({ typed }) => typed === null)?.details?.from ?? ''
  expect(from).toContain('@')
  return [
    { on: world, address: '/inbox', words: 'fremmed@raadgivning.example' },
    { on: world, address: `/reviews/2014/${agreement.id}`, words: from },
    { on: ofYear, address: '/runs/2014/preparation', words: 'Emne:' },
  ] as const
}

it.each(people)(
  'names to $name in lists the senders and subjects that their role and inhabilitet allow',
  async (person) => {
    const browser = openBrowser()
    for (const { on, address, words } of await listPages()) {
      const allowed = !mayNot(person, downloads.mail.roles) && !person.barredFrom.includes('479')
      await openAs(browser, person.id, `${on.base}/`)
      const { status, html } = await browser.get(`${on.base}${address}`)
      expect(status, address).toBe(200)
      expect(html.includes(words), `${person.id} ${address}`).toBe(allowed)
      expect(html.includes('vises ikke for dig'), `${person.id} ${address}`).toBe(!allowed)
    }
  },
)

it('shows a mail of the inbox to nobody else with the answer to a form that is refused', async () => {
  const barred = people.find(({ barredFrom }) => barredFrom.includes('479'))
  const [, , inboxMail] = await shownPages()
  const browser = openBrowser()
  const home = await openAs(browser, barred?.id ?? '', `${world.base}/`)
  const csrf = formsOf(home.html)[0]?.fields.get('csrf') ?? ''
  const fields = new URLSearchParams({ csrf, nonce: 'a-nonce-of-the-tests', do: 'dismiss-mail', reason: '' })
  const { status, html } = await browser.submit(home, { action: inboxMail.address, fields })
  expect(status).toBe(403)
  expect(html).toContain('Ikke for dig')
  expect(html).not.toContain(inboxMail.words)
})

/** The local S3 with the archive in it, and addresses of its objects. */
const openArchive = async () => {
  const root = temporaryFolder('downloads')
  const s3 = await openS3({
    port: 0,
    root: root.path,
    now: () => Date.now(),
    buckets: { archive: { objectLock: true } },
  })
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new S3Client({ endpoint: s3.url, region: 'eu-west-1', credentials })
  onTestFinished(async () => {
    client.destroy()
    await s3.close()
    root.remove()
  })
  const bucket = { client, bucket: 'archive' }
  return { archive: makeS3Archive({ ...bucket, retentionDays: 1 }), archiveLinks: makeS3Links(bucket) }
}

it('hands out what is too large for an answer from the archive, to whom it hands out the rest', async () => {
  const { archive, archiveLinks } = await openArchive()
  const large = await openConsoleWorld({
    at: '2015-02-20T10:00:00.000Z',
    record: { ...world.ports, archive: { ...world.ports.archive, ...archive } },
    archiveLinks,
  })
  onTestFinished(() => large.close())
  const raw = Buffer.concat([Buffer.from('Subject: stor\r\n\r\n'), Buffer.alloc(8_000_000, 'x\r\n')])
  await archive.putOnce(`mail/${'a'.repeat(64)}`, raw, 'message/rfc822')
  for (const person of people) {
    const allowed = !mayNot(person, downloads.mail.roles) && !person.barredFrom.includes('479')
    const browser = openBrowser()
    await openAs(browser, person.id, `${large.base}/`)
    const before = large.noted.length
    const { status, html, url } = await browser.get(`${large.base}/inbox/2015-02/${mailKey}/raw`)
    const noted = large.noted.slice(before)
    expect(status, person.id).toBe(allowed ? 200 : 403)
    expect(url.pathname, person.id).toBe(
      allowed ? `/archive/mail/${'a'.repeat(64)}` : `/inbox/2015-02/${mailKey}/raw`,
    )
    expect(html === raw.toString(), person.id).toBe(allowed)
    expect(noted.map(({ kind, sha256 }) => [kind, sha256])).toEqual(
      allowed ? [['mail', large.ports.digest(raw)]] : [],
    )
  }
  expect(large.errors).toEqual([])
})

it('answers itself with no more than Lambda takes', async () => {
  const bytes = Buffer.alloc(largestAnswer, 0xff)
  await world.ports.archive.putOnce(`mail/${'a'.repeat(64)}`, bytes, 'message/rfc822')
  const browser = openBrowser()
  await openAs(browser, 'sofie', `${world.base}/`)
  const { status, url } = await browser.get(`${world.base}/inbox/2015-02/${mailKey}/raw`)
  expect([status, url.host]).toEqual([200, new URL(world.base).host])
  // As the adapter of the HTTP event puts bytes, with room for the headers.
  const answer = JSON.stringify({ isBase64Encoded: true, body: bytes.toString('base64') })
  expect(answer.length + 16_384).toBeLessThan(maxAnswerBytes)
})

it.each(people)('hands out to $name what their role and inhabilitet allow, and notes it', async (person) => {
  for (const { on, address, kind } of await handedOut()) {
    const roles: readonly MinistryRole[] = downloads[kind].roles
    const barred = kind !== 'report-file' && person.barredFrom.includes('479')
    const allowed = !mayNot(person, roles) && !barred
    const browser = openBrowser()
    await openAs(browser, person.id, `${on.base}/`)
    const before = on.noted.length
    const { status, html } = await browser.get(`${on.base}${address}`)
    expect(status, `${person.id} ${address}`).toBe(allowed ? 200 : 403)
    const noted = on.noted.slice(before)
    if (!allowed) {
      expect(html).toContain('Ikke for dig')
      expect(noted, address).toEqual([])
      continue
    }
    expect(noted, address).toEqual([
      {
        kind,
        person: person.id,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        at: expect.stringMatching(/Z$/) as string,
      },
    ])
    expect(JSON.stringify(noted)).not.toContain('@')
  }
})

it('hands out bytes in one way alone, which asks for role and inhabilitet, and all its routes are tried here', async () => {
  const folder = 'functions/handlers/console'
  const sources = readdirSync(folder).map((name) => ({
    name,
    text: readFileSync(join(folder, name), 'utf8'),
  }))
  const setting = sources.filter(({ text }) => text.includes('Content-Disposition'))
  expect(setting.map(({ name }) => name)).toEqual(['downloads.ts'])
  const routes = sources.flatMap(({ text }) => text.match(/return download\(c, ports/g) ?? [])
  expect(routes).toHaveLength((await handedOut()).length)
})
