import { printDate } from '../../domain/base/danish.ts'
import { openAbsences } from '../../domain/review/absences.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { municipalityName } from '../words.ts'
import { contactAction } from './contact-forms.ts'
import type { Waiting } from './waiting.ts'
import { openContactWishes } from '../../domain/review/slices/contacts.ts'

/** A mail asks for another contact: a person looks who it is. */
const ofWishes = (state: ReviewState): readonly Waiting[] =>
  openContactWishes(state).map((mail) => ({
    kind: 'new-contact' as const,
    command: 'enter-contact' as const,
    action: contactAction(mail.party ?? '', mail.mailKey),
    since: mail.receivedAt,
    what: `${municipalityName(mail.party ?? '')} ønsker en anden kontakt`,
  }))

/** The request has gone to the deputy by itself; somebody looks whether that is enough (MAIL.md 134). */
const ofAbsences = (state: ReviewState): readonly Waiting[] =>
  openAbsences(state).map((note) => ({
    kind: 'absence' as const,
    command: 'note' as const,
    action: 'note',
    since: note.receivedAt,
    what: `${note.details?.from ?? 'kontakten'} i ${municipalityName(note.party ?? '')} er fraværende${note.absentUntil === null ? '' : ` til og med ${printDate(note.absentUntil)}`}, over fristen: anmodningen er sendt videre. Ring, indfør en anden kontakt, eller skriv et notat`,
  }))

/** Every registered address has bounced: somebody telephones, and has a contact entered. */
const ofUnreachable = (state: ReviewState): readonly Waiting[] =>
  state.unreachable.map(({ party, since }) => ({
    kind: 'contact' as const,
    command: 'note' as const,
    action: 'note',
    since,
    what: `ingen i ${municipalityName(party)} kan nås på mail: ring, og få en kontakt indført`,
  }))

/** Who is written to, where a person must look. */
export const contactTasks = (state: ReviewState): readonly Waiting[] => [
  ...ofWishes(state),
  ...ofUnreachable(state),
  ...ofAbsences(state),
]
