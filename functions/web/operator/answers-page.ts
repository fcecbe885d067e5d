import { html } from 'hono/html'
import {
  answeringCommands,
  type AnsweringChange,
  type AnsweringState,
} from '../../domain/answering/answer-stop.ts'
import type { LetterKind } from '../../domain/casefile/letter-kinds.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { actorText, type NameOf, moment } from '../words.ts'
import { decisionForm } from '../form.ts'
import { alert, badge, facts, nothing, table, type Markup } from '../markup.ts'
import { hasRole, page, type PageFrame } from '../page.ts'
import { letters } from '../../mail/letters.ts'
import { answersPath, executionsPath } from './operator-parts.ts'
import { casePageOf } from '../case-path.ts'

/** What the page of the breaker shows. */
export interface AnswersPageInput {
  readonly state: AnsweringState
  readonly mostAnHour: number
  /** Counted in the hour of now. */
  readonly thisHour: number
  readonly held: readonly { readonly stream: StreamId; readonly kind: LetterKind; readonly at: string }[]
  readonly nameOf: NameOf
}

/** Told on the first page about how the system runs. */
export const answersStoppedAlert = (stoppedAt: string): Markup =>
  alert(
    'error',
    'De automatiske svar er standset',
    html`Siden ${moment(stoppedAt)} sendes ingen kvitteringer og andre svar på mails.
      <a href="${answersPath}">Se, hvad der er holdt tilbage, og send dem igen</a>.`,
  )

const resumeForm = (frame: PageFrame): Markup => {
  const action = 'resume-answers'
  return decisionForm(
    frame,
    { action, command: action, to: answersPath, heading: 'Send svarene igen' },
    (form) =>
      form.textArea('reason', {
        label: 'Hvorfor kan svarene sendes igen?',
        hint: 'Mange svar i én sag tyder på to maskiner, der svarer hinanden: Afvis mailene på sagen først. Et svar, sagen ikke længere skylder, sendes ikke.',
      }),
  )
}

const changeWords = ({ change }: AnsweringChange): string =>
  change.is === 'stopped'
    ? `Standset: flere end ${change.mostAnHour} svar på en time`
    : `Sat i gang igen: ${change.reason}`

const heldTable = (held: AnswersPageInput['held']): Markup =>
  table(
    'Svar, der er holdt tilbage, de ældste først',
    [{ title: 'Sag' }, { title: 'Svar' }, { title: 'Holdt tilbage' }],
    held.map(({ stream, kind, at }) => {
      const path = casePageOf(stream)
      return [path === null ? stream : html`<a href="${path}">${stream}</a>`, letters[kind].name, moment(at)]
    }),
  )

/** The breaker over all answers: how it stands, what is held back, its journal, and the way to let them go on. */
export const answersPage = (frame: PageFrame, input: AnswersPageInput): Markup => {
  const { state, mostAnHour, thisHour, held, nameOf } = input
  const mayResume = hasRole(frame.reader, answeringCommands.rolesFor('resume-answers'))
  return page(frame, {
    title: 'Automatiske svar',
    path: answersPath,
    content: html`<p>
        Kvitteringer, spørgsmål og andre svar på mails sendes med det samme. Skal der sendes flere end
        ${String(mostAnHour)} på en time, standses de alle, til en medarbejder har set på dem. Imens læses
        mails som ellers, intet svar går tabt, og breve, som ministeriet sender af sig selv, går ud som
        planlagt.
      </p>
      ${facts([
        [
          'Status',
          state.stoppedAt === null
            ? badge('sendes', 'success')
            : html`${badge('standset', 'error')} siden ${moment(state.stoppedAt)}`,
        ],
        ['Svar i denne time', `${thisHour} af højst ${mostAnHour}`],
        ['Holdt tilbage', String(held.length)],
      ])}
      ${
        state.stoppedAt === null
          ? nothing
          : mayResume
            ? html`<h2>Afgørelse</h2>
                ${resumeForm(frame)}`
            : html`<p>Svarene sættes i gang igen af en administrator eller en sagsbehandler.</p>`
      }
      <h2>Holdt tilbage</h2>
      ${held.length === 0 ? html`<p>Ingen svar er holdt tilbage.</p>` : heldTable(held)}
      <h2>Journal</h2>
      ${
        state.journal.length === 0
          ? html`<p>Svarene har aldrig været standset.</p>`
          : table(
              'Journal over de automatiske svar, det seneste først',
              [{ title: 'Hvornår' }, { title: 'Hvem' }, { title: 'Hvad' }],
              state.journal
                .toReversed()
                .map((line) => [moment(line.at), actorText(line.actor, nameOf), changeWords(line)]),
            )
      }
      <p><a href="${executionsPath}">Alle forløb</a></p>`,
  })
}
