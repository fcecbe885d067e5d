/**
 * What a letter is made of, before it is text or HTML. Both parts are printed from the same blocks, so they have
 * the same words (LETTERS 1.11). A no-break space (U+00A0) inside a text keeps two words on one line; it is
 * printed as an ordinary blank.
 */
export type Block =
  /** The letter's one `h1`. A receipt's first line is its title. */
  | { readonly block: 'title'; readonly text: string }
  | { readonly block: 'heading'; readonly text: string }
  | { readonly block: 'paragraph'; readonly text: string }
  /** Lines that belong together, each wrapped on its own: signature, a rider's paragraphs. */
  | { readonly block: 'lines'; readonly lines: readonly string[] }
  /** A line never wrapped, as it stands: `Sagsnr. ...   Svarnr. ...`. */
  | { readonly block: 'line'; readonly text: string }
  /** `M1 i alt: ____ personer`, alone between blank lines (LETTERS 3.2). */
  | { readonly block: 'key-line'; readonly text: string }
  /** A form's section: its heading, and explanation directly below it. */
  | { readonly block: 'section'; readonly heading: string; readonly texts: readonly string[] }
  | { readonly block: 'numbered'; readonly items: readonly string[] }
  | { readonly block: 'bulleted'; readonly items: readonly string[] }
  /** What was read: a label with its value; `detail` stands on a line of its own when both do not fit. */
  | { readonly block: 'rows'; readonly rows: readonly Row[] }
  | {
      readonly block: 'table'
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  /** One blank line more in the text part; nothing in HTML. */
  | { readonly block: 'gap' }

export interface Row {
  readonly text: string
  readonly detail?: string
}

const noBreak = '\u00A0'

/** Keeps the words of a phrase on one line. */
export const together = (phrase: string): string => phrase.replaceAll(' ', noBreak)

/** The phrase as printed. */
export const printed = (phrase: string): string => phrase.replaceAll(noBreak, ' ')

export const title = (text: string): Block => ({ block: 'title', text })
export const heading = (text: string): Block => ({ block: 'heading', text })
export const paragraph = (text: string): Block => ({ block: 'paragraph', text })
export const keyLine = (text: string): Block => ({ block: 'key-line', text })
export const gap: Block = { block: 'gap' }
