import { html } from 'hono/html'
import { details, nothing, type Markup } from './markup.ts'
import { page, type PageFrame } from './page.ts'
import { isPlain, taskLabels, type Task } from './tasks.ts'
import { moment } from './words.ts'

const item = (task: Task): Markup =>
  html`<li
    data-kind="${task.kind}"
    data-since="${task.since}"
    data-agreement="${task.agreement ?? ''}"
    data-mine="${task.caseworker ?? ''}"
    data-turn="${task.turn[0] ?? ''}"
  >
    <a href="${task.href}">${task.whose}: ${taskLabels[task.kind]}</a><br />
    ${task.what}
    ${task.remarks.length === 0 ? nothing : html`<br /><span>Bemærk: ${task.remarks.join(', ')}</span>`}
    <br /><small>venter siden ${moment(task.since)}</small>
  </li>`

const list = (tasks: readonly Task[], none: string): Markup =>
  tasks.length === 0
    ? html`<p>${none}</p>`
    : html`<ul class="tasks">
        ${tasks.toSorted((a, b) => (a.since < b.since ? -1 : 1)).map(item)}
      </ul>`

/** What waits for the reader: first what is without remarks, then what asks for a closer look. */
export const tasksPage = (frame: PageFrame, tasks: readonly Task[]): Markup => {
  const { reader } = frame
  const mine = tasks.filter(
    (task) =>
      task.caseworker === null || task.caseworker === reader.id || !reader.roles.includes('caseworker'),
  )
  const others = tasks.filter((task) => !mine.includes(task))
  const plain = mine.filter(isPlain)
  const closer = mine.filter((task) => !isPlain(task))
  return page(frame, {
    title: 'Mine opgaver',
    path: '/',
    content: html`<p>
        ${
          mine.length === 0
            ? 'Der er ingen opgaver, der venter på dig.'
            : `${mine.length} venter på din stillingtagen: ${plain.length} uden bemærkninger, ${closer.length} kræver stillingtagen.`
        }
      </p>
      <h2>Uden bemærkninger (${plain.length})</h2>
      ${list(plain, 'Ingen.')}
      <h2>Kræver stillingtagen (${closer.length})</h2>
      ${list(closer, 'Ingen.')}
      ${others.length === 0 ? nothing : details(`Hos kollegerne (${others.length})`, list(others, ''))}`,
  })
}
