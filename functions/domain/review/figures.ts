import type { MailRecord } from '../casefile/mails.ts'
import { compareInstants } from '../base/time.ts'
import type { AnswerValue } from '../casefile/reading.ts'
import type { Figure, PartyState } from './state.ts'

/** Values that are figures: a change of one of these supersedes a draft. */
export const isFigure = (value: { readonly is: string }): boolean =>
  value.is === 'number' || value.is === 'milestone' || value.is === 'not-available'

export const sameValue = (a: AnswerValue, b: AnswerValue): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A share's two keys belong together: what settles one settles a question about both. */
export const siblingKeys = (key: string): readonly string[] => {
  const target = /^(M\d+)( i alt| heraf)?$/.exec(key)?.[1]
  return target === undefined ? [key] : [target, `${target} i alt`, `${target} heraf`]
}

/** Does a mail's answer take the place of what stands? The later wins, by time of receipt, key by key. */
export const replaces = (party: PartyState, key: string, receivedAt: string): boolean => {
  const before = party.figures[key]
  return before === undefined || compareInstants(before.receivedAt, receivedAt) <= 0
}

/**
 * The party after a mail that counts: the later wins, key by key; a new answer settles the questions on its
 * key; `ikke opgjort` closes a gap, `Færdig` does not (LETTERS.md 3.3).
 * @param at when it began to count; its own order among the figures is its time of receipt
 */
export const takeFigures = (party: PartyState, mail: MailRecord, at: string): PartyState => {
  const figures: Record<string, Figure> = { ...party.figures }
  let changed = false
  const current = mail.values.filter((answer) => replaces(party, answer.key, mail.receivedAt))
  for (const answer of current) {
    const before = figures[answer.key]
    const text = mail.details?.texts[answer.key] ?? ''
    if (before !== undefined && sameValue(before.value, answer.value) && before.text === text) continue
    changed = true
    figures[answer.key] = {
      key: answer.key,
      value: answer.value,
      text,
      written: mail.details?.written[answer.key] ?? '',
      mailKey: mail.mailKey,
      receivedAt: mail.receivedAt,
      at: answer.at,
      before: before?.value ?? null,
    }
  }
  const answered = new Set(current.flatMap((answer) => siblingKeys(answer.key)))
  const doubted = mail.doubts
    .filter((doubt) => siblingKeys(doubt.key).every((key) => replaces(party, key, mail.receivedAt)))
    .map((doubt) => ({ ...doubt, mailKey: mail.mailKey }))
  const doubts = [...party.doubts.filter((doubt) => !answered.has(doubt.key)), ...doubted]
  const finished = current.find((answer) => answer.key === 'Færdig')?.value
  const finishedAt =
    finished?.is === 'yes-no'
      ? finished.yes
        ? mail.receivedAt
        : null
      : changed && party.finishedAt !== null
        ? mail.receivedAt
        : party.finishedAt
  return {
    ...party,
    figures,
    doubts,
    finishedAt,
    changedAt: changed ? at : party.changedAt,
    theirCaseNumber: mail.details?.theirCaseNumber ?? party.theirCaseNumber,
  }
}
