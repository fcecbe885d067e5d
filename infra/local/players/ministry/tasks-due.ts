import { isAfter, todayInCopenhagen } from '../../../../functions/domain/base/time.ts'
import type { Maildirs } from '../../mail/maildir.ts'
import type { MinistryHints } from '../ministry-hints.ts'
import { actOnFrom } from './act-on-from.ts'
import { openBrowser, type Browser } from './browser.ts'
import { openAs } from './log-in.ts'
import { listedTasks } from './page-forms.ts'

/**
 * What waits for a ministry person whom a human plays: the tasks on her own page that her player would do by now.
 * Nothing does before the first mail has told her of one.
 * @returns a reader by person id; each entry's `subject` says what it is about
 * @throws when the console or its login does not answer
 */
export function openTasksDue(options: {
  readonly hints: MinistryHints
  readonly consoleUrl: string
  readonly people: readonly { readonly id: string; readonly email: string }[]
  readonly maildirs: Pick<Maildirs, 'list'>
  readonly clock: { now(): number }
}): (personId: string) => Promise<readonly { readonly subject: string }[]> {
  const browsers = new Map<string, Browser>()
  return async (personId) => {
    const person = options.people.find(({ id }) => id === personId)
    if (person === undefined || options.maildirs.list(person.email.toLowerCase()).length === 0) return []
    const browser = browsers.get(personId) ?? openBrowser()
    browsers.set(personId, browser)
    const list = await openAs(browser, personId, new URL('/', options.consoleUrl))
    if (list.status >= 400) throw new Error(`the list of tasks answered ${list.status}`)
    const today = todayInCopenhagen(new Date(options.clock.now()).toISOString())
    return listedTasks(list.html)
      .filter((task) => {
        const from = actOnFrom(task, personId, options.hints)
        return from !== null && !isAfter(from, today)
      })
      .map((task) => ({ subject: `${task.kind}${task.agreement === '' ? '' : `, ${task.agreement}`}` }))
  }
}
