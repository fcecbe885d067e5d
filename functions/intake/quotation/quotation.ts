const quoteMarks = /^(?:\s{0,3}[>|])+\s?/u

/** A line without its quote marks, and how many they are. */
export const unmarked = (line: string): { readonly depth: number; readonly text: string } => {
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

/** Number of lines of an attribution ("Den ... skrev X <a@b>:") that starts here, 0 when none does. */
export const attributionAt = (lines: readonly string[], at: number): number => {
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
export const headerBlockAt = (lines: readonly string[], at: number): number => {
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

/** Whether the next line that holds anything is quoted deeper than the opening was. */
export const quotationFollows = (
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
