import * as z from 'zod'
import { choose, maybe, missing, typedText } from '../../base/command.ts'
import { accept, refuse, type Refusal } from '../../base/stream.ts'
import { endOfDay, isAfter, todayInCopenhagen } from '../../base/time.ts'
import { municipalityCodeSchema } from '../../base/values.ts'
import { typedSources, type FiguresTyped } from '../../casefile/figures-typed.ts'
import { isForTyping, standingOnceTyped } from '../../casefile/held-mails.ts'
import { evolveMails, type HeldMailDecided, type MailRecord } from '../../casefile/mails.ts'
import type { AnswerValue } from '../../casefile/reading.ts'
import { typedRecord } from '../../casefile/typed-entry.ts'
import { readableFields, typedFields } from '../../form/form.ts'
import { consequences, withoutRepeats } from '../decide/take-mail.ts'
import type { ReviewEvent } from '../state.ts'
import { isFigure } from '../../casefile/reading.ts'
import { replaces } from '../slices/figures.ts'
import { isOfAccount } from '../final-return.ts'
import { partyOf } from '../slices/figures.ts'
import { type ReviewState } from '../state.ts'
import type { ReviewStatus } from '../status.ts'
import { command, type ReviewFacts } from './declare.ts'

/** Nothing is asked yet, or nothing is judged any more. */
const without: readonly ReviewStatus[] = ['none', 'not-asked', 'preparing', 'stopped']

const typedInput = z
  .object({
    /** Derived from the form: the key the figures point to. */
    entryKey: z.string().min(1).max(200),
    party: municipalityCodeSchema,
    source: z.enum(typedSources, choose('Vælg, hvad tallene er tastet fra.')),
    mailKey: maybe(128),
    /** A part of the mail: the number of the attachment, or its text. */
    attachment: z.int().min(0).max(99).nullable().default(null),
    /** The day the ministry had it; of no account with a mail, whose own time counts. */
    receivedOn: z.iso.date('Skriv, hvilken dag ministeriet fik tallene.'),
    /** Who telephoned, which letter. */
    note: typedText.default(''),
    figures: z
      .array(
        z.object({
          key: z.string().max(60),
          /** As it was typed. */
          written: z.string().max(400, 'Et tal er for langt.'),
          /** Page and line of the source, or how it was told. */
          place: z.string().min(1, 'Skriv side og linje ved hvert tal.').max(120, 'Et sted er for langt.'),
        }),
      )
      .readonly(),
  })
  .refine(
    ({ source, note }) => source === 'mail' || note !== '',
    missing('Skriv, hvilket brev eller hvem I talte med.'),
  )
type Typed = z.output<typeof typedInput>
type Refused = { readonly ok: false; readonly refusal: Refusal }

interface ReadFigure {
  readonly key: string
  readonly value: AnswerValue
  readonly written: string
  /** The note after it, the reason for *ikke opgjort*. */
  readonly text: string
  readonly place: string
}

