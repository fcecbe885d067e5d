import type { Doubt, Wish } from '../../domain/casefile/reading.ts'
import { excerpt } from '../clean-text.ts'
import { comingDate, findDate, weekdayDiffers, type WrittenDate } from '../value/dates.ts'
import { phraseFinder, wordsIn, type Word } from '../words/phrases.ts'
import { sentencesIn } from '../words/sentences.ts'

/** Answering, in people's words. */
const answeringDa =
  'svare|besvare|sende|indsende|levere|aflevere|indberette|melde tilbage|vende tilbage|oplyse|give|have|få|nå|udfylde|færdiggøre|opgøre'
const answersDa = 'svarer|sender|indsender|indberetter|afleverer|leverer|vender|venter'
const answeringEn =
  'answer|reply|respond|send|deliver|report|submit|return|provide|give|have|get back|finish|complete|meet|make'
const figuresDa = 'tallene|svaret|opgørelsen|resten|indberetningen'

/**
 * How people ask for more time: by its name, by moving the due date, by saying when they can answer first, by asking
 * to answer later, by asking us not to remind them.
 */
const asks = phraseFinder([
  ['udsættelse|fristforlængelse|fristudsættelse|udskydelse|mere tid|længere tid|længere frist|ekstra tid|yderligere tid|ny frist|nye frist|senere frist|forlænget frist|henstand'],
  ['en uge|et par|to|tre|#', 1, 'uge mere|uger mere|uges mere|ugers mere|dag mere|dage mere|dages mere|dage ekstra|uge ekstra|uger ekstra|uger til at|dage til at'],
  ['en uge mere|ekstra uge|par ekstra dage|yderligere dage|ekstra dage|yderligere en uge'],
  ['forlænge|forlænget|udskyde|udskudt|udsætte|udsat|rykke|rykket|flytte|flyttet|skubbe|skubbet', 3, 'frist|fristen|fristens|afleveringsfristen|svarfristen|indberetningsfristen'],
  ['få|fået|at', 1, 'fristen|svarfristen', 1, 'forlænget|udskudt|udsat|rykket|flyttet|skubbet'],
  ['kan|kunne|må|skal', 1, 'fristen|frist|svarfristen|afleveringsfristen', 3, 'forlænges|udskydes|udsættes|rykkes|flyttes|skubbes'],
  ['fristen|svarfristen', 1, 'bedes|ønskes|skal', 1, 'forlænges|udskydes|udsættes|rykkes|flyttes|forlænget|udskudt|udsat|rykket|flyttet'],
  ['kan', 3, 'først|tidligst', 4, answeringDa],
  ['får|modtager|har', 2, 'først|tidligst', 2, 'tallene'],
  [answersDa, 3, 'først|tidligst'],
  ['kan', 3, 'ikke', 4, answeringDa, 4, 'før|inden|førend'],
  ['når|kommer', 3, 'ikke', 4, 'før|inden|fristen|førend'],
  ['kan|når|kommer', 3, 'ikke', 3, 'fristen|svarfristen'],
  ['fristen|svarfristen', 4, 'kan|når', 2, 'ikke', 2, 'overholde|overholdes|nå|nås|holde|holdes'],
  ['fristen|svarfristen', 2, 'er', 1, 'for kort|ikke realistisk|urealistisk|svær at'],
  ['må|kan|kunne', 0, 'vi|jeg', 1, 'få', 0, 'til|indtil'],
  ['bede|beder|bedt', 1, 'jer|dig', 1, 'vente|udsætte|udskyde'],
  ['bær|bære|bærer', 0, 'over', 2, 'til|indtil'],
  [`${figuresDa}|svaret|vi`, 1, 'må|bliver nødt til at', 1, 'vente', 3, 'til|indtil'],
  ['er|bliver', 2, 'bagud|bagefter', 3, `sender|svarer|${figuresDa}`],
  ['det|den', 0, 'når', 0, 'vi|jeg', 1, 'ikke'],
  ['muligt|mulighed', 1, 'at', 1, answeringDa, 4, 'i stedet|senere|næste uge|næste måned|efter'],
  ['det|tallene|svaret|indberetningen', 1, 'bliver|kommer', 2, 'først|tidligst', 0, 'efter|i|til|om|på|den'],
  [`${figuresDa}|vi`, 1, 'er|bliver', 2, 'forsinket|forsinkede|forsinkede med'],
  ['afhængig*|afventer|venter', 2, 'tal|tallene|data', 5, 'kan', 3, 'først|ikke'],
  [figuresDa, 1, 'er|bliver|foreligger|kommer|ligger', 2, 'først|tidligst'],
  ['foreligger|er klar', 2, 'først|tidligst'],
  ['må|kan|kunne', 0, 'vi|jeg', 3, `vente|${answeringDa}`, 8, 'i stedet|senere|efter fristen'],
  ['må|kan|kunne', 0, 'vi|jeg', 1, 'vente', 4, 'til|med'],
  ['ok|okay|orden|fint|muligt', 0, 'hvis|at|om', 0, 'vi|jeg', 2, answersDa],
  ['vent|venter|vente|undlad|undlade|hold', 4, 'rykke|rykker|rykkere|rykkeren|påminde|påmindelse|påmindelsen|påmindelser|minde'],
  ['giv|giver|give', 0, 'os', 3, 'til|indtil'],
  ['extension|more time|extra time|extra days|extra week|extra weeks|later deadline|later due date|new deadline|new due date|longer deadline'],
  ['a|one|two|three|few|couple|of|#', 1, 'more day|more days|more week|more weeks|extra day|extra days|extra week|extra weeks|additional days|additional weeks'],
  ['extend|extended|postpone|postponed|move|moved|push|pushed|shift|shifted|defer|deferred', 4, 'deadline|due date'],
  ['deadline|due date', 3, 'extended|postponed|moved|pushed|shifted|deferred'],
  ['can|could', 2, 'only|first|earliest', 4, answeringEn],
  ['will only', 1, answeringEn],
  ["cannot|can't|can not|won't|will not|unable to|not able to", 4, answeringEn, 5, 'before|until|till|by|deadline|due date'],
  ['may|can|could|might', 0, 'we|i', 2, `wait|${answeringEn}`, 8, 'instead|later|until|after the deadline'],
  ['not|hardly', 2, 'ready|available|finished|done', 1, 'before|until|till'],
  ['wait|hold off|refrain|hold', 4, 'remind|reminding|reminder|reminders|chasing'],
  ['give us|need', 2, 'until|till'],
  ['bear with us', 2, 'until|till'],
  ['would it be', 1, 'ok|okay|fine|possible|alright', 2, answeringEn],
  ['would like|prefer|ask|hope', 1, 'to', 1, answeringEn, 8, 'instead|later|after the deadline'],
  ["we are|we're|will be|running|figures are|numbers are", 2, 'late|delayed|behind schedule'],
]) // prettier-ignore

