import { html } from 'hono/html'
import { printNumber } from '../../domain/base/danish.ts'
import type { MinistryRole } from '../../domain/base/values.ts'
import type { RenegotiationCommand } from '../../domain/renegotiation/commands.ts'
import { decisionForm, type Form, type FormShape } from '../form.ts'
import { caseworkerForm } from '../caseworker-form.ts'
import { heldMailForm } from '../held-mail-form.ts'
import { details, nothing, table, verbatim, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import type { RenegotiationView } from '../views.ts'
import { heldReasonWords, moment, municipalityName } from '../words.ts'

export const renegotiationPath = (view: Pick<RenegotiationView, 'agreement' | 'seq'>): string =>
  `/renegotiations/${view.agreement}/${view.seq}`

/** Which roles are offered a form; the domain decides again. */
const preparing: readonly MinistryRole[] = ['caseworker']
const anybody: readonly MinistryRole[] = ['caseworker', 'approver']
const approving: readonly MinistryRole[] = ['approver']

const shape = (
  view: RenegotiationView,
  command: RenegotiationCommand['do'],
  heading: string,
  about: { readonly tail?: string; readonly hidden?: Readonly<Record<string, string>> } = {},
): FormShape => ({
  action: about.tail === undefined ? command : `${command}/${about.tail}`,
  command,
  to: renegotiationPath(view),
  hidden: about.hidden ?? {},
  heading,
})

const reasonField = (form: Form, hint: string): Markup =>
  form.textArea('reason', { label: 'Begrundelse', hint })

/** A date stays as it is; a number is printed as it is typed in Danish. */
const shown = (value: string): string => (/^\d{4}-/u.test(value) ? value : printNumber(value))

const proposeForm = (frame: PageFrame, view: RenegotiationView): Markup =>
  decisionForm(
    frame,
    shape(view, 'propose', 'Forslag til tillæg'),
    (form) =>
      html`<p>
          Her ændres målværdier. Skal andet ændres, eller lægges kommuner sammen eller deles:
          <a href="${renegotiationPath(view)}/draft">ret udkastet felt for felt</a>.
        </p>
        ${view.targets.map(
          (target) =>
            html`<fieldset>
              <legend class="form-label">Mål ${target.key.slice(1)}: ${target.title}</legend>
              ${target.years.map(({ year, value, suggested }) =>
                form.textInput(`value.${target.key}.${year}`, {
                  label: `Målværdi for ${year}`,
                  hint: `Nu ${shown(value)} ${target.unit}.${suggested === null ? '' : ` Regnet om efter forudsætningen: ${shown(suggested)}.`} Tomt: ændres ikke.`,
                  width: 'input-width-s',
                  required: false,
                }),
              )}
            </fieldset>`,
        )}
        ${form.textInput('effectiveFrom', { label: 'Ikrafttrædelse', type: 'date', width: 'input-width-m' })}
        ${reasonField(form, 'Står i forslaget til kommunen.')}`,
  )

const approvalForms = (frame: PageFrame, view: RenegotiationView, subject: string): Markup =>
  html`${decisionForm(
    frame,
    shape(view, 'approve-proposal', 'Godkend forslaget', { hidden: { subject } }),
    () =>
      html`<p>
        To forskellige personer godkender, ingen af dem den, der har skrevet udkastet, og mindst én af dem
        godkender.
      </p>`,
  )}
  ${decisionForm(frame, shape(view, 'send-proposal-back', 'Send tilbage', { hidden: { subject } }), (form) =>
    reasonField(form, 'Intern.'),
  )}`

const counterForms = (frame: PageFrame, view: RenegotiationView): Markup =>
  html`${view.may.answerCounter.map((counter) =>
    decisionForm(
      frame,
      shape(view, 'answer-counter', `Ændringsforslag fra ${municipalityName(counter.party)}`, {
        tail: counter.mailKey,
        hidden: { mailKey: counter.mailKey },
      }),
      (form) =>
        html`<p>Runde ${counter.round} af højst ${counter.mostRounds}.</p>
          ${table(
            'Ændringsforslaget ved siden af den gældende aftale og ministeriets seneste forslag',
            [
              { title: 'Felt' },
              { title: 'Gælder nu' },
              { title: 'Seneste forslag' },
              { title: 'Kommunens ønske' },
            ],
            counter.differences.map((one) => [
              one.field,
              one.now,
              one.last,
              one.proposed === one.last ? one.proposed : html`<ins class="new">${one.proposed}</ins>`,
            ]),
          )}
          ${verbatim(counter.text, 'Ændringsforslagets tekst')}
          <p>
            <a href="${renegotiationPath(view)}/draft?counter=${counter.mailKey}">Overtag i et nyt udkast</a>,
            hvis andet også skal rettes, eller vælg her:
          </p>
          ${form.radios('decision', {
            label: 'Svar',
            choices: [
              { value: 'yes', label: 'Følges: et nyt udkast dannes' },
              { value: 'no', label: 'Følges ikke: forslaget står ved magt' },
            ],
          })}
          ${reasonField(form, 'Står i svaret til kommunen.')}`,
    ),
  )}`

const answerForms = (frame: PageFrame, view: RenegotiationView): Markup =>
  html`${view.may.markAnswer.map((answer) =>
    decisionForm(
      frame,
      shape(view, 'mark-answer', `Svar fra ${municipalityName(answer.party)}, ${moment(answer.at)}`, {
        tail: answer.mailKey,
        hidden: { mailKey: answer.mailKey },
      }),
      (form) =>
        html`<div data-party="${answer.party}" data-since="${answer.at}"></div>
          ${verbatim(answer.text, 'Svarets tekst')}
          ${form.radios('as', {
            label: 'Hvad er svaret?',
            choices: [
              { value: 'accepted', label: 'Tiltrædes: det underskrevne tillæg er vedhæftet og set' },
              { value: 'declined', label: 'Tiltrædes ikke' },
              { value: 'counter-proposal', label: 'Et ændringsforslag, skrevet i ord' },
              { value: 'comment', label: 'En bemærkning, ikke et svar' },
            ],
          })}`,
    ),
  )}`

const heldForms = (frame: PageFrame, view: RenegotiationView): Markup =>
  html`${view.may.heldMails.map((mail) =>
    heldMailForm(
      frame,
      { to: renegotiationPath(view), command: 'decide-held-answer' },
      {
        ...mail,
        reason: heldReasonWords(mail.reason),
        link: nothing,
        keys: '',
      },
    ),
  )}`

const withdrawalForm = (
  frame: PageFrame,
  view: RenegotiationView,
  command: 'withdraw' | 'record-withdrawal',
): Markup =>
  decisionForm(
    frame,
    shape(
      view,
      command,
      command === 'withdraw' ? 'Træk forslaget tilbage' : 'Kommunen har trukket sit ønske tilbage',
    ),
    (form) =>
      html`<div data-taken-back="${view.may.wishTakenBack ? 'yes' : 'no'}"></div>
        ${reasonField(form, 'Står i brevet til parterne.')}`,
  )

/** The forms that the renegotiation's state and the reader's roles allow. */
export const renegotiationForms = (frame: PageFrame, view: RenegotiationView): Markup => {
  const has = (roles: readonly MinistryRole[]): boolean =>
    roles.some((role) => frame.reader.roles.includes(role))
  const { may, proposal } = view
  return html`${may.approve && proposal !== null && has(anybody) ? approvalForms(frame, view, proposal.subject) : nothing}
  ${has(anybody) ? counterForms(frame, view) : nothing} ${has(anybody) ? heldForms(frame, view) : nothing}
  ${has(preparing) ? answerForms(frame, view) : nothing}
  ${may.propose && has(preparing) ? proposeForm(frame, view) : nothing}
  ${
    !may.recordWithdrawal || !has(anybody)
      ? nothing
      : may.wishTakenBack
        ? withdrawalForm(frame, view, 'record-withdrawal')
        : details(
            'Kommunen har trukket sit ønske tilbage',
            withdrawalForm(frame, view, 'record-withdrawal'),
            frame.refused?.action === 'record-withdrawal',
          )
  }
  ${
    may.withdraw && has(approving)
      ? details(
          'Træk forslaget tilbage',
          withdrawalForm(frame, view, 'withdraw'),
          frame.refused?.action === 'withdraw',
        )
      : nothing
  }
  ${has(anybody) ? caseworkerForm(frame, shape(view, 'take-over-renegotiation', ''), view.caseworkers) : nothing}`
}
