import type { AttachedDocument, Attachments, ComposedLetter } from '../../mail/letter.ts'
import type { OutgoingLetter, LetterClaim } from '../../domain/casefile/letter-claim.ts'
import type { Ports } from '../../ports/ports.ts'
import { LetterUncertain } from '../../../workflows/errors.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { BaseEvent } from '../../domain/base/stream.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { tokenAddress } from '../../domain/base/token.ts'
import {
  wasSent,
  type ArchivedFile,
  type LetterOrder,
  type SentLetter,
} from '../../domain/casefile/letters.ts'
import { NobodyLeft } from '../../domain/casefile/recipients.ts'
import { fileType } from '../../domain/base/file-type.ts'
import { domainsOn } from '../../domain/directory/directory.ts'
import { renderLetter } from '../../mail/render-letter.ts'
import type { Loaded } from '../record/case-kind.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import { claimAndSend, mayStillShow } from './claim-and-send.ts'
import type { LetterComposer, Writing } from './letter-composer.ts'
import { letterKeyOf, readSheet, type LetterSheet } from './letter-sheet.ts'

/** A document as the archive has it; one that its letter brings along is put there first, under its hash. */
const documentContent = async (
  ports: Pick<Ports, 'archive' | 'digest'>,
  document: AttachedDocument,
): Promise<ArchivedFile & { readonly content: Uint8Array }> => {
  if ('html' in document) {
    const content = new TextEncoder().encode(document.html)
    const sha256 = ports.digest(content)
    const archiveKey = `${document.archiveFolder}/${sha256}`
    await ports.archive.putOnce(archiveKey, content, fileType('.html'))
    return { archiveKey, sha256, content }
  }
  const { archiveKey } = document
  const content = await ports.archive.get(archiveKey)
  if (content === null) throw new Error(`the archive has no ${archiveKey} to attach`)
  return { archiveKey, sha256: ports.digest(content), content }
}

/** The files that go with a letter: its workbook is made, documents come from the archive. */
const attachmentsOf = async (
  ports: Pick<Ports, 'archive' | 'digest' | 'workbooks'>,
  attachments: Attachments,
): Promise<{
  readonly attached: OutgoingLetter['attachments']
  readonly archived: readonly ArchivedFile[]
}> => {
  const documents = await Promise.all(
    (attachments.documents ?? []).map(async (document) => ({
      filename: document.fileName,
      ...(await documentContent(ports, document)),
    })),
  )
  const named = (filename: string, content: Uint8Array) => ({
    filename,
    contentType: fileType(filename),
    content,
  })
  const { workbook } = attachments
  return {
    attached: [
      ...documents.map(({ filename, content }) => named(filename, content)),
      ...(workbook === undefined ? [] : [named(workbook.fileName, await ports.workbooks.write(workbook))]),
    ],
    archived: documents.map(({ archiveKey, sha256 }) => ({ archiveKey, sha256 })),
  }
}

export type LetterPorts = RecordPorts &
  Pick<
    Ports,
    | 'answers'
    | 'archive'
    | 'claims'
    | 'composer'
    | 'contacts'
    | 'digest'
    | 'directory'
    | 'mail'
    | 'meter'
    | 'tokens'
    | 'workbooks'
  >

const actor = { by: 'system', name: 'SendLetter' } as const

/**
 * Sends one letter once (handlers/README.md, "Letters go out once"): the exact MIME archived, claimed, sent,
 * recorded. Every repetition takes up where the one before stopped; what went out earlier is recorded as it went out.
 * @param read the case as the caller has just read it
 * @throws LetterUncertain while it may have gone
 */
export const sendOnce = async <S extends Writing, E extends BaseEvent>(
  ports: LetterPorts,
  composer: LetterComposer<S, E>,
  stream: StreamId,
  order: LetterOrder,
  read?: Loaded<S>,
): Promise<'sent' | 'sent-before' | 'nobody'> => {
  const loaded = read ?? (await loadCase(ports, composer.kind, stream))
  if (wasSent(loaded.state.letters, order)) return 'sent-before'
  const letterKey = letterKeyOf(ports, stream, order)
  const before = await ports.claims.find(letterKey)
  if (before?.state === 'sent' && (await recordSent(ports, composer, before))) return 'sent'
  const prepared = await prepare(ports, composer, stream, order, loaded, letterKey).catch(
    (error: unknown) => {
      if (error instanceof NobodyLeft) return null
      throw error
    },
  )
  if (prepared === null) {
    // It is put on the case, and a person of the ministry is asked.
    await perform(ports, composer.kind, stream, {
      id: `unreachable/${letterKey}/${todayInCopenhagen(ports.clock.now())}`,
      actor,
      decide: (state, now) => composer.recordUnreachable(state, order.party ?? '', now),
    })
    return 'nobody'
  }
  const { raw, sheet } = prepared
  const claim = await claimAndSend(ports, { letterKey, stream, raw, from: sheet.from, to: sheet.to, sheet })
  const gone = ports.digest(raw) === claim.rawSha256 ? sheet : await readSheet(ports, claim.rawSha256)
  await record(ports, composer, claim, gone ?? sheet)
  return 'sent'
}

