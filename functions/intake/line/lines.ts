import type { DoubtKind, Provenance } from '../../domain/casefile/reading.ts'
import {
  compact,
  type KeyIndex,
  type KeyTarget,
  type Finding,
  type LineDoubt,
  type LinesRead,
} from './key-index.ts'
import { leading, matchKey, type KeyMatch } from './keys.ts'
import { bareValue, isWholeAlone, readValue, type ReadOn } from '../value/values.ts'
import { boundedText, excerpt } from '../clean-text.ts'
import { doubtful, type Read } from '../value/value-read.ts'
import {
  cellsOfLine,
  figureColumns,
  headingOf,
  isCorner,
  isHeadingRow,
  isYearLine,
  yearsIn,
} from '../table/headings.ts'
import type { LabelledLine } from '../quotation/segments.ts'
import { endsWords, isSignatureStart } from '../quotation/signature.ts'
import type { SentTexts } from '../quotation/sent.ts'

const splits = new Set<string>(['count', 'number', 'amount', 'milestone', 'yes-no', 'date', 'status', 'pair'])

/**
 * The keys of one line. A mail program joins lines, people write them with commas: a line is split at a later key where what stands before it
 * is itself a whole value or an empty blank; a note is never split (LETTERS 3.3.4, MAIL 111).
 */
const findKeys = (text: string, index: KeyIndex, on: ReadOn): readonly KeyMatch[] => {
  const found: KeyMatch[] = []
  let line = text
  while (found.length < 40) {
    const match = matchKey(line, index)
    if (match === null) break
    const cut = splits.has(match.target.shape.type) && match.label === '' ? nextKey(match, index, on) : null
    if (cut === null) return [...found, match]
    found.push({ ...match, rest: match.rest.slice(0, cut.end) })
    line = match.rest.slice(cut.next)
  }
  return found
}

const nextKey = (
  match: KeyMatch,
  index: KeyIndex,
  on: ReadOn,
): { readonly end: number; readonly next: number } | null => {
  let tried = 0
  for (const gap of match.rest.matchAll(/(?<![\s,;/|])[\s,;/|]+(?=\p{L})/gu)) {
    const at = gap.index + gap[0].length
    const later = matchKey(match.rest.slice(at), index)
    if (later === null || later.separator === 'none' || later.label !== '') continue
    tried += 1
    if (tried > 40) return null
    const before = readValue(bareValue(match.rest.slice(0, gap.index)), match.target.shape, on)
    const whole = before.as === 'empty' || ((before.as === 'value' || before.as === 'pair') && before.whole)
    if (whole) return { end: gap.index, next: at }
  }
  return null
}

const figureTypes = new Set<string>(['count', 'number', 'amount', 'pair'])
const isFigure = (read: Read | null): boolean =>
  read !== null && (read.as === 'pair' || (read.as === 'value' && read.value.is === 'number'))
const tableLine = /[|│┃¦]/u

/** A row of a table that a mail program or markdown drew, or of a CSV file: its cells set apart by tabs. */
const rowText = (text: string, index: KeyIndex): string => {
  const isDrawn = tableLine.test(text)
  if (!isDrawn && !text.includes(';')) return text
  const row = isDrawn ? text.split(/[|│┃¦]/u).map((cell) => cell.trim()) : text.split(';')
  if (row.length < 2) return text
  const first = row.findIndex((cell) => cell.trim() !== '')
  const cells = row.slice(Math.max(0, first)).join('\t').trimEnd()
  const match = isDrawn || /^[^:=\t]{1,40};/u.test(text) ? matchKey(cells, index) : null
  return match !== null && match.separator === 'explicit' && match.label === '' ? cells : text
}

const digitsOf = (text: string): string => text.replace(/\D/gu, '')

/** Edit distance, given up beyond `most`. */
const distance = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? most + 1
}

