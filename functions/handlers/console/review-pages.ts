import type { Contact } from '../../domain/agreement/content.ts'
import { caseworkerOf, type Directory } from '../../domain/directory.ts'
import { heldMails, type MailRecord } from '../../domain/casework/mails.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { reviewStream, type StreamId } from '../../domain/stream-id.ts'
import type { AgreementId } from '../../domain/values.ts'
import { lineOf, mailTextOf } from '../../intake/mail-text.ts'
import { MessageUnreadable, type ParsedMessage } from '../../intake/message.ts'
import type { MailShown } from '../../web/review/mail-page.ts'
import type { ReviewPageInput } from '../../web/review/review-page-input.ts'
import { reviewCase } from '../cases/review-case.ts'
import { loadCase } from '../record/perform.ts'
import type { ConsolePorts } from './console-ports.ts'
import { nameIn } from './page-frame.ts'

export const reviewPath = (year: number, agreement: string): string => `/reviews/${year}/${agreement}`

/** Where a mail lies as it was received. */
export const mailArchiveKey = (sha256: string): string => `mail/${sha256}`
export const letterArchiveKey = (sha256: string): string => `letters/${sha256}`

const archivedMail = async (
  ports: Pick<ConsolePorts, 'archive' | 'mime'>,
  sha256: string,
): Promise<ParsedMessage | null> => {
  const raw = await ports.archive.get(mailArchiveKey(sha256))
  if (raw === null) return null
  return ports.mime.parse(raw).catch((error: unknown) => {
    if (error instanceof MessageUnreadable) return null
    throw error
  })
}

/** A mail's words, from the archive; null when there are none or it cannot be read. */
export const mailText = async (
  ports: Pick<ConsolePorts, 'archive' | 'mime'>,
  sha256: string,
): Promise<string | null> => {
  const message = await archivedMail(ports, sha256)
  return message === null ? null : (mailTextOf(message, [])?.lines.join('\n') ?? null)
}

/** A mail as it was read, with each answer's line; null when it cannot be read. */
export const mailShown = async (
  ports: Pick<ConsolePorts, 'archive' | 'mime'>,
  mail: MailRecord,
): Promise<MailShown | null> => {
  const message = await archivedMail(ports, mail.rawSha256)
  if (message === null) return null
  const read = mail.values.map(({ key, at }) => ({
    key,
    line: at.part === 'text' ? at.line : null,
    row: at.part === 'table' ? at.row : null,
    written: mail.details?.written[key] ?? '',
  }))
  const text = mailTextOf(message, read)
  const places = new Map<string, number>()
  for (const one of read) {
    const line = text === null ? null : lineOf(text, one)
    if (line !== null && line <= (text?.lines.length ?? 0)) places.set(one.key, line)
  }
  const files = message.attachments.flatMap(({ inline, filename, mimeType }, at) =>
    inline ? [] : [{ at, name: filename === '' ? mimeType : filename }],
  )
  return { lines: text?.lines ?? [], places, files }
}

export const caseworkerOfReview = (directory: Directory, state: ReviewState): string =>
  caseworkerOf(
    directory,
    state.agreement ?? '',
    state.parties.map((party) => party.municipality),
  ).id

/** A review with every commit, for its page; null when there is none of that name. */
export const loadReviewPage = async (
  ports: ConsolePorts,
  directory: Directory,
  year: number,
  agreement: AgreementId,
): Promise<
  (ReviewPageInput & { readonly stream: StreamId; readonly contacts: readonly Contact[] }) | null
> => {
  const stream = reviewStream(year, agreement)
  const commits = await ports.streams.load(stream)
  if (commits.length === 0) return null
  const streams = { ...ports.streams, load: () => Promise.resolve(commits) }
  const [loaded, contacts] = await Promise.all([
    loadCase({ streams }, reviewCase, stream),
    ports.contacts.of(agreement),
  ])
  const { state } = loaded
  const held = await Promise.all(
    heldMails(state.mails).map(
      async (mail) => [mail.mailKey, await mailText(ports, mail.rawSha256)] as const,
    ),
  )
  return {
    stream,
    base: reviewPath(year, agreement),
    state,
    commits: commits.map(({ meta, events }) => ({ meta, events: events.map(reviewCase.read) })),
    nameOf: nameIn(directory),
    caseworker: caseworkerOfReview(directory, state),
    contacts,
    mailTexts: new Map(held.flatMap(([key, text]) => (text === null ? [] : [[key, text] as const]))),
    controlNumber: loaded.hash.slice(0, 12),
  }
}
