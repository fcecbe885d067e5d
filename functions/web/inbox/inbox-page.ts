import { html } from 'hono/html'
import { details, nothing, table, type Markup } from '../markup.ts'
import { mayRead, notForYou, page, type PageFrame } from '../page.ts'
import { moment } from '../words.ts'
import { inboxPath, type InboxLine } from './inbox-view.ts'

const link = (frame: PageFrame, line: InboxLine): Markup => {
  const from = line.from === '' ? 'ukendt afsender' : line.from
  return html`<a href="${line.href}">${moment(line.receivedAt)}</a><br /><span class="weight-normal"
      >${isFor(frame, line) ? from : notForYou}</span
    >`
}

const isFor = ({ reader }: PageFrame, { municipalities }: InboxLine): boolean =>
  mayRead(reader, 'mail', municipalities)

const mails = (
  frame: PageFrame,
  { caption, last }: { readonly caption: string; readonly last: string },
  lines: readonly InboxLine[],
): Markup =>
  table(
    caption,
    [{ title: 'Modtaget, fra' }, { title: 'Emne' }, { title: 'Tilbageholdt, fordi' }, { title: last }],
    lines.map((line) => [
      link(frame, line),
      !isFor(frame, line) ? notForYou : line.subject === '' ? '(intet emne)' : line.subject,
      line.reason,
      line.decided ??
        (line.homes.length === 0
          ? 'ingen kendt sag'
          : html`${line.homes.map((home) => html`<div>${home}</div>`)}`),
    ]),
  )

/** Mail that names none of our requests, or several: what waits for a person, and what was decided. */
export const inboxPage = (frame: PageFrame, lines: readonly InboxLine[]): Markup => {
  const waiting = lines.filter((line) => line.decided === null)
  const decided = lines.filter((line) => line.decided !== null)
  return page(frame, {
    title: 'Mail uden sag',
    path: inboxPath,
    content: html`<p>
        Mail, der ikke kunne henføres til én sag. Ingen af de sager, den kan høre til, rykkes eller bedømmes,
        før den er afgjort.
      </p>
      <h2>Venter på afgørelse (${waiting.length})</h2>
      ${
        waiting.length === 0
          ? html`<p>Ingen.</p>`
          : mails(
              frame,
              { caption: 'Mail, der venter på afgørelse, den ældste først', last: 'Kan høre til' },
              waiting,
            )
      }
      ${
        decided.length === 0
          ? nothing
          : details(
              `Afgjort (${decided.length})`,
              mails(
                frame,
                { caption: 'Afgjort mail, den seneste først', last: 'Afgørelse' },
                decided.toReversed(),
              ),
            )
      }`,
  })
}
