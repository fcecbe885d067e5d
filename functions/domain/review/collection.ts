import {
  addWorkingDays,
  courtesyNoticeDay,
  moveDeadline,
  nextWorkingDay,
  reminderKinds,
  workingDaysFor,
  mayGoNow,
  nineOn,
  sendingTime,
} from '../base/calendar.ts'
import { bouncedForFirst, lettersTo, type LetterOrder, type LetterRecord } from '../casefile/letters.ts'
import { readAgainAt, type MailRecord } from '../casefile/mails.ts'
import type { LetterKind } from '../casefile/letter-kinds.ts'
import { earlier } from '../casefile/plan.ts'
import {
  compareInstants,
  endOfDay,
  isBefore,
  laterDate,
  laterInstant,
  todayInCopenhagen,
} from '../base/time.ts'
import { isComplete, laterFigureDue, nextAvailability } from './asked.ts'
import type { ReviewState } from './state.ts'
import type { PartyState } from './slices/figures.ts'
import { hasUndecidedMail } from './slices/proposals.ts'

/** Letters that ask for the figures, in the order they come. */
const asking: readonly LetterKind[] = ['request', 'to-deputy', 'later-figure', ...reminderKinds]

/** Where the collection stands for one party. */
export type PartyPlan =
  | { readonly party: 'ready' }
  | { readonly party: 'letter'; readonly order: LetterOrder }
  /** `until` null: only a change of the record goes on. */
  | { readonly party: 'waits'; readonly until: string | null }

/**
 * The due date in force: the last one printed or decided replaces the ones before (LETTERS 8). A letter about
 * one later figure never takes time away from the rest.
 */
export const dueOnOf = (state: ReviewState, municipality: string): string => {
  const printed = lettersTo(state.letters, municipality, ...asking).flatMap((letter) =>
    letter.dueOn === null
      ? []
      : [{ at: letter.sentAt, dueOn: letter.dueOn, adds: letter.order.kind === 'later-figure' }],
  )
  const decided = state.extensions.flatMap((request) =>
    request.party === municipality && request.decided !== null
      ? [{ at: request.decided.at, dueOn: request.decided.dueOn, adds: false }]
      : [],
  )
  return [...printed, ...decided]
    .sort((a, b) => compareInstants(a.at, b.at))
    .reduce((due, next) => (next.adds ? laterDate(due, next.dueOn) : next.dueOn), state.dueOn)
}

/** Something that may belong to the party's answer waits for the ministry: nobody is reminded meanwhile. */
export const isBlocked = (state: ReviewState, municipality: string): boolean =>
  hasUndecidedMail(state, municipality) ||
  state.extensions.some((request) => request.party === municipality && request.decided === null)

/** After a release at least five working days go by before the next reminder. */
const guardedUntil = (state: ReviewState, municipality: string): string | null => {
  const theirs = ({ party }: { readonly party: string | null }) => party === municipality || party === null
  const released = [
    ...state.mails.filter(theirs).flatMap((mail) => [mail.releasedAt, ...readAgainAt(mail)]),
    ...state.unplaced.filter(theirs).map((mail) => mail.decidedAt),
    ...state.mails.filter(theirs).flatMap((mail) => mail.proposals.map(({ decided }) => decided?.at ?? null)),
  ]
    .filter((at) => at !== null)
    .sort()
    .at(-1)
  return released === undefined
    ? null
    : nineOn(addWorkingDays(todayInCopenhagen(released), workingDaysFor.afterRelease))
}

/**
 * The letter that asked last bounced for the person it was meant for: the next contact gets it, and when nobody
 * is left a person telephones and enters one.
 */
const toNextContact = (state: ReviewState, municipality: string): LetterOrder | null => {
  const asked = lettersTo(state.letters, municipality, 'request', 'to-deputy')
  const last = asked.at(-1)
  if (last === undefined || !bouncedForFirst(last)) return null
  const tried = asked.filter((letter) => letter.order.kind === 'to-deputy').length
  return { kind: 'to-deputy', party: municipality, seq: tried + 1, about: 'bounced' }
}

