/** Signs that are not seen: zero-width, bidi controls, BOM, soft hyphen (MAIL 62). */
const unseen = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu
/** What is turned round by the sign for it, to that sign's end or the line's: `431` is shown as 134 (MAIL 213). */
const turned = /\u202E[^\u202C\n\r\u2028\u2029]*/gu
/** All blanks that are not a plain one: no-break, thin, narrow, ideographic. Tab stays: it separates. */
const blanks = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\v\f]/gu

/**
 * Lines longer than this are cut and the list of lines is bounded: no pattern meets an endless one. A paragraph of
 * HTML or of flowed text is one line, and a note may have 4.000 signs.
 */
const maxLineLength = 4100
export const maxLines = 20_000

/** Signs that are themselves in NFC, are seen, and are no blank but the plain one: most mails have no other. */
// oxlint-disable-next-line no-control-regex -- every sign that is kept as it is
const clean = /^[\u0000-\n\r-\u009F\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u20AC]*$/u

/** Shown in another order than they are written: no digit of it can be relied upon. */
export const asTurned = (text: string): string => text.replace(/\d/gu, '\uFFFD')

/** Composed letters, plain blanks, nothing unseen (MAIL 62, 66), no digits of what is turned round. */
export const cleanText = (text: string): string =>
  clean.test(text)
    ? text
    : text.normalize('NFC').replace(turned, asTurned).replace(unseen, '').replace(blanks, ' ')

/** The body's lines, cleaned and bounded; line n of the mail is index n - 1. */
export const splitLines = (text: string): readonly string[] => {
  const bounded = text
    .split(/\r\n|[\n\r\u2028\u2029]/u, maxLines)
    .map((line) => (line.length > maxLineLength ? line.slice(0, maxLineLength) : line))
  return clean.test(text) ? bounded : bounded.map(cleanText)
}

// oxlint-disable-next-line no-control-regex -- control signs are what is removed
const controls = /[\u0000-\u001F\u007F-\u009F]+/gu

/** What they wrote, to be shown or asked back: one line, no links, at most 80 characters (MAIL security 7). */
export const excerpt = (written: string): string => {
  const plain = cleanText(written)
    .replace(controls, ' ')
    .replace(/(?:https?:\/\/|www\.)\S+/giu, '(adresse)')
    .replace(/ {2,}/gu, ' ')
    .trim()
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain
}

/** Text of several lines that is kept: control signs out, at most 4.000 characters (LETTERS 3.3.9). */
export const boundedText = (text: string): string => {
  const kept = text.trim()
  return kept.length > 4000 ? `${kept.slice(0, 3999)}…` : kept
}

const raisedSigns = new Map(
  [...'0123456789abcdefghijklmnoprstuvwxyz'].map((sign, at): [string, string] => [
    sign,
    [...'⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ'][at] ?? '',
  ]),
)

/** A raised or lowered run in signs that are raised themselves: behind a figure it is a footnote's mark. */
export const asRaised = (text: string): string =>
  [...text].map((sign) => raisedSigns.get(sign.toLowerCase()) ?? sign).join('')