/**
 * Settles a letter that the record no longer asks for (a reply has overtaken it): what has gone is recorded all
 * the same. One that was never tried stays unsent; so does one of which no trace has come after an hour.
 * @throws LetterUncertain while it may have gone
 */
export const settleOvertaken = async <S extends Writing, E extends BaseEvent>(
  ports: LetterPorts,
  composer: LetterComposer<S, E>,
  stream: StreamId,
  order: LetterOrder,
  loaded: Loaded<S>,
): Promise<void> => {
  if (wasSent(loaded.state.letters, order)) return
  const claim = await ports.claims.find(letterKeyOf(ports, stream, order))
  if (claim === null) return
  if (claim.state === 'sent') await recordSent(ports, composer, claim)
  else if (mayStillShow(claim, ports.clock.now()))
    throw new LetterUncertain(`letter ${claim.letterKey.slice(0, 12)} is overtaken, and may have gone`)
}

/**
 * Puts a letter that is out on the record, as its archived MIME says it.
 * @returns whether the archive knows what it says; an older version archived the MIME alone
 */
export const recordSent = async <S extends Writing, E extends BaseEvent>(
  ports: RecordPorts & Pick<Ports, 'archive'>,
  composer: LetterComposer<S, E>,
  claim: LetterClaim,
): Promise<boolean> => {
  const sheet = await readSheet(ports, claim.rawSha256)
  if (sheet === null) return false
  await record(ports, composer, claim, sheet)
  return true
}

const prepare = async <S extends Writing, E extends BaseEvent>(
  ports: LetterPorts,
  composer: LetterComposer<S, E>,
  stream: StreamId,
  order: LetterOrder,
  loaded: Loaded<S>,
  letterKey: string,
): Promise<{ readonly raw: Uint8Array; readonly sheet: LetterSheet }> => {
  const { agreement, year } = loaded.state
  if (agreement === null) throw new Error(`${stream} was never begun`)
  const now = ports.clock.now()
  const on = todayInCopenhagen(now)
  const [directory, contacts] = await Promise.all([ports.directory.read(), ports.contacts.of(agreement)])
  const municipality = order.party ?? ''
  const token = ports.tokens.token({ stream, agreement, year, municipality })
  const controlNumber = loaded.hash.slice(0, 12)
  const context = { stream, order, on, now, directory, contacts, token, controlNumber }
  const composed = await composer.compose(loaded.state, context, ports)
  const { keyVersion } = ports.tokens
  await ports.register.putToken(token, { stream, agreement, year, municipality, keyVersion })
  const { replyDomain } = domainsOn(directory, on)
  const from = tokenAddress(token, { municipality, year, domain: replyDomain })
  const rendered = renderLetter(composed.body, { ...composed.frame, token })
  const people = (list: ComposedLetter['to']) =>
    list.map((contact) => ({ name: contact.name, address: contact.email }))
  const { attached, archived } = await attachmentsOf(ports, rendered.attachments)
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
    attachments: attached,
  })
  const addressees = [...composed.to, ...composed.cc]
  return {
    raw,
    sheet: {
      v: 1,
      order,
      from,
      recipients: addressees.map((contact) => contact.id),
      to: addressees.map((contact) => contact.email),
      datedOn: on,
      dueOn: composed.dueOn,
      subject: rendered.subject,
      text: rendered.text,
      ...(archived.length === 0 ? {} : { documents: [...archived] }),
    },
  }
}

const record = async <S extends Writing, E extends BaseEvent>(
  ports: RecordPorts,
  composer: LetterComposer<S, E>,
  claim: LetterClaim,
  sheet: LetterSheet,
): Promise<void> => {
  const { letterKey, stream, messageId, rawSha256 } = claim
  const { v: _version, from: _from, ...said } = sheet
  const letter: SentLetter = {
    ...said,
    letterKey,
    rawSha256,
    messageId: messageId ?? '',
    again: claim.attemptsAt.length > 1,
  }
  if (messageId !== null) await ports.register.putMessageId(messageId, { stream, letterKey })
  await perform(ports, composer.kind, stream, {
    id: `letter/${letterKey}`,
    actor,
    decide: (state) => composer.record(state, letter),
  })
}
