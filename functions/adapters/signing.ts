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
 * Ed25519 with keys derived from the installation's versioned secrets, each purpose with a key of its own: old
 * lists stay checkable after a new version signs, and the public key lets the journal check them alone.
 * @param secrets by key version; the highest signs
 */
export function makeAnchorSigner(secrets: ReadonlyMap<number, string>): AnchorSigner {
  const pairs = new Map([...secrets].map(([version, secret]) => [version, pairOf(secret)]))
  const keyVersion = Math.max(...secrets.keys())
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

function pairOf(secret: string): Pair {
  const seed = createHmac('sha256', secret).update('anchor').digest()
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Start, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { privateKey, publicKey: der.subarray(-rawKeyBytes).toString('hex') }
}

/**
 * Seals of the table's rows: HMAC-SHA-256 with a key of their own, `<key version>:<hex>`.
 * @param secrets by key version; the highest seals, the older ones check what is there already
 */
export function makeRowSealer(secrets: ReadonlyMap<number, string>): RowSealer {
  const keys = new Map(
    [...secrets].map(([version, secret]) => [
      String(version),
      createHmac('sha256', secret).update('row').digest(),
    ]),
  )
  const current = String(Math.max(...secrets.keys()))
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
 * Form tokens by HMAC-SHA-256 with the console's secret; each purpose has a key of its own.
 * @param secret at least 32 characters
 */
export function makeFormTokens(secret: string): FormTokens {
  const hmac = (purpose: string, text: string): string =>
    createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url')
  const same = (a: string, b: string): boolean => {
    const [left, right] = [Buffer.from(a), Buffer.from(b)]
    return left.length === right.length && timingSafeEqual(left, right)
  }
  return {
    nonce: () => randomBytes(18).toString('base64url'),
    csrf: (sessionId) => hmac('csrf', sessionId),
    isCsrf: (sessionId, token) => same(hmac('csrf', sessionId), token),
    seal: (text) => `${Buffer.from(text).toString('base64url')}.${hmac('seal', text)}`,
    unseal: (sealed) => {
      const [body = '', signature = '', ...more] = sealed.split('.')
      const text = Buffer.from(body, 'base64url').toString('utf8')
      return more.length === 0 && same(hmac('seal', text), signature) ? text : null
    },
  }
}
