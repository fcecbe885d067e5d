import type { FormField } from '../domain/form/field.ts'
import type { Answer, Doubt, Provenance, Reading } from '../domain/casefile/reading.ts'
import { boundedDoubts } from './bounds.ts'
import { cleanText, excerpt } from './clean-text.ts'
import { sentTexts, type SentTexts } from './quotation/sent.ts'
import { holdsCitizenNumber } from './citizen-data.ts'
import { freeLinesOf, freeTextOf } from './words/free-text.ts'
import { readConfirmation } from './wish/confirmation.ts'
import { htmlToText, type HtmlTable, type HtmlText } from './html-text.ts'
import { indexKeys, type Finding, type KeyIndex } from './line/key-index.ts'
import { matchKey } from './line/keys.ts'
import { readLines } from './line/lines.ts'
import { askSwapped, joinParts, mergeFindings, shownValue, type PartRead } from './merge.ts'
import type { ParsedMessage, SheetRows } from './message.ts'
import { bodyOf, writerOf } from './message-body.ts'
import { labelLines, type LabelledLine } from './quotation/segments.ts'
import { quotationsIn, type Quotations } from './quotation/whose.ts'
import { mostProposals, proposalsIn, unreadSentences, type Proposal } from './words/proposals.ts'
import { readWorkbooks } from './sheet/workbooks.ts'
import { readTables } from './table/tables.ts'
import { maySayScale, scaleOfLines } from './value/scale.ts'
import { needsTypingIn, unreadParts } from './attachment-kind.ts'
import { wishesByKey } from './wish/by-key.ts'
import { extensionInText } from './wish/more-time.ts'
import { contactInText } from './wish/new-contact.ts'

/**
 * The reader of mails, as the record names it with every reading it makes. It is raised whenever some mail is read
 * otherwise than before: a rule of this folder, the MIME or the spreadsheet adapter, or a library of theirs. After
 * that `aarshjul mail replay` tells which stored mails say something else now.
 */
export const readerVersion = 'l20'

const own =
  /(?:vores|vor|v\.|our)\s*(?:sags?\s?-?(?:nr|nummer)|j(?:ournal)?\.?\s?-?(?:nr|nummer)|ref(?:erence)?|case\s+no|dok(?:ument)?\.?\s?nr)[\s.:]{0,6}([\p{L}\p{N}][\p{L}\p{N}./-]{1,38}[\p{L}\p{N}])/iu
const any =
  /(?:sags?\s?-?(?:nr|nummer)|journal\s?-?nr|j\.\s?nr)[\s.:]{0,6}([\p{L}\p{N}][\p{L}\p{N}./-]{1,38}[\p{L}\p{N}])/giu

/** The sender's own case number in a subject ("vores sagsnr. 15/2207"), never ours (MAIL 109). */
const caseNumberInSubject = (subject: string, sent: SentTexts): string | null => {
  const text = cleanText(subject).slice(0, 2000)
  const named = own.exec(text)?.[1]
  if (named !== undefined) return named
  for (const match of text.matchAll(any)) {
    const number = match[1]
    if (number !== undefined && /\d/u.test(number) && !isOurs(number) && !sent.has(number)) return number
  }
  return null
}

/** Our numbers are a year and four digits: `2015-0479`. */
const isOurs = (number: string): boolean => /^20\d{2}-\d{4}$/u.test(number)

export interface ReplyToRead {
  readonly message: ParsedMessage
  /** Every field a reply may answer: `readableFields` and what the open letters ask. */
  readonly form: readonly FormField[]
  /** Text parts of the letters we sent in this case, newest last: what equals them is no answer. */
  readonly sent: readonly string[]
  /** Text parts of mails taken in before: quoted again they are no second value (MAIL 53). */
  readonly received?: readonly string[]
  /** The results' year. */
  readonly year: number
  /** Danish date the receiving system had it. */
  readonly receivedOn: string
  /** Sheets of the attached workbooks, from the spreadsheet adapter. */
  readonly workbook?: readonly SheetRows[]
  /** Attached spreadsheets that were not read, with the reason. */
  readonly unreadable?: readonly { readonly filename: string; readonly refusal: string }[]
  /** `M1`, `FS2`, `H1` of the agreement, asked for now or not. */
  readonly agreementKeys: readonly string[]
  /** Whether a mail that brings nothing but pages is held to be typed in; left out, it is. Else they are named. */
  readonly typesIn?: boolean
}

