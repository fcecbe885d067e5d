import { type Assumption, inYear } from '../domain/agreement/content.ts'
import { addWorkingDays, workingDaysFor } from '../domain/base/calendar.ts'
import { joinWords, printDate, printNumber, printWeekdayDate, unitIn } from '../domain/base/danish.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import { owedLetters } from '../domain/renegotiation/owed.ts'
import { agreementWords, contractOf, uncapitalised, type CaseFacts } from './case-facts.ts'
import {
  answerToMunicipality,
  asClause,
  declareLetter,
  toMunicipality,
  type RenegotiationLetter,
} from './declared-letter.ts'
import { answerTo, mailOf, type Answering, type LetterBody, type LetterDraft } from './letter.ts'
import { letterInWords } from './wording.ts'
import { clause } from './phrases.ts'

/** An assumption with the value that raised the question. */
export interface ChangedAssumption {
  readonly assumption: Assumption
  readonly value: string
}

const keyNumbers = (keys: readonly string[], language: Language): string =>
  joinWords(
    keys.map((key) => key.replace(/^\D+/, '')),
    language,
  )

const changeWords = ({ assumption, value }: ChangedAssumption, facts: CaseFacts): string => {
  const { language } = facts
  const danish = language === 'da'
  const title = uncapitalised(inYear(danish ? assumption.title : assumption.titleEn, facts.resultsYear))
  const { reference, unit } = assumption
  const derived = reference.derived ? (danish ? ', afledt' : ', derived') : ''
  const [is, was] = [printNumber(value, language), printNumber(reference.value, language)]
  const on = printDate(reference.on, language)
  return danish
    ? `${title} er fastsat til ${is} ${unit} mod en referenceværdi på ${was} (${on}${derived})`
    : `${title} is set at ${is} ${unitIn(unit, 'en')} against a reference value of ${was} (${on}${derived})`
}

export interface RenegotiationOpenedData {
  readonly facts: CaseFacts
  readonly changes: readonly ChangedAssumption[]
  /** Targets to be adapted. */
  readonly targets: readonly string[]
  /** First results' year that is negotiated; earlier assessments are untouched. */
  readonly fromYear: number
}

/** L8a: the ministry takes up negotiations, on the agreement's own clause and never on a statute. */
export const renegotiationOpened = (data: RenegotiationOpenedData): LetterBody => {
  const { facts, changes, targets, fromYear } = data
  const { genitive } = agreementWords(facts.kind, facts.language)
  const assumptions = changes.map((change) => change.assumption.key)
  const words = joinWords(
    changes.map((change) => changeWords(change, facts)),
    facts.language,
  )
  const goals = { da: keyNumbers(targets, 'da'), en: keyNumbers(targets, 'en') }
  return letterInWords('renegotiation-opened', facts, {
    da: {
      title: `Genforhandling af mål ${goals.da}`,
      body: [
        `Ministeriet kan konstatere, at forudsætning ${keyNumbers(assumptions, 'da')} i ${contractOf(facts)} har ændret sig væsentligt, jf. ${genitive} ${facts.clauses.renegotiation}, idet ${words}. Ministeriet finder på den baggrund anledning til at optage forhandlinger om en tilpasning af mål ${goals.da} for ${fromYear} og senere. Bedømmelsen af ${facts.resultsYear} berøres ikke.`,
      ],
    },
    en: {
      title: `Renegotiation of target ${goals.en}`,
      body: [
        `The ministry finds that assumption ${keyNumbers(assumptions, 'en')} of ${contractOf(facts)} has changed substantially, cf. ${genitive} ${facts.clauses.renegotiation.replace(/^pkt\./, 'clause')}, since ${words}. On this ground the ministry takes up negotiations on adapting target ${goals.en} for ${fromYear} and later. The assessment of ${facts.resultsYear} is not affected.`,
      ],
    },
  })
}

/**
 * L8b: no renegotiation.
 * @param reason what was laid weight on: a clause in the recipient's language
 */
export const renegotiationDeclined = (facts: CaseFacts, reason: string): LetterBody => {
  const why = clause(reason)
  return letterInWords('renegotiation-declined', facts, {
    da: {
      title: 'Ikke grundlag for genforhandling',
      body: [
        `Ministeriet finder ikke, at de anførte forhold udgør en sådan ændring af forudsætningerne i ${contractOf(facts, 'end')}, at der er grundlag for genforhandling. Der er lagt vægt på, at ${why}.`,
      ],
    },
    en: {
      title: 'No ground for renegotiation',
      body: [
        `The ministry does not find that the circumstances stated are such a change of the assumptions of ${contractOf(facts)} that there is ground for renegotiation. Weight was laid on this: ${why}.`,
      ],
    },
  })
}

interface RenegotiationWishReceivedData extends Answering {
  readonly assumptions: readonly string[]
  readonly answerBy: string
}

