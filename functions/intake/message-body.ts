import { htmlToText, type HtmlText } from './html-text.ts'
import type { ParsedMessage } from './message.ts'
import type { Writer } from './quotation/letter-head.ts'
import { labelLines, type LabelledLine } from './quotation/segments.ts'

/** The bodies of a mail as they are read: whose it is, whether a machine sent it and what it says begin from these. */
export interface MessageBody {
  /** The text part's lines; null when there is no text part. */
  readonly plain: readonly LabelledLine[] | null
  /** What the HTML shows; null when there is no HTML. */
  readonly shown: HtmlText | null
  /** The lines of what the HTML shows. */
  readonly shownLines: readonly LabelledLine[]
  /** The text part's lines, else those of the HTML. */
  readonly lines: readonly LabelledLine[]
}

/** Who a mail says it is from, and on which day. */
export const writerOf = ({ from, date }: ParsedMessage): Writer => ({
  name: from[0]?.name ?? '',
  address: from[0]?.address ?? '',
  on: /^\d{4}-\d{2}-\d{2}/u.exec(date ?? '')?.[0] ?? null,
})

class LazyBody implements MessageBody {
  readonly #message: ParsedMessage
  #plain: readonly LabelledLine[] | undefined
  #shown: HtmlText | undefined
  #shownLines: readonly LabelledLine[] | undefined

  constructor(message: ParsedMessage) {
    this.#message = message
  }

  get plain(): readonly LabelledLine[] | null {
    const { text } = this.#message
    return text === null ? null : (this.#plain ??= labelLines(text, writerOf(this.#message)))
  }

  get shown(): HtmlText | null {
    const { html } = this.#message
    return html === null ? null : (this.#shown ??= htmlToText(html))
  }

  get shownLines(): readonly LabelledLine[] {
    return (this.#shownLines ??= labelLines(this.shown?.body ?? '', writerOf(this.#message)))
  }

  get lines(): readonly LabelledLine[] {
    return this.plain ?? this.shownLines
  }
}

/** The mail in hand, no more: a map of all would keep what the collector could have. */
let latest: { readonly message: ParsedMessage; readonly body: MessageBody } | null = null

/** The bodies of a mail, each read once while the mail is in hand: several steps look at the same mail. */
export const bodyOf = (message: ParsedMessage): MessageBody => {
  if (latest?.message !== message) latest = { message, body: new LazyBody(message) }
  return latest.body
}
