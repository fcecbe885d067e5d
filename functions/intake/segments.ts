import { splitLines } from './clean-text.ts'

/** What a line of a mail is. A label only: nothing is cut away (intake/README.md, "Labels, never deletion"). */
type Segment = 'new' | 'quoted' | 'header-block' | 'signature' | 'banner'

export interface LabelledLine {
  /** 1-based line of the decoded body. */
  readonly number: number
  /** Without quote marks, cleaned. */
  readonly text: string
  readonly segment: Segment
  /** How many quotations deep: 0 is the sender's own text, 1 what was answered, and so on. */
  readonly level: number
}

const quoteMarks = /^(?:\s{0,3}[>|])+\s?/u

/** A line without its quote marks, and how many they are. */
const unmarked = (line: string): { readonly depth: number; readonly text: string } => {
  const marks = line.includes('>') || line.includes('|') ? quoteMarks.exec(line)?.[0] : undefined
  if (marks === undefined) return { depth: 0, text: line.trimEnd() }
  return { depth: marks.replace(/[^>|]/gu, '').length, text: line.slice(marks.length).trimEnd() }
}

const fromLine = /^\*?(?:Fra|From|Von|Från)\s*:\*?\s*(.*)$/iu
const headerLine =
  /^\*?(?:Sendt|Dato|Sent|Date|Skickat|Gesendet|Datum|Til|To|An|Till|Cc|Kopi|Emne|Subject|Betreff|Ämne|Vedhæftet|Vedhæftede filer|Attachments|Anlagen|Bifogade filer|Prioritet|Importance|Vigtighed|Svar til|Reply-To|På vegne af)\s*:\*?/iu
const divider =
  /^(?:_{10,}|-{2,}\s*(?:Oprindelig (?:meddelelse|besked)|Opprinnelig melding|Ursprungligt meddelande|Ursprüngliche Nachricht|Original Message|Videresendt (?:meddelelse|mail|besked)|Forwarded message|Weitergeleitete Nachricht)\s*-*|(?:Start på videresendt besked|Begin forwarded message)\s*:)\s*$/iu
const names = /@|ministeri/iu

const attributionStart = /^(?:Den|På|On|Am|El)\b|^\d{4}-\d{2}-\d{2}\b|^(?:man|tir|ons|tor|fre|lør|søn)\.?\s/iu
const attributionWord = /\b(?:skrev|wrote|schrieb|skreiv)\b/iu

const signatureLine =
  /^(?:-- ?$|(?:med )?(?:de )?(?:venlig|venlige|bedste|mange|kærlig|vennlig|vänlig|kind|best) (?:hilsen|hilsner|hilsning|hälsning|hälsningar|regards)\b|mvh\b|vh\b|kh\b|hilsen\b|hilsner\b|regards\b|mit freundlichen grüßen|sendt fra (?:min|mit|outlook)\b|sent from (?:my|outlook)\b|skickat från (?:min|outlook)\b|von meinem .{1,30} gesendet|gesendet von |hämta outlook|skaff deg outlook|hent outlook til|få outlook til|get outlook for)/iu
