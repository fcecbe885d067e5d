import { readdirSync, readFileSync } from 'node:fs'
import * as XLSX from '@e965/xlsx'
import * as fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import {
  memoryArchiveLinks,
  memoryExecutions,
  memoryIdentityProvider,
  memoryRateCounters,
  memorySessionStore,
} from '../../functions/adapters/memory/console.ts'
import { makeMimeParser } from '../../functions/adapters/mime.ts'
import { makeSpreadsheetReader } from '../../functions/adapters/spreadsheet-reader.ts'
import { digest, makeFormTokens } from '../../functions/adapters/signing.ts'
import { rateLimits } from '../../functions/handlers/console/throttle.ts'
import { makeConsole } from '../../functions/handlers/console/console.ts'
import { performOwedActs } from '../../functions/handlers/streams.ts'
import { replyDomains } from '../../functions/domain/directory/directory.ts'
import { mailReceivedSchema } from '../../functions/domain/casefile/mails.ts'
import { contactSchema } from '../../functions/domain/agreement/content.ts'
import type { Reading } from '../../functions/domain/casefile/reading.ts'
import { mailReceived } from '../../functions/handlers/intake/arriving.ts'
import { caseSigns, findTokens } from '../../functions/intake/belonging.ts'
import { inspect } from '../../functions/intake/inspect.ts'
import {
  keyInputs,
  MessageUnreadable,
  type ParsedMessage,
  type SheetRows,
} from '../../functions/intake/message.ts'
import { readReply } from '../../functions/intake/read-reply.ts'
import { directoryOf } from '../support/ministry.ts'
import { alertsOf, formsOf } from '../../infra/local/players/ministry/page-forms.ts'
import { memoryBrowser } from '../integration/console/memory-browser.ts'
import { people } from '../integration/console/console-world.ts'
import { mailWithFiles } from '../integration/intake/any-attachments.ts'
import { anyMail } from '../integration/intake/any-mail.ts'
import { complete, compose, mette } from '../integration/intake/compose-mail.ts'
import { agreementFiles } from '../integration/intake/office-records.ts'
import { openPostOffice, type PostOffice } from '../integration/intake/post-office.ts'
import { sheetsOf } from '../integration/intake/read-mime.ts'
import { replyOf } from '../integration/intake/reply-generator.ts'
import { combinations, recipe } from '../integration/intake/reply-recipes.ts'
import { strayInBroken } from '../integration/intake/seen-figures.ts'
import { seenReply } from '../integration/intake/seen-recipes.ts'
import { filledRows, ourWorkbook } from '../integration/intake/filled-workbook.ts'
import { agreementKeys, fixture, form, message as madeMessage, request } from '../unit/intake/mail.ts'
import { mailOfParts } from './mime-trees.ts'
import { bytes, forms, joinName, mime, sheets, splitName, type Draw, type Mutation } from './mutations.ts'

/** An input broke a promise. What it broke stands before the colon: two inputs with the same words there are one find. */
export class Broken extends Error {
  override readonly name = 'Broken'
  readonly promise: string
  constructor(promise: string, found: string, options?: ErrorOptions) {
    super(`${promise}: ${found}`.slice(0, 2000), options)
    this.promise = promise
  }
}

/** A class of inputs: where they begin, what is done to them, and what must hold whatever they are. */
export interface Target {
  /** Inputs to begin with, as many as asked. */
  readonly seeds: (count: number) => Promise<readonly Buffer[]>
  readonly mutations: readonly Mutation[]
  /** An input of its own, where the class has a generator. */
  readonly made?: (draw: Draw) => Buffer
  readonly mostBytes: number
  /**
   * Feeds one input.
   * @returns what it did, in few words: an input that does what none did before is kept and changed further
   * @throws Broken, or whatever the reader let through
   */
  readonly feed: (input: Buffer) => Promise<string>
}

const broken = (promise: string, found: unknown): never => {
  throw new Broken(promise, typeof found === 'string' ? found : JSON.stringify(found))
}

