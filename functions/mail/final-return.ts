import { dueDay } from '../domain/base/calendar.ts'
import { printDate, printWeekdayDate } from '../domain/base/danish.ts'
import type { FormField } from '../domain/form/field.ts'
import { finalReturnForm } from '../domain/form/form.ts'
import { accountDueOn, finalReturnMissing } from '../domain/review/final-return.ts'
import { agreementWords, capitalised, type CaseFacts } from './case-facts.ts'
import { declareLetter, toMunicipality } from './declared-letter.ts'
import { fieldLines } from './form-words.ts'
import type { LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface FinalReturnData {
  /** `resultsYear` is the agreement's last. */
  readonly facts: CaseFacts
  readonly expiresOn: string
  readonly returnDueOn: string
  readonly accountDueOn: string
  readonly requestOn: string
  /** `Forbrug i alt`, `Slutregnskab`, `Revisorerklæring`. */
  readonly fields: readonly FormField[]
  /** Set when it was asked for before: only what is missing is asked for again. */
  readonly reminderOf?: { readonly withReturn: boolean } | null
}

/** What is still missing, asked for again with a new date; no money is spoken of. */
const reminder = (data: FinalReturnData, withReturn: boolean): LetterBody => {
  const { facts } = data
  const year = facts.resultsYear
  const lines = fieldLines(data.fields, facts.language)
  const definite = capitalised(agreementWords(facts.kind, facts.language).definite)
  const due = printWeekdayDate(data.accountDueOn, facts.language)
  return letterInWords('final-return', facts, {
    da: {
      subject: `påmindelse om slutindberetning og slutregnskab, frist ${printDate(data.accountDueOn, 'da')}`,
      title: 'Slutindberetning og slutregnskab',
      body: [
        `${definite} udløb den ${printDate(data.expiresOn, 'da')}. Ministeriet har endnu ikke modtaget ${withReturn ? `hele indberetningen for ${year} og ` : ''}det, der står nedenfor, og beder om at få det senest ${due}. Er det sendt inden for de seneste dage, kan kommunen se bort fra denne mail.`,
        ...lines,
      ],
    },
    en: {
      subject: `reminder of the final return and final account, due ${printDate(data.accountDueOn, 'en')}`,
      title: 'Final return and final account',
      body: [
        `${definite} expired on ${printDate(data.expiresOn, 'en')}. The ministry has not yet received ${withReturn ? `the whole return for ${year} and ` : ''}what stands below, and asks for it by ${due}. If it was sent within the last few days, please disregard this mail.`,
        ...lines,
      ],
    },
  })
}

/** L10: the agreement expires; final return and audited final account. */
export const finalReturn = (data: FinalReturnData): LetterBody => {
  if (data.reminderOf != null) return reminder(data, data.reminderOf.withReturn)
  const { facts } = data
  const year = facts.resultsYear
  const definite = capitalised(agreementWords(facts.kind, facts.language).definite)
  const lines = fieldLines(data.fields, facts.language)
  return letterInWords('final-return', facts, {
    da: {
      subject: `udløber ${printDate(data.expiresOn, 'da')}, slutindberetning og slutregnskab`,
      title: `${definite} udløber den ${printDate(data.expiresOn, 'da')}`,
      body: [
        `${definite} udløber den ${printDate(data.expiresOn, 'da')}. Ministeriet beder om slutindberetning for ${year} senest ${printWeekdayDate(data.returnDueOn, 'da')} og om revideret slutregnskab med revisorerklæring senest ${printWeekdayDate(data.accountDueOn, 'da')}. Anmodningen om slutindberetning sendes den ${printDate(data.requestOn, 'da')}.`,
        'Slutregnskab og revisorerklæring sendes som bilag til et svar på denne mail:',
        ...lines,
      ],
    },
    en: {
      subject: `expires ${printDate(data.expiresOn, 'en')}, final return and final account`,
      title: `${definite} expires on ${printDate(data.expiresOn, 'en')}`,
      body: [
        `${definite} expires on ${printDate(data.expiresOn, 'en')}. The ministry asks for the final return for ${year} by ${printWeekdayDate(data.returnDueOn, 'en')} and for the audited final account with the auditor's statement by ${printWeekdayDate(data.accountDueOn, 'en')}. The request for the final return is sent on ${printDate(data.requestOn, 'en')}.`,
        "The final account and the auditor's statement are attached to a reply to this mail:",
        ...lines,
      ],
    },
  })
}

export const finalReturnLetter = declareLetter('final-return', {
  name: 'Slutindberetning',
  ...toMunicipality,
  review: {
    // The reminders ask for what is still missing.
    compose: ({ content, context, state, facts }) => {
      const dueOn = accountDueOn(state.year, context.on)
      const missing = finalReturnMissing(state)
      const first = context.order.seq === 1
      return {
        body: finalReturn({
          facts,
          expiresOn: content.expiresOn,
          returnDueOn: state.dueOn === '' ? dueDay(state.year) : state.dueOn,
          accountDueOn: dueOn,
          requestOn: state.requestOn,
          fields: finalReturnForm().filter(({ key }) => first || missing.includes(key)),
          reminderOf: first ? null : { withReturn: missing.includes('return') },
        }),
        dueOn,
      }
    },
  },
})
