import type { JointReport, ReportedAgreement } from '../../domain/report/report.ts'
import { reportContent, reportTitle } from './report-content.ts'
import { asText, standalonePage } from './standalone.ts'
import { html } from 'hono/html'
import { printDate } from '../../domain/base/danish.ts'
import { agreementSection } from './agreement-section.ts'

/** The joint report as one web page that stands alone: the file that is published and frozen. */
export const reportPage = (report: JointReport): Promise<string> =>
  asText(
    standalonePage({
      title: reportTitle(report),
      authority: report.ministry,
      content: reportContent(report),
    }),
  )

/** One agreement's own pages alone, as they would be published: what its municipalities check (letter L11). */
export const agreementPages = (report: JointReport, agreement: ReportedAgreement): Promise<string> =>
  asText(
    standalonePage({
      title: `${reportTitle(report)}: siderne om ${agreement.title}`,
      authority: report.ministry,
      content: html`<p>
          Til faktatjek. Siderne står, som de udkommer i rapporten den ${printDate(report.reportingOn)}. Tal,
          der bygger på få personer, er udeladt her af diskretionshensyn; kommunen har dem i sin bedømmelse.
        </p>
        <h2>Aftalen</h2>
        ${agreementSection(agreement, report.year)}`,
    }),
  )