interface BodyRead {
  readonly part: PartRead
  readonly lines: readonly LabelledLine[]
  readonly free: readonly LabelledLine[]
  /** Figures in quotations of others, asked where nothing else answers them. */
  readonly quoted: readonly Doubt[]
}

/** A reading, with what a person may make of the words under no key. */
export interface ReplyRead extends Reading {
  /** Figures in free text, where none stands under a key: to be confirmed by a caseworker, or nothing. */
  readonly proposals: readonly Proposal[]
}

const readBody = (
  lines: readonly LabelledLine[],
  tables: readonly HtmlTable[],
  reply: ReplyToRead,
  { index, sent }: { readonly index: KeyIndex; readonly sent: SentTexts },
): BodyRead => {
  const quotations = quotationsIn(lines, sent, reply.year)
  const { oursAt } = quotations
  const known = knownTexts(sent, reply.received ?? [])
  const scale = scaleOfLines(
    lines.flatMap(({ level, segment, text }) =>
      (segment === 'new' || (segment === 'quoted' && level === 1)) && maySayScale(text) && !sent.has(text)
        ? [matchKey(text, index) === null ? text.trim() : text.replaceAll('\t', ' ')]
        : [],
    ),
  )
  const context = { index, sent, year: reply.year, receivedOn: reply.receivedOn, scale }
  const inTables = readTables(tables, lines, context)
  const rows = new Map(
    tables.flatMap(({ rows: all }) => all.map(({ line }, at): [number, number] => [line, at + 1])),
  )
  const read = readLines(lines, {
    ...context,
    signer: signerOf(reply.message),
    skip: inTables.lines,
    place: (line) => {
      const row = rows.get(line.number)
      return row === undefined
        ? { part: 'text', line: line.number, segment: line.segment }
        : { part: 'table', row }
    },
  })
  const isKnown = ({ at }: Finding): boolean => {
    const line = at.part === 'text' ? lines[at.line - 1] : undefined
    return line !== undefined && (quotations.isAnswered(line) ? sent : known).has(line.text)
  }
  const findings = read.findings.filter(
    (finding) => finding.level === 0 || (!answeredBefore(finding.level, oursAt) && !isKnown(finding)),
  )
  const taken = new Set([...read.taken, ...inTables.lines])
  const isOthers = ({ at, level }: Finding): boolean => {
    const line = at.part === 'text' ? lines[at.line - 1] : undefined
    return line === undefined ? quotations.areOthersAt(level) : quotations.isOthers(line)
  }
  const { theirs = [], others = [] } = Object.groupBy([...findings, ...inTables.findings], (finding) =>
    isOthers(finding) ? 'others' : 'theirs',
  )
  return {
    part: mergeFindings(theirs, read.doubts, oursAt),
    lines,
    free: wordsOfBody(lines, taken, { sent, quotations }),
    quoted: others.flatMap(askedOf),
  }
}

/**
 * The sender's own words under no key. Where they have written none at all, what they sent on is what they have to say:
 * a person looks at it (MAIL 293).
 */
const wordsOfBody = (
  lines: readonly LabelledLine[],
  taken: ReadonlySet<number>,
  { sent, quotations }: { readonly sent: SentTexts; readonly quotations: Quotations },
): readonly LabelledLine[] => {
  const hasOwn = lines.some(({ segment, text }) => segment === 'new' && text.trim() !== '')
  const theirs = freeLinesOf(
    lines,
    taken,
    sent,
    (line) =>
      line.segment === 'new' ||
      (line.segment === 'quoted' &&
        line.level === 1 &&
        quotations.oursAt.has(1) &&
        !quotations.isOthers(line)),
  )
  return hasOwn || theirs.length > 0
    ? theirs
    : freeLinesOf(
        lines,
        taken,
        sent,
        (line) => line.segment === 'quoted' && line.level === 1 && quotations.isOthers(line),
      )
}

/** What a quotation of another's says of a figure, as the question whether it is meant (MAIL 280). */
const askedOf = ({ target, read, at }: Finding): readonly Doubt[] => {
  if (read.as === 'doubt' || (read.as === 'value' && !isFigure(read.value))) return []
  const keys = target.pair === null ? [target.key] : [target.pair.total, target.pair.ofWhich]
  return keys.map((key) => ({ kind: 'quoted', key, written: read.written, details: {}, at }))
}

