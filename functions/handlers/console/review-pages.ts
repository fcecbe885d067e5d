import { caseworkerOf, type Directory } from '../../domain/directory.ts'
import { heldMails } from '../../domain/casework/mails.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { reviewStream, type StreamId } from '../../domain/stream-id.ts'
import type { AgreementId } from '../../domain/values.ts'
import { MessageUnreadable } from '../../intake/message.ts'
import type { ReviewPageInput } from '../../web/review/review-page-input.ts'
import { reviewCase } from '../cases/review-case.ts'
import { loadCase } from '../record/perform.ts'
import type { ConsolePorts } from './console-ports.ts'
import { nameIn } from './page-frame.ts'

export const reviewPath = (year: number, agreement: string): string => `/reviews/${year}/${agreement}`

/** Where a mail lies as it was received. */
export const mailArchiveKey = (sha256: string): string => `mail/${sha256}`
export const letterArchiveKey = (sha256: string): string => `letters/${sha256}`

/** A mail's text part, from the archive; null when there is none or it cannot be read. */
export const mailText = async (
  ports: Pick<ConsolePorts, 'archive' | 'mime'>,
  sha256: string,
): Promise<string | null> => {
  const raw = await ports.archive.get(mailArchiveKey(sha256))
  if (raw === null) return null
  const parsed = await ports.mime.parse(raw).catch((error: unknown) => {
    if (error instanceof MessageUnreadable) return null
    throw error
  })
  return parsed?.text ?? null
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
): Promise<(ReviewPageInput & { readonly stream: StreamId }) | null> => {
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
