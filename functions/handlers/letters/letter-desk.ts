import type { Contact } from '../../domain/agreement/content.ts'
import type { LetterOrder, LetterOutcome } from '../../domain/casefile/letters.ts'
import type { Directory } from '../../domain/directory/directory.ts'
import type { SentLetter } from '../../domain/review/decide/machine.ts'
import type { BaseEvent, Decision } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { LetterBody } from '../../mail/letter.ts'
import type { Frame } from '../../mail/frame.ts'
import type { Ports } from '../../ports/ports.ts'

/** What a letter is composed from, beside the case itself. */
export interface LetterContext {
  readonly stream: StreamId
  readonly order: LetterOrder
  /** The day it is handed over, and its date. */
  readonly on: string
  readonly now: string
  readonly directory: Directory
  readonly contacts: readonly Contact[]
  /** The token of this case and party, as the form and the workbook print it. */
  readonly token: string
  /** First twelve hex digits of the stream's last hash. */
  readonly controlNumber: string
}

/** A letter before its MIME: body, frame, and to whom. */
export interface ComposedLetter {
  readonly body: LetterBody
  readonly frame: Omit<Frame, 'token'>
  /** The first is the one it is meant for. */
  readonly to: readonly Contact[]
  readonly cc: readonly Contact[]
  /** The deadline it prints, which becomes the record's. */
  readonly dueOn: string | null
  /** The mail it answers; null for a new thread. */
  readonly thread: { readonly inReplyTo: string; readonly references: readonly string[] } | null
}

/** What the sending of letters knows of one kind of case. */
export interface LetterDesk<S, E extends BaseEvent> {
  readonly agreementOf: (state: S) => AgreementId
  readonly yearOf: (state: S) => number
  /** Answers that go at once, day and night: each once, each for one mail or decision. */
  readonly owed: (state: S) => readonly LetterOrder[]
  readonly wasSent: (state: S, order: LetterOrder) => boolean
  readonly compose: (
    state: S,
    context: LetterContext,
    ports: Pick<Ports, 'streams' | 'archive' | 'digest'>,
  ) => Promise<ComposedLetter>
  readonly record: (state: S, letter: SentLetter) => Decision<E>
  /** Nobody is left to write to: the case waits for a person. */
  readonly recordUnreachable: (state: S, party: string, now: string) => Decision<E>
  readonly recordOutcome: (state: S, outcome: LetterOutcome) => Decision<E>
}
