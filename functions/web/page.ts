import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { withoutDirectionMarks } from '../domain/base/text.ts'
import type { MinistryRole } from '../domain/base/values.ts'
import { inboxPath } from './inbox/inbox-view.ts'
import { alert, nothing, type Markup } from './markup.ts'
import { executionsPath, maySeeExecutions } from './operator/operator-parts.ts'
import { roleWords } from './words.ts'

/** Who reads the page. */
export interface Reader {
  readonly id: string
  readonly name: string
  readonly roles: readonly MinistryRole[]
  /** Municipalities whose cases the person may not decide (inhabilitet). */
  readonly barredFrom: readonly string[]
}

export const hasRole = (reader: Pick<Reader, 'roles'>, roles: readonly MinistryRole[]): boolean =>
  roles.some((role) => reader.roles.includes(role))

/** Mails and letters are theirs who work with the case or check it. */
export const readersOf = {
  mail: ['caseworker', 'approver', 'head-of-department', 'auditor'],
  letter: ['caseworker', 'approver', 'head-of-department', 'auditor'],
} as const satisfies Readonly<Record<'mail' | 'letter', readonly MinistryRole[]>>

/** May the reader have what stands in mails or letters of these municipalities' cases? Who is barred from one may not. */
export const mayRead = (
  reader: Pick<Reader, 'roles' | 'barredFrom'>,
  kind: keyof typeof readersOf,
  municipalities: readonly string[],
): boolean =>
  hasRole(reader, readersOf[kind]) && !municipalities.some((code) => reader.barredFrom.includes(code))

/** What stands where the reader may not have the words themselves. */
export const notForYou = 'vises ikke for dig'

/** What every page stands on. */
export interface PageFrame {
  readonly reader: Reader
  /** Bound to the session; every form carries it. */
  readonly csrf: string
  /** Fresh for this page; each form makes its own command id of it. */
  readonly nonce: string
  /** Years with a run, the latest first. */
  readonly years: readonly number[]
  /** The ministry's name today. */
  readonly authority: string
  /** Danish calendar date of business time. */
  readonly today: string
  readonly links: { readonly accessibility: string; readonly privacy: string }
  /** What was just done, told once at the top. */
  readonly done: string | null
  /** Why a decision was refused, and what was filled in. */
  readonly refused: RefusedForm | null
}

export interface RefusedForm {
  /** The form's `data-action`. */
  readonly action: string
  readonly message: string
  readonly filled: Readonly<Record<string, readonly string[]>>
}

/** One's own sessions. */
export const sessionsPath = '/sessions'

const menu = (frame: PageFrame): readonly { readonly href: string; readonly text: string }[] => {
  const [year] = frame.years
  return [
    { href: '/', text: 'Mine opgaver' },
    { href: inboxPath, text: 'Mail uden sag' },
    ...(year === undefined
      ? []
      : [
          { href: `/runs/${year}`, text: `Året ${year}` },
          { href: `/runs/${year}/preparation`, text: 'Forberedelse' },
          { href: `/reports/${year}`, text: 'Samlet afrapportering' },
        ]),
    ...(maySeeExecutions(frame.reader) ? [{ href: executionsPath, text: 'Drift' }] : []),
  ]
}

const head = (title: string): Markup =>
  html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${title} – Årshjul</title>
    <link rel="icon" href="/assets/img/svg-icons/calendar-month.svg" />
    <link rel="stylesheet" href="/assets/css/dkfds.min.css" />
    <link rel="stylesheet" href="/assets/console.css" />
  </head>`

const header = (frame: PageFrame, path: string): Markup =>
  html`<header class="header">
    <div class="portal-info">
      <div class="portal-info-inner container">
        <div class="portal-user">
          <p class="user">
            ${frame.reader.name}, ${frame.reader.roles.map((role) => roleWords[role]).join(', ')}
          </p>
          <a href="${sessionsPath}" class="function-link d-print-none">Dine sessioner</a>
          <form method="post" action="/logout">
            <input type="hidden" name="csrf" value="${frame.csrf}" />
            <button class="function-link d-print-none log-off">Log af</button>
          </form>
        </div>
      </div>
    </div>
    <div class="solution-info">
      <div class="solution-info-inner container">
        <div class="solution-heading"><a href="/" aria-label="Årshjul, til mine opgaver">Årshjul</a></div>
        <div class="additional-info">
          <p><strong class="authority-name">${frame.authority}</strong></p>
        </div>
      </div>
    </div>
    <div class="navigation-menu">
      <div class="navigation-menu-inner container">
        <nav class="nav" aria-label="Hovedmenu">
          <ul class="mainmenu">
            ${menu(frame).map(
              ({ href, text }) =>
                html`<li class="${href === path ? 'active current' : ''}">
                  <a href="${href}" class="nav-link" ${href === path ? html`aria-current="page"` : ''}
                    ><span>${text}</span></a
                  >
                </li>`,
            )}
          </ul>
        </nav>
      </div>
    </div>
  </header>`

const footer = (links: PageFrame['links']): Markup =>
  html`<footer>
    <div class="footer">
      <div class="container">
        <ul class="align-text-left unstyled-list inline-list">
          <li><a href="${links.accessibility}" class="function-link">Tilgængelighedserklæring</a></li>
          <li><a href="${links.privacy}" class="function-link">Privatlivspolitik</a></li>
        </ul>
      </div>
    </div>
  </footer>`

/** Whatever a page shows of mails, names and files, no sign in it turns its direction: said once, for all pages. */
const shell = async (
  title: string,
  top: Markup,
  main: Markup,
  links: PageFrame['links'],
): Promise<HtmlEscapedString> =>
  raw(withoutDirectionMarks((await document(title, top, main, links)).toString()))

const document = (title: string, top: Markup, main: Markup, links: PageFrame['links']): Markup =>
  html`<!doctype html>
    <html lang="da">
      ${head(title)}
      <body>
        <a class="skipnav" href="#main-content">Gå til sidens indhold</a>
        ${top}
        <main class="container page-container" id="main-content" tabindex="-1">
          <h1>${title}</h1>
          ${main}
        </main>
        ${footer(links)}
      </body>
    </html>`

/**
 * A page of the console in Det Fælles Designsystem; readable and usable without JavaScript.
 * @param path the page's own address, for the menu
 */
export const page = (frame: PageFrame, options: { title: string; path: string; content: Markup }): Markup => {
  const { done, refused } = frame
  const told = html`${done === null ? nothing : alert('success', 'Gemt', done)}
  ${refused === null ? nothing : alert('error', 'Det kunne ikke gemmes', refused.message)}`
  return shell(options.title, header(frame, options.path), html`${told}${options.content}`, frame.links)
}

/** A page for somebody who is not logged in, or who cannot be told more. */
export const plainPage = (
  options: { readonly title: string; readonly content: Markup },
  links: PageFrame['links'],
): Markup =>
  shell(
    options.title,
    html`<header class="header">
      <div class="solution-info">
        <div class="solution-info-inner container">
          <div class="solution-heading"><a href="/" aria-label="Årshjul, til forsiden">Årshjul</a></div>
        </div>
      </div>
    </header>`,
    options.content,
    links,
  )
