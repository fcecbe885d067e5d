import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LocalClock, clockSymbol } from '../../../infra/local/clock.ts'
import { start, at, turns, timers, moved } from './clock-timers.ts'

describe('the clock moved by hand', () => {
  it('goes to the time told, through every timer on the way, and no further', async () => {
    const clock = new LocalClock({ mode: 'manual', startMs: start })
    const seen = timers(clock, [1, 3, 9])

    await expect(clock.moveTo(at(4))).resolves.toEqual({ reached: true })

    expect(clock.nowIso()).toBe(at(4))
    expect(seen.fired.map((one) => one.at)).toEqual([at(1), at(3)])
  })

  it('goes to the next timer', async () => {
    const clock = new LocalClock({ mode: 'manual', startMs: start })
    const seen = timers(clock, [1, 3])

    await clock.moveToNext()

    expect(clock.nowIso()).toBe(at(1))
    expect(seen.left).toEqual([3])
    await expect(clock.moveToNext()).resolves.toEqual({ reached: true })
    await expect(clock.moveToNext()).resolves.toEqual({ reached: false, because: 'nothing is due' })
  })

  it('does not go back', async () => {
    const clock = new LocalClock({ mode: 'manual', startMs: start })

    await expect(clock.moveTo(at(-1))).rejects.toThrow('does not go back')
  })

  it('is refused by a gate unless the operator insists', async () => {
    const clock = new LocalClock({ mode: 'manual', startMs: start })
    clock.attachGate(() => false)

    await expect(clock.moveTo(at(1))).resolves.toMatchObject({ reached: false })
    expect(clock.nowIso()).toBe(at(0))
    await expect(clock.moveTo(at(1), { force: true })).resolves.toEqual({ reached: true })
  })

  it('does not move by itself while it runs', async () => {
    const clock = new LocalClock({ mode: 'manual', startMs: start })
    const seen = timers(clock, [1])
    const running = clock.run(() => seen.left.length === 0)
    await turns(50)
    expect(seen.left).toEqual([1])

    clock.setMode('moved')

    await expect(running).resolves.toBe('reached')
  })
})

describe('the real clock', () => {
  it('follows the wall and fires what is due', async () => {
    const clock = new LocalClock({ mode: 'real', startMs: start })
    const before = Date.now()
    const dueMs = before + 20
    let firedAt = 0
    clock.attach({
      name: 'soon',
      nextDue: () => (firedAt === 0 ? dueMs : undefined),
      fireDue: () => {
        if (clock.now() >= dueMs) firedAt = clock.now()
      },
    })

    await clock.run(() => firedAt > 0)

    expect(firedAt).toBeGreaterThanOrEqual(dueMs)
    expect(clock.now()).toBeGreaterThanOrEqual(before)
    await expect(clock.moveTo(at(1))).rejects.toThrow('real time')
  })
})

describe('the kept time', () => {
  it('is where a restart goes on from', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'clock-')), 'clock.json')
    const clock = new LocalClock({ mode: 'manual', startMs: start, file })
    await clock.moveTo(at(30))

    const again = new LocalClock({ mode: 'moved', startMs: start, file })

    expect(again.nowIso()).toBe(at(30))
  })

  it('is published for the Lambda entry points', () => {
    const clock = moved()

    expect(Reflect.get(globalThis, clockSymbol)).toBe(clock)
  })
})
