import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { agreementFolding } from '../../../functions/domain/agreement/state.ts'
import { versionOn } from '../../../functions/domain/agreement/versions.ts'

const stored = readFileSync(new URL('../../fixtures/events/agreement.jsonl', import.meta.url), 'utf8')
const events = stored
  .trimEnd()
  .split('\n')
  .map((line) => agreementFolding.eventSchema.parse(JSON.parse(line)))

describe('events of an agreement as released', () => {
  test('there is one of every type', () => {
    const types = agreementFolding.eventTypes
    expect([...new Set(events.map((event) => event.type))].sort()).toEqual(types.toSorted())
  })

  test('they fold to the state they always folded to', () => {
    const state = events.reduce(
      (before, event, index) =>
        agreementFolding.evolve(before, event, {
          seq: index + 1,
          at: '2015-03-27T10:00:00.000Z',
          actor: { by: 'system', name: 'test' },
          commandId: String(index),
        }),
      agreementFolding.initial,
    )
    expect(versionOn(state, '2014-12-31')?.version).toBe(1)
    expect(versionOn(state, '2015-07-01')?.version).toBe(2)
    expect(state.contacts.find((one) => one.id === 'svendborg-mette-proeve')?.validTo).toBe('2014-12-31')
    expect(state.questions).toEqual([
      {
        seq: 1,
        raisedAt: '2015-03-27T10:00:00.000Z',
        outcome: 'rider',
        triggers: [
          expect.objectContaining({ cause: 'municipality-wish', triggerId: 'mail-1' }),
          expect.objectContaining({ cause: 'assumption', observationId: 'quota' }),
        ],
      },
    ])
    expect(state.openedYears.map((one) => one.year)).toEqual([2014])
    expect(state.status).toBe('expired')
  })
})
