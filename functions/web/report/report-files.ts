import { canonicalJson } from '../../domain/judging/canonical.ts'
import type { JointReport } from '../../domain/report/report.ts'
import { agreementPages } from './agreement-pages.ts'
import { reportCsv } from './report-csv.ts'
import { reportPage } from './report-page.ts'

/** Names of the report's files: the value itself, the page and the table. */
export const reportFileNames = (year: number) => ({
  json: `samlet-afrapportering-${year}.json`,
  page: `samlet-afrapportering-${year}.html`,
  csv: `samlet-afrapportering-${year}.csv`,
})

export interface ReportFile {
  readonly name: string
  readonly contentType: string
  readonly text: string
}

/** Every file of a report, made from the value alone: equal reports give equal bytes. */
export const reportFiles = async (report: JointReport): Promise<readonly ReportFile[]> => {
  const names = reportFileNames(report.year)
  return [
    { name: names.json, contentType: 'application/json', text: canonicalJson(report) },
    { name: names.page, contentType: 'text/html; charset=utf-8', text: await reportPage(report) },
    { name: names.csv, contentType: 'text/csv; charset=utf-8', text: reportCsv(report) },
  ]
}

/** Each agreement's own pages, for its fact check. */
export const factCheckFiles = (
  report: JointReport,
): Promise<readonly { readonly agreement: string; readonly text: string }[]> =>
  Promise.all(
    report.agreements.map(async (agreement) => ({
      agreement: agreement.agreement,
      text: await agreementPages(report, agreement),
    })),
  )
