import { letterOrderId, type LetterOrder } from '../../domain/casework/letters.ts'
import { domainsOn } from '../../domain/directory.ts'
import type { LetterClaim } from '../../domain/letter-claim.ts'
import type { SentLetter } from '../../domain/review/decide/machine.ts'
import type { BaseEvent } from '../../domain/stream.ts'
import type { StreamId } from '../../domain/stream-id.ts'
import { addMs, compareInstants, todayInCopenhagen } from '../../domain/time.ts'
import { tokenAddress } from '../../domain/token.ts'
import { renderLetter, type RenderedLetter } from '../../mail/letter.ts'
import { LetterUncertain } from '../../../workflows/errors.ts'
import { SendRefused, SendUncertain, type Ports } from '../../ports.ts'
import type { CaseKind, Loaded } from '../record/case-kind.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import { attachmentsOf } from './attachments.ts'
import type { ComposedLetter, LetterDesk } from './letter-desk.ts'

export type LetterPorts = RecordPorts &
  Pick<
    Ports,
    'archive' | 'claims' | 'composer' | 'contacts' | 'digest' | 'directory' | 'mail' | 'tokens' | 'workbooks'
  >

/** After this long without a trace of the first attempt the same MIME is sent again, and journalised so. */
const againAfterMs = 60 * 60 * 1000

/**
 * Sends one letter once (DESIGN.md 2): the exact MIME archived, claimed, sent, recorded. Every repetition takes
 * up where the one before stopped.
 * @throws LetterUncertain while it may have gone
 */
export const sendOnce = async <S, E extends BaseEvent>(
  ports: LetterPorts,
  kind: CaseKind<S, E>,
  desk: LetterDesk<S, E>,
  stream: StreamId,
  order: LetterOrder,
): Promise<'sent' | 'sent-before'> => {
  const loaded = await loadCase(ports, kind, stream)
  if (desk.wasSent(loaded.state, order)) return 'sent-before'
  const letterKey = ports.digest(`${stream}|${letterOrderId(order)}`)
  const prepared = await prepare(ports, desk, stream, order, loaded, letterKey)
  const claim = await takeClaim(ports, prepared, stream, letterKey)
  const sent = claim.state === 'sent' ? claim : await handOver(ports, prepared, claim)
  await record(ports, kind, desk, stream, prepared, sent)
  return 'sent'
}

interface Prepared {
  readonly order: LetterOrder
  readonly composed: ComposedLetter
  readonly rendered: RenderedLetter
  readonly raw: Uint8Array
  readonly rawSha256: string
  readonly from: string
  readonly addresses: readonly string[]
  readonly on: string
}

const prepare = async <S, E extends BaseEvent>(
  ports: LetterPorts,
  desk: LetterDesk<S, E>,
  stream: StreamId,
  order: LetterOrder,
  loaded: Loaded<S>,
  letterKey: string,
): Promise<Prepared> => {
  const agreement = desk.agreementOf(loaded.state)
  const year = desk.yearOf(loaded.state)
  const now = ports.clock.now()
  const on = todayInCopenhagen(now)
  const [directory, contacts] = await Promise.all([ports.directory.read(), ports.contacts.of(agreement)])
  const municipality = order.party ?? ''
  const token = ports.tokens.token({ stream, agreement, year, municipality })
  const context = {
    stream,
    order,
    on,
    now,
    directory,
    contacts,
    token,
    controlNumber: loaded.hash.slice(0, 12),
  }
  const composed = await desk.compose(loaded.state, context, ports)
  await ports.register.putToken(token, {
    stream,
    agreement,
    year,
    municipality,
    keyVersion: ports.tokens.keyVersion,
  })
  const { replyDomain } = domainsOn(directory, on)
  const from = tokenAddress(token, { municipality, year, domain: replyDomain })
  const rendered = renderLetter(composed.body, { ...composed.frame, token })
  const people = (list: ComposedLetter['to']) =>
    list.map((contact) => ({ name: contact.name, address: contact.email }))
  const raw = await ports.composer.compose({
    from: { name: composed.frame.ministry, address: from },
    to: people(composed.to),
    cc: people(composed.cc),
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    date: now,
    messageId: `<${letterKey.slice(0, 40)}@${replyDomain}>`,
    inReplyTo: composed.thread?.inReplyTo ?? null,
    references: composed.thread?.references ?? [],
    autoSubmitted: rendered.autoSubmitted,
    attachments: await attachmentsOf(ports, rendered.attachments),
  })
  return {
    order,
    composed,
    rendered,
    raw,
    rawSha256: ports.digest(raw),
    from,
    addresses: [...composed.to, ...composed.cc].map((contact) => contact.email),
    on,
  }
}