const parser = makeMimeParser()
const spreadsheets = makeSpreadsheetReader()
const verdicts = { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS', spam: 'PASS', virus: 'PASS' } as const
const contacts = agreementFiles[0]!.contacts.map((contact) => contactSchema.parse(contact))
/** A stored item takes 400 kB; half of it is a mail's. */
const mostItemBytes = 200_000
const mostDoubts = 71
const receivedAt = '2015-02-24T13:07:00.000Z'

/** What holds of every reading, whatever was read. */
const heldBy = (reading: Reading, opened: { readonly message: ParsedMessage; readonly sheets: readonly SheetRows[] }): string => {
  const { answers, doubts } = reading
  if (doubts.length > mostDoubts) broken('doubts without end', doubts.length)
  const keys = answers.map(({ key }) => key)
  if (new Set(keys).size !== keys.length) broken('two answers under one key', keys)
  const unknown = keys.filter((key) => !form.some((field) => field.key === key))
  if (unknown.length > 0) broken('an answer to what nobody asked', unknown)
  const stray = strayInBroken(opened, reading)
  if (stray.length > 0) broken(`a figure that does not stand in the mail, ${stray[0]!.replace(/:.*$/su, '')}`, stray)
  return [
    ...answers.map(({ key, at }) => `${key}@${at.part}${'segment' in at ? at.segment : ''}`),
    ...new Set(doubts.map(({ kind, key }) => `${kind}?${key}`)),
    ...reading.wishes.map(({ wish }) => wish),
    ...(reading.confirms ? ['ok'] : []),
  ].toSorted().join(' ')
} // prettier-ignore

/** One mail through the reader: taken apart, inspected, read, and made the event that the record keeps. */
const readMail = async (raw: Buffer): Promise<string> => {
  let message: ParsedMessage
  try {
    message = await parser.parse(raw)
  } catch (error) {
    if (error instanceof MessageUnreadable) return `unreadable ${error.reason}`
    throw error
  }
  const keys = keyInputs(message)
  const inspected = inspect({ message, verdicts, source: mette, receivedOn: '2015-02-24', ownDomains: ['svar.ministeriet.example'] }) // prettier-ignore
  const tokens = findTokens(message, ['svar@svar.ministeriet.example'])
  const { workbook, unreadable } = await sheetsOf(message)
  caseSigns(message, workbook)
  const sender = inspected.senderAmong(contacts)
  const nature = inspected.natureBy(sender, () => false)
  const reading = readReply({ message, form, sent: [request], year: 2014, receivedOn: '2015-02-24', agreementKeys, workbook, unreadable }) // prettier-ignore
  const mail = { ...inspected, message, envelope: { verdicts, source: mette, recipients: [] }, rawSha256: digest(raw), receivedAt, mailKey: digest(keys.mail), bodyKey: digest(keys.body), dateKey: digest(message.date ?? ''), workbooks: async () => ({ sheets: workbook, unreadable }) } // prettier-ignore
  const event = mailReceived({ digest }, { mail, sender, nature, reading, party: '479', answers: null })
  const stored = JSON.stringify(event)
  if (Buffer.byteLength(stored) > mostItemBytes) broken('an item without end', Buffer.byteLength(stored))
  const back = mailReceivedSchema.safeParse(JSON.parse(stored))
  if (!back.success) broken('an event that cannot be read back', back.error.message)
  const did = heldBy(reading, { message, sheets: workbook })
  return [nature.is, sender.is, event.reason, Object.keys(tokens).length, message.html === null ? 't' : 'h', ...message.flags ?? [], unreadable.map(({ refusal }) => refusal).toSorted(), did].flat().join(' ') // prettier-ignore
}

const plainMails = ['reply-1.txt', 'reply-2.txt', 'reply-3.txt', 'receipt-1.txt', 'request-479.txt']

/** Mails of all the generators the tests have, as many as asked. */
const mailSeeds = async (count: number): Promise<readonly Buffer[]> => {
  const made: Buffer[] = []
  for (const name of plainMails) made.push(await compose({ text: fixture(name) }))
  for (let nth = 0; made.length < count; nth += 1) {
    const { parts } = await seenReply(nth)
    made.push(await compose({ messageId: `<seen-${nth}@svendborg-kommune.example>`, ...parts }))
    made.push((await replyOf(recipe((nth * 4441) % combinations))).raw)
    if (nth % 3 === 0) made.push(await compose((await mailWithFiles(nth)).parts))
  }
  return made.slice(0, Math.max(count, plainMails.length))
}

const filled = filledRows.map((row) => [...row])
const sheetJs = (bookType: XLSX.BookType): Uint8Array => {
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(filled), 'Indberetning')
  return XLSX.write(book, { type: 'buffer', bookType })
}

