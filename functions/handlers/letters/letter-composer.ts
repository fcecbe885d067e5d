import type { BaseEvent, Decision } from '../../domain/base/stream.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { LetterOrder, LetterOutcome, LetterRecord, SentLetter } from '../../domain/casefile/letters.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import type { ComposedLetter, LetterContext } from '../../mail/letter.ts'
import type { Ports } from '../../ports/ports.ts'
import type { CaseKind } from '../record/case-kind.ts'

/** What a letter may need beside its case is read from these. */
export type NeededPorts = Pick<Ports, 'streams' | 'archive' | 'digest'>

/** What the sending of letters reads of a case. */
export interface Writing {
  /** Null before its first event. */
  readonly agreement: AgreementId | null
  readonly year: number
  readonly letters: readonly LetterRecord[]
  readonly mails: readonly MailRecord[]
}

/** What the sending of letters knows of one kind of case. */
export interface LetterComposer<S extends Writing, E extends BaseEvent> {
  readonly kind: CaseKind<S, E>
  /** Answers that go at once, day and night: each once, each for one mail or decision. */
  readonly owed: (state: S) => readonly LetterOrder[]
  readonly compose: (state: S, context: LetterContext, ports: NeededPorts) => Promise<ComposedLetter>
  readonly record: (state: S, letter: SentLetter) => Decision<E>
  /** Nobody is left to write to: the case waits for a person. */
  readonly recordUnreachable: (state: S, party: string, now: string) => Decision<E>
  readonly recordOutcome: (state: S, outcome: LetterOutcome) => Decision<E>
}
