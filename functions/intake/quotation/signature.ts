const closingLine =
  /^(?:-- ?$|(?:med )?(?:de )?(?:venlig|venlige|bedste|mange|kærlig|vennlig|vänlig|kind|best) (?:hilsen|hilsner|hilsning|hälsning|hälsningar|regards)\b|mvh\b|vh\b|kh\b|hilsen\b|hilsner\b|regards\b|mit freundlichen grüßen)/iu
/** What a telephone or a mail program puts below by itself: one line, whatever is written under it. */
const deviceLine =
  /^(?:sendt (?:fra|via|med) (?:min|mit|en|outlook|mail|yahoo|gmail|proton|samsung|iphone|ipad|android|blackberry)\b|sent (?:from|via|with) (?:my|an?|outlook|mail|yahoo|gmail|proton|samsung|iphone|ipad|android|blackberry)\b|skickat från (?:min|outlook)\b|von meinem .{1,30} gesendet|gesendet von |hämta outlook|skaff deg outlook|hent outlook til|få outlook til|get outlook for)/iu
/** What is written after the closing words is the sender's again. */
const postscript =
  /^(?:p\.?\s?(?:s|p\.?s)\b|ps[.:]|n\.?b\.?[.:!]|nb \S|obs[.:! ]|(?:bemærk|rettelse|note|please note|correction|btw)[:,]|efterskrift\b|tilføjelse\b)/iu
/** A sentence that says a figure of a key: no signature does. */
const saysFigure =
  /^(?=.*(?<![\p{L}\p{N}])(?:M|FS|H)\d{1,2}(?![\p{L}\p{N}])).{0,200}(?<!\p{L})(?:er|blev|bliver|var|skal|rettes|ændres|is|was|should|becomes)(?!\p{L}).{0,60}\d/u

/** Lines of a signature that look like keys. */
const contactLine =
  /^(?:tlf|tel|telefon|mobil|phone|mobile|direkte|e-?mail|mail|cvr|ean|www|web|adresse|fax)\b\.?\s?:?\s*[+\d(@\p{L}]|^(?:m|t|e|d|dir)\.?\s?:/iu

/** Whether a line opens the closing words and the signature. */
export const isSignatureStart = (line: string): boolean => {
  const text = line.trimEnd()
  return text.length <= 60 && (closingLine.test(text) || deviceLine.test(text))
}

const ruler = /^(?:[_=*-]{5,}|-- ?)$/u

/** What an organisation sets below every mail. */
const disclaimer =
  /^(?:denne (?:e-?mail|mail|besked|meddelelse)\b.{0,80}(?:fortrolig|tiltænkt|kun til|kun for)|this (?:e-?mail|message)\b.{0,80}(?:confidential|intended)|(?:tænk på|skån) miljøet|(?:please )?(?:consider|think of|think about) the environment|(?:vi behandler|læs (?:mere )?om).{0,60}(?:personoplysninger|privatliv))/iu

const nameWords = (text: string): readonly string[] =>
  text
    .replaceAll(/\([^()]*\)/gu, ' ')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? []

/** Whether a line is the signer's name, or a part of it, initials too: `Mette`, `M. Prøve`, `Prøve, Mette`. */
const isNameOf = (line: string, signer: string): boolean => {
  const [words, names] = [nameWords(line), nameWords(signer)]
  return (
    words.length > 0 &&
    words.length <= 5 &&
    !/\d/u.test(line) &&
    words.some((word) => word.length > 2 && names.includes(word)) &&
    words.every(
      (word) => names.includes(word) || (word.length === 1 && names.some((name) => name.startsWith(word))),
    )
  )
}

/**
 * Whether a text above this line has ended: their own name stands in it, a telephone, what their organisation sets
 * below, or the ruler above a list's footer, though no closing words do (MAIL 257).
 */
export const endsWords = (line: string, signer: string): boolean => {
  const text = line.trim().toLowerCase()
  if (disclaimer.test(text)) return true
  if (text.length > 60) return false
  const name = signer.trim().toLowerCase()
  const isName = isNameOf(text, signer) || (name !== '' && text.startsWith(`${name},`))
  return isName || ruler.test(text) || (contactLine.test(text) && /\d|@/u.test(text))
}

/** Below a telephone's line stands a name or a number, or what the sender wrote there: a sentence, or something under a key. */
const isWritten = (text: string): boolean =>
  text.split(/\s+/u, 5).length >= 5 ||
  /[.?!]$/u.test(text) ||
  /^[\p{L}][\p{L}\d ]{0,30}\s?[:=]\s*\S/u.test(text)

/** Where the signature begins and ends, line by line of the sender's own words. */
export class SignatureReader {
  #in: 'none' | 'closing' | 'device' = 'none'

  /** Whether the line belongs to a signature. */
  next(text: string): boolean {
    const isShort = text.length <= 60
    if (isShort && closingLine.test(text)) this.#in = 'closing'
    else if (isShort && deviceLine.test(text)) this.#in = 'device'
    else if (
      postscript.test(text) ||
      (/\d/u.test(text) && saysFigure.test(text)) ||
      (this.#in === 'device' && !contactLine.test(text) && isWritten(text))
    )
      this.#in = 'none'
    return this.#in !== 'none'
  }

  end(): void {
    this.#in = 'none'
  }
}
