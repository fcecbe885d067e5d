import { html } from 'hono/html'
import type { GridCell, SourceGrid } from '../../domain/casefile/reading.ts'
import { type Markup, facts, nothing, table } from '../markup.ts'
import { cellAnchor, figureAnchor, isHidden } from './figures.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import type { FormField } from '../../domain/form/field.ts'
import { readableFields } from '../../domain/form/form.ts'
import { owedAnswer } from '../../domain/review/owed.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import {
  type NameOf,
  automaticAnswerText,
  exceptedWords,
  heldReasonWords,
  moment,
  standingWords,
} from '../words.ts'
import { erasureStatus } from '../erasure/erasure-words.ts'
import { answerText, provenanceText } from './answer-words.ts'
import { partyName } from './correspondence.ts'

const captionOf = ({ from }: SourceGrid): string => {
  if (from.is === 'table') return 'Tabel i mailen'
  const sheet = from.sheet === '' ? '' : `, ark ${from.sheet}`
  return `${from.filename === '' ? 'Vedhæftet regneark' : from.filename}${sheet}`
}

/** A cell as it stood; one that something was read in is marked with what, and is where links lead. */
const cell = ({ text, keys }: GridCell): Markup => {
  const [first, ...others] = keys
  return first === undefined
    ? html`<td>${text}</td>`
    : html`<td>
        <mark id="${cellAnchor(first)}" data-read="${keys.join(', ')}">${text}</mark
        >${others.map((key) => html`<span id="${cellAnchor(key)}"></span>`)}
        <span class="quiet">← ${keys.join(', ')}</span>
      </td>`
}

const gridTable = (grid: SourceGrid): Markup => {
  const caption = captionOf(grid)
  return html`<h3>${caption}</h3>
    <div class="table--responsive-scroll" tabindex="0" role="region" aria-label="${caption}">
      <table class="table table--compact">
        <caption class="sr-only">
          ${caption}: omkring det, der er aflæst
        </caption>
        <thead>
          <tr>
            <th scope="col">Række</th>
            ${grid.columns.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${grid.rows.map(
            (row) =>
              html`${
                  row.afterGap
                    ? html`<tr>
                        <td colspan="${grid.columns.length + 1}" class="quiet">rækker er udeladt</td>
                      </tr>`
                    : ''
                }
                <tr>
                  <th scope="row">${row.number}</th>
                  ${row.cells.map(cell)}
                </tr>`,
          )}
        </tbody>
      </table>
    </div>`
}

/** The sheets and tables that something was read in, as text around the marked cells. Nothing where there are none. */
const gridSections = (grids: readonly SourceGrid[]): Markup =>
  html`${grids.length === 0 ? '' : html`<h2>Hvor tallene stod</h2>`} ${grids.map(gridTable)}`

/** A mail as it was read: its lines, where each answer stood among them, and what was attached. */
export interface MailShown {
  readonly lines: readonly string[]
  /** Number of the line an answer stood in, by key. */
  readonly places: ReadonlyMap<string, number>
  readonly files: readonly AttachedFile[]
  /** Around each cell that something was read in. */
  readonly grids: readonly SourceGrid[]
}

export interface AttachedFile {
  /** Its place among the mail's attachments, from 0. */
  readonly at: number
  readonly name: string
}

const fieldsOf = (state: ReviewState, party: string | null): readonly FormField[] =>
  state.content === null || party === null
    ? []
    : readableFields(state.content, { year: state.year, municipality: party })

const isInGrid = (shown: MailShown | null, key: string): boolean =>
  (shown?.grids ?? []).some(({ rows }) =>
    rows.some(({ cells }) => cells.some(({ keys }) => keys.includes(key))),
  )

/** An answer's key, under the names that links lead to; its cell's too, where the cell cannot be shown. */
const keyOf = (answer: MailRecord['values'][number], shown: MailShown | null): Markup => {
  const named = html`<span id="${figureAnchor(answer.key)}">${answer.key}</span>`
  const isOfCell = answer.at.part === 'workbook' || answer.at.part === 'table'
  return isOfCell && !isInGrid(shown, answer.key)
    ? html`<span id="${cellAnchor(answer.key)}">${named}</span>`
    : named
}

/** Where it stood: the marked line, or the attachment with sheet and cell. */
const placeOf = (answer: MailRecord['values'][number], shown: MailShown | null): Markup | string => {
  const words = provenanceText(answer.at)
  const inCell = isInGrid(shown, answer.key)
  if (answer.at.part === 'workbook') {
    const { file } = answer.at
    const name = shown?.files.find(({ at }) => at === file)?.name ?? 'vedhæftning'
    return inCell ? html`<a href="#${cellAnchor(answer.key)}">${name}: ${words}</a>` : `${name}: ${words}`
  }
  if (inCell) return html`<a href="#${cellAnchor(answer.key)}">${words}</a>`
  const line = shown?.places.get(answer.key)
  return line === undefined ? words : html`<a href="#linje-${line}">${words}</a>`
}