/** The known key a misspelt one is nearest to, for a question and never to be applied (MAIL 56). */
const nearestKey = (written: string, index: KeyIndex): KeyTarget | null => {
  const wanted = compact(written)
  const most = wanted.length >= 8 ? 2 : 1
  if (wanted.length < 4) return null
  let best: { spelling: string; steps: number } | null = null
  const digits = digitsOf(wanted)
  for (const spelling of index.byCompact.keys()) {
    if (Math.abs(spelling.length - wanted.length) > most || digitsOf(spelling) !== digits) continue
    const steps = distance(wanted, spelling, most)
    if (steps > 0 && steps <= most && (best === null || steps < best.steps)) best = { spelling, steps }
  }
  return best === null ? null : (index.byCompact.get(best.spelling) ?? null)
}

/** A line in the form's shape whose key is none of ours: what stands before the explicit separator and after it. */
const unknownKey = (
  line: string,
): { readonly written: string; readonly numbered: boolean; readonly rest: string } | null => {
  if (!/[:=\t]/u.test(line)) return null
  const match = /^(\p{L}[\p{L}\p{N} .]{0,29}?)\s{0,9}[:=\t](.*)$/u.exec(line.replace(leading, ''))
  if (match?.[1] === undefined) return null
  return {
    written: match[1],
    numbered: /^(?:m|fs|h)\d{1,2}(?!\p{L}|\p{N})/iu.test(match[1]),
    rest: (match[2] ?? '').trimStart(),
  }
}

interface LineContext extends Pick<ReadOn, 'year' | 'receivedOn' | 'scale'> {
  readonly index: KeyIndex
  readonly sent: SentTexts
  readonly place: (line: LabelledLine) => Provenance
  /** The sender's own name: a note ends above it. */
  readonly signer?: string
  /** Lines that were read as a table. */
  readonly skip?: ReadonlySet<number>
}

const multiLine = new Set<string>(['text', 'hearing-reply', 'fact-check'])
/** A line this long may have been wrapped; Outlook wraps at 72 to 76. */
const wrapsFrom = 56
/** No reply has so many answers; what follows them in a body made to tire us is left. */
const maxFindings = 2000
const endLine = /^(?:slut på indberetningen|end of the (?:return|form))\.?$/iu

/** Reads every key line of a body (LETTERS 3.3). Lines of header blocks and banners answer nothing. */
export const readLines = (lines: readonly LabelledLine[], context: LineContext): LinesRead => {
  const reader = new LineReader(lines, context)
  return reader.read()
}

class LineReader {
  readonly #lines: readonly LabelledLine[]
  readonly #context: LineContext
  readonly #findings: Finding[] = []
  readonly #doubts: LineDoubt[] = []
  readonly #taken = new Set<number>()
  /** The cells of the headings above, behind the keys' own. */
  #headed: { readonly cells: readonly string[]; readonly level: number } | null = null
  #yearAbove: { readonly year: number; readonly level: number } | null = null

  constructor(lines: readonly LabelledLine[], context: LineContext) {
    this.#lines = lines
    this.#context = context
  }

