import * as z from 'zod'
import { event, hashSchema as hash, privateText } from '../base/event.ts'
import { mailErasedSchema } from '../base/mail-erased.ts'
import { observationSchema } from '../judging/assessment.ts'
import { dateSchema, personIdSchema } from '../base/values.ts'
import { contactRefSchema } from './completeness.ts'
import {
  agreementContentSchema,
  agreementFileSchema,
  assumptionKeySchema,
  targetKeySchema,
} from './content.ts'

/** The events of an agreement's stream. Names of signatories are public office; contacts are ids and roles. */
export const signaturesSchema = agreementFileSchema.shape.signatures

export const agreementDraftedSchema = event('AgreementDrafted', { content: agreementContentSchema })
export const contactsRegisteredSchema = event('ContactsRegistered', { contacts: z.array(contactRefSchema) })
/** One contact came, changed role or left (`validTo`); the whole entry as it now is. */
export const contactChangedSchema = event('ContactChanged', { contact: contactRefSchema })
export const agreementSignedSchema = event('AgreementSigned', {
  /** The last signature's day. */
  signedOn: dateSchema,
  signatures: signaturesSchema,
})
/** Version 1, the agreement as signed. */
export const versionInForceSchema = event('VersionInForce', {
  version: z.literal(1),
  contentHash: hash,
  /** Never before the last signature: a version judges only what it was in force for. */
  effectiveFrom: dateSchema,
})
/** For each target the version in force on its measuring date. No rider changes an opened year's assessment. */
export const yearOpenedSchema = event('YearOpened', {
  year: z.int(),
  versions: z.array(z.strictObject({ target: targetKeySchema, version: z.int().positive() })),
})

/** Why a renegotiation is asked for. */
export const renegotiationCauses = ['assumption', 'municipality-wish', 'ministry', 'review'] as const
const triggerShape = {
  seq: z.int().positive(),
  /** What made it: an observation's id, a mail's key, a decision's nonce. One trigger is taken once. */
  triggerId: z.string().min(1),
  cause: z.enum(renegotiationCauses),
  assumptionKeys: z.array(assumptionKeySchema),
  /** An assumption was wrong from the start: the second ground beside a changed world (R3 of domain/README.md). */
  error: z.boolean(),
  observationId: z.string().nullable(),
  /** Questions raised by one observation form one matter. */
  matterId: z.string().nullable(),
  private: privateText,
}
/** A municipality's wish is made by its mail, whose reason it repeats. */
const ofItsTrigger = (stored: object): readonly string[] =>
  'triggerId' in stored && typeof stored.triggerId === 'string' ? [stored.triggerId] : []
export const renegotiationRaisedSchema = event('RenegotiationRaised', triggerShape, {
  privateFrom: ofItsTrigger,
})
export const triggerJoinedSchema = event('TriggerJoined', triggerShape, { privateFrom: ofItsTrigger })

/** How a question ended. `rider` alone changes the agreement. */
export const renegotiationOutcomes = ['declined', 'rider', 'not-accepted', 'lapsed', 'withdrawn'] as const
export const renegotiationOutcomeSchema = z.enum(renegotiationOutcomes)
export const renegotiationSettledSchema = event('RenegotiationSettled', {
  seq: z.int().positive(),
  outcome: renegotiationOutcomeSchema,
})
/** A rider (tillæg) is a new immutable version. */
export const riderInForceSchema = event('RiderInForce', {
  version: z.int().min(2),
  riderNumber: z.int().positive(),
  seq: z.int().positive(),
  signedOn: dateSchema,
  effectiveFrom: dateSchema,
  contentHash: hash,
  content: agreementContentSchema,
  /** Opened, not yet finally assessed years it reaches back into, by both signatures and a note. */
  reachesBackTo: z.array(z.int()),
  private: privateText,
})
export const observationRecordedSchema = event('ObservationRecorded', {
  observationId: z.string().min(1),
  observation: observationSchema,
})
export const agreementExpiredSchema = event('AgreementExpired', { on: dateSchema })
export const agreementTerminatedSchema = event('AgreementTerminated', {
  /** The last day it is in force. */
  on: dateSchema,
  by: personIdSchema,
  private: privateText,
})

export const agreementEventSchema = z.discriminatedUnion('type', [
  agreementDraftedSchema,
  contactsRegisteredSchema,
  contactChangedSchema,
  agreementSignedSchema,
  versionInForceSchema,
  yearOpenedSchema,
  renegotiationRaisedSchema,
  triggerJoinedSchema,
  renegotiationSettledSchema,
  riderInForceSchema,
  observationRecordedSchema,
  agreementExpiredSchema,
  agreementTerminatedSchema,
  mailErasedSchema,
])
export type AgreementEvent = z.infer<typeof agreementEventSchema>
export type Trigger = Omit<z.infer<typeof renegotiationRaisedSchema>, 'type' | 'v' | 'private'>
export type RenegotiationOutcome = z.infer<typeof renegotiationOutcomeSchema>
