import { cleanText } from './clean-text.ts'
import type { ParsedMessage } from './message.ts'
import { bodyOf } from './message-body.ts'
import type { SheetRows } from './sheet.ts'

/** What a mail itself says it is about, beside its token. */
export interface CaseSigns {
  /** Results' years of forms and workbooks inside: »Indberetning for 2014, resultatkontrakt«. */
  readonly formYears: readonly number[]
  /** Case numbers of ours in subject, form and workbook: `2015-0479`. */
  readonly caseNumbers: readonly string[]
}

const formTitle =
  /\b(?:Indberetning|Return) (?:for|af resultater for) (20\d{2}),\s*(?:resultatkontrakt|partnerskab|performance contract|partnership)/giu
const caseNumber = /\b(?:Sagsnr|Case no)\.?\s*:?\s*(20\d{2}-\d{4})(?!\d)/giu

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)]

/** Reads the signs from subject, text, HTML and workbooks. */
export const caseSigns = (message: ParsedMessage, workbook: readonly SheetRows[] = []): CaseSigns => {
  const heads = workbook.flatMap(({ rows }) => rows.slice(0, 3).flatMap((row) => row.map(({ text }) => text)))
  const hidden = workbook.flatMap(
    ({ identity }) => /(?:^|[\s"])(20\d\d)(?=[\s"]|$)/u.exec(identity ?? '')?.[1] ?? [],
  )
  const body = bodyOf(message).lines.map(({ text: line }) => line)
  const text = [cleanText(message.subject), ...body, ...heads].join('\n')
  return {
    formYears: distinct(
      [...text.matchAll(formTitle)].map((match) => Number(match[1])).concat(hidden.map(Number)),
    ),
    caseNumbers: distinct([...text.matchAll(caseNumber)].flatMap((match) => match[1] ?? [])),
  }
}

/**
 * Whether a mail contradicts the request its token names: a form or a workbook for another year (MAIL 128), or
 * the case number of another agreement of theirs (MAIL 131; any other number is their own). Such a mail is held
 * and fills neither.
 */
export const contradiction = (
  signs: CaseSigns,
  request: {
    readonly year: number
    readonly caseNumber: string
    readonly otherCaseNumbers: readonly string[]
  },
):
  | { readonly kind: 'other-year'; readonly year: number }
  | { readonly kind: 'other-case'; readonly caseNumber: string }
  | null => {
  const other = signs.caseNumbers.find((number) => request.otherCaseNumbers.includes(number))
  if (other !== undefined) return { kind: 'other-case', caseNumber: other }
  const year = signs.formYears.find((found) => found !== request.year)
  return year === undefined || signs.formYears.includes(request.year) ? null : { kind: 'other-year', year }
}
