import { addWorkingDays, workingDaysFor } from '../domain/base/calendar.ts'
import { printDate, printWeekdayDate } from '../domain/base/danish.ts'
import type { FormField } from '../domain/form/field.ts'
import { factCheckForm } from '../domain/form/form.ts'
import { pagesKey } from '../domain/report/archive-keys.ts'
import { keyLine } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import { fieldLine } from './field-line.ts'
import type { AttachedDocument, LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface FactCheckData {
  readonly facts: CaseFacts
  readonly dueOn: string
  /** `Faktatjek`. */
  readonly fields: readonly FormField[]
  /** The municipality's own pages alone. */
  readonly documents: readonly AttachedDocument[]
}

/** L11: each municipality checks its own pages of the joint report; silence does not block. */
export const factCheck = ({ facts, dueOn, fields, documents }: FactCheckData): LetterBody => {
  const year = facts.resultsYear
  const lines = fields.map((field) => keyLine(fieldLine(field, facts.language)))
  return letterInWords(
    'fact-check',
    facts,
    {
      da: {
        subject: `Samlet afrapportering for ${year}: faktatjek af jeres sider, frist ${printDate(dueOn, 'da')}`,
        title: `Samlet afrapportering for ${year}: faktatjek af jeres sider`,
        body: [
          `Vedhæftet er de sider, der handler om jer. Vi beder jer kontrollere, at tal og navne er rigtige, senest ${printWeekdayDate(dueOn, 'da')}. Skriv OK ud for nøglen, eller skriv rettelserne:`,
          ...lines,
          'Hører vi ikke fra jer, udkommer siderne, som de er, med en bemærkning om, at de ikke er kontrolleret af kommunen.',
        ],
      },
      en: {
        subject: `Joint report for ${year}: fact check of your pages, due ${printDate(dueOn, 'en')}`,
        title: `Joint report for ${year}: fact check of your pages`,
        body: [
          `Attached are the pages about you. Please check that figures and names are right by ${printWeekdayDate(dueOn, 'en')}. Write OK next to the key, or write the corrections:`,
          ...lines,
          'If we do not hear from you, the pages appear as they are, with a remark that they have not been checked by the municipality.',
        ],
      },
    },
    { attachments: { documents }, subjectStart: ({ subject }) => subject },
  )
}

export const factCheckLetter = declareLetter('fact-check', {
  name: 'Faktatjek',
  signedBy: 'office-head',
  address: 'you',
  review: {
    // The report's pages of this agreement go along, as they would be published.
    compose: ({ context, facts, state: { year, agreement } }) => {
      const dueOn = addWorkingDays(context.on, workingDaysFor.factCheck)
      const pages = {
        fileName: `faktatjek-${year}-${agreement ?? ''}.html`,
        archiveKey: pagesKey(year, context.order.about, agreement ?? ''),
      }
      return {
        body: factCheck({ facts, dueOn, fields: factCheckForm(), documents: [pages] }),
        dueOn,
      }
    },
  },
})
