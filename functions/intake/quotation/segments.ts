import { splitLines } from '../clean-text.ts'
import { quotationFollows, unmarked } from './marks.ts'
import { isLetterHead, longestTitle, type Writer } from './letter-head.ts'
import { openingAt } from './quotation.ts'
import { SignatureReader } from './signature.ts'

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
  /** What opens the quotation it stands in: whose words these are. Empty for own text and for marks alone. */
  readonly opening: string
}

const bannerLine =
  /^\W{0,3}(?:\[EKSTERN\]|\[EXTERNAL\]|ADVARSEL: Denne (?:e-?mail|mail) kommer ude|Denne (?:e-?mail|mail) kommer ude|CAUTION: This email|You don't often get email from|Du får ikke ofte mail(?:s)? fra|Nogle personer, der har modtaget denne meddelelse)/iu

/**
 * Labels every line of a body. A header block or an attribution that no marked quotation follows makes all
 * below it quoted (Outlook, iOS); marked quotations end with their marks, and what stands between or below
 * them is the sender's own (answers inside and at the bottom). The head of the sender's own letter opens none.
 *
 * @param writer who sent the body and when; without one, no letter head is told from an older mail's header
 */
export const labelLines = (body: string, writer: Writer | null = null): readonly LabelledLine[] => {
  const raw = splitLines(body)
  const read = raw.map(unmarked)
  const depths = read.map(({ depth }) => depth)
  const texts = read.map(({ text }) => text)
  const labelled: LabelledLine[] = []
  /** Levels opened by header blocks and attributions without marks. */
  let opened = 0
  const signature = new SignatureReader()
  let markedBase = 0
  /** By level, what opened the quotation last. */
  const openings: string[] = []
  const push = (at: number, segment: Segment, level: number): void => {
    const opening = level === 0 ? '' : (openings[level] ?? '')
    labelled.push({ number: at + 1, text: texts[at] ?? '', segment, level, opening })
  }
  for (let at = 0; at < raw.length; at += 1) {
    const depth = depths[at] ?? 0
    if (depth === 0) markedBase = 0
    const opening = openingAt(texts, at)
    if (opening !== null && isLetterHead(opening, texts.slice(0, Math.min(at, longestTitle)), writer)) {
      for (let line = 0; line < opening.lines; line += 1) push(at + line, 'header-block', 0)
      at += opening.lines - 1
      continue
    }
    if (opening !== null) {
      const level = opened + depth + markedBase + 1
      openings[level] = opening.said
      openings.length = level + 1
      for (let line = 0; line < opening.lines; line += 1) push(at + line, 'header-block', level)
      at += opening.lines - 1
      signature.end()
      if (!quotationFollows(texts, depths, at + 1, depth)) {
        if (depth === 0) opened += 1
        else markedBase += 1
      }
      continue
    }
    const text = texts[at] ?? ''
    if (bannerLine.test(text.trim())) push(at, 'banner', opened + depth)
    else if (depth > 0 || opened > 0) {
      signature.end()
      push(at, 'quoted', opened + depth + markedBase)
    } else push(at, signature.next(text.trim()) ? 'signature' : 'new', 0)
  }
  return labelled
}
