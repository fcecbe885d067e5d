import type { Wish } from '../../domain/casefile/reading.ts'
import { cleanText } from '../clean-text.ts'
import { sentencesIn } from '../words/sentences.ts'

const newContact =
  /\b(?:(?:ny|anden) (?:kontakt(?:person)?|stedfortræder)(?!\s+(?:til|med)(?![\p{L}]))(?![\p{L}])|ikke længere (?:\S+ ){0,3}(?:kontakt(?:person)?|ansat)(?![\p{L}])|(?:skriv|send|henvend jer|henvend dig|kontakt) (?:\S+ ){0,4}(?:fremover|fremadrettet|i stedet)(?![\p{L}])|fremover (?:\S+ ){0,4}(?:kontakt(?:person)?|skrive? til|sendes? til)(?![\p{L}])|overtager? (?:\S+ ){0,4}(?:opgaven|indberetningen|sagen|kontrakten|efter mig|fra mig|for mig)(?![\p{L}])|new contact(?: person)?\b(?! (?:to|with)\b)|no longer (?:\S+ ){0,3}contact\b|(?:write|send|turn) (?:\S+ ){0,6}(?:from now on|in future|instead)\b|(?:takes?|taken|taking) over (?:\S+ ){0,4}(?:from me|the case|the reporting|the task)\b)/iu
const none =
  /\b(?:ingen|ikke (?:en|nogen|brug for en|behov for en)|stadig|fortsat(?! ikke)|no|not a|still)\s+(?:\S+\s+)?$/iu

/** How much of what they wrote a person is shown. */
const longest = 300

/**
 * A wish for another contact in free text: never acted on, a person looks who it is. The sentence is kept with the
 * one after it, in which the name often stands.
 */
export const contactInText = (text: string): Wish | null => {
  const sentences = sentencesIn(cleanText(text).replaceAll(/\s+/gu, ' '))
  for (const [at, sentence] of sentences.entries()) {
    const match = newContact.exec(sentence)
    if (match === null || none.test(sentence.slice(0, match.index))) continue
    // "May we send them on Friday instead?" asks for time, not for somebody else.
    if (/(?:^|\s)(?:may|can|could|might|må|kan) (?:we|i|vi|jeg)\s$/iu.test(sentence.slice(0, match.index)))
      continue
    const written = [sentence, sentences[at + 1] ?? ''].join(' ').trim().slice(0, longest)
    const role = /\b(?:stedfortræder|deputy)/iu.test(sentence) ? 'deputy' : 'contact'
    return { wish: 'new-contact', role, written, inWords: true }
  }
  return null
}
