const secretKey = /token$/i
const secretText = /(\\*"[A-Za-z]*token\\*"\s*:\s*\\*")[^"\\]*/gi
const address = /[\p{L}\d._%+'-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu

/** What stands where a task token was: whoever holds one can answer the task. */
export const hiddenToken = '(skjult)'
const hiddenAddress = '(adresse skjult)'

const hiddenIn = (text: string): string =>
  text.replaceAll(secretText, `$1${hiddenToken}`).replaceAll(address, hiddenAddress)

const hidden = (key: string, value: unknown): unknown =>
  typeof value !== 'string' ? value : secretKey.test(key) && value !== '' ? hiddenToken : hiddenIn(value)

/**
 * JSON text of an execution as people may read it: indented, without task tokens and mail addresses. Inputs hold
 * ids alone, but an error's cause is whatever failed had to say. Text that is no JSON is treated the same way.
 */
export const shownJson = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text, hidden), null, 2)
  } catch {
    return hiddenIn(text)
  }
}
