import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
  type KeyObject,
} from 'node:crypto'
import type { AnchorSigner, Digest, RowSealer } from '../ports/record.ts'
import { normaliseToken, tokenMessage, tokenOf, type TokenSubject } from '../domain/base/token.ts'
import type { TokenSigner } from '../ports/mail.ts'
import type { FormTokens } from '../ports/console.ts'
import { newestOf } from './secrets.ts'

/** SHA-256 in hex; a text is hashed as UTF-8. */
export const digest: Digest = (content) => createHash('sha256').update(content).digest('hex')

/** Checks that a token is the one its subject would have (MAIL 9). */
interface TokenVerifier {
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

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8Start = Buffer.from('302e020100300506032b657004220420', 'hex')
const rawKeyBytes = 32

interface Pair {
  readonly privateKey: KeyObject
  readonly publicKey: string
}

/**
 * Ed25519 with versioned keys that sign nothing else: old lists stay checkable after a new version signs, and the
 * public key lets the journal check them alone.
 * @param seeds by key version, 32 bytes in hex; the highest signs
 */
export function makeAnchorSigner(seeds: ReadonlyMap<number, string>): AnchorSigner {
  const pairs = new Map([...seeds].map(([version, seed]) => [version, pairOf(Buffer.from(seed, 'hex'))]))
  const keyVersion = Math.max(...seeds.keys())
  const current = pairs.get(keyVersion)
  if (current === undefined) throw new Error('There is no secret to sign the nightly lists with')
  return {
    sign: (text) => ({
      keyVersion,
      algorithm: 'ed25519',
      publicKey: current.publicKey,
      value: sign(null, Buffer.from(text, 'utf8'), current.privateKey).toString('hex'),
    }),
    verify: (text, signature) => {
      const pair = pairs.get(signature.keyVersion)
      if (pair === undefined || pair.publicKey !== signature.publicKey) return false
      const key = createPublicKey(pair.privateKey)
      return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature.value, 'hex'))
    },
  }
}

function pairOf(seed: Buffer): Pair {
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Start, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { privateKey, publicKey: der.subarray(-rawKeyBytes).toString('hex') }
}

/**
 * Seals of the table's rows: HMAC-SHA-256, `<key version>:<hex>`.
 * @param byVersion keys of 32 bytes in hex; the highest seals, the older ones check what is there already. Without
 *   any nothing is sealed and no seal holds: who may not write has none
 */
export function makeRowSealer(byVersion: ReadonlyMap<number, string>): RowSealer {
  const keys = new Map([...byVersion].map(([version, key]) => [String(version), Buffer.from(key, 'hex')]))
  const current = String(Math.max(...byVersion.keys()))
  const sealWith = (version: string, text: string): string | null => {
    const key = keys.get(version)
    return key === undefined ? null : `${version}:${createHmac('sha256', key).update(text).digest('hex')}`
  }
  return {
    seal: (text) => {
      const sealed = sealWith(current, text)
      if (sealed === null) throw new Error("There is no secret to seal the table's rows with")
      return sealed
    },
    holds: (text, seal) => {
      const right = sealWith(seal.slice(0, seal.indexOf(':')), text)
      if (right === null) return false
      const [left, given] = [Buffer.from(right), Buffer.from(seal)]
      return left.length === given.length && timingSafeEqual(left, given)
    },
  }
}

/**
 * Form tokens by HMAC-SHA-256 with the console's secret; each purpose is signed by its name.
 * @param secrets by key version, at least 32 characters; the highest signs, the older ones check what is out
 */
export function makeFormTokens(secrets: ReadonlyMap<number, string>): FormTokens {
  const hmacWith = (secret: string, purpose: string, text: string): string =>
    createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url')
  const hmac = (purpose: string, text: string): string => hmacWith(newestOf(secrets), purpose, text)
  const isHmac = (purpose: string, text: string, given: string): boolean =>
    [...secrets.values()].some((secret) => {
      const [left, right] = [Buffer.from(hmacWith(secret, purpose, text)), Buffer.from(given)]
      return left.length === right.length && timingSafeEqual(left, right)
    })
  return {
    nonce: () => randomBytes(18).toString('base64url'),
    csrf: (sessionId) => hmac('csrf', sessionId),
    isCsrf: (sessionId, token) => isHmac('csrf', sessionId, token),
    seal: (text) => `${Buffer.from(text).toString('base64url')}.${hmac('seal', text)}`,
    unseal: (sealed) => {
      const [body = '', signature = '', ...more] = sealed.split('.')
      const text = Buffer.from(body, 'base64url').toString('utf8')
      return more.length === 0 && isHmac('seal', text, signature) ? text : null
    },
  }
}
