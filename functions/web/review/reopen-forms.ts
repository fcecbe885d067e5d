import { html } from 'hono/html'
import { printNumber } from '../../domain/base/danish.ts'
import { exact, roundHalfUp } from '../../domain/base/exact.ts'
import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import { lateCorrection, type LateCorrection } from '../../domain/review/late-correction.ts'
import { decisionForm } from '../form.ts'
import { alert, nothing, table, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { day, moment, targetWord } from '../words.ts'
import { mailPath } from './figures.ts'
import type { ReviewPageInput } from './review-page-input.ts'

const points = (text: string | null): string =>
  text === null ? '–' : `${printNumber(roundHalfUp(exact(text), 1))} procentpoint`

/** What the correction comes to, target by target, beside what was assessed. */
const effect = ({ correction, on }: LateCorrection): Markup =>
  html`${table(
    `Rettelsen${on === null ? '' : ` af ${day(on)}`} ved siden af bedømmelsen`,
    [
      { title: 'Mål' },
      { title: 'Bedømt efter reglen' },
      { title: 'Med rettelsen' },
      { title: 'Forskel', right: true },
    ],
    correction.targets.map((target) => [
      targetWord(target.key),
      verdictLabels.da[target.before],
      verdictLabels.da[target.after],
      points(target.points),
    ]),
  )}
  ${
    correction.consequence === 'footnote'
      ? alert(
          'info',
          'Rettelsen er en fodnote',
          'Den ændrer ingen bedømmelse og flytter ingen andel mere end ét procentpoint. Sagen genoptages ikke; den samlede afrapportering nævner rettelsen.',
        )
      : nothing
  }`

/** The mail that raised the question of reopening, a link away; an observation is no mail. */
const raisedBy = ({ base, state }: ReviewPageInput): Markup => {
  const mail = state.mails.find(({ mailKey }) => mailKey === state.reopen?.mailKey)
  return mail === undefined
    ? nothing
    : html`<p>
        <a href="${mailPath(base, mail.mailKey)}">Mailen, der rejste spørgsmålet</a>, modtaget
        ${moment(mail.receivedAt)}
      </p>`
}

/** The question of reopening: what the correction changes, and the decision. */
export const reopenForms = (frame: PageFrame, input: ReviewPageInput): Markup => {
  const late = lateCorrection(input.state)
  const commands =
    late?.correction.consequence === 'footnote'
      ? (['leave-closed'] as const)
      : (['reopen', 'leave-closed'] as const)
  return html`${raisedBy(input)} ${late === null ? nothing : effect(late)}
  ${commands.map((command) =>
    decisionForm(
      frame,
      {
        action: command,
        command,
        to: input.base,
        heading: command === 'reopen' ? 'Genoptag sagen' : 'Lad bedømmelsen stå',
      },
      (form) => form.textArea('reason', { label: 'Begrundelse' }),
    ),
  )}`
}
