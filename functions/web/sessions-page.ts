import { html } from 'hono/html'
import { page, sessionsPath, type PageFrame } from './page.ts'
import type { Markup } from './markup.ts'
import { moment } from './words.ts'

/** A session as its person sees it in the list; real time, ms since 1970. */
interface SessionLine {
  readonly createdAtMs: number
  readonly seenAtMs: number
  /** The one that asks. */
  readonly own: boolean
}

const at = (ms: number): string => moment(new Date(ms).toISOString())

/** One's own sessions: where one is logged on, and a button that ends them all. */
export const sessionsPage = (
  frame: PageFrame,
  {
    sessions,
    idleMinutes,
    mostHours,
  }: {
    readonly sessions: readonly SessionLine[]
    /** Unused so long, and begun so long ago, a session is over. */
    readonly idleMinutes: number
    readonly mostHours: number
  },
): Markup =>
  page(frame, {
    title: 'Dine sessioner',
    path: sessionsPath,
    content: html`<p>
        Du er logget på i ${sessions.length === 1 ? 'én browser' : `${sessions.length} browsere`}. En session
        slutter, når den ikke har været brugt i ${idleMinutes} minutter, og senest efter ${mostHours} timer.
      </p>
      <ul class="sessions">
        ${sessions.map(
          ({ createdAtMs, seenAtMs, own }) =>
            html`<li>
              Begyndt ${at(createdAtMs)}, brugt sidst ${at(seenAtMs)}${own ? ' (denne browser)' : ''}
            </li>`,
        )}
      </ul>
      <form method="post" action="${sessionsPath}/end" data-action="end-sessions">
        <input type="hidden" name="csrf" value="${frame.csrf}" />
        <button class="button button-secondary">Log af overalt</button>
      </form>`,
  })
