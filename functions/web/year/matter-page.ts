import { html } from 'hono/html'
import type { MinistryRole } from '../../domain/base/values.ts'
import { decisionForm, type Form } from '../form.ts'
import { details, facts, nothing, table, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import type { MatterView } from '../views.ts'
import { day, municipalityNames } from '../words.ts'
import { declineReasons } from '../../domain/renegotiation/slices/question.ts'

const decidingRoles: readonly MinistryRole[] = ['approver']

const decidedWords = { opened: 'åbnet', declined: 'afslået', withdrawn: 'trukket tilbage' } as const

const declineWords: Readonly<Record<(typeof declineReasons)[number], string>> = {
  'share-unaffected': 'målet er en andel, som antallet ikke i sig selv påvirker',
  'within-reach': 'målene kan nås, som de er',
  'not-an-assumption': 'det anførte er ikke en forudsætning i aftalen',
  'too-late': 'aftalen eller året er næsten udløbet',
  other: 'andet, som begrundelsen siger',
}

export const matterPath = (observationId: string): string => `/matters/${encodeURIComponent(observationId)}`

const exceptions = (view: MatterView, form: Form): Markup =>
  html`${view.questions
    .filter((question) => question.decided === null)
    .map(
      (question) =>
        html`<fieldset>
          <legend class="form-label">${municipalityNames(question.municipalities)}</legend>
          ${form.select(`exception.${question.agreement}`, {
            label: 'Undtagelse',
            required: false,
            choices: [
              { value: '', label: 'som afgørelsen ovenfor' },
              { value: 'open', label: 'genforhandling åbnes' },
              { value: 'decline', label: 'genforhandling afslås' },
              { value: 'later', label: 'afgøres ikke nu' },
            ],
          })}
          ${form.textInput(`exception-reason.${question.agreement}`, {
            label: 'Begrundelse for undtagelsen',
            required: false,
          })}
        </fieldset>`,
    )}`

const decideForm = (frame: PageFrame, view: MatterView): Markup =>
  decisionForm(
    frame,
    {
      action: 'decide-matter',
      command: 'decide-matter',
      to: matterPath(view.observationId),
      heading: 'Samlet stillingtagen',
      hidden: { subject: view.subject },
    },
    (form) =>
      html`${form.radios('decision', {
        label: 'Afgørelse for alle uden undtagelse',
        choices: [
          { value: 'open', label: 'Genforhandling åbnes' },
          { value: 'decline', label: 'Genforhandling afslås' },
        ],
      })}
      ${form.select('code', {
        label: 'Et afslag bygger på, at',
        required: false,
        choices: [
          { value: '', label: 'hver aftales mål: andele for sig, andre for sig' },
          ...declineReasons.map((code) => ({ value: code, label: declineWords[code] })),
        ],
      })}
      ${form.textArea('reason', { label: 'Begrundelse', hint: 'Står i brevene til kommunerne.' })}
      ${details('Undtagelser for enkelte aftaler', exceptions(view, form), frame.refused !== null)}`,
  )

/** Questions raised by one observation: one page, one decision with exceptions. */
export const matterPage = (frame: PageFrame, view: MatterView): Markup => {
  const open = view.questions.filter((question) => question.decided === null)
  const may = decidingRoles.some((role) => frame.reader.roles.includes(role))
  return page(frame, {
    title: view.title,
    path: matterPath(view.observationId),
    content: html`${facts([
        ['Kendt', day(view.knownOn)],
        ['Kilde', view.source],
        ['Aftaler', String(view.questions.length)],
        ['Ikke afgjort', String(open.length)],
      ])}
      ${
        open.length > 0 && may
          ? html`<h2>Skal afgøres</h2>
              ${decideForm(frame, view)}`
          : nothing
      }
      <h2>Spørgsmålene</h2>
      ${table(
        'Aftaler, hvor spørgsmålet er rejst',
        [
          { title: 'Aftale' },
          { title: 'Forudsætning' },
          { title: 'Mål' },
          { title: 'Kommunens ønske' },
          { title: 'Status' },
        ],
        view.questions.map((question) => [
          html`<a href="/renegotiations/${question.agreement}/${question.seq}"
            >${municipalityNames(question.municipalities)}</a
          >`,
          question.finding,
          question.targets.map((target) => `${target.key} ${target.title}`).join('; '),
          question.wish,
          question.decided === null ? 'ikke afgjort' : decidedWords[question.decided],
        ]),
      )}`,
  })
}
