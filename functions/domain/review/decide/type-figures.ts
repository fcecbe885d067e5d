import { isForTyping, standingOnceTyped } from '../../casefile/held-for.ts'
import { evolveMails, type HeldMailDecided, type MailRecord } from '../../casefile/mails.ts'
import type { FiguresTyped } from '../../casefile/figures-typed.ts'
import { typedRecord } from '../../casefile/typed-entry.ts'
import { typedFields } from '../../form/form.ts'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import { endOfDay, isAfter, todayInCopenhagen } from '../../base/time.ts'
import { replaces, partyOf } from '../slices/figures.ts'
import { isOfAccount } from '../final-return.ts'
import { type ReviewState, type ReviewEvent } from '../state.ts'
import type { ReviewStatus } from '../status.ts'
import type { PersonCommand } from './commands.ts'
import { consequences, withoutRepeats } from './take-mail.ts'
import type { Decider } from '../../base/command.ts'
import { isFigure } from '../../casefile/reading.ts'

/** Nothing is asked yet, or nothing is judged any more. */
const without: readonly ReviewStatus[] = ['none', 'not-asked', 'preparing', 'stopped']

type TypeFigures = Extract<PersonCommand, { do: 'type-figures' }>

/** What the source says of when the ministry had it. */
const receivedAt = (state: ReviewState, command: TypeFigures, now: string): string => {
  const mail = state.mails.find((candidate) => candidate.mailKey === command.mailKey)
  if (mail !== undefined) return mail.receivedAt
  return command.receivedOn === todayInCopenhagen(now) ? now : endOfDay(command.receivedOn)
}

/** Held for exactly this. */
const isHeldForTyping = (mail: MailRecord | null): boolean =>
  mail !== null && mail.standing === 'held' && isForTyping(mail)

/** The typing decides a mail held for it: it waits no longer. */
const decidedByTyping = (state: ReviewState, mailKey: string | null): readonly HeldMailDecided[] =>
  state.mails.flatMap((mail) =>
    mail.mailKey === mailKey && isHeldForTyping(mail)
      ? [
          {
            type: 'HeldMailDecided',
            v: 1,
            mailKey,
            decision: standingOnceTyped(mail),
            private: { reason: 'tallene er tastet ind' },
          },
        ]
      : [],
  )

const objection = (state: ReviewState, command: TypeFigures, now: string): Decision<ReviewEvent> | null => {
  const party = partyOf(state, command.party)
  if (party === null || state.content === null)
    return refuse('party', 'the municipality is no party of this agreement')
  if (without.includes(state.status))
    return refuse('status', `figures are typed into a review that is open; it is ${state.status}`)
  if (command.source === 'mail') {
    const mail = state.mails.find((candidate) => candidate.mailKey === command.mailKey)
    const usable =
      mail?.standing === 'counts' || mail?.standing === 'provisional' || isHeldForTyping(mail ?? null)
    if (mail === undefined || !usable || mail.party !== command.party || mail.typed !== null)
      return refuse(
        'unknown-mail',
        'figures are typed in from a mail of that municipality that is its answer',
      )
  } else if (command.mailKey !== null) return refuse('unknown-mail', 'only a mail has a mail key')
  else if (isAfter(command.receivedOn, todayInCopenhagen(now)))
    return refuse('future', 'what is typed in was received already')
  const known = new Set(
    typedFields(state.content, { year: state.year, municipality: command.party }).map(({ key }) => key),
  )
  const { figures } = command
  if (figures.length === 0) return refuse('no-figure', 'at least one figure is typed in')
  const keys = new Set(figures.map(({ key }) => key))
  const isTyped = ({ key, value }: TypeFigures['figures'][number]): boolean =>
    known.has(key) && (isFigure(value) || isOfAccount(key))
  if (keys.size !== figures.length || !figures.every(isTyped))
    return refuse('unknown-key', 'a key is no figure of this return, or is given twice')
  const at = receivedAt(state, command, now)
  const newer = figures.filter(({ key }) => !replaces(party, key, at))
  return newer.length === 0
    ? null
    : refuse('older', `a later answer stands for ${newer.map(({ key }) => key).join(', ')}`)
}

/**
 * Figures that a caseworker read in a scan or a letter, or was told. They count as the ministry's typing, marked
 * so, and the contact gets a receipt to check them by; typed from a colleague's mail they count at her OK.
 */
export const typeFigures = (
  state: ReviewState,
  command: TypeFigures,
  who: Decider,
  now: string,
): Decision<ReviewEvent> => {
  const refusal = objection(state, command, now)
  if (refusal !== null) return refusal
  const texts = command.figures.filter(({ text }) => text !== '').map(({ key, text }) => [key, text] as const)
  const typed: FiguresTyped = {
    type: 'FiguresTyped',
    v: 1,
    entryKey: command.entryKey,
    party: command.party,
    source: command.source,
    mailKey: command.mailKey,
    attachment: command.attachment,
    receivedAt: receivedAt(state, command, now),
    values: command.figures.map(({ key, value, place }) => ({
      key,
      value,
      at: { part: 'typed', page: place },
    })),
    by: who.id,
    private: {
      source: command.note,
      texts: Object.fromEntries(texts),
      written: Object.fromEntries(command.figures.map(({ key, written }) => [key, written])),
    },
  }
  const decided = decidedByTyping(state, command.mailKey)
  const mails = decided.reduce((before, event) => evolveMails(before, event, now), state.mails)
  const record = typedRecord(typed, mails, now)
  return accept<ReviewEvent>(
    ...decided,
    typed,
    ...(record.standing === 'counts' ? withoutRepeats(consequences(state, record, 'caseworker', null)) : []),
  )
}