const announcedDa = 'tallene|tal|svaret|opgørelsen|resten|indberetningen|oplysningerne'

/** How people announce their figures without asking; with a time to come it is a wish like the others. */
const announces = phraseFinder([
  [announcedDa, 2, 'kommer|følger|eftersendes|sendes|fremsendes|leveres|indsendes'],
  ['sender|fremsender|eftersender|indsender|leverer|afleverer', 4, announcedDa],
  ['får|modtager', 2, announcedDa],
  ['figures|numbers|results|rest|answer', 2, 'will', 1, 'follow|come|be sent|be ready|arrive'],
  ["will|we'll", 2, 'send|submit|forward|provide', 4, 'figures|numbers|results|rest|answer'],
]) // prettier-ignore

/** How people announce that they answer at all, as a machine that acknowledges a mail does too (MAIL 294). */
const announcesAnswer = phraseFinder([
  ['svar', 1, 'følger|kommer|sendes'],
  ['sender|fremsender|eftersender|indsender|leverer|afleverer', 1, 'dem|det|svar'],
  ['sender|svarer|vender tilbage', 0, 'derefter|herefter|bagefter|efterfølgende'],
  ['vender|vende', 0, 'tilbage', 3, 'tal|tallene|svar|svaret|den|d|uge|inden|senest|medio|ultimo|efter|om|næste|senere'],
  ['kan|skal', 1, 'forvente|regne med', 2, `svar|${announcedDa}`],
  ['forventer|regner med|håber|satser på', 1, 'at', 1, answeringDa],
  ["will|we'll|shall", 2, 'send|submit|forward|provide', 1, 'them|it'],
  ["will|we'll|shall", 2, 'get back|come back|revert|answer|reply|respond'],
  ['expect|hope|aim|plan|expecting|hoping|aiming|planning', 0, 'to', 1, answeringEn],
  ['expect|expecting', 2, 'figures|numbers|results|rest|answer'],
]) // prettier-ignore

const later = phraseFinder([
  ['næste|kommende', 0, 'uge|måned'],
  ['senere|snarest|hurtigst muligt'],
  ['om', 0, 'en|et par|to|tre|#', 0, 'uge|uger|dage'],
  ['uge|week', 0, '#'],
  ['medio|ultimo|primo|midten af|slutningen af|starten af|begyndelsen af|mid|end of|beginning of', 0, 'januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|january|february|march|may|june|july|october|month|måneden|next'],
  ['efter|after', 1, 'påske|påsken|påskeferien|vinterferien|vinterferie|ferien|sommerferien|weekenden|easter|holidays|holiday|weekend'],
  ['next', 0, 'week|month'],
  ['later|as soon as possible'],
  ['in', 0, 'a|two|three|#', 0, 'week|weeks|days'],
]) // prettier-ignore

/** No sentence that asks is longer. */
const longestSentence = 600

