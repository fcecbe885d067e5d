import { html, raw } from 'hono/html'
import * as z from 'zod'
import { danishRoles } from '../../../functions/domain/base/values.ts'
import { plainPage, type Markup } from '../mail/plain-page.ts'

/** A sample person who can log in locally. */
export const samplePersonSchema = z.strictObject({
  id: z.string().regex(/^[\w-]+$/),
  name: z.string().min(1),
  email: z.email(),
  roles: z.array(z.enum(danishRoles)).min(1),
})
export type SamplePerson = z.infer<typeof samplePersonSchema>

/** The people as buttons. There is no password, and the page says why. */
export const loginPage = (people: readonly SamplePerson[], uid: string): Markup =>
  plainPage(
    'Log ind (lokalt)',
    html`<p>
        Denne login-side findes kun i det lokale system. Personerne er eksempler, og der er ingen adgangskode:
        Vælg, hvem du vil være.
      </p>
      <form method="post" action="/login/${encodeURIComponent(uid)}">
        <ul class="people">
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
  plainPage(
    'Log ud',
    html`${raw(form)} <button type="submit" form="op.logoutForm" name="logout" value="yes">Log ud</button>`,
  )

/** Shown after a logout that names no page to go back to. */
export const loggedOutPage = (): Markup => plainPage('Du er logget ud', html`<p>Du kan lukke vinduet.</p>`)

/** An error of the login, in words of the protocol, which is what a developer needs here. */
export const loginErrorPage = (message: string): Markup =>
  plainPage('Login kunne ikke gennemføres', html`<p>${message}</p>`)
