import { isSameReading, readingDifference } from '../../casefile/reading-difference.ts'
import type { MailReread } from '../../casefile/mails.ts'
import { lastReadingOf } from '../../casefile/mails.ts'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import type { RenegotiationState, RenegotiationEvent } from '../state.ts'

/**
 * What a mail of a renegotiation is read as now. Answers to a proposal bind: no machine gives or takes one
 * afterwards. The reading is noted for a person, once.
 */
export const noteReread = (state: RenegotiationState, event: MailReread): Decision<RenegotiationEvent> => {
  const mail = state.mails.find((candidate) => candidate.mailKey === event.mailKey)
  const known = mail === undefined ? null : lastReadingOf(mail)
  if (mail === undefined || known === null) return refuse('unknown-mail', 'no mail of this case has that key')
  if (known.private === undefined) return refuse('erased', 'what the mail said was erased')
  return isSameReading(readingDifference(known, event))
    ? accept<RenegotiationEvent>()
    : accept<RenegotiationEvent>({ ...event, outcome: 'noted', tells: false })
}
