import * as z from 'zod'
import {
  commandsOf,
  commandTable,
  type CommandIn,
  choose,
  mailKeyField,
  reasonField,
} from '../base/command.ts'
import {
  accept,
  refuse,
  type CommitMeta,
  event,
  erasureGroundSchema,
  mailErasedSchema,
  type ErasureGround,
  type MailErased,
} from '../base/stream.ts'
import { personIdSchema, type MinistryRole } from '../base/values.ts'

const ofMail = { mailKey: z.string() }
/** Why a mail goes is what stays of it. */
const whyItGoes = { privateFrom: 'person' } as const

/** One person asks: from then on the mail is shown to nobody. */
const erasureAskedSchema = event(
  'ErasureAsked',
  {
    ...ofMail,
    ground: erasureGroundSchema,
    by: personIdSchema,
    private: z.strictObject({ reason: z.string() }).optional(),
  },
  whyItGoes,
)
/** Another person said no: the mail is shown as before. */
const erasureDeclinedSchema = event(
  'ErasureDeclined',
  { ...ofMail, by: personIdSchema, private: z.strictObject({ reason: z.string() }).optional() },
  whyItGoes,
)
/** Another person has decided it; what is to go is named by `MailErased` and goes then. */
const erasureConfirmedSchema = event('ErasureConfirmed', { ...ofMail, by: personIdSchema })
export const erasureEventSchemas = [
  erasureAskedSchema,
  erasureDeclinedSchema,
  erasureConfirmedSchema,
  mailErasedSchema,
] as const
export type ErasureEvent =
  | z.infer<typeof erasureAskedSchema>
  | z.infer<typeof erasureDeclinedSchema>
  | z.infer<typeof erasureConfirmedSchema>
  | MailErased

/** How far an erasure has come; a mail without one was never asked to be erased. */
export interface Erasure {
  readonly ground: ErasureGround
  readonly askedBy: string
  /** Empty in an inbox, where the mail's own case has asked. */
  readonly askedAt: string
  readonly reason: string
  readonly confirmedBy: string | null
  /** When it was put on the record that it goes; null until then. */
  readonly erasedAt: string | null
}

/** A mail of a case or of an inbox, as far as its erasure goes. */
export interface ErasableMail {
  readonly mailKey: string
  readonly erasure?: Erasure | undefined
}

const withErasure = (before: Erasure | undefined, change: ErasureEvent, at: string): Erasure | undefined => {
  switch (change.type) {
    case 'ErasureAsked':
      return {
        ground: change.ground,
        askedBy: change.by,
        askedAt: at,
        reason: change.private?.reason ?? '',
        confirmedBy: null,
        erasedAt: null,
      }
    case 'ErasureDeclined':
      return undefined
    case 'ErasureConfirmed':
      return before === undefined ? before : { ...before, confirmedBy: change.by }
    case 'MailErased':
      return {
        ground: change.ground,
        askedBy: change.askedBy,
        askedAt: before?.askedAt ?? '',
        reason: before?.reason ?? '',
        confirmedBy: change.confirmedBy,
        erasedAt: at,
      }
    default:
      return change satisfies never
  }
}

/** The mails after one more step of an erasure. */
export const evolveErasure = <M extends ErasableMail>(
  mails: readonly M[],
  change: ErasureEvent,
  meta: Pick<CommitMeta, 'at'>,
): readonly M[] =>
  mails.map((mail) =>
    mail.mailKey === change.mailKey ? { ...mail, erasure: withErasure(mail.erasure, change, meta.at) } : mail,
  )

/** Shown to nobody: asked to be erased, about to be, or gone. */
export const isWithdrawn = (mail: ErasableMail): boolean => mail.erasure !== undefined

/** Erasures that another person is to decide. */
export const openErasures = <M extends ErasableMail>(mails: readonly M[]): readonly M[] =>
  mails.filter(({ erasure }) => erasure !== undefined && erasure.confirmedBy === null)

/** Two persons have decided that it goes. */
export const isToErase = ({ erasure }: Pick<ErasableMail, 'erasure'>): boolean =>
  erasure !== undefined && erasure.confirmedBy !== null

