import type { Waiting } from '../../../domain/casefile/waiting.ts'
import type { WaitingCase } from '../../../mail/ministry-mails.ts'

/** One line of the daily mails: what waits, for whom, and how it is told. */
export interface WaitingLine extends Waiting, WaitingCase {
  /** Questions raised by one observation are one line; null for everything else. */
  readonly matter: { readonly id: string; readonly title: string } | null
  /** A held mail: untouched for two working days it is told apart (A4). Null for everything else. */
  readonly held: { readonly receivedOn: string; readonly why: string } | null
}

/** A line with the parts that most have empty. */
export const waitingLine = (
  line: Pick<WaitingLine, 'waitsFor' | 'sinceOn' | 'municipalities' | 'municipality' | 'what'> &
    Partial<WaitingLine>,
): WaitingLine => ({
  caseworker: null,
  notBy: [],
  recommendation: '',
  due: '',
  lastYear: '',
  withoutRemarks: false,
  matter: null,
  held: null,
  ...line,
})
