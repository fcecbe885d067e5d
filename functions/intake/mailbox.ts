/**
 * Addresses read strictly: what two mail programs may read as two addresses is none (MAIL security 25). Only the
 * plain spelling of RFC 5322 counts, a dot-atom and a domain of names; no quoted local part, route, group or comment
 * inside the brackets.
 */

const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const domainAsWritten = /^[\p{L}\p{M}\p{N}.-]+$/u
/** Labels of letters, digits and hyphens; the last begins with a letter, so that it is no number of a machine. */
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/u
const ascii = /[\u0020-\u007E]/u

/** A sign outside ASCII that becomes one of ASCII when it is folded: a full-width a, the Kelvin sign, a ligature. */
const isDisguised = (sign: string): boolean =>
  sign > '\u007F' && ascii.test(sign.normalize('NFKC').toLowerCase())

/** The domain as A-labels; nothing is left of what a reader of URLs would unescape or leave out. */
const asciiDomain = (domain: string): string | null => {
  if (!domainAsWritten.test(domain)) return null
  try {
    const { hostname } = new URL(`http://${domain}`)
    return domainName.test(hostname) ? hostname : null
  } catch {
    return null
  }
}

/** An address in its one spelling: lower case, domain as A-label (MAIL 25); null when it is none. */
export const canonicalAddress = (address: string): string | null => {
  const written = address.trim()
  const at = written.indexOf('@')
  if (at < 1 || at > 64 || written.length > 320 || [...written].some(isDisguised)) return null
  const [local, domain] = [written.slice(0, at), written.slice(at + 1)].map((part) =>
    part.normalize('NFC').toLowerCase(),
  )
  if (local === undefined || domain === undefined || !localPart.test(local)) return null
  // An encoded word is none of an address: some programs decode it.
  if (local.includes('=?')) return null
  const name = asciiDomain(domain)
  return name === null ? null : `${local}@${name}`
}

/** Where what opens at `at` ends: a quoted text or a comment, in which others may stand; -1 where it does not. */
const endOf = (value: string, at: number): number => {
  const isQuoted = value[at] === '"'
  let depth = 0
  for (let next = at; next < value.length; next += 1) {
    const sign = value[next]
    if (sign === '\\') next += 1
    else if (isQuoted) {
      if (sign === '"' && next > at) return next
    } else if (sign === '(') depth += 1
    else if (sign === ')' && (depth -= 1) === 0) return next
  }
  return -1
}

/** What of a From value stands outside quoted texts and comments, and in brackets; null: it is no single mailbox. */
const partsOf = (value: string): { readonly outside: string; readonly inBrackets: string | null } | null => {
  let outside = ''
  let inBrackets: string | null = null
  let isQuoted = false
  for (let at = 0; at < value.length; at += 1) {
    const sign = value[at] ?? ''
    if (sign === '"' || sign === '(') {
      const end = endOf(value, at)
      if (end === -1 || (sign === '"' && inBrackets !== null)) return null
      isQuoted ||= sign === '"'
      outside += ' '
      at = end
    } else if (sign === '<') {
      const end = value.indexOf('>', at)
      if (end === -1 || inBrackets !== null) return null
      inBrackets = value.slice(at + 1, end)
      at = end
    } else if ('>;:\\'.includes(sign) || (sign < ' ' && sign !== '\t')) return null
    else if (inBrackets !== null && sign.trim() !== '') return null
    else outside += sign
  }
  // Where nothing stands in brackets a quoted text would be part of the address itself.
  return isQuoted && inBrackets === null ? null : { outside: outside.trim(), inBrackets }
}

/**
 * The address of a From header that names exactly one mailbox, in its one spelling; null for every other. A name
 * before the brackets may be any, with commas too, but bears no second address unless it repeats the same one.
 */
export const oneMailbox = (value: string): string | null => {
  const parts = partsOf(value)
  if (parts === null) return null
  const { outside, inBrackets } = parts
  if (inBrackets === null) return canonicalAddress(outside)
  const address = canonicalAddress(inBrackets)
  const repeated = outside.replace(/^'/u, '').replace(/'$/u, '')
  return outside.includes('@') && canonicalAddress(repeated) !== address ? null : address
}
