import { html } from 'hono/html'
import { isForTyping } from '../../domain/casefile/held-mails.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import { reviewStream } from '../../domain/base/stream-id.ts'
import { erasurePath } from '../erasure/erasure-page.ts'
import { details, nothing, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import { mailPath } from './figures.ts'
import { mailContent, type MailShown } from './mail-page.ts'
import { offered, takesTypedFigures, type ReviewPageInput } from './review-page-input.ts'
import { typedContent, typedForm } from './typed-form.ts'
import { partyOf } from '../../domain/review/slices/figures.ts'

/** Figures are typed in beside what they are typed from, where the mail is the municipality's. */
const typing = (
  frame: PageFrame,
  input: ReviewPageInput,
  mail: MailRecord,
  shown: MailShown | null,
): Markup => {
  const { base, state } = input
  const party = mail.party === null ? null : partyOf(state, mail.party)
  const theirs =
    mail.standing === 'counts' ||
    mail.standing === 'provisional' ||
    (mail.standing === 'held' && isForTyping(mail))
  if (party === null || !theirs || mail.typed !== null || !takesTypedFigures(state)) return nothing
  if (!offered(frame, state)('type-figures')) return nothing
  const files = shown?.files ?? []
  return details(
    'Tast tal ind fra mailen',
    typedForm(frame, base, state, party, { mail, files }),
    files.length > 0 && mail.values.length === 0,
  )
}

/** Where its content is erased, by two persons. */
const erasing = ({ state }: ReviewPageInput, mail: MailRecord): Markup =>
  mail.typed !== null || state.agreement === null || mail.erasure?.erasedAt != null
    ? nothing
    : html`<p>
        <a href="${erasurePath(reviewStream(state.year, state.agreement), mail.mailKey)}"
          >Sletning af mailens indhold</a
        >
      </p>`

/** One mail of a review, or what was typed in, with where everything stood. */
export const reviewMailPage = (
  frame: PageFrame,
  input: ReviewPageInput,
  mail: MailRecord,
  shown: MailShown | null,
): Markup => {
  const { base, state, nameOf } = input
  const path = mailPath(base, mail.mailKey)
  const content =
    mail.typed === null
      ? mailContent(mail, state, shown, path, nameOf)
      : typedContent(mail, state, base, nameOf)
  return page(frame, {
    title: mail.typed === null ? 'Mail' : 'Tal tastet af ministeriet',
    path,
    content: html`${content} ${typing(frame, input, mail, shown)} ${erasing(input, mail)}
      <p><a href="${base}">Tilbage til sagen</a></p>`,
  })
}
