import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** A sample person who can log in locally. */
export interface SamplePerson {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly ('sagsbehandler' | 'godkender' | 'administrator' | 'revisor')[]
}

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** A page of the local login, in the plain style of the local mailboxes. */
export const loginLayout = (title: string, content: Markup): Markup =>
  html`<!doctype html>
    <html lang="da">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          body {
            font:
              1.125rem/1.5 system-ui,
              sans-serif;
            max-width: 40rem;
            margin: 2rem auto;
            padding: 0 1rem;
            color: #1a1a1a;
            background: #fff;
          }
          ul {
            list-style: none;
            padding: 0;
          }
          button {
            font: inherit;
            width: 100%;
            text-align: left;
            margin: 0.25rem 0;
            padding: 0.75rem 1rem;
            border: 1px solid #454545;
            border-radius: 4px;
            background: #fff;
            cursor: pointer;
          }
          button:hover,
          button:focus-visible {
            outline: 3px solid #0059b3;
            background: #eef5fc;
          }
          small {
            display: block;
            color: #454545;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`

/** The people as buttons. There is no password, and the page says why. */
export const loginPage = (people: readonly SamplePerson[], uid: string): Markup =>
  loginLayout(
    'Log ind (lokalt)',
    html`<p>
        Denne login-side findes kun i det lokale system. Personerne er eksempler, og der er ingen adgangskode:
        Vælg, hvem du vil være.
      </p>
      <form method="post" action="/login/${encodeURIComponent(uid)}">
        <ul>
          ${people.map(
            ({ id, name, email, roles }) =>
              html`<li>
                <button name="person" value="${id}">
                  ${name} <small>${roles.join(', ')} · ${email}</small>
                </button>
              </li>`,
          )}
        </ul>
      </form>`,
  )

/** Asks before the session ends. `form` is the provider's own form, with its secret. */
export const logoutPage = (form: string): Markup =>
  loginLayout(
    'Log ud',
    html`${raw(form)} <button type="submit" form="op.logoutForm" name="logout" value="yes">Log ud</button>`,
  )

/** Shown after a logout that names no page to go back to. */
export const loggedOutPage = (): Markup => loginLayout('Du er logget ud', html`<p>Du kan lukke vinduet.</p>`)

/** An error of the login, in words of the protocol, which is what a developer needs here. */
export const loginErrorPage = (message: string): Markup =>
  loginLayout('Login kunne ikke gennemføres', html`<p>${message}</p>`)