const noNeed =
  /(?<!\p{L})(?:ikke (?:brug|behov) for|behøver ikke|uden|no need (?:for|of)|do(?:es)? not need|don't need|fik|har fået|tak for|thank you for|thanks for|har allerede|trækker)(?!\p{L})[^.?!]{0,40}$/iu

/** A sentence as far as it is looked at, and its words. */
interface Said {
  readonly sentence: string
  readonly words: readonly Word[]
}

const saidIn = (sentence: string): Said => {
  const bounded = sentence.slice(0, longestSentence)
  return { sentence: bounded, words: wordsIn(bounded) }
}

/** "Først" that is no "not before". */
const firstOfAll = /først (?=og fremmest|nu(?!\p{L}))/giu

/** Where a sentence asks for more time; null when it does not. */
const askingIn = ({ sentence, words }: Said): number | null => {
  const plain = sentence.replace(firstOfAll, '      ')
  const at = asks(plain === sentence ? words : wordsIn(plain))
  return at.some((index) => noNeed.test(sentence.slice(0, index))) ? null : (at[0] ?? null)
}

/** Where a sentence announces figures or an answer for a time to come; null when it does not: they may be with it. */
const announcingIn = (
  { sentence, words }: Said,
  receivedOn: string,
  finders: readonly (typeof announces)[],
): number | null => {
  const at = finders.flatMap((find) => find(words))[0]
  if (
    at === undefined ||
    /(?<!\p{L})(?:hermed|kommer fra|vedhæftet|vedlagt|attached|herewith)(?!\p{L})/iu.test(sentence)
  )
    return null
  const dates = datesIn(sentence).map((date) => comingDate(date, receivedOn))
  const isToCome = dates.length === 1 && dates.every((date) => date !== null && date > receivedOn)
  return isToCome || later(words).length > 0 ? at : null
}

/** The dates of a text, in order. */
const datesIn = (text: string): readonly WrittenDate[] => {
  const found: WrittenDate[] = []
  let rest = text
  for (let date = findDate(rest); date !== null && found.length < 6; date = findDate(rest)) {
    found.push({ ...date, index: text.length - rest.length + date.index })
    rest = date.rest
  }
  return found
}

/** A date that is the due date itself: "fristen den 2. marts", and no new one. */
const ofDueDate =
  /(?<!(?:nye?|senere|new|later) )(?:frist|fristen|svarfristen|deadline|due date)(?: (?:er|på|of|on|is))?,? $/iu

/** The dates of a text that may be asked for. */
const datesAskable = (text: string): readonly WrittenDate[] =>
  datesIn(text).filter(({ index }) => !ofDueDate.test(text.slice(Math.max(0, index - 40), index)))

/**
 * The date asked for: behind the words that ask, else before them. The due date that cannot be kept is none. Of several it is the one that "til" or "until"
 * stands before; where that does not tell either, it is asked.
 */
const dateAsked = (sentence: string, at: number): WrittenDate | null => {
  const behind = datesAskable(sentence.slice(at))
  if (behind.length === 0) {
    const before = datesAskable(sentence)
    return before.length === 1 ? (before[0] ?? null) : null
  }
  if (behind.length === 1) return behind[0] ?? null
  const until = behind.filter(({ index }) =>
    /(?<!\p{L})(?:til|indtil|until|till|to|by|senest|den nye frist)\s?(?:(?:og )?med )?$/iu.test(
      sentence.slice(at, at + index),
    ),
  )
  return until.length === 1 ? (until[0] ?? null) : null
}

/**
 * A request for more time in free text (MAIL 121). It stops the reminders at once; a caseworker confirms the
 * reading and decides. The date is the nearest to come; a weekday that disagrees is asked.
 */
export const extensionInText = (
  text: string,
  receivedOn: string,
): { readonly wish: Wish; readonly doubt: Doubt | null } | null => {
  for (const sentence of sentencesIn(text)) {
    const said = saidIn(sentence)
    const at = askingIn(said) ?? announcingIn(said, receivedOn, [announces, announcesAnswer])
    if (at === null) continue
    const date = dateAsked(sentence, at)
    const coming = date === null ? null : comingDate(date, receivedOn)
    // What has passed is no date to wait for.
    const on = coming !== null && coming >= receivedOn ? coming : null
    const differs = date !== null && on !== null && weekdayDiffers(date, on)
    const wish: Wish = {
      wish: 'extension',
      until: differs ? null : on,
      written: excerpt(sentence),
      byKey: false,
    }
    const doubt: Doubt | null = differs
      ? {
          kind: 'weekday-differs',
          key: 'Udsættelse til',
          written: excerpt(date.written),
          details: { date: on },
          at: null,
        }
      : null
    return { wish, doubt }
  }
  return null
}

/** Whether a text asks for more time or announces figures, as only people do: a machine promises an answer at most. */
export const asksForTime = (text: string): boolean =>
  sentencesIn(text).some((sentence) => {
    const said = saidIn(sentence)
    return askingIn(said) !== null || announcingIn(said, '2000-01-01', [announces]) !== null
  })
