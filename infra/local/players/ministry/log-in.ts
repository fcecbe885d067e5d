import type { Browser, VisitedPage } from './browser.ts'
import { formsOf } from './page-forms.ts'

/**
 * Opens a page of the console as a person: where it leads to the login, chooses the person there and goes on.
 * @throws when the login has no such person
 */
export const openAs = async (
  browser: Browser,
  personId: string,
  address: string | URL,
): Promise<VisitedPage> => {
  const first = await browser.get(address)
  // The login stands on a host of its own; a page of the console may ask for a person too.
  if (first.url.host === new URL(address).host) return first
  const login = formsOf(first.html).find((form) => form.choices.get('person') !== undefined)
  if (login === undefined) return first
  if (login.choices.get('person')?.includes(personId) !== true)
    throw new Error(`the login at ${first.url.host} has no person ${personId}`)
  const fields = new URLSearchParams(login.fields)
  fields.set('person', personId)
  const opened = await browser.submit(first, { action: login.action, fields })
  if (opened.url.host === first.url.host)
    throw new Error(`the login of ${personId} answered ${opened.status}`)
  return opened
}