/** The claim on the letter's key: ours from now on, or as an earlier attempt left it. */
const takeClaim = async (
  ports: LetterPorts,
  prepared: Prepared,
  stream: StreamId,
  letterKey: string,
): Promise<LetterClaim> => {
  const before = await ports.claims.find(letterKey)
  if (before !== null) return before
  await ports.archive.putOnce(`letters/${prepared.rawSha256}`, prepared.raw, 'message/rfc822')
  await ports.register.putLetterTag(letterKey.slice(0, 40), { stream, letterKey })
  const claim: LetterClaim = {
    letterKey,
    stream,
    state: 'claimed',
    rawSha256: prepared.rawSha256,
    claimedAt: ports.clock.now(),
    attemptsAt: [],
    messageId: null,
  }
  if ((await ports.claims.claim(claim)) === 'exists')
    throw new LetterUncertain(`letter ${letterKey.slice(0, 12)} is being sent by another`)
  return claim
}

/** Hands the mail over. What SES refused may be tried again; what it did not answer may have gone. */
const handOver = async (ports: LetterPorts, prepared: Prepared, claim: LetterClaim): Promise<LetterClaim> => {
  const now = ports.clock.now()
  const again = claim.attemptsAt.length > 0
  if (again && compareInstants(now, addMs(claim.claimedAt, againAfterMs)) < 0)
    throw new LetterUncertain(`letter ${claim.letterKey.slice(0, 12)} may have gone; no trace of it yet`)
  const trying: LetterClaim = { ...claim, state: 'uncertain', attemptsAt: [...claim.attemptsAt, now] }
  if (!(await ports.claims.advance(trying, claim.state)))
    throw new LetterUncertain(`letter ${claim.letterKey.slice(0, 12)} is being sent by another`)
  const raw =
    claim.rawSha256 === prepared.rawSha256
      ? prepared.raw
      : ((await ports.archive.get(`letters/${claim.rawSha256}`)) ?? prepared.raw)
  try {
    const { messageId } = await ports.mail.send({
      raw,
      from: prepared.from,
      to: prepared.addresses,
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

const record = async <S, E extends BaseEvent>(
  ports: LetterPorts,
  kind: CaseKind<S, E>,
  desk: LetterDesk<S, E>,
  stream: StreamId,
  prepared: Prepared,
  claim: LetterClaim,
): Promise<void> => {
  const letter: SentLetter = {
    letterKey: claim.letterKey,
    order: prepared.order,
    recipients: [...prepared.composed.to, ...prepared.composed.cc].map((contact) => contact.id),
    datedOn: prepared.on,
    dueOn: prepared.composed.dueOn,
    rawSha256: claim.rawSha256,
    messageId: claim.messageId ?? '',
    again: claim.attemptsAt.length > 1,
    to: prepared.addresses,
    subject: prepared.rendered.subject,
    text: prepared.rendered.text,
  }
  if (claim.messageId !== null)
    await ports.register.putMessageId(claim.messageId, { stream, letterKey: claim.letterKey })
  await perform(ports, kind, stream, {
    id: `letter/${claim.letterKey}`,
    actor: { by: 'system', name: 'SendLetter' },
    decide: (state) => desk.record(state, letter),
  })
}
