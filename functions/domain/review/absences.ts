import type { MailRecord } from '../casefile/mails.ts'
import { compareInstants, isBefore } from '../base/time.ts'
import { isComplete } from './asked.ts'
import { absencesOverDue } from './collection.ts'
import type { ReviewState } from './state.ts'

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
 * Notes that cover the due date of a party that still owes something (MAIL.md 134): the deputy is asked without
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
