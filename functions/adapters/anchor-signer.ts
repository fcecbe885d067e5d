import { createHmac, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { AnchorSigner } from '../ports/record.ts'

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
