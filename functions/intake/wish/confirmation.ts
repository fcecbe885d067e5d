import type { LabelledLine } from '../quotation/segments.ts'
import { isGreeting } from '../words/free-text.ts'

const okWord = /^(?:ok|okay|bekræftet|confirmed)(?![\p{L}\p{N}])[\s.,:;!–-]*/iu
/** What may follow OK without taking it back. */
const agreeing =
  /^(?:$|(?:fra|til|tak|mvh|vh|kh|hilsen|(?:med )?venlig|de (?:bedste )?hilsner|herfra|ja\b|godkendt|bekræftet|vi bekræfter|jeg bekræfter|tallene (?:er|passer)|tal er|det (?:er (?:rigtigt|korrekt)|passer|ser rigtigt)|alt (?:er (?:rigtigt|korrekt)|passer)|all (?:is )?correct|thanks|thank you|with (?:these|the following)|med (?:disse|følgende|denne|rettelse)))/iu
const reserving = /^(?:men|dog|undtagen|bortset|but|except|however)(?![\p{L}])/iu

/**
 * `OK` as the first word of the new text (LETTERS 3.1), a greeting line before it left out. `OK, men ...` without a key is asked, and so is anything
 * after OK that we do not know to agree; in a signature or a quotation it is nothing (MAIL 124).
 */
export const readConfirmation = (
  lines: readonly LabelledLine[],
  corrects: boolean,
): { readonly confirms: boolean; readonly butLine: LabelledLine | null } => {
  const words = lines.filter(({ segment, text }) => segment === 'new' && text.trim() !== '')
  const own = isGreeting(words[0]?.text.trim() ?? '') ? words.slice(1) : words
  const [first, second] = own
  const match = first === undefined ? null : okWord.exec(first.text.trim())
  if (first === undefined || match === null) return { confirms: false, butLine: null }
  const rest = first.text.trim().slice(match[0].length)
  const reserved =
    reserving.test(rest) || (rest === '' && second !== undefined && reserving.test(second.text.trim()))
  if (corrects) return { confirms: true, butLine: null }
  if (
    reserved ||
    /\?/u.test(first.text.slice(0, 12)) ||
    (!agreeing.test(rest) && rest.split(/\s+/u).length > 3)
  )
    return { confirms: false, butLine: first }
  return { confirms: true, butLine: null }
}
