import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeLetterClaims } from '../../functions/adapters/dynamodb/letters.ts'
import { memoryLetterClaims } from '../../functions/adapters/memory/mail.ts'
import type { LetterClaim } from '../../functions/domain/casefile/letter-claim.ts'
import { runStream } from '../../functions/domain/base/stream-id.ts'
import { fresh, onBoth } from './both.ts'
import { openTestTable } from './test-table.ts'

const newClaim = (): LetterClaim => ({
  letterKey: createHash('sha256').update(fresh('letter')).digest('hex'),
  stream: runStream(2014),
  state: 'claimed',
  rawSha256: 'a'.repeat(64),
  claimedAt: '2015-01-15T08:00:00.000Z',
  attemptsAt: [],
  messageId: null,
})
const at = (minute: number) => `2015-01-15T08:${String(minute).padStart(2, '0')}:00.000Z`

onBoth('The claims on letters', { table: makeLetterClaims, memory: memoryLetterClaims }, (claims) => {
  it('lets one of many claim a letter, and keeps what that one wrote', async () => {
    const claim = newClaim()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        claims().claim({ ...claim, rawSha256: String(n).padStart(64, '0') }),
      ),
    )
    const winners = answers.flatMap((answer, n) => (answer === 'claimed' ? [n] : []))
    expect(winners).toHaveLength(1)
    expect((await claims().find(claim.letterKey))?.rawSha256).toBe(String(winners[0]).padStart(64, '0'))
  })

  it('finds nothing where nothing was claimed, and does not advance it', async () => {
    const claim = newClaim()
    expect(await claims().find(claim.letterKey)).toBeNull()
    expect(await claims().advance({ ...claim, state: 'sent' }, 'claimed')).toBe(false)
    expect(await claims().find(claim.letterKey)).toBeNull()
  })

  it('advances from the state that was read and from no other', async () => {
    const claim = newClaim()
    await claims().claim(claim)
    const uncertain = { ...claim, state: 'uncertain', attemptsAt: [at(0)] } as const
    const sent = { ...uncertain, state: 'sent', messageId: '0102@eu-west-1.amazonses.com' } as const
    expect(await claims().advance(sent, 'uncertain')).toBe(false)
    expect(await claims().advance(uncertain, 'claimed')).toBe(true)
    expect(await claims().find(claim.letterKey)).toEqual(uncertain)
    expect(await claims().advance(sent, 'claimed')).toBe(false)
    expect(await claims().advance(sent, 'uncertain')).toBe(true)
    expect(await claims().find(claim.letterKey)).toEqual(sent)
  })

  it('lets one of many retry an uncertain letter', async () => {
    const claim = newClaim()
    const uncertain = { ...claim, state: 'uncertain', attemptsAt: [at(0)] } as const
    await claims().claim(claim)
    await claims().advance(uncertain, 'claimed')
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        claims().advance({ ...uncertain, attemptsAt: [at(0), at(5 + n)] }, 'uncertain'),
      ),
    )
    expect(taken.filter(Boolean)).toHaveLength(1)
    expect((await claims().find(claim.letterKey))?.attemptsAt).toEqual([at(0), at(5 + taken.indexOf(true))])
  })

  it('never loses an attempt that another recorded', async () => {
    const claim = newClaim()
    await claims().claim({ ...claim, state: 'uncertain', attemptsAt: [at(0), at(5)] })
    expect(await claims().advance({ ...claim, state: 'held', attemptsAt: [at(0)] }, 'uncertain')).toBe(false)
  })

  it('takes a letter that was rendered again on a later day once', async () => {
    const claim = newClaim()
    await claims().claim(claim)
    const again = { ...claim, rawSha256: 'b'.repeat(64) }
    expect(await claims().advance(again, 'claimed')).toBe(true)
    expect(await claims().advance(again, 'claimed')).toBe(false)
  })

  it('can be claimed again after a release, but a sent letter is never released', async () => {
    const claim = newClaim()
    await claims().claim(claim)
    await claims().release(claim.letterKey)
    await claims().release(claim.letterKey)
    expect(await claims().claim(claim)).toBe('claimed')
    await claims().advance({ ...claim, state: 'sent', messageId: 'x' }, 'claimed')
    await expect(claims().release(claim.letterKey)).rejects.toThrow(/was sent/)
    expect(await claims().claim(claim)).toBe('exists')
  })
})

describe('A put whose answer was lost and that the client made again', () => {
  let opened: Awaited<ReturnType<typeof openTestTable>>
  beforeAll(async () => {
    opened = await openTestTable()
    opened.loseAnswers()
  })
  afterAll(() => opened.close())

  it('is no other sender: the claim is ours, and so is its advance', async () => {
    const claims = makeLetterClaims(opened.table)
    const claim = newClaim()
    const uncertain = { ...claim, state: 'uncertain', attemptsAt: [at(0)] } as const
    expect(await claims.claim(claim)).toBe('claimed')
    expect(await claims.advance(uncertain, 'claimed')).toBe(true)
    expect(await claims.advance({ ...uncertain, state: 'sent', messageId: 'x' }, 'uncertain')).toBe(true)
    expect(await claims.find(claim.letterKey)).toEqual({ ...uncertain, state: 'sent', messageId: 'x' })
  })

  it('lets one go on of two that put the same at the same time', async () => {
    const claim = newClaim()
    const senders = [makeLetterClaims(opened.table), makeLetterClaims(opened.table)]
    const claimed = await Promise.all(senders.map((claims) => claims.claim(claim)))
    expect(claimed.toSorted()).toEqual(['claimed', 'exists'])
    const uncertain = { ...claim, state: 'uncertain', attemptsAt: [at(0)] } as const
    const advanced = await Promise.all(senders.map((claims) => claims.advance(uncertain, 'claimed')))
    expect(advanced.filter(Boolean)).toHaveLength(1)
  })
})
