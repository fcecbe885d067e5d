import { describe, expect, it } from 'vitest'
import { askedFrom, doorHeader, viewerHeader } from '../../../functions/lambda/door.ts'

const event = (headers: Readonly<Record<string, string>>) => ({
  headers,
  requestContext: { http: { sourceIp: '203.0.113.9' } },
})
const keys = new Map([
  [1, 'old'.padEnd(32, '-')],
  [2, 'new'.padEnd(32, '-')],
])

describe('where a request of the console comes from', () => {
  it('is what API Gateway says where no firewall stands; a header of the client says nothing', () => {
    expect(askedFrom(event({ [viewerHeader.toLowerCase()]: '198.51.100.7:1' }), null)).toEqual({
      address: '203.0.113.9',
    })
    expect(askedFrom({}, null)).toEqual({ address: null })
  })

  it.each([
    ['198.51.100.7:4711', '198.51.100.7'],
    ['2001:db8::7:4711', '2001:db8::7'],
  ])('is what the firewall says, behind it: %s', (viewer, address) => {
    for (const key of keys.values())
      expect(askedFrom(event({ [doorHeader]: key, [viewerHeader.toLowerCase()]: viewer }), keys)).toEqual({
        address,
      })
  })

  it.each([
    ['without the secret', {}],
    ['with a wrong one', { [doorHeader]: 'x'.repeat(32) }],
    ['with a part of it', { [doorHeader]: 'new' }],
    ['with an empty one', { [doorHeader]: '' }],
  ])('is nowhere %s: who goes round is refused', (_how, headers) => {
    expect(askedFrom(event({ ...headers, [viewerHeader.toLowerCase()]: '198.51.100.7:1' }), keys)).toBeNull()
  })

  it('an event that is no request is refused behind a firewall', () => {
    for (const other of [null, {}, 'text', { headers: { [doorHeader]: keys.get(2) } }])
      expect(askedFrom(other, keys)).toBeNull()
  })
})
