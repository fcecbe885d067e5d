import { createHmac } from 'node:crypto'
import { tokenAlphabet } from '../domain/token.ts'
import type { TokenSigner } from '../ports.ts'

/** 80 bits, in signs of five bits each. */
const tokenBytes = 10
const bitsPerSign = 5

/**
 * Reply tokens of 16 signs (LETTERS.md 2): the first 80 bits of an HMAC-SHA-256 over what the token names. It
 * names a request and authenticates nobody; the key only keeps it from being guessed.
 * @param secrets by key version; the highest version signs
 */
export function makeTokenSigner(secrets: ReadonlyMap<number, string>): TokenSigner {
  const keyVersion = Math.max(...secrets.keys())
  const secret = secrets.get(keyVersion)
  if (secret === undefined) throw new Error('There is no secret for reply tokens')
  return {
    keyVersion,
    token: ({ stream, agreement, year, municipality }) => {
      const named = JSON.stringify([stream, agreement, year, municipality, keyVersion])
      const bytes = createHmac('sha256', secret).update(named).digest().subarray(0, tokenBytes)
      const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
      return Array.from({ length: bits.length / bitsPerSign }, (_, n) =>
        tokenAlphabet.charAt(Number.parseInt(bits.slice(n * bitsPerSign, (n + 1) * bitsPerSign), 2)),
      ).join('')
    },
  }
}
