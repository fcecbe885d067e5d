import * as z from 'zod'
import { event } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { compareInstants } from '../../base/time.ts'
import { municipalityCodeSchema } from '../../base/values.ts'
import { figuresTypedSchema } from '../../casefile/figures-typed.ts'
import {
  heldMailDecidedSchema,
  mailConfirmedSchema,
  mailReceivedSchema,
  mailRereadSchema,
  mailsSlice,
  type MailRecord,
} from '../../casefile/mails.ts'
import { proposalDecidedSchema } from '../../casefile/proposals.ts'
import {
  sameValue,
  type Answer,
  type AnswerValue,
  type DoubtKind,
  type Provenance,
} from '../../casefile/reading.ts'
import { reviewPreparedSchema } from './opening.ts'

const contactsConfirmedSchema = event('ContactsConfirmed', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
})

/** A figure that counts, with where it came from. */
export interface Figure {
  readonly key: string
  readonly value: AnswerValue
  readonly text: string
  readonly written: string
  readonly mailKey: string
  readonly receivedAt: string
  readonly at: Provenance
  /** The value before, when this one corrected it. */
  readonly before: AnswerValue | null
}

/** What one party owes and has given. */
export interface PartyState {
  readonly municipality: string
  readonly role: 'lead' | 'member'
  readonly contactsConfirmed: boolean
  /** Figures that count, by key. */
  readonly figures: Readonly<Record<string, Figure>>
  /** Open questions back, by key. */
  readonly doubts: readonly { readonly key: string; readonly kind: DoubtKind; readonly mailKey: string }[]
  /** When it last said that it is finished (`Færdig: ja`) in a mail that counts; null if not. */
  readonly finishedAt: string | null
  /** When the figures last changed. */
  readonly changedAt: string | null
  readonly theirCaseNumber: string | null
}

export interface Parties {
  readonly parties: readonly PartyState[]
}
const initial: Parties = { parties: [] }

export const partyOf = ({ parties }: Parties, municipality: string): PartyState | null =>
  parties.find((party) => party.municipality === municipality) ?? null

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
 * key; `ikke opgjort` closes a gap, `Færdig` does not (LETTERS 3.3).
 * @param at when it began to count; its own order among the figures is its time of receipt
 */
const takeFigures = (party: PartyState, mail: MailRecord, at: string): PartyState => {
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

/** What of a mail an OK leaves out, by key. */
export type Excepted = NonNullable<MailRecord['excepted']>

/** The answers of a mail that count once it does. */
export const takenOf = <A extends Pick<Answer, 'key'>>(
  answers: readonly A[],
  excepted: Excepted | undefined,
): readonly A[] => answers.filter(({ key }) => excepted?.some((one) => one.key === key) !== true)

/** A confirmed mail without the values that the OK left out. */
const takenFrom = (mail: MailRecord): MailRecord => ({
  ...mail,
  values: [...takenOf(mail.values, mail.excepted)],
})

/** Keys under which colleagues differ stay open until the contact answers them. */
const askedOf = (party: PartyState, mail: MailRecord): PartyState => {
  const asked = (mail.excepted ?? []).flatMap(({ key, because }) =>
    because === 'colleagues-differ' && !party.doubts.some((open) => open.kind === because && open.key === key)
      ? [{ key, kind: because, mailKey: mail.mailKey }]
      : [],
  )
  return asked.length === 0 ? party : { ...party, doubts: [...party.doubts, ...asked] }
}

/** The party after a mail that counts: its figures, but for what the OK that confirmed it left out. */
const takeCounted = (party: PartyState, mail: MailRecord, at: string): PartyState =>
  askedOf(takeFigures(party, takenFrom(mail), at), mail)

type Reading = Pick<MailRecord, 'values' | 'doubts'>

/** Every key that one of the readings of a mail bears on. */
const affectedKeys = (...readings: readonly Reading[]): ReadonlySet<string> =>
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
  { before, after }: { readonly before: Reading; readonly after: MailRecord },
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

/** What a confirmed proposal says, as the mail would have said it under its key. */
export const confirmedAnswer = (mail: MailRecord, index: number, key: string): MailRecord => {
  const proposal = mail.proposals[index]
  return {
    ...mail,
    values: proposal === undefined ? [] : [{ key, value: proposal.value, at: proposal.at }],
    doubts: [],
    confirms: false,
    extension: null,
    details:
      mail.details == null || proposal === undefined
        ? null
        : {
            ...mail.details,
            freeText: '',
            texts: {},
            written: { [key]: proposal.written },
            theirCaseNumber: null,
          },
  }
}

type Seen = Parties & typeof mailsSlice.initial

const onParty = (
  { parties }: Parties,
  municipality: string | null,
  change: (party: PartyState) => PartyState,
): Parties => ({
  parties: parties.map((party) => (party.municipality === municipality ? change(party) : party)),
})

/** A mail that now counts puts its figures in place. */
const withFiguresOf = (state: Seen, mailKey: string, at: string): Partial<Parties> => {
  const mail = state.mails.find((one) => one.mailKey === mailKey)
  return mail?.standing === 'counts' && mail.party !== null
    ? onParty(state, mail.party, (party) => takeCounted(party, mail, at))
    : {}
}

/** The parties and their figures, from every mail that counts. */
export const figuresSlice = slice({
  initial,
  events: [contactsConfirmedSchema],
  reads: [mailsSlice],
  hears: [
    reviewPreparedSchema,
    mailReceivedSchema,
    heldMailDecidedSchema,
    mailConfirmedSchema,
    mailRereadSchema,
    figuresTypedSchema,
    proposalDecidedSchema,
  ],
  fold: {
    ReviewPrepared: (_, { parties }) => ({
      parties: parties.map(({ municipality, role }) => ({
        municipality,
        role,
        contactsConfirmed: false,
        figures: {},
        doubts: [],
        finishedAt: null,
        changedAt: null,
        theirCaseNumber: null,
      })),
    }),
    ContactsConfirmed: (state, { party: municipality }) =>
      onParty(state, municipality, (party) => ({ ...party, contactsConfirmed: true })),
    MailReceived: (state, { mailKey }, { at }) => withFiguresOf(state, mailKey, at),
    HeldMailDecided: (state, { mailKey }, { at }) => withFiguresOf(state, mailKey, at),
    MailConfirmed: (state, { mailKey }, { at }) => withFiguresOf(state, mailKey, at),
    // A mail read again takes its own figures with it; one that is only noted moves none.
    MailReread: (state, { mailKey, outcome }, { at }) => {
      const after = state.mails.find((mail) => mail.mailKey === mailKey)
      const before = after?.rereads.at(-1)?.before
      return outcome === 'noted' || after === undefined || before === undefined
        ? {}
        : onParty(state, after.party, (party) => rereadFigures(party, state.mails, { before, after }, at))
    },
    FiguresTyped: (state, { entryKey }, { at }) => withFiguresOf(state, entryKey, at),
    ProposalDecided: (state, { mailKey, index, as, key }, { at }) => {
      const mail = state.mails.find((one) => one.mailKey === mailKey)
      return as === 'confirmed' && mail !== undefined
        ? onParty(state, mail.party, (party) => takeFigures(party, confirmedAnswer(mail, index, key), at))
        : {}
    },
  },
})
