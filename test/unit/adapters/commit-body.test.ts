import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chainStart,
  lastSeq,
  openCommits,
  sealCommit,
  whoseCommit,
} from '../../../functions/adapters/commit-body.ts'
import type { NewCommit } from '../../../functions/ports/record.ts'

const commit = (change: Partial<NewCommit> = {}): NewCommit => ({
  seq: 1,
  at: '2015-01-15T08:00:00.000Z',
  actor: { by: 'contact', contactId: 'c1', municipality: '479' },
  commandId: 'mail-1',
  prev: chainStart,
  events: [{ type: 'Told', v: 1, private: 'Kære ministerium' }],
  ...change,
})
const partsOf = (part: ReturnType<typeof sealCommit>['part']) =>
  new Map(part === null ? [] : [[part.id, part]])

describe('a sealed commit', () => {
  it('hides equal private texts behind different salts and hashes', () => {
    const [one, two] = [sealCommit(commit()), sealCommit(commit())]
    expect(one.part?.salt).toMatch(/^[0-9a-f]{32}$/)
    expect(one.part?.salt).not.toBe(two.part?.salt)
    expect(one.body).not.toBe(two.body)
    expect(one.body).not.toContain('Kære')
  })

  it('names its command and its part, and has none when nothing is private', () => {
    const { body, part } = sealCommit(commit())
    expect(whoseCommit('here', body)).toEqual({ commandId: 'mail-1', part: part?.id })
    const open = sealCommit(commit({ events: [{ type: 'Told', v: 1 }] }))
    expect(open.part).toBeNull()
    expect(whoseCommit('here', open.body)).toEqual({ commandId: 'mail-1', part: null })
  })

  it('is refused when it could not be read back, or its sequence is out of the order of keys', () => {
    expect(() => sealCommit(commit({ seq: lastSeq + 1 }))).toThrow(/"body\.seq"/)
    expect(() => sealCommit(commit({ seq: 1.5 }))).toThrow(/"body\.seq"/)
    expect(() => sealCommit(commit({ prev: 'no hash' }))).toThrow(/"body\.prev"/)
    expect(() => sealCommit(commit({ commandId: '' }))).toThrow(/"body\.commandId"/)
  })

  it('is found out whatever one character of its body is changed', () => {
    const { body, hash, part } = sealCommit(commit())
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.constantFrom('x', '0', '"', ' '), (at, character) => {
        fc.pre(body[at] !== character)
        const changed = body.slice(0, at) + character + body.slice(at + 1)
        expect(() => openCommits('here', [{ body: changed, hash }], partsOf(part))).toThrow(
          /commit 1: the body does not have the hash/,
        )
      }),
    )
  })

  it('is found out when its private part is another one, even with a salt that was kept', () => {
    const { body, hash, part } = sealCommit(commit())
    const other = new Map([
      [part?.id ?? '', { salt: part?.salt ?? '', content: '{"0":"Kære Socialministerium"}' }],
    ])
    expect(() => openCommits('here', [{ body, hash }], other)).toThrow(
      /the private part does not have the hash/,
    )
  })

  it('is found out when a body, with a right hash of its own, was put in the middle of the chain', () => {
    const first = sealCommit(commit())
    const second = sealCommit(commit({ seq: 2, prev: first.hash }))
    const forged = sealCommit(commit({ commandId: 'forged' }))
    expect(openCommits('here', [first, second], new Map())).toHaveLength(2)
    expect(() => openCommits('here', [forged, second], new Map())).toThrow(/commit 2: the chain is broken/)
  })
})