/**
 * The one who was asked answers by a machine that she is away over the due date: the deputy gets the request
 * (Edge case 56). The note changes no data, and is taken once.
 */
const toDeputyOf = (state: ReviewState, municipality: string): LetterOrder | null => {
  const last = lettersTo(state.letters, municipality, 'request', 'to-deputy').at(-1)
  if (last === undefined) return null
  const note = absenceOver(state, last, dueOnOf(state, municipality))
  const tried = lettersTo(state.letters, municipality, 'to-deputy')
  return note === null || tried.some((letter) => letter.order.about === note.mailKey)
    ? null
    : { kind: 'to-deputy', party: municipality, seq: tried.length + 1, about: note.mailKey }
}

/** The absence note of the one a letter was meant for, when it covers the due date. */
const absenceOver = (state: ReviewState, letter: LetterRecord, dueOn: string): MailRecord | null =>
  state.mails.find(
    ({ absentUntil, contactId, standing, receivedAt }) =>
      standing === 'automatic' &&
      absentUntil !== null &&
      !isBefore(absentUntil, dueOn) &&
      contactId !== null &&
      contactId === letter.recipients[0] &&
      compareInstants(receivedAt, letter.sentAt) >= 0,
  ) ?? null

/** Absence notes over the due date of those whom the request was meant for, or sent on to. */
export const absencesOverDue = (state: ReviewState, municipality: string): readonly MailRecord[] =>
  lettersTo(state.letters, municipality, 'request', 'to-deputy').flatMap(
    (letter) => absenceOver(state, letter, dueOnOf(state, municipality)) ?? [],
  )

/** Whom such notes keep from being written to. */
export const absentContacts = (state: ReviewState, municipality: string): readonly string[] =>
  absencesOverDue(state, municipality).flatMap(({ contactId }) => contactId ?? [])

const order = (kind: LetterKind, municipality: string, seq = 1): LetterOrder => ({
  kind,
  party: municipality,
  seq,
  about: '',
})

const letterAt = (at: string, now: string, letter: LetterOrder): PartyPlan =>
  compareInstants(now, at) >= 0 ? { party: 'letter', order: letter } : { party: 'waits', until: at }

/** The next reminder after the due date, or the end of the collection. */
const afterDue = (state: ReviewState, municipality: string): LetterOrder => {
  const gone = reminderKinds.findLastIndex((kind) => lettersTo(state.letters, municipality, kind).length > 0)
  return order(reminderKinds[gone + 1] ?? 'collection-closed', municipality)
}

const incomplete = (state: ReviewState, party: PartyState, now: string): PartyPlan => {
  const { municipality } = party
  const forward = toNextContact(state, municipality) ?? toDeputyOf(state, municipality)
  if (forward !== null) return letterAt(sendingTime(todayInCopenhagen(now), now), now, forward)
  // Only the record ends this, never time: whatever moment it is, nobody is reminded.
  if (isBlocked(state, municipality)) return { party: 'waits', until: null }
  const dueOn = dueOnOf(state, municipality)
  const guard = guardedUntil(state, municipality)
  const due = nineOn(nextWorkingDay(dueOn))
  const first = guard === null ? due : laterInstant(due, guard)
  const at = sendingTime(todayInCopenhagen(first), now)
  const courtesy = courtesyOn(state, municipality, dueOn)
  if (courtesy !== null && compareInstants(now, nineOn(courtesy)) < 0)
    return { party: 'waits', until: earlier(nineOn(courtesy), at) }
  if (
    courtesy === todayInCopenhagen(now) &&
    mayGoNow(now) &&
    (guard === null || compareInstants(now, guard) >= 0)
  )
    return { party: 'letter', order: order('courtesy-notice', municipality) }
  return letterAt(at, now, afterDue(state, municipality))
}

/** The day of the courtesy notice while it is still to come or today; none once reminders or it have gone. */
const courtesyOn = (state: ReviewState, municipality: string, dueOn: string): string | null => {
  const gone = lettersTo(state.letters, municipality, 'courtesy-notice', ...reminderKinds)
  const first = lettersTo(state.letters, municipality, 'request').at(-1)?.dueOn ?? state.dueOn
  const extended = dueOn !== first
  return gone.length > 0 || extended ? null : courtesyNoticeDay(dueOn)
}

