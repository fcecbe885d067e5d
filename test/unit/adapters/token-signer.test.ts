import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeTokenSigner } from '../../../functions/adapters/signing.ts'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { normaliseToken } from '../../../functions/domain/base/token.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'

const names = (id: string, year: number, municipality: string) => {
  const agreement = agreementIdSchema.parse(id)
  return { stream: reviewStream(year, agreement), agreement, year, municipality }
}
const svendborg = names('svendborg', 2014, '479')

describe('the signer of reply tokens', () => {
  it('gives the same token for the same request, and one that is read back', () => {
    const signer = makeTokenSigner(new Map([[1, 'secret']]))
    expect(signer.token(svendborg)).toBe(signer.token({ ...svendborg }))
    expect(normaliseToken(signer.token(svendborg).toLowerCase())).toBe(signer.token(svendborg))
  })

  it('signs with the highest version of its key, and says which', () => {
    const old = makeTokenSigner(new Map([[1, 'secret']]))
    const both = makeTokenSigner(
      new Map([
        [2, 'newer'],
        [1, 'secret'],
      ]),
    )
    expect([old.keyVersion, both.keyVersion]).toEqual([1, 2])
    expect(both.token(svendborg)).not.toBe(old.token(svendborg))
    expect(makeTokenSigner(new Map([[2, 'secret']])).token(svendborg)).not.toBe(old.token(svendborg))
  })

  it('is refused without a key', () => {
    expect(() => makeTokenSigner(new Map())).toThrow(/no secret/)
  })

  it('gives different requests different tokens', () => {
    const signer = makeTokenSigner(new Map([[1, 'secret']]))
    const request = fc
      .record({
        id: fc.stringMatching(/^[a-z][a-z0-9-]{1,20}$/),
        year: fc.integer({ min: 2000, max: 2100 }),
        municipality: fc.stringMatching(/^[1-9]\d\d$/),
      })
      .map(({ id, year, municipality }) => names(id, year, municipality))
    fc.assert(
      fc.property(request, request, (one, two) => {
        const same = JSON.stringify(one) === JSON.stringify(two)
        expect(signer.token(one) === signer.token(two)).toBe(same)
      }),
    )
  })
})
