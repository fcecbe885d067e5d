import * as z from 'zod'
import { event } from '../base/event.ts'
import {
  erasureGroundSchema,
  mailErasedSchema,
  type ErasureGround,
  type MailErased,
} from '../base/mail-erased.ts'
import { accept, refuse, type CommitMeta, type Decision } from '../base/stream.ts'
import { personIdSchema, type MinistryRole } from '../base/values.ts'
import type { Decider } from '../base/command.ts'

const ofMail = { mailKey: z.string() }

/** One person asks: from then on the mail is shown to nobody. */
export const erasureAskedSchema = event('ErasureAsked', {
  ...ofMail,
  ground: erasureGroundSchema,
  by: personIdSchema,
  private: z.strictObject({ reason: z.string() }).optional(),
})
/** Another person said no: the mail is shown as before. */
export const erasureDeclinedSchema = event('ErasureDeclined', {
  ...ofMail,
  by: personIdSchema,
  private: z.strictObject({ reason: z.string() }).optional(),
})
/** Another person has decided it; what is to go is named by `MailErased` and goes then. */
export const erasureConfirmedSchema = event('ErasureConfirmed', { ...ofMail, by: personIdSchema })
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

/** Decided, and not on the record as gone yet. */
export const erasuresToDo = <M extends ErasableMail>(mails: readonly M[]): readonly M[] =>
  mails.filter(
    ({ erasure }) => erasure !== undefined && erasure.confirmedBy !== null && erasure.erasedAt === null,
  )

export type ErasureCommand =
  | {
      readonly do: 'ask-erasure'
      readonly mailKey: string
      readonly ground: ErasureGround
      readonly reason: string
    }
  | { readonly do: 'confirm-erasure'; readonly mailKey: string }
  | { readonly do: 'decline-erasure'; readonly mailKey: string; readonly reason: string }

/** Who asks has the case; who decides answers for what the record keeps. */
export const erasureRoles: Readonly<Record<ErasureCommand['do'], readonly MinistryRole[]>> = {
  'ask-erasure': ['caseworker', 'approver'],
  'confirm-erasure': ['approver', 'administrator'],
  'decline-erasure': ['approver', 'administrator'],
}

/** What must be known of the mail and its case. */
export interface ErasureFacts {
  /** Null: the case has no such mail. */
  readonly mail: ErasableMail | null
  /** A person has to decide first what it is: its words are needed until then. */
  readonly undecided: boolean
  /** Set aside for its content: the contact is to be told before it goes (LETTERS 4.3). */
  readonly untold: boolean
  readonly municipalities: readonly string[]
}

/**
 * One person's part in the erasure of a mail's content: it takes two different persons and a ground
 * (domain/README.md, "Personal data"). Nothing is erased here.
 */
export const decideErasure = (
  facts: ErasureFacts,
  command: ErasureCommand,
  who: Decider,
): Decision<ErasureEvent> => {
  const { mail, municipalities } = facts
  const { mailKey } = command
  if (!erasureRoles[command.do].some((role) => who.roles.includes(role)))
    return refuse('role', `${command.do} takes one of the roles ${erasureRoles[command.do].join(', ')}`)
  if (municipalities.some((code) => who.barredFrom.includes(code)))
    return refuse('barred', 'the person is barred from this case (inhabilitet)')
  if (mail === null) return refuse('unknown-mail', 'the case has no mail of that key')
  const erasure = mail.erasure ?? null
  if (command.do === 'ask-erasure') {
    if (erasure !== null) return refuse('erasure-asked', 'somebody has asked for the erasure already')
    if (facts.undecided)
      return refuse('undecided-mail', 'the mail is held: a person decides what it is first')
    if (command.reason.trim() === '') return refuse('reason', 'an erasure takes a reason')
    const { ground, reason } = command
    return accept<ErasureEvent>({
      type: 'ErasureAsked',
      v: 1,
      mailKey,
      ground,
      by: who.id,
      private: { reason },
    })
  }
  if (erasure === null || erasure.confirmedBy !== null)
    return refuse('no-erasure', 'no erasure of this mail waits for a decision')
  if (erasure.askedBy === who.id)
    return refuse('same-eraser', 'the one who asked for an erasure may not decide it')
  if (command.do === 'decline-erasure')
    return command.reason.trim() === ''
      ? refuse('reason', 'declining an erasure takes a reason')
      : accept<ErasureEvent>({
          type: 'ErasureDeclined',
          v: 1,
          mailKey,
          by: who.id,
          private: { reason: command.reason },
        })
  if (facts.untold) return refuse('untold', 'the contact has not been told that the mail was set aside')
  return accept<ErasureEvent>({ type: 'ErasureConfirmed', v: 1, mailKey, by: who.id })
}