/** What the source says of when the ministry had it. */
const receivedAt = (state: ReviewState, typed: Typed, now: string): string => {
  const mail = state.mails.find((candidate) => candidate.mailKey === typed.mailKey)
  if (mail !== undefined) return mail.receivedAt
  return typed.receivedOn === todayInCopenhagen(now) ? now : endOfDay(typed.receivedOn)
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

/** Of where they were read: a mail that is the municipality's answer, or what was received already. */
const refusalForSource = (state: ReviewState, typed: Typed, now: string): Refused | null => {
  if (typed.source === 'mail') {
    const mail = state.mails.find((candidate) => candidate.mailKey === typed.mailKey)
    const usable =
      mail?.standing === 'counts' || mail?.standing === 'provisional' || isHeldForTyping(mail ?? null)
    return mail === undefined || !usable || mail.party !== typed.party || mail.typed !== null
      ? refuse('unknown-mail', 'figures are typed in from a mail of that municipality that is its answer')
      : null
  }
  if (typed.mailKey !== null) return refuse('unknown-mail', 'only a mail has a mail key')
  return isAfter(typed.receivedOn, todayInCopenhagen(now))
    ? refuse('future', 'what is typed in was received already')
    : null
}

type Read = { readonly ok: true; readonly figures: readonly ReadFigure[] } | Refused

/** Every figure read under its key: exact, in the field's unit, and whatever is doubtful refused. */
const readFigures = (
  state: ReviewState,
  { party, figures }: Typed,
  today: string,
  readFigure: ReviewFacts['readFigure'],
): Read => {
  const { content, year } = state
  const fields = content === null ? [] : readableFields(content, { year, municipality: party })
  const unknown = figures.find(({ key }) => !fields.some((field) => field.key === key))
  if (unknown !== undefined)
    return refuse(
      'unknown-key',
      `${unknown.key} is no figure of this return`,
      `${unknown.key} er ikke et tal i indberetningen.`,
    )
  const read: ReadFigure[] = []
  const problems: string[] = []
  for (const { key, written, place } of figures)
    for (const field of fields.filter((candidate) => candidate.key === key)) {
      const reading = readFigure(field, written, { year, receivedOn: today })
      if ('problem' in reading) problems.push(`${key}: ${reading.problem}`)
      else read.push({ key, place, ...reading })
    }
  return problems.length > 0
    ? refuse('fields', 'a figure cannot be read', problems.join(' '))
    : { ok: true, figures: read }
}

/** Of what was typed: figures of this return, each once, none that a later answer has replaced. */
const refusalForFigures = (
  state: ReviewState,
  typed: Typed,
  figures: readonly ReadFigure[],
  at: string,
): Refused | null => {
  const party = partyOf(state, typed.party)
  if (party === null || state.content === null)
    return refuse('party', 'the municipality is no party of this agreement')
  const known = new Set(
    typedFields(state.content, { year: state.year, municipality: typed.party }).map(({ key }) => key),
  )
  const keys = new Set(figures.map(({ key }) => key))
  const isTyped = ({ key, value }: ReadFigure): boolean =>
    known.has(key) && (isFigure(value) || isOfAccount(key))
  if (keys.size !== figures.length || !figures.every(isTyped))
    return refuse('unknown-key', 'a key is no figure of this return, or is given twice')
  const newer = figures.filter(({ key }) => !replaces(party, key, at))
  return newer.length === 0
    ? null
    : refuse('older', `a later answer stands for ${newer.map(({ key }) => key).join(', ')}`)
}

const refusalFor = (state: ReviewState, typed: Typed, now: string): Refused | null => {
  if (partyOf(state, typed.party) === null || state.content === null)
    return refuse('party', 'the municipality is no party of this agreement')
  if (without.includes(state.status))
    return refuse('status', `figures are typed into a review that is open; it is ${state.status}`)
  return (
    refusalForSource(state, typed, now) ??
    (typed.figures.length === 0 ? refuse('no-figure', 'at least one figure is typed in') : null)
  )
}

/**
 * Figures that a caseworker read in a scan or a letter, or was told. They count as the ministry's typing, marked
 * so, and the contact gets a receipt to check them by; typed from a colleague's mail they count at the contact's OK.
 */
export const typeFigures = command('type-figures', {
  input: typedInput,
  roles: ['caseworker'],
  label: { da: 'Gem tallene', en: 'Save the figures' },
  done: {
    da: 'Tallene er gemt, og kontakten får en kvittering.',
    en: 'The figures are saved, and the contact gets a receipt.',
  },
  facts: ['readFigure'],
  decide: (state, input, who, now, { readFigure }) => {
    const refusal = refusalFor(state, input, now)
    if (refusal !== null) return refusal
    const read = readFigures(state, input, todayInCopenhagen(now), readFigure)
    if (!read.ok) return read
    const { figures } = read
    const at = receivedAt(state, input, now)
    const wrong = refusalForFigures(state, input, figures, at)
    if (wrong !== null) return wrong
    const texts = figures.filter(({ text }) => text !== '').map(({ key, text }) => [key, text] as const)
    const typed: FiguresTyped = {
      type: 'FiguresTyped',
      v: 1,
      entryKey: input.entryKey,
      party: input.party,
      source: input.source,
      mailKey: input.mailKey,
      attachment: input.attachment,
      receivedAt: at,
      values: figures.map(({ key, value, place }) => ({ key, value, at: { part: 'typed', page: place } })),
      by: who.id,
      private: {
        source: input.note,
        texts: Object.fromEntries(texts),
        written: Object.fromEntries(figures.map(({ key, written }) => [key, written])),
      },
    }
    const decided = decidedByTyping(state, input.mailKey)
    const mails = decided.reduce((before, event) => evolveMails(before, event, now), state.mails)
    const record = typedRecord(typed, mails, now)
    return accept<ReviewEvent>(
      ...decided,
      typed,
      ...(record.standing === 'counts'
        ? withoutRepeats(consequences(state, record, 'caseworker', null))
        : []),
    )
  },
})
