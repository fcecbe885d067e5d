import type { AnswerValue } from './reading.ts'
import type { MailReading } from './mail-reading.ts'

/** What another reading of the same mail says of one key. */
export interface ReadingChange {
  readonly key: string
  /** `moved`: the same answer, found in another place or in other words. */
  readonly is: 'added' | 'changed' | 'gone' | 'moved'
  /** The value read before and the one read now; texts are not repeated here, they are the sender's own. */
  readonly before: string | null
  readonly after: string | null
}

/** Two readings of one mail beside each other. */
export interface ReadingDifference {
  readonly changes: readonly ReadingChange[]
  /** Keys read the same. */
  readonly same: readonly string[]
  readonly doubtsAdded: readonly string[]
  readonly doubtsGone: readonly string[]
  /** Everything else that is read otherwise, by name. */
  readonly others: readonly string[]
}

/** A value in one word, without the words of the mail. */
const valueText = (value: AnswerValue): string => {
  switch (value.is) {
    case 'number':
      return value.value
    case 'milestone':
      return `${value.met ? 'yes' : 'no'} ${value.on}`
    case 'yes-no':
      return value.yes ? 'yes' : 'no'
    case 'status':
      return value.status
    case 'date':
      return value.on
    case 'proposal-answer':
      return value.answer
    case 'hearing-reply':
      return value.comments ? 'comments' : 'no comments'
    case 'fact-check':
      return value.ok ? 'ok' : 'corrections'
    case 'not-available':
    case 'text':
      return value.is
    default:
      return value satisfies never
  }
}

const text = (value: unknown): string => JSON.stringify(value) ?? ''

type Read = MailReading['values'][number]

const compare = (
  reading: MailReading,
  other: MailReading,
  before: Read,
  after: Read,
): ReadingChange | null => {
  const { key } = before
  const values = { key, before: valueText(before.value), after: valueText(after.value) }
  // An erased text is no other text: only what both readings still have is compared.
  const words = (field: 'texts' | 'written') =>
    reading.private === undefined ||
    other.private === undefined ||
    (reading.private[field][key] ?? '') === (other.private[field][key] ?? '')
  if (text(before.value) !== text(after.value) || !words('texts')) return { ...values, is: 'changed' }
  return text(before.at) === text(after.at) && words('written') ? null : { ...values, is: 'moved' }
}

const doubtsOf = ({ doubts }: MailReading): readonly string[] =>
  [...new Set(doubts.map(({ key, kind }) => (key === '' ? kind : `${key} ${kind}`)))].sort()

/** What is compared beside values and doubts. */
const otherParts: readonly (readonly [string, (reading: MailReading) => unknown])[] = [
  ['standing', ({ standing }) => standing],
  ['reason', ({ reason }) => reason],
  ['contact', ({ contactId }) => contactId],
  ['OK', ({ confirms }) => confirms],
  ['more time', ({ extension }) => extension],
  ['absence', ({ absentUntil }) => absentUntil ?? null],
  ['new contact', ({ asksContact, private: own }) => [asksContact ?? null, own?.contactWish ?? null]],
  ['helpers', ({ helpers, private: own }) => [helpers ?? null, own?.helpers ?? null]],
  ['figures in free text', ({ proposals, private: own }) => [proposals ?? [], own?.proposals ?? []]],
  ['free text', ({ private: own }) => own?.freeText ?? ''],
  ['their case number', ({ private: own }) => own?.theirCaseNumber ?? null],
  ['words of a doubt', ({ private: own }) => own?.doubts ?? []],
]

/** Compares two readings of one mail, key by key and part by part. */
export const readingDifference = (before: MailReading, after: MailReading): ReadingDifference => {
  const erased = before.private === undefined || after.private === undefined
  const bare = (reading: MailReading): MailReading => ({ ...reading, private: undefined })
  const [old, now] = erased ? [bare(before), bare(after)] : [before, after]
  const [oldDoubts, newDoubts] = [doubtsOf(old), doubtsOf(now)]
  const changes = [...new Set([...old.values, ...now.values].map(({ key }) => key))].flatMap(
    (key): readonly ReadingChange[] => {
      const was = old.values.find((value) => value.key === key)
      const is = now.values.find((value) => value.key === key)
      if (was !== undefined && is !== undefined) {
        const change = compare(old, now, was, is)
        return change === null ? [] : [change]
      }
      return was === undefined
        ? [{ key, is: 'added', before: null, after: is === undefined ? null : valueText(is.value) }]
        : [{ key, is: 'gone', before: valueText(was.value), after: null }]
    },
  )
  const changed = new Set(changes.map(({ key }) => key))
  return {
    changes,
    same: old.values.map(({ key }) => key).filter((key) => !changed.has(key)),
    doubtsAdded: newDoubts.filter((doubt) => !oldDoubts.includes(doubt)),
    doubtsGone: oldDoubts.filter((doubt) => !newDoubts.includes(doubt)),
    others: otherParts.filter(([, part]) => text(part(old)) !== text(part(now))).map(([name]) => name),
  }
}

/** Does the mail say the same in both readings? */
export const isSameReading = ({ changes, doubtsAdded, doubtsGone, others }: ReadingDifference): boolean =>
  changes.length + doubtsAdded.length + doubtsGone.length + others.length === 0
