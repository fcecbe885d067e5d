import { letterOrderId, type LetterOrder } from '../../domain/casework/letters.ts'
import { domainsOn } from '../../domain/directory.ts'
import type { LetterClaim } from '../../domain/letter-claim.ts'
import type { SentLetter } from '../../domain/review/decide/machine.ts'
import type { BaseEvent } from '../../domain/stream.ts'
import type { StreamId } from '../../domain/stream-id.ts'
import { todayInCopenhagen } from '../../domain/time.ts'
import { tokenAddress } from '../../domain/token.ts'
import { renderLetter, type RenderedLetter } from '../../mail/letter.ts'
import type { Ports } from '../../ports.ts'
import type { CaseKind, Loaded } from '../record/case-kind.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import { attachmentsOf } from './attachments.ts'
import { claimAndSend } from './claim-and-send.ts'
import type { ComposedLetter, LetterDesk } from './letter-desk.ts'

export type LetterPorts = RecordPorts &
  Pick<
    Ports,
    'archive' | 'claims' | 'composer' | 'contacts' | 'digest' | 'directory' | 'mail' | 'tokens' | 'workbooks'
  >

/**
 * Sends one letter once (DESIGN.md 2): the exact MIME archived, claimed, sent, recorded. Every repetition takes
 * up where the one before stopped.
 * @param read the case as the caller has just read it
 * @throws LetterUncertain while it may have gone
 */
export const sendOnce = async <S, E extends BaseEvent>(
  ports: LetterPorts,
  kind: CaseKind<S, E>,
  desk: LetterDesk<S, E>,
  stream: StreamId,
  order: LetterOrder,
  read?: Loaded<S>,
): Promise<'sent' | 'sent-before'> => {
  const loaded = read ?? (await loadCase(ports, kind, stream))
  if (desk.wasSent(loaded.state, order)) return 'sent-before'
  const letterKey = ports.digest(`${stream}|${letterOrderId(order)}`)
  const prepared = await prepare(ports, desk, stream, order, loaded, letterKey)
  const sent = await claimAndSend(ports, {
    letterKey,
    stream,
    raw: prepared.raw,
    from: prepared.from,
    to: prepared.addresses,
  })
  await record(ports, kind, desk, stream, prepared, sent)
  return 'sent'
}

interface Prepared {
  readonly order: LetterOrder
  readonly composed: ComposedLetter
  readonly rendered: RenderedLetter
  readonly raw: Uint8Array
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
    from,
    addresses: [...composed.to, ...composed.cc].map((contact) => contact.email),
    on,
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
