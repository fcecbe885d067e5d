import type { ReplayedMail, ReplayOutcome } from '../../functions/handlers/operator/replay/replayed-mail.ts'

const words: Readonly<Record<ReplayOutcome, string>> = {
  same: 'the same',
  'would-change': 'would change',
  'would-note': 'would be noted; the case is over',
  changed: 'changed',
  noted: 'noted; the case is over',
  left: 'left as decided',
  refused: 'refused',
  unreadable: 'unreadable',
  lost: 'its bytes are not in the archive',
}

const short = (hash: string): string => hash.slice(0, 12)

const standingLine = ({ before, after }: ReplayedMail): readonly string[] => {
  if (after === null) return []
  const said = ({ standing, reason }: { standing: string; reason: string }) =>
    reason === '' ? standing : `${standing} (${reason})`
  return said(before) === said(after) || after.standing === before.standing
    ? []
    : [`  ${said(before)} -> ${said(after)}`]
}

const changeLines = ({ changes }: ReplayedMail): readonly string[] => {
  const width = Math.max(0, ...changes.map(({ key }) => key.length))
  return changes.map(({ key, is, before, after }) => {
    const values = is === 'moved' ? (after ?? '') : [before, after].filter((one) => one !== null).join(' -> ')
    return `  ${key.padEnd(width)}  ${is.padEnd(7)}  ${values}`.trimEnd()
  })
}

const list = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`  ${title}: ${items.join(', ')}`]

/** One replayed mail as lines: ids, hashes, keys and values, never the mail's words or an address. */
export const replayedLines = (mail: ReplayedMail): readonly string[] => {
  const { stream, mailKey, rawSha256, receivedAt, contact, party, outcome, because, same } = mail
  const from = contact === null ? (party === null ? 'nobody known' : `somebody in ${party}`) : contact
  const readers =
    mail.after === null || mail.before.reader === mail.after.reader
      ? ''
      : `, read by ${mail.before.reader || 'an older reader'} before`
  const head = `${stream}  mail ${short(mailKey)}  sha256 ${short(rawSha256)}  ${receivedAt}  from ${from}  ${words[outcome]}${because === '' ? '' : ` (${because})`}`
  if (outcome === 'same')
    return [
      `${head}${same.length === 0 ? '' : `, ${same.length} ${same.length === 1 ? 'answer' : 'answers'}`}`,
    ]
  return [
    `${head}${readers}`,
    ...standingLine(mail),
    ...changeLines(mail),
    ...list('the same', same),
    ...list('asked now', mail.doubtsAdded),
    ...list('asked no more', mail.doubtsGone),
    ...list('also read otherwise', mail.others),
    ...(mail.tells ? ['  the municipality gets a receipt of it again'] : []),
  ]
}

/** How many of each outcome, and whether anything was written. */
export const replaySummary = (mails: readonly ReplayedMail[], reader: string, applied: boolean): string => {
  const counts = new Map<ReplayOutcome, number>()
  for (const { outcome } of mails) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  const told = [...counts].map(([outcome, count]) => `${count} ${words[outcome]}`).join(', ')
  const end = applied ? '' : ' Nothing was written; --apply enters it.'
  return `${mails.length} ${mails.length === 1 ? 'mail' : 'mails'} read again by reader ${reader}${told === '' ? '' : `: ${told}`}.${end}`
}
