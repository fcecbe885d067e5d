import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FormTokens } from '../ports/console.ts'

/**
 * Form tokens by HMAC-SHA-256 with the console's secret; each purpose has a key of its own.
 * @param secret at least 32 characters
 */
export function makeFormTokens(secret: string): FormTokens {
  const sign = (purpose: string, text: string): string =>
    createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url')
  const same = (a: string, b: string): boolean => {
    const [left, right] = [Buffer.from(a), Buffer.from(b)]
    return left.length === right.length && timingSafeEqual(left, right)
  }
  return {
    nonce: () => randomBytes(18).toString('base64url'),
    csrf: (sessionId) => sign('csrf', sessionId),
    isCsrf: (sessionId, token) => same(sign('csrf', sessionId), token),
    seal: (text) => `${Buffer.from(text).toString('base64url')}.${sign('seal', text)}`,
    unseal: (sealed) => {
      const [body = '', signature = '', ...more] = sealed.split('.')
      const text = Buffer.from(body, 'base64url').toString('utf8')
      return more.length === 0 && same(sign('seal', text), signature) ? text : null
    },
  }
}