const sheetSeeds = async (count: number): Promise<readonly Buffer[]> => {
  const files: (readonly [string, Uint8Array])[] = [
    ['a.xlsx', await writeXlsx({ sheets: [{ name: 'Indberetning', rows: filled }] })],
    ['indberetning-2014-svendborg.xlsx', await ourWorkbook()],
    ['b.xlsx', sheetJs('xlsx')],
    ['a.ods', sheetJs('ods')],
    ['a.xls', sheetJs('biff8')],
    ['a.xml', sheetJs('xlml')],
    ['a.csv', Buffer.from(filled.map((row) => row.join(';')).join('\r\n'))],
    ['a.txt', Buffer.from(`\uFEFF${filled.map((row) => row.join('\t')).join('\r\n')}`, 'utf16le')],
    ['a.html', sheetJs('html')],
  ]
  return files.slice(0, Math.max(count, 5)).map(([name, content]) => joinName(name, Buffer.from(content)))
}

const readSheet = async (input: Buffer): Promise<string> => {
  const [filename, content] = splitName(input)
  const attachment = { filename, mimeType: 'application/octet-stream', content: new Uint8Array(content), sha256: '', inline: false } // prettier-ignore
  const result = await spreadsheets(attachment, 0)
  if (result === null) return 'no sheet'
  if (!result.ok) return result.refusal
  const rows = result.sheets.flatMap((sheet) => sheet.rows)
  if (result.sheets.some((sheet) => sheet.rows.length > 2000)) broken('rows without end', rows.length)
  const message = madeMessage({ text: '', attachments: [attachment] })
  caseSigns(message, result.sheets)
  const reading = readReply({ message, form, sent: [request], year: 2014, receivedOn: '2015-02-24', agreementKeys, workbook: result.sheets, unreadable: [] }) // prettier-ignore
  return `${result.sheets.length} ${heldBy(reading, { message, sheets: result.sheets })}`
}

const registered = new Set(
  agreementFiles.flatMap((agreement) => agreement.contacts.map(({ email }) => email.toLowerCase())),
)
const mailsAnOffice = 25

/** A mail and what the receiving system found of it, as one input: the first line is the envelope. */
const envelopes = [
  { source: mette, to: 'own', dmarc: 'PASS' },
  { source: mette, to: 'own', dmarc: 'FAIL' },
  { source: mette, to: 'odense', dmarc: 'PASS' },
  { source: 'x@evil.example', to: 'own', dmarc: 'PASS' },
  { source: 'x@evil.example', to: 'bare', dmarc: 'GRAY' },
  { source: '', to: 'own', dmarc: 'PASS' },
  { source: mette, to: 'bare', dmarc: 'PASS' },
] as const

