import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { countRenegotiations } from '../../support/renegotiation-counts.ts'
import {
  noRenegotiation,
  renegotiation,
  type RenegotiationState,
} from '../../../functions/domain/renegotiation/state.ts'

/** Four courses: agreed after two counter-proposals, lapsed, declined by a party, a wish taken back. */
const lines = readFileSync(new URL('../../fixtures/events/renegotiation.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => z.object({ stream: z.int(), event: renegotiation.eventSchema }).parse(JSON.parse(line)))

const fold = (stream: number, keepsPrivate = true): RenegotiationState =>
  lines
    .filter((line) => line.stream === stream)
    .reduce((state, { event }, index) => {
      const erased = { ...event }
      if (!keepsPrivate && 'private' in erased) delete erased.private
      return renegotiation.evolve(state, erased, {
        seq: index + 1,
        at: '2015-04-20T10:00:00.000Z',
        actor: { by: 'system', name: 'test' },
        commandId: String(index),
      })
    }, noRenegotiation)

describe('events of a renegotiation as released', () => {
  it('there is one of every type', () => {
    expect([...new Set(lines.map(({ event }) => event.type))].toSorted()).toEqual(
      renegotiation.eventTypes.toSorted(),
    )
  })

  it('they fold to the states they always folded to', () => {
    const states = [0, 1, 2, 3].map((stream) => fold(stream))
    expect(states.map(({ status, outcome }) => [status, outcome])).toEqual([
      ['settled', 'rider'],
      ['settled', 'lapsed'],
      ['settled', 'not-accepted'],
      ['settled', 'withdrawn'],
    ])
    expect(states[0]).toMatchObject({
      rounds: 3,
      attempts: { attached: 2, lost: false },
      proposal: { changes: [{ target: 'M1', year: 2015, from: '50', to: '44' }] },
      enacted: { version: 2, effectiveFrom: '2015-07-01' },
      wishTakenBack: { party: '479' },
    })
    expect(states[0]?.mails.filter(({ rereads }) => rereads.length > 0)).toMatchObject([
      { values: [{ key: 'Svar' }], rereads: [{ outcome: 'noted', after: { values: [] } }] },
    ])
    expect(states[0]?.grounds.map((ground) => ground.cause)).toEqual([
      'municipality-wish',
      'assumption',
      'ministry',
    ])
    expect(countRenegotiations(states)).toEqual({
      raised: 4,
      opened: 4,
      declined: 0,
      agreed: 1,
      lapsed: 2,
      withdrawn: 1,
      running: 0,
    })
  })

  it('fold the same way when every private part is erased', () => {
    for (const stream of [0, 1, 2, 3]) {
      const [kept, erased] = [fold(stream), fold(stream, false)]
      expect([erased.status, erased.outcome, erased.rounds]).toEqual([kept.status, kept.outcome, kept.rounds])
      expect(erased.proposal?.acceptedBy).toEqual(kept.proposal?.acceptedBy)
    }
  })
})
