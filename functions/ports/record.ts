import type { Contact } from '../domain/agreement/content.ts'
import type { Directory } from '../domain/directory/directory.ts'
import type { Actor, BaseEvent, CommitMeta } from '../domain/base/stream.ts'
import type { StreamId } from '../domain/base/stream-id.ts'
import type { AgreementId, ContactId } from '../domain/base/values.ts'

/** The record and what lies beside it: streams, waits, lists, register, archive, workflows, the clock. */

/** Business time. Locally the moved clock, on AWS the system's. */
export interface Clock {
  /** UTC, `Z`. */
  now(): string
}

/** One commit as it was read back: its events carry their private part, unless that was erased. */
export interface StoredCommit {
  readonly meta: CommitMeta
  readonly events: readonly BaseEvent[]
  /** SHA-256 of the stored body, hex. */
  readonly hash: string
  /** The hash of the commit before, or 64 zeros. */
  readonly prev: string
  /** It had a private part, which is gone; left out for every other commit. */
  readonly privateGone?: true
}

export interface NewCommit {
  readonly seq: number
  readonly at: string
  readonly actor: Actor
  readonly commandId: string
  readonly prev: string
  readonly events: readonly BaseEvent[]
}

/** The streams of the record (handlers/README.md, "The record"). */
export interface StreamStore {
  /** All commits in order: a consistent read, paged to its end. */
  load(stream: StreamId): Promise<readonly StoredCommit[]>
  /** One conditional put. `taken` when another commit has that sequence: reload and decide again. */
  append(
    stream: StreamId,
    commit: NewCommit,
  ): Promise<{ outcome: 'written'; hash: string } | { outcome: 'taken' }>
}

/** A token of an execution that waits for a state of the record. */
export interface OpenWait {
  readonly kind: string
  /** What it waits past, as the plan named it; compared with the plan of today. */
  readonly expects: string
  readonly token: string
}

export interface WaitStore {
  /** One item per token, never overwritten. */
  put(stream: StreamId, wait: OpenWait): Promise<void>
  /** Consistent. */
  list(stream: StreamId): Promise<readonly OpenWait[]>
  remove(stream: StreamId, wait: OpenWait): Promise<void>
}

/** A stream's line in lists. No decision reads it. */
export interface ListEntry {
  readonly stream: StreamId
  readonly version: number
  readonly hash: string
  /** The list it stands in, e.g. `reviews-2014`. */
  readonly list: string
  readonly sort: string
  /** What the lists show: plain JSON, parsed by who shows it. */
  readonly summary: Readonly<Record<string, unknown>>
}

export interface ListEntryStore {
  /** Written only where the stored version is lower. */
  put(entry: ListEntry): Promise<void>
  list(list: string): Promise<readonly ListEntry[]>
}

/** Commands begun by callers that no queue or schedule repeats. */
export interface Outbox {
  put(note: { commandId: string; stream: StreamId; at: string }): Promise<void>
  remove(commandId: string): Promise<void>
  list(): Promise<readonly { commandId: string; stream: StreamId; at: string }[]>
}

/** Register items: base-table items, written before a stream's first commit and read consistently. */
export interface Register {
  addAgreement(id: AgreementId): Promise<void>
  agreements(): Promise<readonly AgreementId[]>
  addRun(year: number): Promise<void>
  runs(): Promise<readonly number[]>
  /** What a reply token names. Written before the token is printed anywhere. */
  putToken(token: string, names: TokenNames): Promise<void>
  findToken(token: string): Promise<TokenNames | null>
  /** Message-IDs of letters sent (SES's and our own), to match References and delivery events. */
  putMessageId(messageId: string, names: { stream: StreamId; letterKey: string }): Promise<void>
  findMessageId(messageId: string): Promise<{ stream: StreamId; letterKey: string } | null>
  /** The letter of the first of these that is one of ours, in one request; at most 100. */
  findFirstMessageId(messageIds: readonly string[]): Promise<{ stream: StreamId; letterKey: string } | null>
  putLetterTag(tag: string, names: { stream: StreamId; letterKey: string }): Promise<void>
  findLetterTag(tag: string): Promise<{ stream: StreamId; letterKey: string } | null>
  /** Open reviews of a run: one item per agreement, deleted by its final assessment. */
  openReview(year: number, agreement: AgreementId): Promise<void>
  closeReview(year: number, agreement: AgreementId): Promise<void>
  openReviews(year: number): Promise<readonly AgreementId[]>
  /** Agreements by a contact's address, so that mail without a token finds its likely home. */
  agreementsOfAddress(email: string): Promise<readonly AgreementId[]>
}

