import type { StreamId } from '../base/stream-id.ts'

/** Where a letter stands on its way out (handlers/README.md, "Letters go out once"). */
export const claimStates = ['claimed', 'sent', 'uncertain', 'held'] as const
export type ClaimState = (typeof claimStates)[number]

export interface LetterClaim {
  /** SHA-256 over stream, kind, sequence and recipient. */
  readonly letterKey: string
  readonly stream: StreamId
  readonly state: ClaimState
  /** The exact MIME's SHA-256; archived under `letters/<sha256>` before it is sent. */
  readonly rawSha256: string
  readonly claimedAt: string
  /** Attempts made without an answer, with their times. */
  readonly attemptsAt: readonly string[]
  /** MIMEs archived for it before that never went: a letter is dated the day it is handed over. Left out without any. */
  readonly unsent?: readonly string[] | undefined
  /** SES's id, once known. */
  readonly messageId: string | null
}

/** What the MIME composer is given. Addresses come from the registry, never from a mail. */
export interface OutgoingLetter {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: readonly { readonly name: string; readonly address: string }[]
  readonly cc: readonly { readonly name: string; readonly address: string }[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly date: string
  readonly messageId: string
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly autoSubmitted: 'auto-generated' | 'auto-replied'
  readonly attachments: readonly {
    readonly filename: string
    readonly contentType: string
    readonly content: Uint8Array
  }[]
}
