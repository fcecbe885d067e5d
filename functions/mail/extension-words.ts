import { printWeekdayDate } from '../domain/base/danish.ts'
import type { Language } from '../domain/base/values.ts'

/** A request for more time, as it is answered the same day. */
export interface ExtensionReceived {
  /** The date they asked for; null when it could not be read. */
  readonly until: string | null
  /** The day by which they hear. */
  readonly answerBy: string
}

/** U1: received; no reminders meanwhile. */
export const extensionReceivedText = ({ until, answerBy }: ExtensionReceived, language: Language): string => {
  if (language === 'en') {
    const asked =
      until === null ? '' : ` You have asked for an extension until ${printWeekdayDate(until, 'en')}.`
    return `Your request has been received; you hear from us by ${printWeekdayDate(answerBy, 'en')}. No reminders are sent meanwhile.${asked}`
  }
  const asked = until === null ? '' : ` I har bedt om udsættelse til ${printWeekdayDate(until, 'da')}.`
  return `Anmodningen er modtaget; I hører fra os senest ${printWeekdayDate(answerBy, 'da')}. Der bliver ikke sendt påmindelser imens.${asked}`
}
