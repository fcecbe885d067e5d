import type { AnswerBucket } from '../domain/answering/answer-stop.ts'
import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import type { LetterClaim, OutgoingLetter } from '../domain/casefile/letter-claim.ts'
import type { StreamId } from '../domain/base/stream-id.ts'
import type { ParsedMessage } from '../intake/message.ts'
import type { WorkbookSheets } from '../mail/workbook.ts'
import type { TokenNames } from './record.ts'

/** Mail in and out: where it lands, how it is read, composed and sent once. */

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
export const metrics = [
  'AnswersStopped',
  /** A function threw what no workflow expects. */
  'FunctionFailed',
  /** A message of a queue could not be worked on, and comes again. */
  'MessageFailed',
  /** The console answered that something went wrong with us. */
  'ConsoleFault',
  /** An execution ended badly. */
  'ExecutionLost',
  /** More than four fifths of what SES takes in 24 hours have gone. */
  'SendingQuotaLow',
] as const
export type Metric = (typeof metrics)[number]

/** On AWS, CloudWatch. Never fails and keeps nobody waiting. */
export interface Meter {
  count(metric: Metric): void
}

/** Where incoming mail lands before it is archived. */
export interface Landing {
  get(key: string): Promise<Uint8Array | null>
}

/** A mail lies in the landing bucket too, under a name that nobody keeps, until its short life is over. */
export interface LandingErasure {
  /**
   * Removes what holds exactly these bytes. Safe to repeat.
   * @returns how many objects went
   */
  eraseTwins(bytes: Uint8Array): Promise<number>
}

/** The mail system answered "no", for good: the letter has not gone, and goes once a person has mended what is wrong. */
export class SendRefused extends Error {
  override readonly name = 'SendRefused'
}

/** No answer came: it may have been sent. */
export class SendUncertain extends Error {
  override readonly name = 'SendUncertain'
}

export interface MailSender {
  /** Waits until the mail system's rate lets a mail to so many recipients go. */
  turn(recipients: number): Promise<void>
  /** @throws SendRefused, SendUncertain; SendLater (workflows/errors.ts) when it has not gone and may in a while */
  send(mail: {
    raw: Uint8Array
    from: string
    to: readonly string[]
    tag: string
  }): Promise<{ messageId: string }>
  /** The Message-ID header that recipients see of a mail which the mail system's events call `id`. */
  messageIdOf(id: string): Promise<string>
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

export interface TokenSigner {
  readonly keyVersion: number
  /** HMAC over the request's identity; the first bytes become the token. */
  token(names: Omit<TokenNames, 'keyVersion'>): string
}
