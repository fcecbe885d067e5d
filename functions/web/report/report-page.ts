import type { JointReport } from '../../domain/report/report.ts'
import { reportContent, reportTitle } from './report-content.ts'
import { asText, standalonePage } from './standalone.ts'

/** The joint report as one web page that stands alone: the file that is published and frozen. */
export const reportPage = (report: JointReport): Promise<string> =>
  asText(
    standalonePage({
      title: reportTitle(report),
      authority: report.ministry,
      content: reportContent(report),
    }),
  )
