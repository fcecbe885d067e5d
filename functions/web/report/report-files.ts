import { html } from 'hono/html'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import type { JointReport } from '../../domain/report/report.ts'
import { agreementPages, reportPage } from './report-page.ts'
import { reportContent, reportTitle } from './report-content.ts'
import { packContent, packPage, packTitle } from './coordination-pack.ts'
import { reportCsv } from './report-rows.ts'
import { reportIati } from './report-iati.ts'
import { reportWorkbook, type TableWorkbook } from './report-workbook.ts'

/** Names of the report's files: the value itself, the page and its print, the tables, the export. */
export const reportFileNames = (year: number) => ({
  json: `samlet-afrapportering-${year}.json`,
  page: `samlet-afrapportering-${year}.html`,
  print: `samlet-afrapportering-${year}.pdf`,
  workbook: `samlet-afrapportering-${year}.xlsx`,
  csv: `samlet-afrapportering-${year}.csv`,
  iati: `samlet-afrapportering-${year}-iati.xml`,
  /** The paper for the coordination group (følgegruppe), and its print. */
  pack: `foelgegruppe-${year}.html`,
  packPrint: `foelgegruppe-${year}.pdf`,
})

export interface ReportFile {
  readonly name: string
  readonly bytes: () => Promise<Uint8Array>
}

/** A page as it is to be printed. */
export interface PrintedPage {
  readonly title: string
  readonly author: string
  readonly language: 'da-DK' | 'en-GB'
  /** The document's date, printed nowhere: the day its content is of. */
  readonly datedOn: string
  /** The page's content below its first heading, as this layer writes it. */
  readonly markup: string
}

/** Makes what is not text. Equal values give equal bytes. */
export interface ReportFormats {
  /** A PDF that a screen reader can follow. @throws Error when the page holds what print does not know */
  print(page: PrintedPage): Promise<Uint8Array>
  /** A workbook (XLSX) of tables with typed numbers. */
  workbook(workbook: TableWorkbook): Promise<Uint8Array>
}

/** A file of text in UTF-8, made when it is asked for. */
export const textFile = (name: string, text: () => string | Promise<string>): ReportFile => ({
  name,
  bytes: async () => new TextEncoder().encode(await text()),
})

/** The files that the approval rests on: the value, the page that shows it and the table. */
export const compiledFiles = (report: JointReport): readonly ReportFile[] => {
  const names = reportFileNames(report.year)
  return [
    textFile(names.json, () => canonicalJson(report)),
    textFile(names.page, () => reportPage(report)),
    textFile(names.csv, () => reportCsv(report)),
    textFile(names.pack, () => packPage(report)),
  ]
}

/** Every file of a published report, made from the value alone: equal reports give equal bytes. */
export const reportFiles = (report: JointReport, formats: ReportFormats): readonly ReportFile[] => {
  const names = reportFileNames(report.year)
  return [
    ...compiledFiles(report),
    {
      name: names.print,
      bytes: async () =>
        formats.print({
          title: reportTitle(report),
          author: report.ministry,
          language: 'da-DK',
          datedOn: report.method.dataOn,
          markup: (await reportContent(report)).toString(),
        }),
    },
    {
      name: names.packPrint,
      bytes: async () =>
        formats.print({
          title: packTitle(report),
          author: report.ministry,
          language: 'da-DK',
          datedOn: report.method.dataOn,
          markup: (await html`<div>${packContent(report)}</div>`).toString(),
        }),
    },
    {
      name: names.workbook,
      bytes: () => formats.workbook(reportWorkbook(report)),
    },
    textFile(names.iati, () => reportIati(report)),
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
