import { printDate, printWeekdayDate } from '../domain/base/danish.ts'
import { dueOnOf } from '../domain/review/collection.ts'
import { agreementWords } from './agreement-words.ts'
import { gap, paragraph, title, type Block } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import { formBlocks, type PrintedForm } from './form-blocks.ts'
import type { LetterBody } from './letter.ts'
import { missingNow, printedForm } from './review-letter.ts'

export interface CourtesyNoticeData {
  readonly facts: CaseFacts
  readonly dueOn: string
  /** The form with the missing lines alone. */
  readonly form: PrintedForm
}

/** L1b: two weeks before the due date, only when something is missing. */
export const courtesyNotice = ({ facts, dueOn, form }: CourtesyNoticeData): LetterBody => {
  const { language, resultsYear: year } = facts
  const { subject } = agreementWords(facts.kind, language)
  const due = printDate(dueOn, language)
  const weekday = printWeekdayDate(dueOn, language)
  const blocks: readonly Block[] =
    language === 'da'
      ? [
          title(`Indberetning for ${year}: frist om to uger`),
          paragraph(
            `Fristen for indberetningen for ${year} er ${weekday}. Vi mangler fortsat linjerne nedenfor. Har I sendt dem inden for de seneste dage, kan I se bort fra denne mail. Har I brug for mere tid, så svar med linjen »Udsættelse til:« og en dato.`,
          ),
        ]
      : [
          title(`Results for ${year}: due in two weeks`),
          paragraph(
            `The due date for the results for ${year} is ${weekday}. The lines below are still missing. If you have sent them within the last few days, please disregard this mail. If you need more time, reply with the line "Extension until:" and a date.`,
          ),
        ]
  return {
    kind: 'courtesy-notice',
    language,
    subject: {
      own:
        language === 'da'
          ? `${subject}: indberetning for ${year}, frist om to uger, ${due}`
          : `${subject}: results for ${year}, due in two weeks, ${due}`,
    },
    blocks: [...blocks, gap, ...formBlocks(form)],
  }
}

export const courtesyNoticeLetter = declareLetter('courtesy-notice', {
  name: 'Varsel om frist',
  signedBy: 'office-head',
  address: 'you',
  review: {
    compose: (letter) => ({
      body: courtesyNotice({
        facts: letter.facts,
        dueOn: dueOnOf(letter.state, letter.party.municipality),
        form: printedForm(letter, missingNow(letter)),
      }),
    }),
  },
})
