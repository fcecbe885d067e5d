import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Session ids: 256 random bits and their signature, `<random>.<hmac>`, base64url. The signature lets a forged
 * id be refused without a look at the table; the table knows an id only by its SHA-256.
 */
export interface SessionIds {
  create(): string
  isSigned(id: string): boolean
  keyOf(id: string): string
}

const longestId = 200

export function makeSessionIds(secret: string): SessionIds {
  const signature = (random: string): Buffer => createHmac('sha256', secret).update(random).digest()
  return {
    create: () => {
      const random = randomBytes(32).toString('base64url')
      return `${random}.${signature(random).toString('base64url')}`
    },
    isSigned: (id) => {
      const [random, signed, ...more] = id.length > longestId ? [] : id.split('.')
      if (random === undefined || signed === undefined || more.length > 0) return false
      const given = Buffer.from(signed, 'base64url')
      const right = signature(random)
      return given.length === right.length && timingSafeEqual(given, right)
    },
    keyOf: (id) => createHash('sha256').update(id).digest('hex'),
  }
}
