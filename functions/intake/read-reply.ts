import type { FormField } from '../domain/form/field.ts'
import type { Doubt, Reading } from '../domain/review/reading.ts'
import { caseNumberInSubject } from './case-number.ts'
import { holdsCitizenNumber } from './citizen-data.ts'
import { excerpt } from './clean-text.ts'
import { readConfirmation } from './confirmation.ts'
import { depthsOfOurs, freeTextOf } from './free-text.ts'
import type { KeyIndex } from './keys.ts'
import { indexKeys } from './keys.ts'
import { readLines } from './lines.ts'
import type { PartRead } from './merge.ts'
import { askSwapped, joinParts, mergeFindings } from './merge.ts'
import type { ParsedMessage } from './message.ts'
import type { LabelledLine } from './segments.ts'
import { labelLines } from './segments.ts'
import type { SentTexts } from './sent.ts'
import { sentTexts } from './sent.ts'
import type { SheetRows } from './sheet.ts'
import { extensionInText, wishesByKey } from './wishes.ts'

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
  /** `M1`, `FS2`, `H1` of the agreement, asked for now or not. */
  readonly agreementKeys: readonly string[]
}

interface BodyRead {
  readonly part: PartRead
  readonly lines: readonly LabelledLine[]
  readonly freeText: string
}

const readBody = (body: string, reply: ReplyToRead, index: KeyIndex, sent: SentTexts): BodyRead => {
  const lines = labelLines(body)
  const oursAt = depthsOfOurs(lines, sent)
  const known = knownTexts(sent, reply.received ?? [])
  const read = readLines(lines, {
    index,
    sent,
    year: reply.year,
    receivedOn: reply.receivedOn,
    place: (line) => ({ part: 'text', line: line.number, segment: line.segment }),
  })
  const findings = read.findings.filter(
    ({ at, level }) => level === 0 || at.part !== 'text' || !known.has(lines[at.line - 1]?.text ?? ''),
  )
  return {
    part: mergeFindings(findings, read.doubts, oursAt),
    lines,
    freeText: freeTextOf(lines, read.taken, sent, oursAt),
  }
}

/** Lines of mails taken in before: whole lines alone, since one value of theirs may stand in another's line. */
const knownTexts = (sent: SentTexts, received: readonly string[]): SentTexts => {
  const lines = new Set(
    received.flatMap((text) => labelLines(text).map((line) => line.text.replace(/\s+/gu, ''))),
  )
  return { has: (text) => sent.has(text) || lines.has(text.replace(/\s+/gu, '')) }
}

/** Every text of a mail in which citizens' data may stand. */
const allTexts = ({ message, workbook = [] }: ReplyToRead): readonly string[] => [
  message.subject,
  message.text ?? '',
  message.html ?? '',
  ...workbook.flatMap(({ rows }) => rows.flatMap((row) => row.map(({ text }) => text))),
]

const nothing: Reading = {
  answers: [],
  doubts: [],
  wishes: [],
  confirms: false,
  freeText: '',
  theirCaseNumber: null,
  citizenData: true,
}

/** The share targets of a form: both keys and the target's. */
const pairsOf = (index: KeyIndex): readonly { key: string; total: string; ofWhich: string }[] => {
  const pairs = [...index.byCompact.values()].flatMap(({ key, pair }) =>
    pair === null ? [] : [{ key, ...pair }],
  )
  return [...new Map(pairs.map((pair) => [pair.key, pair])).values()]
}

/**
 * What one reply says, read against its form (LETTERS.md 3.3). Pure and total: any text at all gives a reading.
 * A mail with a citizen's number is not read; its reading is empty but for the flag (MAIL 136).
 */
export const readReply = (reply: ReplyToRead): Reading => {
  if (allTexts(reply).some(holdsCitizenNumber)) return nothing
  const index = indexKeys(reply.form, reply.agreementKeys, reply.year)
  const sent = sentTexts(reply.sent)
  const body = readBody(reply.message.text ?? '', reply, index, sent)
  const joined = askSwapped(joinParts(body.part, { answers: [], doubts: [] }, 'two-values'), pairsOf(index))
  const confirmation = readConfirmation(body.lines, joined.answers.length > 0)
  const wishes = wishesByKey(joined.answers, joined.doubts, reply.agreementKeys)
  const inText = wishes.some(({ wish }) => wish === 'extension')
    ? null
    : extensionInText([body.freeText, ...notes(joined)].join('\n'), reply.receivedOn)
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
    doubts: [...joined.doubts, ...butDoubt, ...(inText?.doubt == null ? [] : [inText.doubt])],
    wishes: inText === null ? wishes : [...wishes, inText.wish],
    confirms: confirmation.confirms,
    freeText: body.freeText,
    theirCaseNumber:
      joined.answers.find(({ key }) => key === 'Jeres sagsnr.')?.text.slice(0, 40) ??
      caseNumberInSubject(reply.message.subject, sent),
    citizenData: false,
  }
}

/** Keys that are wishes or facts about the case, not answers of the return. */
const wishKeys = new Set(['Udsættelse til', 'Jeres sagsnr.', 'Medindberetter', 'Kontakt', 'Stedfortræder'])

const notes = (part: PartRead): readonly string[] =>
  part.answers
    .filter(({ key, value }) => value.is === 'text' && /bemærkning/iu.test(key))
    .map(({ text }) => text)
