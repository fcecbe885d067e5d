import { html } from 'hono/html'
import type { JointReport } from '../../domain/report/report.ts'
import type { MinistryRole } from '../../domain/base/values.ts'
import { decisionForm } from '../form.ts'
import { facts, nothing, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import { resultPath } from '../review/figures.ts'
import { reportContent, reportTitle } from '../report/report-content.ts'
import { moment } from '../words.ts'
import { experiencesPath } from './experiences-view.ts'
import { correctionsSection, type CorrectionsView } from './correction-forms.ts'

const approvingRoles: readonly MinistryRole[] = ['approver']

export interface ReportConsolePage {
  readonly report: JointReport
  /** In Danish. */
  readonly status: string
  readonly compiledAt: string
  readonly subject: string
  readonly awaitsApproval: boolean
  readonly files: readonly { readonly name: string; readonly sha256: string | null }[]
  /** Beside the frozen report, whose files stay as they are. */
  readonly corrections: CorrectionsView
}

export const reportPath = (year: number): string => `/reports/${year}`

const approvalForms = (frame: PageFrame, input: ReportConsolePage): Markup => {
  const to = reportPath(input.report.year)
  const hidden = { subject: input.subject }
  return html`<h2>Godkendelse</h2>
    ${decisionForm(
      frame,
      {
        action: 'approve-report',
        command: 'approve-report',
        to,
        heading: 'Godkend rapporten',
        hidden,
      },
      () =>
        html`<p>
          Den godkendte rapport fryses på rapporteringsdatoen; derefter rettes den kun ved rettelsesblad.
        </p>`,
    )}
    ${decisionForm(
      frame,
      {
        action: 'send-report-back',
        command: 'send-report-back',
        to,
        heading: 'Send tilbage',
        hidden,
      },
      (form) => form.textArea('reason', { label: 'Begrundelse' }),
    )}`
}

/** The joint report as it would be published, its files, and the approval. */
export const reportConsolePage = (frame: PageFrame, input: ReportConsolePage): Markup => {
  const may = approvingRoles.some((role) => frame.reader.roles.includes(role))
  const base = reportPath(input.report.year)
  return page(frame, {
    title: reportTitle(input.report),
    path: base,
    content: html`${facts([
        ['Status', input.status],
        ['Dannet', moment(input.compiledAt)],
        ['Kontrolsum', input.subject.slice(0, 12)],
      ])}
      <p><a href="${experiencesPath(input.report.year)}">Erfaringer fra ${input.report.year}</a></p>
      <h2>Filer</h2>
      <ul>
        ${input.files.map(
          (file) =>
            html`<li>
              <a href="${base}/files/${file.name}" download>${file.name}</a>
              ${file.sha256 === null ? nothing : html`<span class="quiet">SHA-256 ${file.sha256}</span>`}
            </li>`,
        )}
      </ul>
      ${correctionsSection(frame, base, input.corrections)}
      ${input.awaitsApproval && may ? approvalForms(frame, input) : nothing}
      ${reportContent(input.report, (agreement, target, municipality) => resultPath(input.report.year, agreement, target, municipality))}`,
  })
}
