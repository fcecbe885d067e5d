import { html } from 'hono/html'
import { printDate } from '../../domain/base/danish.ts'
import type { CorrectionSheet } from '../../domain/report/correction-sheet.ts'
import { decisionForm } from '../form.ts'
import { details, nothing, table, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { type CorrectedPlace, correctionContent, correctionTitle } from '../report/correction-sheet.ts'

/** The correction sheets (rettelsesblade) of a frozen report as its page shows and decides them. */
export interface CorrectionsView {
  readonly issued: readonly {
    readonly sheet: CorrectionSheet
    readonly issuedOn: string
    readonly files: readonly { readonly name: string; readonly sha256: string }[]
  }[]
  /** Agreements whose pages are wrong, with what reads otherwise now. */
  readonly due: readonly {
    readonly agreement: string
    readonly title: string
    readonly places: readonly CorrectedPlace[]
    readonly seen: string
  }[]
  readonly proposed: { readonly sheet: CorrectionSheet; readonly subject: string } | null
  /** Why the last proposal was sent back. */
  readonly sentBack: string | null
}

const proposalForm = (frame: PageFrame, to: string, due: CorrectionsView['due'][number]): Markup =>
  html`${table(
    `${due.title}: det, rapporten siger, og det, der gælder nu`,
    [{ title: 'Sted' }, { title: 'Rapporten siger' }, { title: 'Nu gælder' }],
    due.places.map(({ place, was, holds }) => [place, was, holds]),
  )}
  ${decisionForm(
    frame,
    {
      action: `propose-correction/${due.agreement}`,
      command: 'propose-correction',
      to,
      heading: `Foreslå rettelsesblad: ${due.title}`,
      hidden: { agreement: due.agreement, subject: due.seen },
    },
    (form) => form.textArea('reason', { label: 'Hvorfor rapporten rettes (trykkes i bladet)' }),
  )}`

const approvalForms = (
  frame: PageFrame,
  to: string,
  proposed: NonNullable<CorrectionsView['proposed']>,
): Markup => {
  const hidden = { subject: proposed.subject }
  return html`${decisionForm(
    frame,
    {
      action: 'issue-correction',
      command: 'issue-correction',
      to,
      heading: 'Godkend rettelsesbladet',
      hidden,
    },
    () =>
      html`<p>
        Bladet arkiveres, vises ved rapporten og sendes til aftalens kommuner. Rapporten ændres ikke.
      </p>`,
  )}
  ${decisionForm(
    frame,
    {
      action: 'send-correction-back',
      command: 'send-correction-back',
      to,
      heading: 'Send rettelsesbladet tilbage',
      hidden,
    },
    (form) => form.textArea('reason', { label: 'Begrundelse' }),
  )}`
}

/** Issued sheets, what waits for approval, and what is to be corrected; nothing where there is none of it. */
export const correctionsSection = (frame: PageFrame, to: string, view: CorrectionsView): Markup => {
  const { issued, due, proposed, sentBack } = view
  if (issued.length === 0 && due.length === 0 && proposed === null) return nothing
  const has = (role: 'caseworker' | 'approver') => frame.reader.roles.includes(role)
  return html`<section id="rettelsesblade" aria-labelledby="titel-rettelsesblade">
    <h2 id="titel-rettelsesblade">Rettelsesblade</h2>
    ${issued.map(
      ({ sheet, issuedOn, files }) =>
        html`<h3>${correctionTitle(sheet)}, udsendt den ${printDate(issuedOn)}</h3>
          <ul>
            ${files.map(
              (file) =>
                html`<li>
                  <a href="${to}/files/${file.name}" download>${file.name}</a>
                  <span class="quiet">SHA-256 ${file.sha256}</span>
                </li>`,
            )}
          </ul>
          ${details('Vis bladet', correctionContent({ sheet, issuedOn }))}`,
    )}
    ${
      proposed === null
        ? nothing
        : html`<h3>${correctionTitle(proposed.sheet)}: forslag, afventer godkendelse</h3>
            ${correctionContent({ sheet: proposed.sheet, issuedOn: null })}
            ${has('approver') ? approvalForms(frame, to, proposed) : nothing}`
    }
    ${sentBack === null ? nothing : html`<p>Sendt tilbage med begrundelsen: »${sentBack}«</p>`}
    ${
      due.length === 0
        ? nothing
        : html`<h3>Skal rettes</h3>
            ${
              proposed === null && has('caseworker')
                ? due.map((one) => proposalForm(frame, to, one))
                : html`<ul>
                    ${due.map((one) => html`<li>${one.title}</li>`)}
                  </ul>`
            }`
    }
  </section>`
}
