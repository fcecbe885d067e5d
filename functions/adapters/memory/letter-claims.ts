import type { LetterClaim } from '../../domain/casefile/letter-claim.ts'
import type { LetterClaims } from '../../ports/mail.ts'

/** Claims in memory, with the conditions of the table's. */
export function memoryLetterClaims(): LetterClaims {
  const claims = new Map<string, LetterClaim>()
  return {
    claim: async (claim) => {
      if (claims.has(claim.letterKey)) return 'exists'
      claims.set(claim.letterKey, structuredClone(claim))
      return 'claimed'
    },
    find: async (letterKey) => claims.get(letterKey) ?? null,
    advance: async (claim, from) => {
      const there = claims.get(claim.letterKey)
      if (there === undefined || there.state !== from) return false
      if (there.attemptsAt.length > claim.attemptsAt.length) return false
      if (claim.state === from && !differs(there, claim)) return false
      claims.set(claim.letterKey, structuredClone(claim))
      return true
    },
    release: async (letterKey) => {
      if (claims.get(letterKey)?.state === 'sent')
        throw new Error(`Letter ${letterKey} was sent: its claim cannot be released`)
      claims.delete(letterKey)
    },
  }
}

const differs = (a: LetterClaim, b: LetterClaim): boolean =>
  a.attemptsAt.length !== b.attemptsAt.length || a.rawSha256 !== b.rawSha256 || a.messageId !== b.messageId
