import { createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeAnchorSigner } from '../../../functions/adapters/signing.ts'

const [old, next] = ['1a'.repeat(32), '2b'.repeat(32)]

test('what was signed verifies, and no other text does', () => {
  const signer = makeAnchorSigner(new Map([[1, old]]))
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, other) => {
      const signature = signer.sign(text)
      expect(signer.verify(text, signature)).toBe(true)
      expect(signer.verify(other, signature)).toBe(other === text)
    }),
  )
})

test('the newest key signs, and the older ones still check what they signed', () => {
  const before = makeAnchorSigner(new Map([[1, old]])).sign('list')
  const signer = makeAnchorSigner(
    new Map([
      [1, old],
      [2, next],
    ]),
  )
  expect(signer.sign('list')).toMatchObject({ keyVersion: 2, algorithm: 'ed25519' })
  expect(signer.verify('list', before)).toBe(true)
  expect(makeAnchorSigner(new Map([[2, next]])).verify('list', before)).toBe(false)
})

test('a stranger’s key or a forged signature is refused', () => {
  const signer = makeAnchorSigner(new Map([[1, old]]))
  const foreign = makeAnchorSigner(new Map([[1, next]])).sign('list')
  expect(signer.verify('list', foreign)).toBe(false)
  expect(signer.verify('list', { ...signer.sign('list'), value: foreign.value })).toBe(false)
  expect(signer.verify('list', { ...signer.sign('list'), value: '' })).toBe(false)
})

test('whoever has the journal’s copy can check it with the printed key alone', () => {
  const { publicKey, value } = makeAnchorSigner(new Map([[1, old]])).sign('list')
  const key = createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(publicKey, 'hex')]),
    format: 'der',
    type: 'spki',
  })
  expect(verify(null, Buffer.from('list'), key, Buffer.from(value, 'hex'))).toBe(true)
})
