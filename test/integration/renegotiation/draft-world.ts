import { openBrowser, type VisitedPage } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { alertsOf } from '../../../infra/local/players/ministry/page-forms.ts'
import { formNamed, openConsoleWorld, send, type ConsoleWorld } from '../console/console-world.ts'
import type { RenegotiationWorld } from './world.ts'

/** A caseworker at the console, over HTTP, on the record of a renegotiation's world. */
export interface Caseworker {
  readonly open: (path: string) => Promise<VisitedPage>
  /** Fills in fields of a form and sends it; the others stay as the page filled them. */
  readonly send: (
    page: VisitedPage,
    form: string,
    values: Readonly<Record<string, string>>,
  ) => Promise<VisitedPage>
  /** What a field of a form is filled with. */
  readonly field: (page: VisitedPage, form: string, name: string) => string | null
  readonly alerts: (page: VisitedPage) => readonly string[]
  readonly close: () => Promise<void>
}

export const sofieAtTheConsole = async (record: RenegotiationWorld): Promise<Caseworker> => {
  const world: ConsoleWorld = await openConsoleWorld({
    at: record.ports.clock.now(),
    record: record.ports,
  })
  const browser = openBrowser()
  await openAs(browser, 'sofie', `${world.base}/`)
  return {
    open: (path) => browser.get(`${world.base}${path}`),
    send: (page, name, values) => send(browser, page, name, values),
    field: (page, form, name) => new URLSearchParams(formNamed(page, form).fields).get(name),
    alerts: (page) => alertsOf(page.html),
    close: () => world.close(),
  }
}