/** The municipality's own wish is received; the answer follows. */
export const renegotiationWishReceived = (data: RenegotiationWishReceivedData): LetterBody => {
  const { facts, assumptions, answerBy } = data
  const why = {
    da: assumptions.length === 0 ? '' : ` på grund af forudsætning ${keyNumbers(assumptions, 'da')}`,
    en: assumptions.length === 0 ? '' : ` because of assumption ${keyNumbers(assumptions, 'en')}`,
  }
  return letterInWords('renegotiation-wish-received', facts, {
    da: {
      title: `Ministeriet har modtaget kommunens ønske om genforhandling${why.da}.`,
      body: [`Kommunen får svar senest ${printWeekdayDate(answerBy, 'da')}.`],
    },
    en: {
      title: `The ministry has received the municipality's wish to renegotiate${why.en}.`,
      body: [`The municipality gets an answer by ${printWeekdayDate(answerBy, 'en')}.`],
    },
    answers: data.theirSubject,
  })
}

export interface RenegotiationTakenUpData {
  readonly facts: CaseFacts
  /** Whose initiative it is. */
  readonly on: 'wish' | 'ministry'
  readonly targets: readonly string[]
  readonly fromYear: number
}

/** L8a where no observed value stands behind it: the municipality's own wish, or the ministry's initiative. */
export const renegotiationTakenUp = (data: RenegotiationTakenUpData): LetterBody => {
  const { facts, targets, fromYear } = data
  const goals = { da: keyNumbers(targets, 'da'), en: keyNumbers(targets, 'en') }
  const { genitive } = agreementWords(facts.kind, facts.language)
  const cited = {
    da: `jf. ${genitive} ${facts.clauses.renegotiation}`,
    en: `cf. ${genitive} ${facts.clauses.renegotiation.replace(/^pkt\./, 'clause')}`,
  }
  const why =
    data.on === 'wish'
      ? {
          da: 'Ministeriet har modtaget kommunens ønske om genforhandling',
          en: "The ministry has received the municipality's wish to renegotiate",
        }
      : {
          da: 'Ministeriet har gennemgået forudsætningerne',
          en: 'The ministry has gone through the assumptions',
        }
  return letterInWords('renegotiation-opened', facts, {
    da: {
      title: `Genforhandling af mål ${goals.da}`,
      body: [
        `${why.da} og finder på den baggrund anledning til at optage forhandlinger om en tilpasning af mål ${goals.da} i ${contractOf(facts)} for ${fromYear} og senere, ${cited.da}. Bedømmelsen af ${facts.resultsYear} berøres ikke.`,
      ],
    },
    en: {
      title: `Renegotiation of target ${goals.en}`,
      body: [
        `${why.en} and on this ground takes up negotiations on adapting target ${goals.en} of ${contractOf(facts)} for ${fromYear} and later, ${cited.en}. The assessment of ${facts.resultsYear} is not affected.`,
      ],
    },
  })
}

const composeOpened = ({ facts, state, content }: RenegotiationLetter): LetterDraft => {
  const changes = state.grounds
    .flatMap((ground) => ground.changes)
    .flatMap((change): readonly ChangedAssumption[] => {
      const assumption = content.assumptions.find(({ key }) => key === change.assumption)
      return assumption === undefined ? [] : [{ assumption, value: change.value }]
    })
  const about = { facts, targets: state.opened?.targets ?? [], fromYear: state.year + 1 }
  const wished = state.grounds.some(({ cause }) => cause === 'municipality-wish')
  return {
    body:
      changes.length > 0
        ? renegotiationOpened({ ...about, changes })
        : renegotiationTakenUp({ ...about, on: wished ? 'wish' : 'ministry' }),
  }
}

export const renegotiationOpenedLetter = declareLetter('renegotiation-opened', {
  name: 'Genforhandling indledt',
  ...toMunicipality,
  renegotiation: { compose: composeOpened },
})

export const renegotiationDeclinedLetter = declareLetter('renegotiation-declined', {
  name: 'Genforhandling afslået',
  ...toMunicipality,
  renegotiation: {
    compose: ({ facts, state }) => ({
      body: renegotiationDeclined(facts, asClause(state.declined?.text ?? '')),
    }),
  },
})

export const wishReceivedLetter = declareLetter('renegotiation-wish-received', {
  name: 'Kvittering for ønske om genforhandling',
  ...answerToMunicipality,
  renegotiation: {
    owed: [owedLetters],
    compose: ({ facts, state, review, context }) => {
      // A wish is a mail in the year's review.
      const answers = mailOf({ state: { mails: [...state.mails, ...review.mails] }, context })
      const ground = state.grounds.find(({ triggerId }) => triggerId === answers.mailKey)
      return answerTo(answers, facts, (about) =>
        renegotiationWishReceived({
          ...about,
          assumptions: ground?.assumptionKeys ?? [],
          answerBy: addWorkingDays(todayInCopenhagen(answers.receivedAt), workingDaysFor.wish),
        }),
      )
    },
  },
})
