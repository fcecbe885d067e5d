import type { MailRecord } from '../casefile/mails.ts'
import { compareInstants } from '../base/time.ts'
import { takeCounted } from './counted-mail.ts'
import { siblingKeys } from './figures.ts'
import type { PartyState } from './state.ts'

/** Every key that one of the readings of a mail bears on. */
const affectedKeys = (...readings: readonly Pick<MailRecord, 'values' | 'doubts'>[]): ReadonlySet<string> =>
  new Set(
    readings.flatMap(({ values, doubts }) => [...values, ...doubts].flatMap(({ key }) => siblingKeys(key))),
  )

const valuesOf = (party: PartyState, keys: ReadonlySet<string>): string =>
  Object.values(party.figures)
    .filter(({ key }) => keys.has(key))
    .map(({ key, value, text }) => JSON.stringify([key, value, text]))
    .sort()
    .join()

/**
 * The party after one of its mails was read again: the figures and questions that mail bears on are put in place
 * anew from all mails that count, the later by receipt winning as ever. So what another mail corrected since is
 * not overwritten, and what the mail no longer says falls back to what stood before it. All other figures stay.
 * @param mails as they are now
 */
export const rereadFigures = (
  party: PartyState,
  mails: readonly MailRecord[],
  { before, after }: { readonly before: MailRecord; readonly after: MailRecord },
  at: string,
): PartyState => {
  const keys = affectedKeys(before, after)
  const blank: PartyState = { ...party, figures: {}, doubts: [], finishedAt: null, changedAt: null }
  const anew = mails
    .filter((mail) => mail.standing === 'counts' && mail.party === party.municipality)
    .toSorted((one, other) => compareInstants(one.receivedAt, other.receivedAt))
    .reduce((folded, mail) => takeCounted(folded, mail, at), blank)
  const figures = {
    ...Object.fromEntries(Object.entries(party.figures).filter(([key]) => !keys.has(key))),
    ...Object.fromEntries(Object.entries(anew.figures).filter(([key]) => keys.has(key))),
  }
  const next: PartyState = {
    ...party,
    figures,
    doubts: [
      ...party.doubts.filter(({ key }) => !keys.has(key)),
      ...anew.doubts.filter(({ key }) => keys.has(key)),
    ],
    finishedAt: keys.has('Færdig') ? anew.finishedAt : party.finishedAt,
    theirCaseNumber: after.details?.theirCaseNumber ?? party.theirCaseNumber,
  }
  return valuesOf(party, keys) === valuesOf(next, keys) ? next : { ...next, changedAt: at }
}