/** The whole intake: mails of one office, some after one another, then a new one. */
const intakeTarget = (): Target => {
  let office: PostOffice | null = null
  let fed = 0
  const recorded = async (at: PostOffice): Promise<number> => {
    const states = await Promise.all(Object.values(at.streams).map((stream) => at.state(stream)))
    return states.flatMap(({ mails }) => mails).length + (await at.inbox()).length
  }
  const isOurs = async (at: PostOffice, raw: Uint8Array): Promise<boolean> => {
    const own = replyDomains(await at.ports.directory.read())
    const message = await parser.parse(raw).catch(() => null)
    return own.some((domain) => message?.from[0]?.address.endsWith(`@${domain}`) === true)
  }
  return {
    mutations: [...bytes, ...mime].map((mutation) => (input, draw, other) => {
      const [head, body] = splitName(input)
      const kept = draw.isOneIn(4) ? String(draw.below(envelopes.length)) : head
      return joinName(kept, mutation(body, draw, splitName(other)[1]))
    }),
    mostBytes: 100_000,
    seeds: async (count) => {
      const at = await openPostOffice()
      const drawn = await Promise.all(fc.sample(anyMail(at), { seed: 1, numRuns: count }))
      const { address, message, messageId } = at.request
      const reply = await compose({ to: address, subject: `SV: ${message.subject}`, inReplyTo: messageId, text: complete }) // prettier-ignore
      return [reply, ...drawn.map(({ raw }) => Buffer.from(raw))].map((raw, nth) =>
        joinName(String(nth % envelopes.length), raw),
      )
    },
    feed: async (input) => {
      if (fed % mailsAnOffice === 0) office = await openPostOffice()
      fed += 1
      const at = office ?? broken('no office', '')
      const [head, raw] = splitName(input)
      const { source, to, dmarc } = envelopes[Number(head)] ?? envelopes[0]
      const recipients = [{ own: at.request.address, odense: at.odenseRequest.address, bare: 'svar@svar.ministeriet.example' }[to]] // prettier-ignore
      const [before, figures] = [await recorded(at), JSON.stringify(await at.figures())]
      const { mail, inbox, answers } = await at.receive(raw, { source, recipients, verdicts: { dmarc } })
      const added = (await recorded(at)) - before
      if ((await at.ports.archive.get(`mail/${digest(raw)}`)) === null) broken('a mail that is not archived', '')
      if (added > 1) broken('a mail that has two homes', added)
      if (added === 0 && before === 0 && !(await isOurs(at, raw))) broken('a mail that is lost', '')
      if (answers.length > 1) broken('two answers to one mail', answers.map(({ kind }) => kind))
      const strangers = answers.flatMap(({ to: all }) => all).filter((one) => !registered.has(one.toLowerCase()))
      if (strangers.length > 0) broken('a stranger was written to', strangers)
      const isOther = JSON.stringify(await at.figures()) !== figures
      const isTheirs = dmarc === 'PASS' && mail?.standing === 'counts' && registered.has(mail.details?.from ?? '')
      if (isOther && !isTheirs) broken('a figure of somebody else counted', mail?.standing ?? '')
      for (const { message } of answers)
        if ((message.text ?? '').length > 40_000) broken('an answer without end', (message.text ?? '').length)
      return [mail?.standing, mail?.reason, inbox?.reason, answers.map(({ kind }) => kind), isOther].flat().join(' ')
    },
  }
} // prettier-ignore

const postsAWorld = 300
const consolePages = ['/', '/inbox', '/reviews/2014/svendborg-rk', '/reviews/2014/odense-rk', '/runs/2014/preparation', '/runs/2014', '/operator', '/sessions', '/experiences/2014', '/reports/2014'] // prettier-ignore
const pressing = ['sofie', 'anders', 'begge']
const base = 'https://console.example'

/** A year in which something is to be decided on every page, and three people who are logged in. */
const openDesk = async () => {
  const office = await openPostOffice()
  const bare = 'svar@svar.ministeriet.example'
  await office.reply({ text: complete })
  await office.reply({ from: 'x@evil.example', text: 'M2: 1' })
  await office.receive(await compose({ to: bare, text: 'M2: 24,5' }), { recipients: [bare] })
  const { ports } = office
  const directory = directoryOf(...people)
  await ports.directory.write(directory)
  const identity = memoryIdentityProvider(directory.people)
  const errors: unknown[] = []
  const secret = 'a secret of the fuzzer that is used nowhere else'
  const app = makeConsole({
    ...ports,
    archiveLinks: memoryArchiveLinks,
    sessions: memorySessionStore({ secrets: new Map([[1, secret]]) }),
    identity,
    forms: makeFormTokens(new Map([[1, secret]])),
    assets: { get: async () => null },
    executions: memoryExecutions(),
    settings: { baseUrl: base, accessibilityStatement: 'https://a.example', privacyPolicy: 'https://p.example' },
    realNowMs: () => Date.now(),
    afterDecision: (stream) => performOwedActs(ports, stream),
    rates: memoryRateCounters(),
    rateLimits: rateLimits(1_000_000),
    addressOf: () => null,
    noteDownload: () => {},
    report: (error) => errors.push(error),
  })
  const browsers = new Map<string, { readonly ask: ReturnType<typeof memoryBrowser>['ask']; readonly csrf: string }>()
  for (const id of pressing) {
    const { login, ask } = memoryBrowser({ app, identity, base })
    await login(id)
    const [onPage] = formsOf(await (await ask('/')).text())
    browsers.set(id, { ask, csrf: onPage?.fields.get('csrf') ?? '' })
  }
  const [held] = await office.inbox()
  return { ports, errors, browsers, pages: [...consolePages, `/inbox/2015-02/${held?.mailKey ?? ''}`] }
} // prettier-ignore

