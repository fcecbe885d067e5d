import type { LetterClaim } from '../../domain/casefile/letter-claim.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { addMs, compareInstants } from '../../domain/base/time.ts'
import { LetterUncertain, SendLater } from '../../../workflows/errors.ts'
import { SendRefused, SendUncertain } from '../../ports/mail.ts'
import type { Ports } from '../../ports/ports.ts'
import { archiveLetter, readSheet, type LetterSheet } from './letter-sheet.ts'

export type ClaimPorts = Pick<Ports, 'archive' | 'claims' | 'clock' | 'digest' | 'mail' | 'register'>

/** A mail as it is to go out, under the key by which it goes out once. */
export interface KeyedMail {
  /** SHA-256, hex: what makes it this mail and no other. */
  readonly letterKey: string
  /** The case it belongs to; the year's run for mails to the ministry's own people. */
  readonly stream: StreamId
  readonly raw: Uint8Array
  readonly from: string
  readonly to: readonly string[]
  /** What it says, kept beside its MIME; null for mails to the ministry's own people, whose key names the day. */
  readonly sheet: LetterSheet | null
}

/** After this long without a trace of the last attempt it is sent again, and journalised so. */
const againAfterMs = 60 * 60 * 1000

/** May an attempt that was never answered still leave its trace? Until then nobody tries again. */
export const mayStillShow = (claim: LetterClaim, now: string): boolean => {
  const last = claim.attemptsAt.at(-1)
  return last !== undefined && compareInstants(now, addMs(last, againAfterMs)) < 0
}

/**
 * Hands a mail over once (handlers/README.md, "Letters go out once"): the exact MIME archived, its key claimed, sent.
 * Every repetition takes up where the one before stopped.
 * @returns the claim as it stands when the mail has gone, now or before; it names the MIME that went
 * @throws LetterUncertain while it may have gone
 */
export const claimAndSend = async (ports: ClaimPorts, mail: KeyedMail): Promise<LetterClaim> => {
  const claim = await takeClaim(ports, mail)
  return claim.state === 'sent' ? claim : handOver(ports, mail, claim)
}

/** The claim on the mail's key: ours from now on, or as an earlier attempt left it. */
const takeClaim = async (ports: ClaimPorts, mail: KeyedMail): Promise<LetterClaim> => {
  const { letterKey, stream } = mail
  const before = await ports.claims.find(letterKey)
  if (before !== null) return before
  const rawSha256 = ports.digest(mail.raw)
  // Both before the claim, in no order of their own.
  await Promise.all([
    archiveLetter(ports, rawSha256, mail.raw, mail.sheet),
    ports.register.putLetterTag(letterKey.slice(0, 40), { stream, letterKey }),
  ])
  const claim: LetterClaim = {
    letterKey,
    stream,
    state: 'claimed',
    rawSha256,
    claimedAt: ports.clock.now(),
    attemptsAt: [],
    messageId: null,
  }
  if ((await ports.claims.claim(claim)) === 'exists')
    throw new LetterUncertain(`letter ${letterKey.slice(0, 12)} is being sent by another`)
  return claim
}

interface Outgoing {
  readonly raw: Uint8Array
  readonly rawSha256: string
  readonly from: string
  readonly to: readonly string[]
}

/**
 * The MIME that goes out now: the one that was claimed, as long as it bears the date of the day. A letter is
 * dated the day it is handed over (LETTERS 1.6): on a later day, and when none was ever tried, it is the one
 * rendered now, archived first as every other.
 */
const outgoing = async (ports: ClaimPorts, mail: KeyedMail, claim: LetterClaim): Promise<Outgoing> => {
  const { raw, from, to } = mail
  const rawSha256 = ports.digest(raw)
  if (rawSha256 === claim.rawSha256) return { raw, rawSha256, from, to }
  const before = claim.attemptsAt.length === 0 ? null : await readSheet(ports, claim.rawSha256)
  const outdated = before !== null && before.datedOn !== mail.sheet?.datedOn
  const claimed =
    claim.attemptsAt.length === 0 || outdated ? null : await ports.archive.get(`letters/${claim.rawSha256}`)
  if (claimed !== null)
    return {
      raw: claimed,
      rawSha256: claim.rawSha256,
      from: before?.from ?? from,
      to: before?.to ?? to,
    }
  await archiveLetter(ports, rawSha256, raw, mail.sheet)
  return { raw, rawSha256, from, to }
}

/**
 * Hands the mail over, when its turn has come: only then it is noted as tried. What SES refused or takes only later
 * may be tried again; what it did not answer may have gone.
 */
const handOver = async (ports: ClaimPorts, mail: KeyedMail, claim: LetterClaim): Promise<LetterClaim> => {
  await ports.mail.turn(mail.to.length)
  const now = ports.clock.now()
  const again = claim.attemptsAt.length > 0
  if (mayStillShow(claim, now))
    throw new LetterUncertain(`letter ${claim.letterKey.slice(0, 12)} may have gone; no trace of it yet`)
  const { raw, rawSha256, from, to } = await outgoing(ports, mail, claim)
  const trying: LetterClaim = {
    ...claim,
    state: 'uncertain',
    rawSha256,
    ...(rawSha256 === claim.rawSha256 ? {} : { unsent: [...(claim.unsent ?? []), claim.rawSha256] }),
    attemptsAt: [...claim.attemptsAt, now],
  }
  if (!(await ports.claims.advance(trying, claim.state)))
    throw new LetterUncertain(`letter ${claim.letterKey.slice(0, 12)} is being sent by another`)
  try {
    const { messageId } = await ports.mail.send({ raw, from, to, tag: claim.letterKey.slice(0, 40) })
    const sent: LetterClaim = { ...trying, state: 'sent', messageId }
    await ports.claims.advance(sent, 'uncertain')
    return sent
  } catch (error) {
    // It has not gone: free again. After an attempt that was never answered: still uncertain.
    if ((error instanceof SendRefused || error instanceof SendLater) && !again)
      await ports.claims.release(claim.letterKey)
    if (error instanceof SendUncertain)
      throw new LetterUncertain(`letter ${claim.letterKey.slice(0, 12)} may have gone`, { cause: error })
    throw error
  }
}
