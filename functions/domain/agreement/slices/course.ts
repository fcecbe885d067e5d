import * as z from 'zod'
import { event, hashSchema as hash, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { dateSchema, personIdSchema } from '../../base/values.ts'
import { contactRefSchema, type ContactRef } from '../completeness.ts'
import {
  agreementContentSchema,
  agreementFileSchema,
  targetKeySchema,
  type AgreementContent,
} from '../content.ts'

/** Names of signatories are public office; contacts are ids and roles. */
export const signaturesSchema = agreementFileSchema.shape.signatures

const agreementDraftedSchema = event('AgreementDrafted', { content: agreementContentSchema })
const contactsRegisteredSchema = event('ContactsRegistered', { contacts: z.array(contactRefSchema) })
/** One contact came, changed role or left (`validTo`); the whole entry as it now is. */
const contactChangedSchema = event('ContactChanged', { contact: contactRefSchema })
const agreementSignedSchema = event('AgreementSigned', {
  /** The last signature's day. */
  signedOn: dateSchema,
  signatures: signaturesSchema,
})
/** Version 1, the agreement as signed. */
const versionInForceSchema = event('VersionInForce', {
  version: z.literal(1),
  contentHash: hash,
  /** Never before the last signature: a version judges only what it was in force for. */
  effectiveFrom: dateSchema,
})
/** For each target the version in force on its measuring date. No rider changes an opened year's assessment. */
const yearOpenedSchema = event('YearOpened', {
  year: z.int(),
  versions: z.array(z.strictObject({ target: targetKeySchema, version: z.int().positive() })),
})

/** A rider (tillæg) is a new immutable version. */
const riderInForceSchema = event('RiderInForce', {
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
const agreementExpiredSchema = event('AgreementExpired', { on: dateSchema })
const agreementTerminatedSchema = event('AgreementTerminated', {
  /** The last day it is in force. */
  on: dateSchema,
  by: personIdSchema,
  private: privateText,
})

/** One immutable version: the agreement as signed (1), or changed by a rider. */
export interface AgreementVersion {
  readonly version: number
  readonly riderNumber: number | null
  readonly signedOn: string
  readonly effectiveFrom: string
  readonly contentHash: string
  readonly content: AgreementContent
}

export interface OpenedYear {
  readonly year: number
  readonly versions: readonly { readonly target: string; readonly version: number }[]
}

const agreementStatuses = ['none', 'draft', 'signed', 'expired', 'terminated'] as const
type AgreementStatus = (typeof agreementStatuses)[number]

interface Course {
  readonly status: AgreementStatus
  readonly draft: AgreementContent | null
  readonly contacts: readonly ContactRef[]
  readonly signedOn: string | null
  readonly signatures: z.infer<typeof signaturesSchema>
  /** In the order they took effect. */
  readonly versions: readonly AgreementVersion[]
  readonly openedYears: readonly OpenedYear[]
  /** The last day in force when it ended before or at its expiry. */
  readonly endedOn: string | null
}
const initial: Course = {
  status: 'none',
  draft: null,
  contacts: [],
  signedOn: null,
  signatures: [],
  versions: [],
  openedYears: [],
  endedOn: null,
}

/** An agreement from its draft to its end: contacts, signatures, versions, and the years opened on them. */
export const courseSlice = slice({
  initial,
  events: [
    agreementDraftedSchema,
    contactsRegisteredSchema,
    contactChangedSchema,
    agreementSignedSchema,
    versionInForceSchema,
    yearOpenedSchema,
    riderInForceSchema,
    agreementExpiredSchema,
    agreementTerminatedSchema,
  ],
  fold: {
    AgreementDrafted: (_, { content }) => ({ status: 'draft' as const, draft: content }),
    ContactsRegistered: (_, { contacts }) => ({ contacts }),
    ContactChanged: ({ contacts }, { contact }) => ({
      contacts: [...contacts.filter((one) => one.id !== contact.id), contact],
    }),
    AgreementSigned: (_, { signedOn, signatures }) => ({ status: 'signed' as const, signedOn, signatures }),
    VersionInForce: ({ draft, signedOn }, { contentHash, effectiveFrom }) =>
      draft === null || signedOn === null
        ? {}
        : {
            versions: [
              { version: 1, riderNumber: null, signedOn, effectiveFrom, contentHash, content: draft },
            ],
          },
    YearOpened: ({ openedYears }, { year, versions }) => ({
      openedYears: [...openedYears, { year, versions }],
    }),
    RiderInForce: ({ versions }, rider) => {
      const { version, riderNumber, signedOn, effectiveFrom, contentHash, content } = rider
      return {
        versions: [...versions, { version, riderNumber, signedOn, effectiveFrom, contentHash, content }],
      }
    },
    AgreementExpired: (_, { on }) => ({ status: 'expired' as const, endedOn: on }),
    AgreementTerminated: (_, { on }) => ({ status: 'terminated' as const, endedOn: on }),
  },
})