/** The questions about quotations that nothing else answers or asks, each once; what they answered before is not asked. */
const stillAsked = (
  quoted: readonly Doubt[],
  { answers, doubts }: PartRead,
  received: readonly string[],
): readonly Doubt[] => {
  const settled = new Set([...answers, ...doubts].map(({ key }) => key))
  const before = received.flatMap((text) => text.split('\n').map((line) => line.trim().toLowerCase()))
  const open = quoted.filter(
    ({ key }) => !settled.has(key) && !before.some((line) => line.startsWith(`${key.toLowerCase()}:`)),
  )
  return [...new Map(open.map((doubt) => [doubt.key, doubt])).values()]
}

/**
 * The text and the HTML of a mail; what the HTML alone says counts, what they say differently is asked (MAIL 60, 61).
 */
const readBodies = (
  reply: ReplyToRead,
  by: { readonly index: KeyIndex; readonly sent: SentTexts },
): BodyRead => {
  const body = bodyOf(reply.message)
  const plain = body.plain === null ? null : readBody(body.plain, [], reply, by)
  const rich = body.shown === null ? null : readBody(body.shownLines, body.shown.tables, reply, by)
  if (plain === null || rich === null) return plain ?? rich ?? readBody([], [], reply, by)
  const text = body.shown?.hasMarks === true ? withoutMarked(plain.part, rich.part, reply, by) : plain.part
  const hasWords = plain.lines.some(({ segment, text: words }) => segment === 'new' && words.trim() !== '')
  const main = hasWords ? plain : rich
  return {
    ...main,
    part: joinParts(text, rich.part, 'two-values'),
    quoted: [...plain.quoted, ...rich.quoted],
  }
}

/** The sender's name as it may stand below their words; of an address without one, its own words. */
const signerOf = ({ from: [sender] }: ParsedMessage): string =>
  sender === undefined || sender.name !== ''
    ? (sender?.name ?? '')
    : (sender.address.split('@')[0] ?? '').replaceAll(/[._\d-]+/gu, ' ')

const saidOf = ({ answers, doubts }: PartRead, key: string): string =>
  JSON.stringify([
    answers.filter((one) => one.key === key).map(({ value, text }) => [value, text]),
    doubts.filter((one) => one.key === key).map(({ kind, details }) => [kind, details]),
  ])

/**
 * What the text part says, but for the keys of which the HTML strikes something out or raises something: there the
 * text part shows both values as one (MAIL 243).
 */
const withoutMarked = (
  plain: PartRead,
  rich: PartRead,
  reply: ReplyToRead,
  by: { readonly index: KeyIndex; readonly sent: SentTexts },
): PartRead => {
  const flat = htmlToText(reply.message.html ?? '', true)
  const { part } = readBody(labelLines(flat.body, writerOf(reply.message)), flat.tables, reply, by)
  const keys = new Set(
    [...part.answers, ...part.doubts, ...rich.answers, ...rich.doubts].map(({ key }) => key),
  )
  const marked = [...keys].filter((key) => saidOf(part, key) !== saidOf(rich, key))
  const isMarked = ({ key }: { readonly key: string }): boolean =>
    marked.some((one) => one === key || (key !== '' && one.startsWith(`${key} `)))
  return {
    answers: plain.answers.filter((answer) => !isMarked(answer)),
    doubts: plain.doubts.filter((doubt) => !isMarked(doubt)),
  }
}

/** An attached text or page, read as the mail's own words are; where it stood is told by the line of the file (MAIL 284). */
const readAttached = (
  sheet: SheetRows,
  reply: ReplyToRead,
  by: { readonly index: KeyIndex; readonly sent: SentTexts },
): BodyRead => {
  const text = sheet.rows.map((row) => row.map((cell) => cell.text).join('\t')).join('\n')
  const { part, quoted, ...read } = readBody(labelLines(text), [], reply, by)
  const placed = <P extends { readonly at: Provenance | null }>(one: P): P =>
    one.at?.part === 'text'
      ? { ...one, at: { part: 'workbook', file: sheet.file, sheet: sheet.sheet, cell: `A${one.at.line}` } }
      : one
  return {
    ...read,
    part: { answers: part.answers.map(placed), doubts: part.doubts.map(placed) },
    quoted: quoted.map(placed),
  }
}

