/**
 * The token of a request (LETTERS 2, intake/README.md, "The address"): 16 signs of an alphabet without 0 O 1 I, 80
 * bits of an HMAC. It names the request and authenticates nobody: it travels in every forward, copy and quotation.
 */
export const tokenAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const tokenLength = 16
const bitsPerSign = 5
const bytesNeeded = (tokenLength * bitsPerSign) / 8

/** What the HMAC is taken over. The key's version is part of it, so that keys can change. */
export interface TokenSubject {
  readonly stream: string
  readonly agreement: string
  readonly year: number
  readonly municipality: string
}

/** The bytes to sign as text: one line a part, so that no two subjects give the same text. */
export const tokenMessage = (subject: TokenSubject, keyVersion: number): string =>
  [
    'aarshjul-token',
    String(keyVersion),
    subject.stream,
    subject.agreement,
    String(subject.year),
    subject.municipality,
  ]
    .map((part) => encodeURIComponent(part))
    .join('\n')

/** The first ten bytes of an HMAC as a token. Throws a `RangeError` on fewer. */
export const tokenOf = (bytes: Uint8Array): string => {
  if (bytes.length < bytesNeeded) throw new RangeError(`a token needs ${bytesNeeded} bytes`)
  let bits = 0n
  for (const byte of bytes.subarray(0, bytesNeeded)) bits = (bits << 8n) | BigInt(byte)
  let token = ''
  for (let sign = tokenLength - 1; sign >= 0; sign -= 1)
    token += tokenAlphabet[Number((bits >> BigInt(sign * bitsPerSign)) & 31n)] ?? ''
  return token
}

const tokenPattern = new RegExp(`^[${tokenAlphabet}]{${tokenLength}}$`, 'u')

/** A token as written, in any case and grouping, in its one spelling; null when it is none (MAIL 7). */
export const normaliseToken = (written: string): string | null => {
  const token = written.replace(/[\s-]+/gu, '').toUpperCase()
  return tokenPattern.test(token) ? token : null
}

/** `7QX4 M2P9 T3VW 8HND`, as the form prints it. */
export const printToken = (token: string): string => token.replace(/(.{4})(?=.)/gu, '$1 ')

/** `[#7QX4M2P9T3VW8HND]`, as the subject carries it. */
export const subjectToken = (token: string): string => `[#${token}]`

/** `svar+k479-2014-7qx4m2p9t3vw8hnd@<domain>`: From and Reply-To of every letter that is answered. */
export const tokenAddress = (
  token: string,
  names: { readonly municipality: string; readonly year: number; readonly domain: string },
): string => `svar+k${names.municipality}-${names.year}-${token.toLowerCase()}@${names.domain}`
