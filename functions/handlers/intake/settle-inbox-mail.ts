import { isWithdrawn } from '../../domain/casefile/erasures.ts'
import { budgetUsed } from '../../domain/casefile/answer-budget.ts'
import { toldOnceADay, withoutNotice, type UnplacedMailEvent } from '../../domain/casefile/unplaced-mails.ts'
import type { InboxMail } from '../../domain/inbox/inbox.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { accept, type Actor } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { inboxCase } from '../streams/cases.ts'
import { sendOwed } from '../letters/answers.ts'
import { reviewComposer } from '../letters/composers.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import type { Named, Placing } from './arriving.ts'
import { inspectMail, type InspectedMail } from './inspect-mail.ts'
import type { WithMails } from './mail-case.ts'
import type { ReadingPorts } from './read-mail.ts'
import { keptVerdicts, type Envelope } from './received-mail.ts'

const actor: Actor = { by: 'system', name: 'Inbox' }

/**
 * What a mail of the inbox owes, from the record alone: while it is undecided every case it may belong to knows
 * of it; once decided it is in its case, and the others go on. Each act is keyed, so this may run at any time
 * and any number of times: a crash in between loses none.
 */
export const settleMail = async (
  ports: ReadingPorts,
  withMails: WithMails,
  inbox: StreamId,
  mailKey: string,
): Promise<void> => {
  const { state } = await loadCase(ports, inboxCase, inbox)
  const mail = state.mails.find((candidate) => candidate.mailKey === mailKey)
  if (mail === undefined) return
  const { decided, receivedAt } = mail
  if (decided === null) {
    for (const { stream, party } of mail.homes) {
      const note = { type: 'UnplacedMailNoted', v: 1, mailKey, inbox, receivedAt, party } as const
      await write(ports, withMails, stream, `unplaced/${mailKey}`, { ...note, ...noticeIn(mail, stream) })
    }
    if (mail.notice !== undefined) await sendOwed(ports, reviewComposer, mail.notice.stream)
    return
  }
  // First into its case, then the note away: in between nobody is reminded.
  const take = async (stream: StreamId, named: Named, placing: Placing | null): Promise<void> =>
    withMails(stream, async (kind, mails) => {
      const taken = mails.facts((await loadCase(ports, kind, stream)).state).mails
      // What is withdrawn is taken in nowhere: it was taken, or it is not to be.
      const isThere = taken.some((one) => one.rawSha256 === mail.rawSha256 && isWithdrawn(one))
      if (!isThere && !isWithdrawn(mail))
        await mails.take(ports, stream, await inspectAgain(ports, mail), named, placing)
    })
  if (decided.placed !== null) {
    // As if it had been addressed to the case; the person stands for its sender.
    const { stream, party, as } = decided.placed
    const placing = { actor: decided.actor, vouched: { as, reason: decided.reason } }
    await take(stream, { municipality: party, letterKey: null }, placing)
  }
  if (mail.found !== null) {
    // As any mail that names its case: its sender is judged by what was found at its receipt.
    const { stream, party, letterKey } = mail.found
    await take(stream, { municipality: party, letterKey }, null)
  }
  const home = decided.placed?.stream ?? mail.found?.stream ?? null
  for (const { stream } of mail.homes) {
    const outcome = home === null ? 'dismissed' : home === stream ? 'here' : 'elsewhere'
    const over = { type: 'UnplacedMailDecided', v: 1, mailKey, outcome } as const
    await write(ports, withMails, stream, `unplaced/${mailKey}/decided`, over)
  }
}

/** What the case that tells its contact of a mail needs for it; nothing for every other case. */
const noticeIn = ({ notice, private: own }: InboxMail, stream: StreamId) =>
  notice?.stream !== stream || own === undefined
    ? {}
    : {
        notice: notice.kind,
        private: {
          from: own.from,
          subject: own.subject,
          messageId: own.messageId,
          references: own.references,
        },
      }

/** On a stream that exists, and no note after its own end: a note that comes late holds nothing back. */
const write = async (
  ports: RecordPorts,
  withMails: WithMails,
  stream: StreamId,
  id: string,
  event: UnplacedMailEvent,
): Promise<void> => {
  await withMails(stream, (kind, mails) =>
    perform(ports, kind, stream, {
      id,
      actor,
      decide: (state) => {
        const { begun, unplaced } = mails.facts(state)
        const isLate =
          event.type === 'UnplacedMailNoted' && unplaced.some(({ mailKey }) => mailKey === event.mailKey)
        return !begun || isLate ? accept() : mails.note(state, event)
      },
    }),
  )
}

/** The note without its notice where the sender has had as many answers as a case gives, or the same one that day. */
export const withinNotices = (state: ReviewState, event: UnplacedMailEvent): UnplacedMailEvent => {
  if (event.type !== 'UnplacedMailNoted' || event.notice === undefined) return event
  const sender = { from: event.private?.from ?? '', receivedAt: event.receivedAt }
  return budgetUsed(state, sender) === null ? toldOnceADay(state.unplaced, event) : withoutNotice(event)
}

export const envelopeOfMail = ({ verdicts, private: own }: InboxMail): Envelope => ({
  source: own?.source ?? '',
  recipients: own?.recipients ?? [],
  verdicts: keptVerdicts(verdicts),
})

const inspectAgain = async (ports: ReadingPorts, mail: InboxMail): Promise<InspectedMail> => {
  const raw = await ports.archive.get(`mail/${mail.rawSha256}`)
  if (raw === null) throw new Error(`mail ${mail.rawSha256} is not in the archive`)
  const { rawSha256, receivedAt } = mail
  return inspectMail(ports, {
    message: await ports.mime.parse(raw),
    envelope: envelopeOfMail(mail),
    rawSha256,
    receivedAt,
  })
}
