import { createHmac, timingSafeEqual } from 'node:crypto'
import type { TokenSubject } from '../domain/base/token.ts'
import { normaliseToken, tokenMessage, tokenOf } from '../domain/base/token.ts'
import type { TokenSigner } from '../ports/mail.ts'

/** Checks that a token is the one its subject would have (MAIL 9). */
export interface TokenVerifier {
  /** In constant time over the token; false for an unknown key version or a malformed token. */
  verify(token: string, names: TokenSubject, keyVersion: number): boolean
}

/**
 * Reply tokens: HMAC-SHA-256 over what the token names (`tokenMessage`). It names a request and authenticates
 * nobody; the key only keeps it from being guessed.
 * @param secrets by key version; the highest version signs, the older ones check what is already printed
 */
export function makeTokenSigner(secrets: ReadonlyMap<number, string>): TokenSigner & TokenVerifier {
  const keyVersion = Math.max(...secrets.keys())
  const current = secrets.get(keyVersion)
  if (current === undefined) throw new Error('There is no secret for reply tokens')
  const tokenFor = (names: TokenSubject, version: number, secret: string): string =>
    tokenOf(createHmac('sha256', secret).update(tokenMessage(names, version)).digest())
  return {
    keyVersion,
    token: (names) => tokenFor(names, keyVersion, current),
    verify: (written, names, version) => {
      const token = normaliseToken(written)
      const secret = secrets.get(version)
      if (token === null || secret === undefined) return false
      return timingSafeEqual(Buffer.from(token), Buffer.from(tokenFor(names, version, secret)))
    },
  }
}
