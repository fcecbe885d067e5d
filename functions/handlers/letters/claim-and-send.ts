import type { LetterClaim } from '../../domain/letter-claim.ts'
import type { StreamId } from '../../domain/stream-id.ts'
import { addMs, compareInstants } from '../../domain/time.ts'
import { LetterUncertain } from '../../../workflows/errors.ts'
import { SendRefused, SendUncertain, type Ports } from '../../ports.ts'

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
}

/** After this long without a trace of the first attempt the same MIME is sent again, and journalised so. */
const againAfterMs = 60 * 60 * 1000

/**
 * Hands a mail over once (DESIGN.md 2): the exact MIME archived, its key claimed, sent. Every repetition takes up
 * where the one before stopped, with the MIME that was claimed first.
 * @returns the claim as it stands when the mail has gone, now or before
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
  await ports.archive.putOnce(`letters/${rawSha256}`, mail.raw, 'message/rfc822')
  await ports.register.putLetterTag(letterKey.slice(0, 40), { stream, letterKey })
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

/** Hands the mail over. What SES refused may be tried again; what it did not answer may have gone. */
const handOver = async (ports: ClaimPorts, mail: KeyedMail, claim: LetterClaim): Promise<LetterClaim> => {
  const now = ports.clock.now()
  const again = claim.attemptsAt.length > 0
  if (again && compareInstants(now, addMs(claim.claimedAt, againAfterMs)) < 0)
    throw new LetterUncertain(`letter ${claim.letterKey.slice(0, 12)} may have gone; no trace of it yet`)
  const trying: LetterClaim = { ...claim, state: 'uncertain', attemptsAt: [...claim.attemptsAt, now] }
  if (!(await ports.claims.advance(trying, claim.state)))
    throw new LetterUncertain(`letter ${claim.letterKey.slice(0, 12)} is being sent by another`)
  const raw =
    claim.rawSha256 === ports.digest(mail.raw)
      ? mail.raw
      : ((await ports.archive.get(`letters/${claim.rawSha256}`)) ?? mail.raw)
  try {
    const { messageId } = await ports.mail.send({
      raw,
      from: mail.from,
      to: mail.to,
      tag: claim.letterKey.slice(0, 40),
    })
    const sent: LetterClaim = { ...trying, state: 'sent', messageId }
    await ports.claims.advance(sent, 'uncertain')
    return sent
  } catch (error) {
    // Refused outright: free again. Refused after an attempt that was never answered: still uncertain.
    if (error instanceof SendRefused && !again) await ports.claims.release(claim.letterKey)
    if (error instanceof SendUncertain)
      throw new LetterUncertain(`letter ${claim.letterKey.slice(0, 12)} may have gone`, { cause: error })
    throw error
  }
}
