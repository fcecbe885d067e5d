import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { fixture, request } from '../../unit/intake/mail.ts'
import { compose, mette } from './compose-mail.ts'
import { kindsOfFiles, lostFiles, mailWithFiles } from './any-attachments.ts'
import { fatesOf, leavesOf } from './leaf-parts.ts'
import { shapedMail, shapesOfMails } from './mime-shapes.ts'
import { openPostOffice } from './post-office.ts'
import { readRaw } from './read-mime.ts'
import { replyOf } from './reply-generator.ts'
import { combinations, recipe } from './reply-recipes.ts'
import { figuresOfReading, strayFigures } from './seen-figures.ts'
import { layoutNames, seenReply } from './seen-recipes.ts'

const wanted = 2940
const share = 6

/** Every figure is read as it is meant, or asked; none is invented, none is another's or another year's. */
describe('MAIL 259: replies whose layout says which figures are meant', () => {
  const seen = new Set<string>()
  test.each(Array.from({ length: share }, (_, at) => at))('part %i', { timeout: 180_000 }, async (part) => {
    const wrong: unknown[] = []
    for (let nth = part; nth < wanted; nth += share) {
      const { layout, parts, meant, isPlain, asked = [], until } = await seenReply(nth)
      const raw = await compose({ messageId: `<seen-${nth}@svendborg-kommune.example>`, ...parts })
      seen.add(createHash('sha256').update(JSON.stringify([parts.text, parts.html, parts.attachments])).digest('hex')) // prettier-ignore
      const reading = await readRaw(raw, { sent: [request] })
      const found = figuresOfReading(reading)
      const silent = Object.entries(found).filter(([key, value]) => meant[key] !== value)
      const unsaid = [...Object.keys(meant), ...asked].filter(
        (key) => found[key] === undefined && !reading.doubts.some((doubt) => doubt.key === key || key.startsWith(`${doubt.key} `)), // prettier-ignore
      )
      const isRight = isPlain
        ? isDeepStrictEqual(found, meant) && reading.doubts.length === 0
        : unsaid.length === 0
      const asksTime = until === undefined || reading.wishes.some((wish) => wish.wish === 'extension' && wish.until === until) // prettier-ignore
      const stray = await strayFigures(raw, reading)
      if (silent.length > 0 || !isRight || !asksTime || stray.length > 0)
        wrong.push({ nth, layout, text: parts.text, html: parts.html?.slice(0, 900), meant, found, stray, doubts: reading.doubts.map(({ kind, key, written }) => `${kind} ${key} »${written}«`) }) // prettier-ignore
    }
    expect(wrong.slice(0, 5)).toEqual([])
  })

  test.each(['reply-1.txt', 'reply-2.txt'])('MAIL 259: %s of the fixtures', async (name) => {
    const raw = await compose({ text: fixture(name) })
    const reading = await readRaw(raw, { sent: [request] })
    expect(Object.keys(figuresOfReading(reading)).length + reading.doubts.length).toBeGreaterThan(0)
    expect(await strayFigures(raw, reading)).toEqual([])
  })

  test('MAIL 259: reply-3.txt of the fixtures: the numbers of a footer are no figures', async () => {
    expect(figuresOfReading(await readRaw(await compose({ text: fixture('reply-3.txt') })))).toEqual({})
  })

  test('of different ones there are 5,000 with those by marker and header style', () => {
    // Beside the 2,400 of generated-replies.test.ts.
    expect(seen.size).toBeGreaterThanOrEqual(2600)
    expect(wanted % layoutNames.length).toBe(0)
  })
})

/** Through the whole handler: only the answer and the tasks tell whether a file was lost. */
describe('MAIL 284, 285: every file of a mail is read, or named in the answer and a person’s task, or held to be typed in', () => {
  const mails = 160
  const parts = 4
  const kinds = new Set<string>()
  const taken = async (nth: number) => {
    const office = await openPostOffice()
    const { parts: given, attached } = await mailWithFiles(nth)
    const { address, message, messageId } = office.request
    const raw = await compose({ to: address, subject: `SV: ${message.subject}`, inReplyTo: messageId, ...given }) // prettier-ignore
    const outcome = await office.receive(raw, { source: mette })
    return { given, attached, outcome, parsed: await office.ports.mime.parse(raw), state: await office.state() }
  } // prettier-ignore
  test.each(Array.from({ length: parts }, (_, at) => at))('part %i', { timeout: 180_000 }, async (part) => {
    const wrong: unknown[] = []
    for (let nth = part; nth < mails; nth += parts) {
      const { given, attached, outcome, parsed, state } = await taken(nth)
      for (const { kind } of attached) kinds.add(kind)
      const lost = lostFiles(attached, parsed, outcome, state)
      if (lost.length > 0 || attached.length === 0 || outcome.mail === null)
        wrong.push({ nth, lost, text: given.text ?? given.html, files: attached.map(({ file }) => file.filename) }) // prettier-ignore
    }
    expect(wrong.slice(0, 5)).toEqual([])
  })
  test('a file is found lost where the answer does not name it', async () => {
    const { attached, outcome, parsed, state } = await taken(1)
    expect(lostFiles(attached, parsed, { ...outcome, answers: [] }, state)).not.toEqual([])
  })
  test('every kind of file was among them', () => {
    expect(kinds.size).toBe(kindsOfFiles)
  })
})