  read(): LinesRead {
    for (let at = 0; at < this.#lines.length && this.#findings.length < maxFindings; at += 1) {
      const line = this.#lines[at]
      if (
        line === undefined ||
        line.text === '' ||
        line.segment === 'banner' ||
        line.segment === 'header-block'
      )
        continue
      if (this.#context.skip?.has(line.number) === true) continue
      // A line of ours answers nothing; below one with a blank an answer may stand.
      if (this.#context.sent.isLine(line.text) && !(line.text.includes('__') && this.#mayHoldBelow(at)))
        continue
      const keys = findKeys(rowText(line.text, this.#context.index), this.#context.index, this.#context)
      if (keys.length === 0) {
        this.#unknown(line)
        this.#heading(line)
      }
      keys.forEach((match, nth) => {
        this.#key(match, at, line, nth === keys.length - 1)
      })
    }
    return { findings: this.#findings, doubts: this.#doubts, taken: this.#taken }
  }

  /** Whether what stands below a blank of ours may be its value: the next line that holds anything is none of ours. */
  #mayHoldBelow(at: number): boolean {
    let next = at + 1
    while (next < at + 4 && this.#lines[next]?.text === '') next += 1
    const below = this.#lines[next]
    return below !== undefined && below.text !== '' && !this.#context.sent.isLine(below.text)
  }

  #key(match: KeyMatch, at: number, line: LabelledLine, last: boolean): void {
    const { index, sent } = this.#context
    const column = this.#ofColumn(match, line)
    if (column === null) {
      this.#taken.add(line.number)
      return
    }
    const { own, isSure } = column
    const ownValue = own === '' ? null : this.#value(match, own)
    const blank = own === '' || ownValue?.as === 'empty'
    if (!blank && sent.has(`${match.written}${this.#sign(match)}${match.rest}`)) return
    if (match.label !== '') {
      this.#labelled(match, line)
      return
    }
    if (blank && last) {
      if (match.separator === 'none' && this.#wrappedKey(line, at)) return
      this.#joined(match, at, line)
      return
    }
    if (blank) return
    const written = last && this.#continues(match) ? this.#note(at, line, own, index) : own
    const value = written === own ? ownValue : this.#value(match, written)
    const first =
      (!isSure || this.#isBelowOtherYear(line)) && isFigure(value) ? doubtful('other-year', written) : value
    if (first === null || first.as === 'empty' || !this.#counts(match, first, line)) return
    const read = last ? this.#wrappedNote(first, at, line) : first
    this.#taken.add(line.number)
    this.#findings.push({ target: match.target, read, at: this.#context.place(line), level: line.level })
  }

  /** A line that heads columns, or names the year of what stands beneath it; a paragraph ends that. */
  #heading(line: LabelledLine): void {
    const { year, sent } = this.#context
    if (line.segment === 'signature' || sent.has(line.text)) return
    const text = line.text.trim()
    const years = /^(?:\p{L}{1,20}:? )?20\d\d 20\d\d$/iu.test(text)
      ? text.split(' ').filter((cell) => /\d/u.test(cell))
      : []
    const cells = years.length > 0 ? years : cellsOfLine(line.text)
    if (cells.length > 1 && isHeadingRow(cells, year)) {
      this.#headed = { cells: isCorner(cells[0] ?? '', year) ? cells.slice(1) : cells, level: line.level }
      this.#yearAbove = null
    } else if (isYearLine(text)) {
      this.#yearAbove = { year: yearsIn(text)[0] ?? year, level: line.level }
      this.#headed = null
    } else if (text.length > wrapsFrom) {
      this.#headed = null
      this.#yearAbove = null
    }
  }

  /**
   * The value of a line: in a row of several, the one under the heading that names this year (MAIL 241). Null where
   * that one is empty.
   */
  #ofColumn(match: KeyMatch, line: LabelledLine): { readonly own: string; readonly isSure: boolean } | null {
    const own = bareValue(match.rest)
    const headed = this.#headed
    if (headed === null || headed.level !== line.level || !figureTypes.has(match.target.shape.type))
      return { own, isSure: true }
    const row = cellsOfLine(match.rest.replace(/^ +/u, ''))
    const spaced = own.split(' ')
    const isSpaced =
      row.length === 1 &&
      spaced.length === headed.cells.length &&
      spaced.every((one) => /^\d[\d.,]*$/u.test(one))
    const cells = isSpaced ? spaced : row
    // A value without the others stands under none of the headings for sure.
    if (cells.length !== headed.cells.length) return { own, isSure: own === '' || cells.length > 1 }
    const columns = figureColumns(headed.cells.map((cell) => headingOf(cell, this.#context.year)))
    const filled = columns.flatMap((at) => cells[at] ?? []).filter((cell) => cell !== '')
    return filled.length === 0 ? null : { own: bareValue(filled.join('\t')), isSure: true }
  }

  #isBelowOtherYear(line: LabelledLine): boolean {
    const above = this.#yearAbove
    return above !== null && above.level === line.level && above.year !== this.#context.year
  }

  #sign(match: KeyMatch): string {
    return match.separator === 'explicit' ? ':' : match.separator === 'dash' ? '-' : ' '
  }

  #value(match: KeyMatch, text: string): Read | null {
    return readValue(text, match.target.shape, { ...this.#context, label: match.said })
  }

  #isText(match: KeyMatch): boolean {
    return ['text', 'emails', 'person'].includes(match.target.shape.type)
  }

  /** Free text, for which only an explicit separator counts. */
  #continuing(match: KeyMatch): boolean {
    return this.#isText(match) || multiLine.has(match.target.shape.type)
  }

  #continues(match: KeyMatch): boolean {
    return match.separator === 'explicit' && multiLine.has(match.target.shape.type)
  }

  /** Whether a finding counts where it stands: by its separator (LETTERS 3.3.2) and by its segment (LETTERS 3.3.3). */
  #counts(match: KeyMatch, read: Read, line: LabelledLine): boolean {
    if (match.separator !== 'explicit') return !this.#continuing(match) && isWholeAlone(read, match.rest)
    if (line.segment !== 'signature') return true
    // "Kontakt: 12 34 56 78" is part of many signatures.
    if (this.#isText(match)) return match.target.shape.type !== 'person'
    if (read.as === 'pair' || (read.as === 'value' && read.whole)) return true
    this.#ask(line, 'outside-form', match.target.key, line.text, match.rest)
    return false
  }

  /**
   * An empty blank takes the next line, unless that begins with a key or is ours (LETTERS 3.3.4, MAIL 46, 112, 113).
   */
  #joined(match: KeyMatch, at: number, line: LabelledLine): void {
    if (line.segment === 'signature') return
    const inForm = line.segment === 'quoted'
    let next = at + 1
    while (
      inForm &&
      (this.#lines[next]?.text === '' || this.#lines[next]?.segment === 'banner') &&
      next < at + 4
    )
      next += 1
    const value = this.#lines[next]
    if (value === undefined || value.text === '' || !this.#mayBelong(line, value)) return
    const isText = this.#continuing(match)
    if (match.separator === 'none' && isText) return
    const written = isText ? this.#note(next, value, value.text, this.#context.index) : value.text
    const read = this.#value(match, bareValue(written))
    if (read === null || read.as === 'empty') return
    if (match.separator === 'none' && (read.as === 'doubt' || !read.whole)) return
    this.#taken.add(line.number).add(value.number)
    this.#findings.push({ target: match.target, read, at: this.#context.place(value), level: value.level })
  }

  /** Whether a line may hold the value or the note of a key above it. */
  #mayBelong(key: LabelledLine, line: LabelledLine): boolean {
    const { index, sent } = this.#context
    if (line.segment === 'header-block' || line.segment === 'banner' || line.segment === 'signature')
      return false
    if (line.level > key.level) return false
    if (key.segment === 'quoted' && isSignatureStart(line.text.trim())) return false
    const text = line.text.trim()
    // `26 uger` stands in our letter and is an answer all the same: only a line of ours is ours.
    return !endLine.test(text) && !sent.hasLine(text) && !this.#beginsWithKey(text, index)
  }

  #beginsWithKey(text: string, index: KeyIndex): boolean {
    const match = matchKey(text, index)
    if (match === null) return false
    if (match.separator === 'explicit') return true
    if (match.separator === 'none') return true
    const read = this.#value(match, bareValue(match.rest))
    return read !== null && read.as !== 'empty' && read.as !== 'doubt' && !this.#isText(match)
  }

  /** A reason or a note that the mail program wrapped goes on to the end of its paragraph. */
  #wrappedNote(
    read: Exclude<Read, { as: 'empty' }>,
    at: number,
    line: LabelledLine,
  ): Exclude<Read, { as: 'empty' }> {
    if (read.as !== 'value' || read.value.is === 'text' || read.text === '' || line.text.length < wrapsFrom)
      return read
    const parts = [read.text]
    for (let next = at + 1; next <= at + 6; next += 1) {
      const more = this.#lines[next]
      if (more === undefined || more.text.trim() === '' || more.level !== line.level) break
      if (!this.#mayBelong(line, more) || this.#looksLikeKey(more.text, this.#context.index)) break
      this.#taken.add(more.number)
      parts.push(more.text.trim())
      if (more.text.length < wrapsFrom) break
    }
    return { ...read, text: boundedText(parts.join(' ')) }
  }

  /**
   * A note runs to the next key line, the end line or the signature, blank lines included (LETTERS 3.3.9, MAIL 117).
   */
  #note(at: number, line: LabelledLine, first: string, index: KeyIndex): string {
    const parts = [first]
    this.#taken.add(line.number)
    for (let next = at + 1; next < this.#lines.length; next += 1) {
      const more = this.#lines[next]
      if (more === undefined) break
      if (more.text.trim() !== '') {
        if (!this.#mayBelong(line, more) || this.#looksLikeKey(more.text, index)) break
        if (endsWords(more.text, this.#context.signer ?? '')) break
        this.#taken.add(more.number)
      }
      parts.push(more.text)
    }
    return boundedText(parts.join('\n'))
  }

  #looksLikeKey(text: string, index: KeyIndex): boolean {
    const unknown = unknownKey(text)
    return unknown !== null && (unknown.numbered || nearestKey(unknown.written, index) !== null)
  }

  /** `M1 heraf` broken over two lines: the key itself goes on below. */
  #wrappedKey(line: LabelledLine, at: number): boolean {
    const next = this.#lines[at + 1]
    if (next === undefined || next.segment !== line.segment) return false
    const whole = matchKey(`${line.text} ${next.text}`, this.#context.index)
    const alone = matchKey(line.text, this.#context.index)
    if (
      whole === null ||
      whole.target === alone?.target ||
      whole.separator !== 'explicit' ||
      whole.label !== ''
    )
      return false
    this.#key(whole, at + 1, next, true)
    return true
  }

  /** A known key with a label we do not know: asked when what follows is a value, prose otherwise (LETTERS 3.3.3). */
  #labelled(match: KeyMatch, line: LabelledLine): void {
    const { index, sent } = this.#context
    if (line.segment === 'signature' || sent.has(line.text)) return
    const written = `${match.written} ${match.label}`.trim()
    const near = nearestKey(written, index)
    const read = this.#value(match, bareValue(match.rest))
    const holdsValue = read !== null && (read.as === 'value' || read.as === 'pair') && !this.#isText(match)
    if (near === null && !holdsValue) return
    this.#ask(line, 'near-key', (near ?? match.target).key, written, match.rest)
  }

  #unknown(line: LabelledLine): void {
    const { index, sent } = this.#context
    if (line.segment === 'signature') return
    const unknown = unknownKey(line.text)
    if (unknown === null || sent.has(line.text) || bareValue(unknown.rest) === '') return
    const near = nearestKey(unknown.written, index)
    if (near === null && !unknown.numbered) return
    if (
      near === null &&
      !/^[-–(]?\s*(?:\d|ja\b|nej\b|yes\b|no\b|kr\b|ikke opgjort)/iu.test(bareValue(unknown.rest))
    )
      return
    this.#ask(
      line,
      near === null ? 'unknown-key' : 'near-key',
      near?.key ?? '',
      unknown.written,
      unknown.rest,
    )
  }

  #ask(line: LabelledLine, kind: DoubtKind, key: string, written: string, value: string): void {
    this.#taken.add(line.number)
    this.#doubts.push({
      kind,
      key,
      written: excerpt(written),
      details: { value: excerpt(bareValue(value)) },
      at: this.#context.place(line),
      level: line.level,
    })
  }
}
