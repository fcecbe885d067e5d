import type { Contact } from '../domain/agreement/content.ts'
import type { Directory } from '../domain/directory/directory.ts'
import type { AnswerBucket } from '../domain/answering/answer-stop.ts'
import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import type { LetterClaim, OutgoingLetter } from '../domain/casefile/letter-claim.ts'
import type { Actor, BaseEvent, CommitMeta } from '../domain/base/stream.ts'
import type { StreamId } from '../domain/base/stream-id.ts'
import type { AgreementId, ContactId } from '../domain/base/values.ts'
import type { ParsedMessage } from '../intake/message.ts'
import type { ReadSpreadsheet } from '../intake/sheet.ts'
import type { WorkbookSheets } from '../mail/workbook.ts'
import type { ReportFormats } from '../web/report/report-files.ts'

/** What the handlers need from outside. One adapter file per port and technology; a twin in memory for tests. */

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
export interface Head {
  readonly stream: StreamId
  readonly version: number
  readonly hash: string
  /** The list it stands in, e.g. `reviews-2014`. */
  readonly list: string
  readonly sort: string
  /** What the lists show: plain JSON, parsed by who shows it. */
  readonly summary: Readonly<Record<string, unknown>>
}

export interface HeadStore {
  /** Written only where the stored version is lower. */
  put(head: Head): Promise<void>
  list(list: string): Promise<readonly Head[]>
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

/** Claim, archive, send, record (handlers/README.md, "Letters go out once"). */
export interface LetterClaims {
  /** Conditional put; null when the key is claimed already. */
  claim(claim: LetterClaim): Promise<'claimed' | 'exists'>
  find(letterKey: string): Promise<LetterClaim | null>
  /** Conditional on the state that was read. */
  advance(claim: LetterClaim, from: LetterClaim['state']): Promise<boolean>
  release(letterKey: string): Promise<void>
}

/** An answer that is owed on its case's record and does not go out while answers are stopped. */
export interface HeldAnswer {
  readonly letterKey: string
  readonly stream: StreamId
  readonly kind: LetterKind
  /** Business time, since when. */
  readonly at: string
}

/** How many answers an hour had, and which are held back (MAIL security 18). */
export interface AnswerLedger {
  /** More in an hour, and all answers are stopped. */
  readonly mostAnHour: number
  /** Counts one more, in one step with all others. @returns how many the hour has now */
  count(bucket: AnswerBucket): Promise<number>
  /** Consistent. */
  counted(bucket: AnswerBucket): Promise<number>
  /** Safe to repeat; the first time stands. */
  hold(answer: HeldAnswer): Promise<void>
  isHeld(letterKey: string): Promise<boolean>
  /** Consistent; those held longest first. */
  held(): Promise<readonly HeldAnswer[]>
  release(letterKey: string): Promise<void>
}

/** What operations is told of in numbers; each has an alarm. */
export type Metric = 'AnswersStopped'

/** On AWS, CloudWatch. Never fails and keeps nobody waiting. */
export interface Meter {
  count(metric: Metric): void
}

/** The locked archive: objects written once, named by what they hold. */
export interface Archive {
  /** `exists` when an object of that key is there already; it is then left as it was. */
  putOnce(key: string, bytes: Uint8Array, contentType: string): Promise<'written' | 'exists'>
  get(key: string): Promise<Uint8Array | null>
}

/** Where incoming mail lands before it is archived. */
export interface Landing {
  get(key: string): Promise<Uint8Array | null>
}

/** The mail system answered "no": the claim may be released and the letter tried again. */
export class SendRefused extends Error {
  override readonly name = 'SendRefused'
}
/** No answer came: it may have been sent. */
export class SendUncertain extends Error {
  override readonly name = 'SendUncertain'
}

export interface MailSender {
  /** @throws SendRefused, SendUncertain */
  send(mail: {
    raw: Uint8Array
    from: string
    to: readonly string[]
    tag: string
  }): Promise<{ messageId: string }>
  /** The Message-ID header that recipients see of a mail which the mail system's events call `id`. */
  messageIdOf(id: string): Promise<string>
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

export interface MimeParser {
  parse(raw: Uint8Array): Promise<ParsedMessage>
}

export interface MimeComposer {
  compose(letter: OutgoingLetter): Promise<Uint8Array>
}

/** Makes the workbook of a request. */
export interface WorkbookWriter {
  write(sheets: WorkbookSheets): Promise<Uint8Array>
}

/** SHA-256 in hex of text (UTF-8) or bytes. */
export type Digest = (content: string | Uint8Array) => string

export interface TokenSigner {
  readonly keyVersion: number
  /** HMAC over the request's identity; the first bytes become the token. */
  token(names: Omit<TokenNames, 'keyVersion'>): string
}

export interface Settings {
  readonly stage: string
  /** Base address of the console, without a trailing slash. */
  readonly consoleUrl: string
  /** Mailbox of the ministry's journal. */
  readonly journalMailbox: string
  /** Printed after decisions; empty unless the ministry has filled it in. */
  readonly complaintText: string
}

/** The ministry's people, names and domains by date. */
export interface DirectoryStore {
  read(): Promise<Directory>
  write(directory: Directory): Promise<void>
}

/** Everything; a handler takes only what it uses (`Pick<Ports, ...>`). */
export interface Ports {
  readonly clock: Clock
  readonly streams: StreamStore
  readonly waits: WaitStore
  readonly heads: HeadStore
  readonly outbox: Outbox
  readonly register: Register
  readonly contacts: ContactStore
  readonly claims: LetterClaims
  readonly answers: AnswerLedger
  readonly meter: Meter
  readonly archive: Archive
  readonly landing: Landing
  readonly mail: MailSender
  readonly workflows: Workflows
  readonly mime: MimeParser
  readonly composer: MimeComposer
  readonly digest: Digest
  readonly tokens: TokenSigner
  readonly settings: Settings
  readonly directory: DirectoryStore
  readonly workbooks: WorkbookWriter
  readonly spreadsheets: ReadSpreadsheet
  readonly reportFormats: ReportFormats
}
