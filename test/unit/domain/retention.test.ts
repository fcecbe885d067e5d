import { expect, test } from 'vitest'
import { keptMs, retention, retentionRows } from '../../../functions/domain/base/retention.ts'
import { idleMs, sessionMs } from '../../../functions/handlers/console/session.ts'
import { rateLimits } from '../../../functions/handlers/console/throttle.ts'

test('what is said to be deleted has an end, and what stays has none', () => {
  for (const [kind, { kept, after }] of retentionRows) {
    if (after === 'stays') expect(kept, kind).toBeNull()
    if (after === 'unlocked') expect(kept, kind).not.toBeNull()
    if (kept === null) expect(['stays', 'deleted'], kind).toContain(after)
    else expect(keptMs({ kept }), kind).toBeGreaterThan(0)
  }
})

test('what lies locked is under a setting, and never longer than ten years', () => {
  const locked = retentionRows.filter(([, { after }]) => after === 'unlocked')
  expect(locked.map(([kind]) => kind)).toEqual([
    'raw-mail',
    'letter',
    'letter-sheet',
    'rider',
    'report',
    'signed-list',
  ])
  const tenYears = 3653 * 86_400_000
  for (const [kind, { kept, setting, ground }] of locked) {
    expect({ setting, ground }, kind).toEqual({
      setting: 'archiveRetentionDays',
      ground: 'retention-rule',
    })
    expect(kept === null ? tenYears + 1 : keptMs({ kept }), kind).toBeLessThanOrEqual(tenYears)
  }
})

test('sessions and counters of requests end as the table says', () => {
  expect(sessionMs).toBe(keptMs(retention.session))
  expect(idleMs).toBeLessThan(sessionMs)
  for (const { windowMs } of Object.values(rateLimits()))
    // A counter goes two windows after its own began.
    expect(2 * windowMs).toBeLessThanOrEqual(keptMs(retention['request-counter']))
})
