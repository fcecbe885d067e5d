/** One mail as the MIME adapter hands it on: decoded, bounded, judged by nobody yet. */

export interface MessageAttachment {
  /** Cleaned: no path, no control signs; empty when the part named none. */
  readonly filename: string
  /** Lower case. */
  readonly mimeType: string
  readonly content: Uint8Array
  /** Hex, of `content`. */
  readonly sha256: string
  /** Referenced from the HTML: logos and signatures, never read. */
  readonly inline: boolean
}

export interface MessageAddress {
  /** Shown to nobody as an identity: a display name can be any address (MAIL 23). */
  readonly name: string
  /** Lower case. */
  readonly address: string
}

/** What the parser had to repair or saw that is not as it should be; each is shown, some hold the mail. */
const messageFlags = [
  'repaired-charset',
  'unreadable-signs',
  'cut-text',
  'several-from-headers',
  'repeated-header',
  'nul-in-header',
  'too-many-attachments',
] as const
export type MessageFlag = (typeof messageFlags)[number]

export interface ParsedMessage {
  /** Names in lower case, every occurrence in order, values unfolded and otherwise untouched. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly from: readonly MessageAddress[]
  readonly sender: MessageAddress | null
  readonly to: readonly MessageAddress[]
  readonly cc: readonly MessageAddress[]
  readonly subject: string
  /** With angle brackets; null when missing. */
  readonly messageId: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  /** The sender's own claim; orders nothing. */
  readonly date: string | null
  readonly text: string | null
  readonly html: string | null
  readonly attachments: readonly MessageAttachment[]
  readonly flags: readonly MessageFlag[]
}

/** A header's values; empty when it is missing. */
export const headerValues = (message: ParsedMessage, name: string): readonly string[] =>
  message.headers.get(name.toLowerCase()) ?? []

/** Why a mail could not be parsed at all; it is archived and held with this reason. */
const unreadableReasons = ['too-large', 'broken'] as const
export type UnreadableReason = (typeof unreadableReasons)[number]

/** The parser gave up: over a limit, or no mail. */
export class MessageUnreadable extends Error {
  override readonly name = 'MessageUnreadable'
  readonly reason: UnreadableReason

  constructor(reason: UnreadableReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