const bannerLine =
  /^\W{0,3}(?:\[EKSTERN\]|\[EXTERNAL\]|ADVARSEL: Denne (?:e-?mail|mail) kommer ude|Denne (?:e-?mail|mail) kommer ude|CAUTION: This email|You don't often get email from|Du får ikke ofte mail(?:s)? fra|Nogle personer, der har modtaget denne meddelelse)/iu

/** Whether a line opens the closing words and the signature. */
export const isSignatureStart = (line: string): boolean => {
  const text = line.trimEnd()
  return text.length <= 60 && signatureLine.test(text)
}

/** Number of lines of an attribution ("Den ... skrev X <a@b>:") that starts here, 0 when none does. */
const attributionAt = (lines: readonly string[], at: number): number => {
  if (!attributionStart.test((lines[at] ?? '').trim())) return 0
  let joined = ''
  for (let count = 1; count <= 3; count += 1) {
    const line = (lines[at + count - 1] ?? '').trim()
    if (line === '' && count > 1) return 0
    joined = `${joined} ${line}`.slice(0, 400)
    if (!joined.trimEnd().endsWith(':')) continue
    return attributionWord.test(joined) && /\d/u.test(joined) && names.test(joined) ? count : 0
  }
  return 0
}

/** Number of lines of a header block (with its divider) that starts here, 0 when none does. */
const headerBlockAt = (lines: readonly string[], at: number): number => {
  let next = at
  const divided = divider.test((lines[at] ?? '').trim())
  if (divided) {
    next += 1
    while (next < at + 3 && (lines[next] ?? '').trim() === '') next += 1
  }
  const from = fromLine.exec((lines[next] ?? '').trim())
  if (from === null) return 0
  const whom = `${from[1] ?? ''} ${headerLine.test((lines[next + 1] ?? '').trim()) ? '' : (lines[next + 1] ?? '')}`
  let end = next + 1
  let count = 1
  let folded = 0
  while (end < lines.length && count < 10) {
    const line = (lines[end] ?? '').trim()
    if (headerLine.test(line)) {
      count += 1
      folded = 0
    } else if (line === '' || folded >= 2 || !headerFollows(lines, end)) break
    else folded += 1
    end += 1
  }
  if (!names.test(whom) || (!divided && count < 2)) return 0
  return end - at
}

/** A folded header line is one with another header line close below. */
const headerFollows = (lines: readonly string[], at: number): boolean =>
  headerLine.test((lines[at + 1] ?? '').trim()) || headerLine.test((lines[at + 2] ?? '').trim())

/**
 * Labels every line of a body. A header block or an attribution that no marked quotation follows makes all
 * below it quoted (Outlook, iOS); marked quotations end with their marks, and what stands between or below
 * them is the sender's own (answers inside and at the bottom).
 */
export const labelLines = (body: string): readonly LabelledLine[] => {
  const raw = splitLines(body)
  const read = raw.map(unmarked)
  const depths = read.map(({ depth }) => depth)
  const texts = read.map(({ text }) => text)
  const labelled: LabelledLine[] = []
  /** Levels opened by header blocks and attributions without marks. */
  let opened = 0
  let inSignature = false
  let markedBase = 0
  const push = (at: number, segment: Segment, level: number): void => {
    labelled.push({ number: at + 1, text: texts[at] ?? '', segment, level })
  }
  for (let at = 0; at < raw.length; at += 1) {
    const depth = depths[at] ?? 0
    if (depth === 0) markedBase = 0
    const opening = headerBlockAt(texts, at) || attributionAt(texts, at)
    if (opening > 0) {
      const level = opened + depth + 1
      for (let line = 0; line < opening; line += 1) push(at + line, 'header-block', level)
      at += opening - 1
      inSignature = false
      if (!quotationFollows(texts, depths, at + 1, depth)) {
        if (depth === 0) opened += 1
        else markedBase += 1
      }
      continue
    }
    const text = texts[at] ?? ''
    if (bannerLine.test(text.trim())) push(at, 'banner', opened + depth)
    else if (depth > 0 || opened > 0) {
      inSignature = false
      push(at, 'quoted', opened + depth + markedBase)
    } else {
      if (isSignatureStart(text.trim())) inSignature = true
      push(at, inSignature ? 'signature' : 'new', 0)
    }
  }
  return labelled
}

/** Whether the next line that holds anything is quoted deeper than the opening was. */
const quotationFollows = (
  texts: readonly string[],
  depths: readonly number[],
  from: number,
  depth: number,
): boolean => {
  for (let at = from; at < Math.min(texts.length, from + 6); at += 1) {
    if ((depths[at] ?? 0) > depth) return true
    if ((texts[at] ?? '').trim() !== '') return false
  }
  return false
}