/**
 * What the collection does next for one party. Until the due date the figures belong to the municipality: the
 * draft is made at the due date in force, or five working days after a complete reply that says it is
 * finished (LETTERS 3.3.12).
 */
export const planParty = (state: ReviewState, party: PartyState, now: string): PartyPlan => {
  const plan = planAsked(state, party, now)
  const toCome = nextAvailability(state, party, now)
  // A figure that comes to exist is asked for then, whatever else is waited for.
  return plan.party === 'waits' && toCome !== null
    ? { party: 'waits', until: earlier(plan.until, nineOn(moveDeadline(toCome))) }
    : plan
}

const planAsked = (state: ReviewState, party: PartyState, now: string): PartyPlan => {
  const { municipality } = party
  if (lettersTo(state.letters, municipality, 'request').length === 0)
    return letterAt(sendingTime(state.requestOn, now), now, order('request', municipality))
  const later = laterFigureDue(state, party, now)
  if (later !== null) return letterAt(sendingTime(later.on, now), now, later.order)
  if (lettersTo(state.letters, municipality, 'collection-closed').length > 0)
    return ready(state, municipality)
  if (!isComplete(state, party)) return incomplete(state, party, now)
  const dueEnds = endOfDay(dueOnOf(state, municipality))
  const finished =
    party.finishedAt === null
      ? null
      : endOfDay(addWorkingDays(todayInCopenhagen(party.finishedAt), workingDaysFor.finishedReply))
  const readyAt = earlier(dueEnds, finished) ?? dueEnds
  if (compareInstants(now, readyAt) < 0) return { party: 'waits', until: readyAt }
  if (nextAvailability(state, party, now) !== null) return { party: 'waits', until: null }
  return ready(state, municipality)
}

/** Nothing is judged while a mail that may belong to the answer is held. */
const ready = (state: ReviewState, municipality: string): PartyPlan =>
  isBlocked(state, municipality) ? { party: 'waits', until: null } : { party: 'ready' }

/** An absence note as it stands beside a contact. */
export interface Absence {
  readonly mailKey: string
  readonly contactId: string
  readonly receivedAt: string
  /** The last day away; null where the note does not say. */
  readonly until: string | null
}

const isAbsenceNote = (mail: MailRecord): boolean =>
  mail.standing === 'automatic' && mail.reason === 'absence' && mail.contactId !== null

/**
 * Who is away: the latest note of each contact, as long as its last day has not passed. One without a day holds
 * until the contact writes again.
 * @param today Danish calendar date
 */
export const absencesOn = (state: ReviewState, today: string): readonly Absence[] =>
  state.mails.filter(isAbsenceNote).flatMap((note): readonly Absence[] => {
    const { mailKey, contactId, receivedAt, absentUntil } = note
    const hers = state.mails.filter((mail) => mail.contactId === contactId && mail.typed === null)
    const later = hers.slice(hers.indexOf(note) + 1)
    const over =
      later.some(isAbsenceNote) ||
      (absentUntil === null
        ? later.some(({ standing }) => standing !== 'automatic')
        : isBefore(absentUntil, today))
    return over || contactId === null ? [] : [{ mailKey, contactId, receivedAt, until: absentUntil }]
  })

/**
 * Notes that cover the due date of a party that still owes something (MAIL 134): the deputy is asked without
 * anybody's doing, and a caseworker looks whether that is enough. It is done when a contact is entered or a note
 * of the case is written after it, and over when everything is there or nothing is collected any more.
 */
export const openAbsences = (state: ReviewState): readonly MailRecord[] => {
  if (state.status !== 'collecting') return []
  return state.parties
    .filter((party) => !isComplete(state, party))
    .flatMap(({ municipality }) => {
      const done = [
        ...state.notes.map(({ at }) => at),
        ...state.contactChanges.entered.flatMap(({ party, at }) => (party === municipality ? [at] : [])),
      ]
      return absencesOverDue(state, municipality).filter(
        ({ receivedAt }) => !done.some((at) => compareInstants(at, receivedAt) >= 0),
      )
    })
}