/** Through the reader, part by part as another program takes the mail apart. */
describe('MAIL 296: every part of every mail is in its text, read, named, held to be typed in, or a signature’s', () => {
  const fixtures = new URL('../../fixtures/', import.meta.url)
  const lostOf = async (raw: Uint8Array, name: unknown) => {
    const { fates, lost } = await fatesOf(raw)
    return { fates, wrong: lost.length === 0 ? [] : [{ name, lost }] }
  }
  test('the mails of the fixtures, the letters of an older folder among them', async () => {
    const folder = unzipSync(readFileSync(new URL('older-data-folder/data-folder.zip', fixtures)))
    const stored = Object.entries(folder).filter(([name]) => /^mailboxes\/.*\/Maildir\/(?:cur|new)\/|^buckets\/aarshjul-local-archive\/mail\//u.test(name)) // prettier-ignore
    const texts = readdirSync(new URL('mails/', fixtures))
    expect(stored.length).toBeGreaterThan(60)
    expect(texts.length).toBeGreaterThanOrEqual(5)
    const composed = texts.map(async (name) => [name, await compose({ text: fixture(name) })] as const)
    const found = []
    for (const [name, raw] of [...stored, ...(await Promise.all(composed))]) found.push(await lostOf(raw, name))
    expect(found.flatMap(({ wrong }) => wrong)).toEqual([])
    expect(found.flatMap(({ fates }) => fates).length).toBeGreaterThan(stored.length)
  })
  test('generated replies: those with files, and one in twenty of the others', { timeout: 180_000 }, async () => {
    const wrong = []
    let withFiles = 0
    for (let nth = 0; nth < wanted; nth += 1) {
      const { parts } = await seenReply(nth)
      if (parts.attachments === undefined && nth % 20 !== 0) continue
      if (parts.attachments !== undefined) withFiles += 1
      wrong.push(...(await lostOf(await compose(parts), nth)).wrong)
    }
    for (let nth = 0; nth < 120; nth += 1)
      wrong.push(...(await lostOf((await replyOf(recipe((nth * 4441) % combinations))).raw, `recipe ${nth}`)).wrong)
    expect(wrong.slice(0, 5)).toEqual([])
    expect(withFiles).toBeGreaterThan(500)
  })
  const shaped = 600
  test.each(Array.from({ length: 3 }, (_, at) => at))(`${shaped} mails with files, in every shape, part %i`, { timeout: 180_000 }, async (part) => {
    const wrong = []
    const fates = new Set<string>()
    for (let nth = part; nth < shaped; nth += 3) {
      const { parts } = await mailWithFiles(nth)
      for (const [shape, raw] of [['composed', await compose(parts)], [nth % shapesOfMails, shapedMail(nth, parts)]] as const) {
        const looked = await lostOf(raw, `${shape} ${nth}`)
        wrong.push(...looked.wrong)
        for (const fate of looked.fates) fates.add(fate)
      }
    }
    expect(wrong.slice(0, 5)).toEqual([])
    expect([...fates].toSorted()).toEqual(['body', 'graphic', 'held', 'named', 'read', 'seal'])
  })
  test('the shapes hold as many parts as were put in them, and a reader that names nothing is found', async () => {
    let lost = 0
    for (let nth = 0; nth < 5 * shapesOfMails; nth += 1) {
      const { parts, attached } = await mailWithFiles(nth)
      const raw = shapedMail(nth, parts)
      expect(leavesOf(raw).length).toBeGreaterThan(attached.length)
      lost += (await fatesOf(raw, (reading) => ({ ...reading, doubts: [] }))).lost.length
    }
    expect(lost).toBeGreaterThan(shapesOfMails)
  })
}) // prettier-ignore
