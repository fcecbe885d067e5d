import * as z from 'zod'
import type { InboxMail } from '../../domain/inbox/inbox.ts'
import { ministryTurns } from '../../domain/review/head.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { Head, Ports } from '../../ports/ports.ts'
import { loadCase } from '../record/perform.ts'
import { inboxCase } from './inbox-case.ts'
import { reviewCase } from './review-case.ts'

/** What a review's head says of whose turn it is; the rest is read from the stream. */
const reviewHeadSchema = z.object({
  turn: z.string(),
  held: z.int(),
  extensions: z.int(),
  erasures: z.int().default(0),
  unread: z.int().default(0),
  money: z.int().default(0),
  promises: z.int().default(0),
})

const mayWait = (summary: unknown): boolean => {
  const head = reviewHeadSchema.safeParse(summary)
  if (!head.success) return true
  const { turn, held, extensions, erasures, unread, money, promises } = head.data
  return ministryTurns.includes(turn) || held + extensions + erasures + unread + money + promises > 0
}

/**
 * The reviews of some years in which people of the ministry may have something to do. The heads say where to look;
 * each is read from its stream, so that a head a moment behind shows nothing that is over.
 */
export const reviewsThatMayWait = async (
  ports: Pick<Ports, 'heads' | 'streams'>,
  years: readonly number[],
): Promise<readonly ReviewState[]> => {
  const lists = await Promise.all(years.map((year) => ports.heads.list(`reviews-${year}`)))
  const waiting = lists.flat().filter(({ summary }) => mayWait(summary))
  return Promise.all(waiting.map(async ({ stream }) => (await loadCase(ports, reviewCase, stream)).state))
}

/** The inboxes in which a mail may wait, with all their mails. @param heads of the inboxes */
export const inboxesThatMayWait = async (
  ports: Pick<Ports, 'streams'>,
  heads: readonly Head[],
): Promise<readonly { readonly stream: StreamId; readonly mails: readonly InboxMail[] }[]> => {
  const holding = heads.filter(({ summary }) => summary['held'] !== 0 || summary['erasures'] !== 0)
  return Promise.all(
    holding.map(async ({ stream }) => ({
      stream,
      mails: (await loadCase(ports, inboxCase, stream)).state.mails,
    })),
  )
}