export interface TokenNames {
  readonly stream: StreamId
  readonly agreement: AgreementId
  readonly year: number
  readonly municipality: string
  readonly keyVersion: number
}

/** Contacts are items of their own: personal data lies beside the chain. */
export interface ContactStore {
  put(agreement: AgreementId, contact: Contact): Promise<void>
  of(agreement: AgreementId): Promise<readonly Contact[]>
  find(agreement: AgreementId, id: ContactId): Promise<Contact | null>
}

/** What an erasure takes out of the contacts. Two persons and a ground are asked for by the caller, never here. */
export interface ContactErasure {
  /** The contact and the row under its address go. Safe to repeat. */
  erase(agreement: AgreementId, id: ContactId): Promise<void>
}

/** The locked archive: objects written once, named by what they hold. */
export interface Archive {
  /** `exists` when an object of that key is there already; it is then left as it was. */
  putOnce(key: string, bytes: Uint8Array, contentType: string): Promise<'written' | 'exists'>
  get(key: string): Promise<Uint8Array | null>
}

export interface Workflows {
  /** Idempotent by name while it runs with the same input; `exists` when the name was used before. */
  start(
    machine: 'annual-run' | 'agreement-review' | 'renegotiation',
    name: string,
    input: unknown,
  ): Promise<'started' | 'exists'>
  /** `over` when the token's task has ended: timed out, does not exist, invalid. */
  succeed(token: string): Promise<'sent' | 'over'>
}

/** SHA-256 in hex of text (UTF-8) or bytes. */
export type Digest = (content: string | Uint8Array) => string

/** The ministry's people, names and domains by date. */
export interface DirectoryStore {
  read(): Promise<Directory>
  write(directory: Directory): Promise<void>
}

/** The signature under a nightly list, with what it takes to check it without any secret. */
interface AnchorSignature {
  /** Which of the installation's keys signed: the newest then. */
  readonly keyVersion: number
  readonly algorithm: 'ed25519'
  /** Raw public key, hex: whoever keeps the journal's copies can check them with it. */
  readonly publicKey: string
  /** Hex. */
  readonly value: string
}

/** Signs the nightly lists of all streams (handlers/README.md, "Chained and anchored"). */
export interface AnchorSigner {
  sign(text: string): AnchorSignature
  /** False when it was made with none of this installation's keys, or over another text. */
  verify(text: string, signature: AnchorSignature): boolean
}

/**
 * All streams that ever began: written before a stream's first commit, so that none can hide (handlers/README.md,
 * "The record").
 */
export interface StreamRegister {
  /** Consistent; in the order of their ids. A stream may stand here whose first commit never came. */
  streams(): Promise<readonly StreamId[]>
}

/** A stream as it lies there, opened as far as it can be. */
export interface InspectedStream {
  /** In order; one that cannot be read at all is left out. */
  readonly commits: readonly StoredCommit[]
  /** What is wrong, commit by commit: the body, the chain, the private part, a gap. */
  readonly faults: readonly { readonly seq: number; readonly what: string }[]
}

/** A row of the table as it lies there. */
export interface InspectedRow {
  readonly PK: string
  readonly SK: string
  /** `broken`: it is not what this installation wrote. `none`: written by somebody else, or before rows had seals. */
  readonly seal: 'holds' | 'broken' | 'none'
}

/** Looks at a stream without taking any of it for granted; throws for nothing that lies there. */
export interface StreamInspection {
  inspect(stream: StreamId): Promise<InspectedStream>
}

/** Looks at every row of the table. */
export interface RowInspection {
  /** Rows of the record whose seal does not hold. */
  unsealed(): Promise<readonly InspectedRow[]>
}

/** Seals texts with keys that only the functions have: who can write where they lie can make none. */
export interface RowSealer {
  seal(text: string): string
  /** False when it was made with none of this installation's keys, or over another text. */
  holds(text: string, seal: string): boolean
}

/** The private parts beside the chain. */
export interface PrivateParts {
  /**
   * Removes content and salt of one commit's private part; the commit, its hash and the chain stay as they are.
   * Safe to repeat. Two persons and a ground are asked for by the caller, never here.
   * @returns false when there was none, or none any more
   */
  erase(stream: StreamId, seq: number): Promise<boolean>
}

/** What an erasure takes out of the archive. Two persons and a ground are asked for by the caller, never here. */
export interface ArchiveErasure {
  /** Lifts the lock and removes every version of the object, and whatever hides it. Safe to repeat. */
  erase(key: string): Promise<void>
}
