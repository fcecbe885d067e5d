import {
  anchorKey,
  fileText,
  isListNeeded,
  signedText,
  type AnchorList,
} from '../../domain/anchor/anchor-list.ts'
import { senderAddress } from '../../domain/directory/senders.ts'
import { ministryOn } from '../../domain/directory/ministry.ts'
import { resultsYearOn } from '../../domain/renegotiation/grounds.ts'
import { runStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { journalList } from '../../mail/ministry-mails.ts'
import type { Ports } from '../../ports/ports.ts'
import type { AnchorSigner } from '../../ports/record.ts'
import { lastCommits, type LastCommitPorts } from '../record/last-commits.ts'
import { journalMailKey, lastAnchor, readAnchor, type StoredAnchor } from '../record/read-anchors.ts'
import { claimAndSend, type ClaimPorts } from '../letters/claim-and-send.ts'
import { owedToDay, type Left, type ScheduledInput } from './owed-to-day.ts'

/** What it takes to mail a list. */
type JournalPorts = ClaimPorts &
  Pick<Ports, 'composer' | 'directory'> & {
    readonly settings: Pick<Ports['settings'], 'journalMailbox'>
  }

export type AnchorPorts = JournalPorts &
  LastCommitPorts &
  Pick<Ports, 'outbox'> & { readonly signer: AnchorSigner }

export type Anchored =
  | { readonly anchored: true; readonly key: string; readonly sha256: string; readonly streams: number }
  | { readonly anchored: false }

/**
 * The nightly list (handlers/README.md, "Chained and anchored"): every stream's last commit, signed, chained to the
 * list before, put into the locked archive and mailed to the ministry's journal. One a day at most; none while
 * nothing has changed, for a week at most. Safe to repeat: what was archived is what is mailed.
 */
export const makeAnchorRecord =
  (ports: AnchorPorts) =>
  async (input: ScheduledInput): Promise<Anchored | Left> => {
    const now = ports.clock.now()
    const on = todayInCopenhagen(input?.scheduledAt ?? now)
    const last = await lastAnchor(ports, on)
    const made = last?.file.list.on === on ? last : null
    // On a later day none is made for it: that day's tells all.
    const isToday = on === todayInCopenhagen(now)
    const stored = made ?? (isToday ? await makeList(ports, last, await lastCommits(ports), now) : null)
    if (stored === null) return { anchored: false }
    return owedToDay(ports, 'AnchorRecord', input, async () => {
      await mailToJournal(ports, stored)
      return {
        anchored: true,
        key: anchorKey(on),
        sha256: stored.sha256,
        streams: stored.file.list.streams.length,
      }
    })
  }

/** Mails a day's list that the call on that day has made and could not mail; it needs no key, since it makes none. */
export const makeMailListOfDay =
  (ports: JournalPorts) =>
  async (on: string): Promise<void> => {
    const stored = await readAnchor(ports, on)
    if (stored !== null) await mailToJournal(ports, stored)
  }

const makeList = async (
  ports: AnchorPorts,
  last: StoredAnchor | null,
  streams: AnchorList['streams'],
  now: string,
): Promise<StoredAnchor | null> => {
  const on = todayInCopenhagen(now)
  if (!isListNeeded(last?.file.list ?? null, streams, on)) return null
  const list: AnchorList = {
    v: 1,
    on,
    madeAt: now,
    previous: last === null ? null : { on: last.file.list.on, sha256: last.sha256 },
    sealed: true,
    streams,
  }
  const file = { list, signature: ports.signer.sign(signedText(list)) }
  const bytes = new TextEncoder().encode(fileText(file))
  if ((await ports.archive.putOnce(anchorKey(on), bytes, 'application/json')) === 'exists')
    return readAnchor(ports, on)
  return { file, bytes, sha256: ports.digest(bytes) }
}

const mailToJournal = async (ports: JournalPorts, { file, bytes, sha256 }: StoredAnchor): Promise<void> => {
  const { list, signature } = file
  const { address: from, domain } = senderAddress(await ports.directory.read(), list.on, 'staff')
  const letterKey = journalMailKey(ports, list.on)
  const mail = journalList({
    on: list.on,
    streams: list.streams.length,
    sha256,
    previous: list.previous,
    publicKey: signature.publicKey,
  })
  const raw = await ports.composer.compose({
    from: { name: ministryOn(list.on).name, address: from },
    to: [{ name: 'Journal', address: ports.settings.journalMailbox }],
    cc: [],
    ...mail,
    date: list.madeAt,
    messageId: `<${letterKey.slice(0, 40)}@${domain}>`,
    inReplyTo: null,
    references: [],
    autoSubmitted: 'auto-generated',
    attachments: [
      { filename: `kontrolliste-${list.on}.json`, contentType: 'application/json', content: bytes },
    ],
  })
  const stream = runStream(resultsYearOn(list.on))
  await claimAndSend(ports, {
    letterKey,
    stream,
    raw,
    from,
    to: [ports.settings.journalMailbox],
    sheet: null,
  })
}
