/** What a receipt may repeat of a single value they wrote (LETTERS 3.4). */
const echoLength = 80

// Control signs, bidirectional overrides, zero-width signs: they would let a mail show something else than it says.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu
const webAddress = /\b(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)\S+/giu

/**
 * Their own words repeated to them: on one line, without invisible signs and web addresses, cut at `most`
 * characters. A receipt must not carry a stranger's link in the ministry's name (MAIL security 7).
 */
export const echo = (written: string, most: number = echoLength): string => {
  const clean = written.replace(invisible, ' ').replace(webAddress, '…').replace(/\s+/gu, ' ').trim()
  return clean.length <= most ? clean : `${clean.slice(0, most - 1).trimEnd()}…`
}