/** The console's forms, their bodies changed. `path person type` is the first line; the token is filled in when it is sent. */
const formTarget = (): Target => {
  let opened: Awaited<ReturnType<typeof openDesk>> | null = null
  let fed = 0
  const desk = async () => {
    if (fed % postsAWorld === 0 || opened === null) opened = await openDesk()
    return opened
  }
  return {
    mutations: forms,
    mostBytes: 400_000,
    seeds: async () => {
      const { browsers, pages } = await desk()
      const found = new Map<string, Buffer>()
      for (const [person, { ask }] of browsers)
        for (const path of pages)
          for (const { name, action, fields, names, choices } of formsOf(await (await ask(path)).text())) {
            const target = new URL(action, `${base}${path}`).pathname
            if (target.startsWith('/log')) continue
            for (const field of names) if (!fields.has(field)) fields.set(field, choices.get(field)?.[0] ?? 'x')
            fields.set('csrf', 'CSRF')
            if (fields.has('nonce')) fields.set('nonce', 'NONCE')
            found.set(`${target} ${name}`, joinName(`${target} ${person}`, Buffer.from(fields.toString())))
          }
      return [...found.values()]
    },
    feed: async (input) => {
      const { ports, errors, browsers } = await desk()
      fed += 1
      const [head, body] = splitName(input)
      const [path = '/', person = '', ...type] = head.split(' ')
      const { ask, csrf } = browsers.get(person) ?? browsers.get('sofie')!
      const { pathname } = new URL(path, base)
      const text = body.toString('latin1').replaceAll('CSRF', csrf).replaceAll('NONCE', `fuzz.${fed}.nonce-of-a-form`)
      const [sent, before] = [ports.mail.sent.length, errors.length]
      const answered = await ask(pathname, {
        method: 'POST',
        headers: { 'content-type': type.length === 0 ? 'application/x-www-form-urlencoded' : type.join(' ') },
        body: Buffer.from(text, 'latin1'),
      })
      const page = await answered.text()
      if (errors.length > before) throw new Broken('an error behind a form', String(errors.at(-1)), { cause: errors.at(-1) })
      if (answered.status >= 500) broken('a page that failed', answered.status)
      if (page.length > 2_000_000) broken('a page without end', page.length)
      const strangers = ports.mail.sent.slice(sent).flatMap(({ to }) => to).filter((one) => one.includes('evil'))
      if (strangers.length > 0) broken('a stranger was written to', strangers)
      return `${pathname.slice(0, 12)} ${answered.status} ${answered.headers.get('location') ?? ''} ${alertsOf(page).join(' ').slice(0, 200)}`
    },
  }
} // prettier-ignore

const folder = new URL('../fixtures/fuzz/', import.meta.url)
/** Inputs that were once found, of a class, each a file that begins with its name: they hold now, and begin every run. */
export const foundBefore = (name: string): readonly { readonly file: string; readonly input: Buffer }[] =>
  readdirSync(folder)
    .filter((file) => file.startsWith(`${name}-`))
    .map((file) => ({ file, input: readFileSync(new URL(file, folder)) }))
const mailsOf = (name: string, most: number) => async (count: number) => [
  ...foundBefore(name).map(({ input }) => input),
  ...(await mailSeeds(Math.min(count, most))),
]

/** Every class, by the name it is asked for; each call opens its own. */
export const targets: Readonly<Record<string, () => Target>> = {
  bytes: () => ({ seeds: mailsOf('bytes', 300), mutations: [...bytes, ...mime], mostBytes: 300_000, feed: readMail }),
  structures: () => ({ seeds: mailsOf('structures', 20), mutations: [...mime, ...bytes.slice(0, 4)], made: mailOfParts, mostBytes: 300_000, feed: readMail }),
  sheets: () => ({ seeds: sheetSeeds, mutations: sheets, mostBytes: 300_000, feed: readSheet }),
  forms: formTarget,
  intake: intakeTarget,
} // prettier-ignore

/** @throws RangeError for a class that is not there */
export const targetOf = (name: string): Target => {
  const open = targets[name]
  if (open === undefined)
    throw new RangeError(`no class ${name}; there are ${Object.keys(targets).join(', ')}`)
  return open()
}
