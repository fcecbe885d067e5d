import * as z from 'zod'
import { commandsOf, commandTable, type CommandIn, reasonField } from '../base/command.ts'
import { accept, refuse } from '../base/stream.ts'
import { isAfter } from '../base/time.ts'
import type { Observation } from '../judging/assessment.ts'
import type { Budget } from '../money/budget.ts'
import type { ContactRef } from './completeness.ts'
import type { AgreementContent } from './content.ts'
import type { renegotiationCauses, RenegotiationOutcome } from './slices/questions.ts'
import type { signaturesSchema } from './slices/course.ts'
import type { AgreementEvent, AgreementState } from './state.ts'
import { lastDay, latestVersion } from './versions.ts'

const command = commandsOf<AgreementState, AgreementEvent>({
  status: ({ status }) => (status === 'none' ? null : status),
  municipalities: (state) =>
    latestVersion(state)?.content.parties.map(({ municipality }) => municipality) ?? [],
})

/** The agreement ends before its expiry. Asked again for the same day it changes nothing. */
const terminateAgreement = command('terminate-agreement', {
  /** `on`: the last day it is in force. */
  input: z.object({
    on: z.iso.date('Skriv den sidste dag, aftalen gælder, som en dato.'),
    reason: reasonField,
  }),
  roles: ['approver'],
  label: { da: 'Bring aftalen til ophør', en: 'Terminate the agreement' },
  done: { da: 'Aftalens ophør er noteret.', en: 'The end of the agreement is on record.' },
  decide: (state, { on, reason }, who) => {
    if (latestVersion(state) === null) return refuse('not-signed', 'only a signed agreement is terminated')
    if (state.endedOn !== null)
      return state.endedOn === on ? accept() : refuse('ended', `it ended on ${state.endedOn}`)
    const end = lastDay(state)
    return end !== null && isAfter(on, end)
      ? refuse('ended', `it expires on ${end}, before that day`)
      : accept<AgreementEvent>({
          type: 'AgreementTerminated',
          v: 1,
          on,
          by: who.id,
          private: { text: reason },
        })
  },
})

/** What people decide on an agreement. What changes it otherwise is asked by the import, a workflow or a mail. */
export const agreementCommands = commandTable([terminateAgreement])
export type AgreementDecision = CommandIn<typeof agreementCommands.commands>

/** What the import, a workflow or a mail asks of an agreement. Ids and hashes are arguments: the domain makes none. */
export type AgreementCommand =
  | { readonly do: 'draft'; readonly content: AgreementContent }
  | { readonly do: 'register-contacts'; readonly contacts: readonly ContactRef[] }
  | {
      readonly do: 'sign'
      readonly signatures: z.infer<typeof signaturesSchema>
      /** SHA-256 of the draft's canonical JSON, as the signers saw it. */
      readonly contentHash: string
    }
  | { readonly do: 'open-year'; readonly year: number }
  | RecordObservation
  | RaiseQuestion
  | { readonly do: 'settle'; readonly seq: number; readonly outcome: RenegotiationOutcome }
  | TakeRider
  | { readonly do: 'expire'; readonly on: string }

export interface RecordObservation {
  readonly do: 'record-observation'
  readonly observationId: string
  readonly observation: Observation
  /** Who observed: each assumption names the one who may. */
  readonly by: 'ministry' | 'municipality'
  /** Shared by all agreements one observation bears on (the quotas of one day); null for one of its own. */
  readonly matterId: string | null
}

/** A question raised by other than an observation. */
export interface RaiseQuestion {
  readonly do: 'raise'
  readonly triggerId: string
  readonly cause: Exclude<(typeof renegotiationCauses)[number], 'assumption'>
  readonly assumptionKeys: readonly string[]
  readonly error: boolean
  readonly matterId: string | null
  readonly reason: string
}

export interface TakeRider {
  readonly do: 'take-rider'
  readonly seq: number
  readonly riderNumber: number
  readonly signedOn: string
  readonly effectiveFrom: string
  readonly content: AgreementContent
  readonly contentHash: string
  /** Both sides' signatures on taking effect within an opened year, with the note; null otherwise. */
  readonly backdating: { readonly signedByAll: boolean; readonly note: string } | null
}

/** What `decide` must be told beside the state. */
export interface AgreementFacts {
  /** Today in Copenhagen. */
  readonly today: string
  /** Results' years whose review is finally assessed. Needed for `take-rider`. */
  readonly finalYears: readonly number[]
  /** Frames and commitments, for `sign` and `take-rider`; absent where an installation keeps no frames. */
  readonly budget?: Budget | null
}