/** What the contact's OK did not take along. */
const leftOut = (mail: MailRecord, key: string): Markup => {
  const excepted = mail.excepted?.find((one) => one.key === key)
  return excepted === undefined
    ? nothing
    : html` <span class="quiet">(${exceptedWords[excepted.because]})</span>`
}

const readSection = (mail: MailRecord, state: ReviewState, shown: MailShown | null): Markup => {
  if (mail.values.length === 0) return nothing
  const fields = fieldsOf(state, mail.party)
  return html`<h2>Aflæst i mailen</h2>
    ${table(
      'Aflæst i mailen',
      [{ title: 'Nøgle' }, { title: 'Læst som' }, { title: 'Som det stod' }, { title: 'Hvor' }],
      mail.values.map((answer) => [
        keyOf(answer, shown),
        html`${answerText(
          answer.value,
          mail.details?.texts[answer.key] ?? '',
          fields.find(({ key }) => key === answer.key)?.unit ?? '',
        )}${leftOut(mail, answer.key)}`,
        mail.details?.written[answer.key] ?? '(slettet)',
        placeOf(answer, shown),
      ]),
    )}`
}

const textLine = (line: string, number: number, keys: readonly string[] | undefined): Markup => {
  const id = `linje-${number}`
  if (keys === undefined) return html`<span id="${id}">${line}</span>`
  const read = keys.join(', ')
  return html`<mark id="${id}" data-read="${read}">${line}</mark
    ><span class="quiet"> ← linje ${number}: ${read}</span>`
}

/** The text line by line; lines that something was read in are marked with what. */
const textSection = ({ lines, places }: MailShown): Markup => {
  const keysAt = new Map<number, string[]>()
  for (const [key, line] of places) keysAt.set(line, [...(keysAt.get(line) ?? []), key])
  const shown = lines.flatMap((line, at) => [textLine(line, at + 1, keysAt.get(at + 1)), '\n'])
  return html`<h2>Mailens tekst</h2>
    <pre class="verbatim" tabindex="0" role="region" aria-label="Mailens tekst">${shown}</pre>`
}

/**
 * A mail's page: what was read in it and where, then what stands in it as text, never its HTML. Mails set aside,
 * and those that are to be erased, are not shown; a mail that is erased is told of.
 * @param shown null when the mail cannot be read
 */
export const mailContent = (
  mail: MailRecord,
  state: ReviewState,
  shown: MailShown | null,
  path: string,
  nameOf: NameOf,
): Markup => {
  const answer = automaticAnswerText(mail, state.letters, owedAnswer(state, mail))
  return isHidden(mail)
    ? html`<p>
          ${
            mail.erasure === undefined
              ? 'Mailen er lagt til side, fordi den kan indeholde oplysninger om borgere. Den vises ikke.'
              : erasureStatus(mail.erasure, nameOf)
          }
        </p>
        ${facts([
          ['Modtaget', moment(mail.receivedAt)],
          ['Part', partyName(mail.party)],
          ['Status', standingWords[mail.standing]],
          ...(mail.erasure === undefined
            ? []
            : [['Begrundelse', mail.erasure.reason === '' ? '–' : mail.erasure.reason] as const]),
          ['SHA-256', mail.rawSha256],
        ])}`
    : html`${facts([
          ['Fra', mail.details?.from ?? '(slettet)'],
          ['Emne', mail.details?.subject ?? '(slettet)'],
          ['Modtaget', moment(mail.receivedAt)],
          ['Part', partyName(mail.party)],
          ['Status', standingWords[mail.standing]],
          ...(mail.reason === '' ? [] : [['Årsag', heldReasonWords(mail.reason)] as const]),
          ...(answer === null ? [] : [['Automatisk svar', answer] as const]),
          ...(shown === null || shown.files.length === 0
            ? []
            : [['Vedhæftet', shown.files.map(({ name }) => name).join(', ')] as const]),
          ['SHA-256', mail.rawSha256],
        ])}
        <p><a href="${path}/raw" download>Hent mailen, som den blev modtaget (.eml)</a></p>
        ${readSection(mail, state, shown)} ${shown === null ? nothing : gridSections(shown.grids)}
        ${shown === null ? html`<p>Teksten kan ikke vises.</p>` : textSection(shown)}`
}