/** A mail as its erasure is decided on. */
export interface ErasureFacts {
  /** Null: the case has no such mail. */
  readonly mail: ErasableMail | null
  /** A person has to decide first what it is: its words are needed until then. */
  readonly undecided: boolean
  /** Set aside for its content: the contact is to be told before it goes (LETTERS 4.3). */
  readonly untold: boolean
  readonly municipalities: readonly string[]
}

const command = commandsOf<ErasureFacts, ErasureEvent>({
  status: () => 'open',
  municipalities: ({ municipalities }) => municipalities,
})

/** Who decides answers for what the record keeps. */
const deciders: readonly MinistryRole[] = ['approver', 'administrator']

const openErasure = ({ mail }: ErasureFacts): Erasure | null =>
  mail?.erasure === undefined || mail.erasure.confirmedBy !== null ? null : mail.erasure

const notByAsker = {
  persons: (facts: ErasureFacts) => [openErasure(facts)?.askedBy],
  refusal: 'same-eraser',
} as const

const refusalForOpen = (facts: ErasureFacts) => {
  if (facts.mail === null) return refuse('unknown-mail', 'the case has no mail of that key')
  return openErasure(facts) === null
    ? refuse('no-erasure', 'no erasure of this mail waits for a decision')
    : null
}

/** Who asks has the case. */
const askErasure = command('ask-erasure', {
  input: z.object({
    mailKey: mailKeyField,
    ground: z.enum(erasureGroundSchema.options, choose('Vælg, hvorfor indholdet skal slettes.')),
    reason: reasonField,
  }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Bed om sletning', en: 'Ask for erasure' },
  done: {
    da: 'Der er bedt om sletning. Mailen vises ikke, mens en anden tager stilling.',
    en: 'Erasure is asked for. The mail is not shown while another person decides.',
  },
  decide: ({ mail, undecided }, { mailKey, ground, reason }, who) => {
    if (mail === null) return refuse('unknown-mail', 'the case has no mail of that key')
    if (mail.erasure !== undefined)
      return refuse('erasure-asked', 'somebody has asked for the erasure already')
    if (undecided) return refuse('undecided-mail', 'the mail is held: a person decides what it is first')
    return accept<ErasureEvent>({
      type: 'ErasureAsked',
      v: 1,
      mailKey,
      ground,
      by: who.id,
      private: { reason },
    })
  },
})

const confirmErasure = command('confirm-erasure', {
  input: z.object({ mailKey: mailKeyField }),
  roles: deciders,
  label: { da: 'Slet indholdet', en: 'Erase the content' },
  done: {
    da: 'Sletningen er besluttet og sker inden for få minutter.',
    en: 'The erasure is decided and happens within a few minutes.',
  },
  notBy: notByAsker,
  decide: (facts, { mailKey }, who) =>
    refusalForOpen(facts) ??
    (facts.untold
      ? refuse('untold', 'the contact has not been told that the mail was set aside')
      : accept<ErasureEvent>({ type: 'ErasureConfirmed', v: 1, mailKey, by: who.id })),
})

const declineErasure = command('decline-erasure', {
  input: z.object({ mailKey: mailKeyField, reason: reasonField }),
  roles: deciders,
  label: { da: 'Slet ikke', en: 'Do not erase' },
  done: { da: 'Mailens indhold slettes ikke.', en: 'The content of the mail is not erased.' },
  notBy: notByAsker,
  decide: (facts, { mailKey, reason }, who) =>
    refusalForOpen(facts) ??
    accept<ErasureEvent>({ type: 'ErasureDeclined', v: 1, mailKey, by: who.id, private: { reason } }),
})

/**
 * The erasure of a mail's content, in every kind of stream with mail: it takes two different persons and a ground
 * (domain/README.md, "Personal data"). Nothing is erased here.
 */
export const erasureCommands = commandTable([askErasure, confirmErasure, declineErasure])
export type ErasureCommand = CommandIn<typeof erasureCommands.commands>