const isNothing = ({ part, quoted }: BodyRead): boolean =>
  part.answers.length + part.doubts.length + quoted.length === 0

/** What is quoted beneath a letter of ours and is not ours was there before it: an older mail of theirs (MAIL 53). */
const answeredBefore = (level: number, oursAt: ReadonlySet<number>): boolean =>
  !oursAt.has(level) && [...oursAt].some((ours) => ours < level)

/** Lines of mails taken in before: whole lines alone, since one value of theirs may stand in another's line. */
const knownTexts = (sent: SentTexts, received: readonly string[]): SentTexts => {
  if (received.length === 0) return sent
  const lines = new Set(
    received.flatMap((text) => labelLines(text).map((line) => line.text.replace(/\s+/gu, ''))),
  )
  return { ...sent, has: (text) => sent.has(text) || lines.has(text.replace(/\s+/gu, '')) }
}

/** Every text of a mail in which citizens' data may stand, attached messages and text files too (MAIL 136). */
const allTexts = ({ message, workbook = [] }: ReplyToRead, shown: HtmlText | null): readonly string[] => [
  message.subject,
  message.text ?? '',
  shown?.body ?? '',
  ...message.attachments
    .filter(({ mimeType, content }) => /^(?:text|message)\//u.test(mimeType) && content.length < 2_000_000)
    .map(({ content }) => new TextDecoder('utf-8').decode(content)),
  ...workbook.flatMap(({ rows }) => rows.flatMap((row) => row.map(({ text }) => text))),
]

const nothing: ReplyRead = {
  answers: [],
  doubts: [],
  wishes: [],
  confirms: false,
  freeText: '',
  theirCaseNumber: null,
  citizenData: true,
  proposals: [],
}

/** The share targets of a form: both keys and the target's. */
const pairsOf = (index: KeyIndex): readonly { key: string; total: string; ofWhich: string }[] => {
  const pairs = [...index.byCompact.values()].flatMap(({ key, pair }) =>
    pair === null ? [] : [{ key, ...pair }],
  )
  return [...new Map(pairs.map((pair) => [pair.key, pair])).values()]
}

/**
 * What one reply says, read against its form (LETTERS 3.3). Pure and total: any text at all gives a reading.
 * A mail with a citizen's number is not read; its reading is empty but for the flag (MAIL 136).
 */
export const readReply = (reply: ReplyToRead): ReplyRead => {
  if (allTexts(reply, bodyOf(reply.message).shown).some(holdsCitizenNumber)) return nothing
  const index = indexKeys(reply.form, reply.agreementKeys, reply.year)
  const sent = sentTexts(reply.sent)
  const body = readBodies(reply, { index, sent })
  const freeText = freeTextOf(body.free)
  const files = Object.groupBy(reply.workbook ?? [], ({ isText }) => (isText === true ? 'texts' : 'books'))
  const texts = (files.texts ?? []).map((sheet) => ({
    sheet,
    read: readAttached(sheet, reply, { index, sent }),
  }))
  const written = texts.reduce((part, { read }) => joinParts(part, read.part, 'two-values'), body.part)
  const workbook = readWorkbooks(files.books ?? [], index, reply)
  const joined = askSwapped(joinParts(written, workbook, 'body-sheet'), pairsOf(index))
  const confirmation = readConfirmation(body.lines, joined.answers.length > 0)
  const wishes = wishesByKey(joined.answers, joined.doubts, reply.agreementKeys)
  const inText = wishes.some(({ wish }) => wish === 'extension')
    ? null
    : (extensionInText([freeText, ...notes(joined)].join('\n'), reply.receivedOn) ??
      extensionInText(signatureOf(body.lines), reply.receivedOn) ??
      extensionInText(texts.map(({ read }) => freeTextOf(read.free)).join('\n'), reply.receivedOn))
  const contact = wishes.some(({ wish }) => wish === 'new-contact') ? null : contactInText(freeText)
  const free: readonly { readonly text: string; readonly at: Provenance }[] = [
    ...body.free.map(({ text, number, segment }) => ({
      text,
      at: { part: 'text', line: number, segment } as const,
    })),
    // What stands in an attached text beside figures is no less the sender's than what stands in the mail.
    ...texts.flatMap(({ sheet: { file, sheet }, read }) =>
      isNothing(read)
        ? []
        : read.free.map(({ text, number }) => ({
            text,
            at: { part: 'workbook', file, sheet, cell: `A${number}` } as const,
          })),
    ),
  ]
  const figures = joined.answers.filter(({ value }) => isFigure(value))
  const unread =
    figures.length === 0
      ? []
      : unreadSentences(
          free,
          reply.form,
          new Map(figures.map((figure) => [figure.key, shownValue(figure)])),
          (sentence) =>
            scaleOfLines([sentence]) !== null || extensionInText(sentence, reply.receivedOn) !== null,
        )
  const proposals =
    figures.length === 0
      ? proposalsIn(free, reply.form)
      : unread.flatMap((sentence) => sentence.proposals).slice(0, mostProposals)
  const butDoubt: readonly Doubt[] =
    confirmation.butLine === null
      ? []
      : [
          {
            kind: 'ok-but',
            key: '',
            written: excerpt(confirmation.butLine.text),
            details: {},
            at: { part: 'text', line: confirmation.butLine.number, segment: confirmation.butLine.segment },
          },
        ]
  return {
    answers: joined.answers.filter(({ key }) => !wishKeys.has(key)),
    doubts: boundedDoubts([
      ...joined.doubts,
      ...unreadable(reply.unreadable ?? []),
      ...unreadable([
        ...workbook.withoutKeys.map((filename) => ({ filename, refusal: 'no-keys' })),
        ...texts.flatMap(({ sheet: { filename }, read }) =>
          isNothing(read) && read.free.length > 0 ? [{ filename, refusal: 'text' }] : [],
        ),
      ]),
      ...unreadParts(
        reply.message,
        reply.typesIn === false ||
          joined.answers.length > 0 ||
          confirmation.confirms ||
          wishes.length > 0 ||
          inText !== null ||
          contact !== null ||
          proposals.length > 0 ||
          (files.books ?? []).length > 0 ||
          !needsTypingIn(reply.message.attachments),
        (file) =>
          (reply.workbook ?? []).some((sheet) => sheet.file === file) ||
          (reply.unreadable ?? []).some(
            ({ filename }) => filename === reply.message.attachments[file]?.filename,
          ),
      ),
      ...butDoubt,
      ...unread.map(({ sentence: { text, at } }) => ({
        kind: 'unread-words' as const,
        key: '',
        written: excerpt(text),
        details: {},
        at,
      })),
      ...stillAsked(
        [body, ...texts.map(({ read }) => read)].flatMap(({ quoted }) => quoted),
        joined,
        reply.received ?? [],
      ),
      ...(inText?.doubt == null ? [] : [inText.doubt]),
    ]),
    wishes: [...wishes, ...(inText === null ? [] : [inText.wish]), ...(contact === null ? [] : [contact])],
    confirms: confirmation.confirms,
    freeText,
    theirCaseNumber:
      joined.answers.find(({ key }) => key === 'Jeres sagsnr.')?.text.slice(0, 40) ??
      caseNumberInSubject(reply.message.subject, sent),
    citizenData: false,
    proposals,
  }
}

/** A wish written below the closing words is one all the same (MAIL 287). */
const signatureOf = (lines: readonly LabelledLine[]): string =>
  lines.flatMap(({ segment, text }) => (segment === 'signature' ? [text] : [])).join('\n')

const isFigure = ({ is }: Answer['value']): boolean =>
  is === 'number' || is === 'milestone' || is === 'not-available'

const unreadable = (files: NonNullable<ReplyToRead['unreadable']>): readonly Doubt[] =>
  files.map(({ filename, refusal }) => ({
    kind: 'unreadable-attachment',
    key: '',
    written: excerpt(filename),
    details: { refusal },
    at: null,
  }))

/** Keys that are wishes or facts about the case, not answers of the return. */
const wishKeys = new Set(['Udsættelse til', 'Jeres sagsnr.', 'Medindberetter', 'Kontakt', 'Stedfortræder'])

const notes = (part: PartRead): readonly string[] =>
  part.answers
    .filter(({ key, value }) => value.is === 'text' && /bemærkning/iu.test(key))
    .map(({ text }) => text)
