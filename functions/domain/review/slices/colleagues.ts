import { compareInstants } from '../../base/time.ts'
import type { MailRecord, mailsSlice } from '../../casefile/mails.ts'
import { isFigure, sameValue, type AnswerValue } from '../../casefile/reading.ts'
import { partyOf, type Excepted, type Parties } from './figures.ts'

type Seen = Parties & typeof mailsSlice.initial

/** What one person has said under a key. */
export interface Said {
  readonly mailKey: string
  /** Name, or the address where there is no name; empty once erased. */
  readonly sender: string
  readonly value: AnswerValue
}

/** A key under which people of one municipality have said different things (MAIL 125). */
export interface Difference {
  readonly key: string
  /** `own-answer`: her own value stands. `colleagues-differ`: neither is hers, and she is asked. */
  readonly because: 'own-answer' | 'colleagues-differ'
  /** Who said what: the first is hers where her own stands. */
  readonly said: readonly Said[]
}

const senderOf = (mail: MailRecord): string => mail.details?.name || (mail.details?.from ?? '')

/** One sender, however the name is written; a mail whose sender was erased stands for itself. */
const identityOf = (mail: MailRecord): string => (mail.details?.from ?? mail.mailKey).toLowerCase()

/** Sent by somebody whose word counts by itself: no OK made it count, no person of the ministry did. */
const isOwn = (mail: MailRecord): boolean =>
  mail.standing === 'counts' && mail.confirmedBy === null && mail.typed === null && mail.releasedAt === null

/** A colleague's, waiting for the contact's OK or made to count by it. */
const isColleagues = (mail: MailRecord): boolean =>
  mail.typed === null && (mail.standing === 'provisional' || mail.confirmedBy !== null)

const valueOf = (mail: MailRecord, key: string): AnswerValue | null =>
  mail.values.find((answer) => answer.key === key && isFigure(answer.value))?.value ?? null

/** Each colleague's latest word under a key, in the order in which they came. */
const latestOf = (mails: readonly MailRecord[], key: string): readonly (Said & { readonly at: string })[] => {
  const bySender = new Map<string, Said & { readonly at: string }>()
  for (const mail of mails.toSorted((a, b) => compareInstants(a.receivedAt, b.receivedAt))) {
    const value = valueOf(mail, key)
    if (value === null) continue
    // Deleted first, so that the order is that of the latest words.
    bySender.delete(identityOf(mail))
    bySender.set(identityOf(mail), {
      mailKey: mail.mailKey,
      sender: senderOf(mail),
      value,
      at: mail.receivedAt,
    })
  }
  return [...bySender.values()]
}

const differenceUnder = (state: Seen, municipality: string, key: string): Difference | null => {
  const mails = state.mails.filter((mail) => mail.party === municipality)
  const said = latestOf(mails.filter(isColleagues), key)
  const standing = partyOf(state, municipality)?.figures[key]
  const hers = mails.find((mail) => mail.mailKey === standing?.mailKey && isOwn(mail))
  if (hers !== undefined && standing !== undefined) {
    const later = said.filter(
      ({ at, value, mailKey }) =>
        compareInstants(at, standing.receivedAt) >= 0 &&
        !sameValue(value, standing.value) &&
        mails.some((mail) => mail.mailKey === mailKey && mail.standing === 'provisional'),
    )
    const own = { mailKey: hers.mailKey, sender: senderOf(hers), value: standing.value }
    return later.length === 0 ? null : { key, because: 'own-answer', said: [own, ...later.map(bare)] }
  }
  const [first, ...others] = said
  return first === undefined || others.every(({ value }) => sameValue(value, first.value))
    ? null
    : { key, because: 'colleagues-differ', said: said.map(bare) }
}

const bare = ({ mailKey, sender, value }: Said): Said => ({ mailKey, sender, value })

/**
 * Where people of a municipality differ under the keys of these mails. The contact's own value counts, whatever a
 * colleague writes after it; between colleagues nothing is chosen. Whoever writes again replaces only her own.
 * @param mails colleagues' mails of the municipality
 */
export const differencesIn = (
  state: Seen,
  municipality: string,
  mails: readonly MailRecord[],
): readonly Difference[] => {
  const keys = new Set(
    mails.flatMap((mail) => mail.values.flatMap(({ key, value }) => (isFigure(value) ? [key] : []))),
  )
  return [...keys].flatMap((key) => differenceUnder(state, municipality, key) ?? [])
}

/**
 * Which values an OK does not take from these mails: those beside her own, and those of which she has not said
 * which holds.
 * @param answered keys that the mail with the OK answers itself: they are settled by it
 */
export const exceptedFrom = (
  state: Seen,
  municipality: string,
  mails: readonly MailRecord[],
  answered: readonly string[],
): Excepted =>
  differencesIn(state, municipality, mails)
    .filter(({ key }) => !answered.includes(key))
    .map(({ key, because }) => ({ key, because }))
