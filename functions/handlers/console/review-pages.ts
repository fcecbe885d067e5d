import type { Contact } from '../../domain/agreement/content.ts'
import { lapsedTargets } from '../../domain/agreement/versions.ts'
import { caseworkerOf, mayBeCaseworkerOf, type Directory } from '../../domain/directory/directory.ts'
import { heldMails } from '../../domain/casefile/mails.ts'
import { agreementStream, reviewStream, type StreamId } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { ReviewPageInput } from '../../web/review/review-page-input.ts'
import { agreementCase, reviewCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import { mailText } from './archived-mail.ts'
import type { ConsolePorts } from './console-ports.ts'
import { nameIn } from './page-frame.ts'

export const reviewPath = (year: number, agreement: string): string => `/reviews/${year}/${agreement}`

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
  const [loaded, contacts, agreed] = await Promise.all([
    loadCase({ streams }, reviewCase, stream),
    ports.contacts.of(agreement),
    loadCase(ports, agreementCase, agreementStream(agreement)),
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
    caseworker: caseworkerOf(directory, state).id,
    caseworkers: directory.people.filter((person) => mayBeCaseworkerOf(person, state)),
    contacts,
    mailTexts: new Map(held.flatMap(([key, text]) => (text === null ? [] : [[key, text] as const]))),
    lapsed: lapsedTargets(agreed.state, year),
    controlNumber: loaded.hash.slice(0, 12),
  }
}
