import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { start, hourMs, at, turns, timers, moved } from './clock-timers.ts'

describe('the moved clock', () => {
  it('goes from timer to timer, in order, and fires each at its own time', async () => {
    const clock = moved()
    const a = timers(clock, [5, 1, 3])
    const b = timers(clock, [2, 3])

    await clock.run(() => a.left.length + b.left.length === 0)

    expect(a.fired).toEqual([1, 3, 5].map((hour) => ({ hour, at: at(hour) })))
    expect(b.fired).toEqual([2, 3].map((hour) => ({ hour, at: at(hour) })))
  })

  it('stands still while work is in hand, however long it takes', async () => {
    const clock = moved()
    const release = clock.hold('task SendRequest')
    clock.hold('task SendRequest')()
    const seen = timers(clock, [1])
    const running = clock.run(() => seen.left.length === 0)

    await turns(50)
    expect(seen.fired).toEqual([])
    expect(clock.ledger()).toMatchObject([{ reason: 'task SendRequest', count: 1 }])

    release()
    release()
    await running
    expect(seen.fired).toHaveLength(1)
    expect(clock.ledger()).toEqual([])
  })

  it('finishes the work a timer started, and the work that follows from it, before the next timer', async () => {
    const clock = moved()
    const log: string[] = []
    const seen = timers(clock, [1, 2], (hour) => {
      const done = clock.hold(`work ${hour}`)
      void turns(5).then(() => {
        const next = clock.hold(`more work ${hour}`)
        done()
        return turns(5).then(() => {
          log.push(`${hour} done at ${clock.nowIso()}`)
          next()
        })
      })
    })

    await clock.run(() => seen.left.length === 0 && log.length === 2)

    expect(log).toEqual([`1 done at ${at(1)}`, `2 done at ${at(2)}`])
  })

  it('never passes a timer that the work in hand sets', async () => {
    const clock = moved()
    const later = timers(clock, [])
    const seen = timers(clock, [1, 10], (hour) => {
      if (hour !== 1) return
      const done = clock.hold('work')
      void turns(3).then(() => {
        later.add(4)
        done()
      })
    })

    await clock.run(() => seen.left.length + later.left.length === 0)

    expect(later.fired).toEqual([{ hour: 4, at: at(4) }])
  })

  it('says that nothing is due, once, and goes on when a timer comes', async () => {
    const clock = moved()
    let stalled = 0
    clock.onStalled(() => (stalled += 1))
    const seen = timers(clock, [])
    const running = clock.run(() => seen.fired.length === 1)
    await turns()
    expect(stalled).toBe(1)

    seen.add(2)
    await running

    expect(seen.fired).toEqual([{ hour: 2, at: at(2) }])
    expect(stalled).toBe(1)
  })

  it('asks every gate with the time it would move to, and waits until it is told of a change', async () => {
    const clock = moved()
    const asked: number[] = []
    let personActed = false
    clock.attachGate(async (nextMs) => {
      const reconciling = clock.hold('reconcile')
      await turns(3)
      reconciling()
      asked.push(nextMs)
    })
    clock.attachGate(() => personActed)
    const seen = timers(clock, [6])
    const running = clock.run(() => seen.left.length === 0)
    await turns(100)
    expect(seen.fired).toEqual([])
    expect(asked).toEqual([start + 6 * hourMs])

    personActed = true
    clock.changed()
    await running

    expect(asked).toEqual([start + 6 * hourMs, start + 6 * hourMs])
    expect(seen.fired).toHaveLength(1)
  })

  it('looks again when a gate has found something to do first', async () => {
    const clock = moved()
    let found = true
    const seen = timers(clock, [6])
    clock.attachGate(() => {
      if (found) seen.add(2)
      found = false
    })

    await clock.run(() => seen.left.length === 0)

    expect(seen.fired).toEqual([
      { hour: 2, at: at(2) },
      { hour: 6, at: at(6) },
    ])
  })

  it('pauses before a timer that a predicate picks', async () => {
    const clock = moved()
    const release = clock.pauseBefore((nextMs) => nextMs >= start + 5 * hourMs)
    const seen = timers(clock, [1, 5])
    const running = clock.run(() => seen.left.length === 0)
    await turns(50)
    expect(seen.fired.map(({ hour }) => hour)).toEqual([1])

    release()
    await running

    expect(seen.fired.map(({ hour }) => hour)).toEqual([1, 5])
  })

  it('fires what is overdue without moving, so a restart takes up what it missed', async () => {
    const clock = moved()
    const moves: number[] = []
    clock.onMove((to) => moves.push(to))
    const seen = timers(clock, [-3])

    await clock.run(() => seen.left.length === 0)

    expect(seen.fired).toEqual([{ hour: -3, at: at(0) }])
    expect(moves).toEqual([])
  })

  it('fails, naming the source, when a source never does what it says is due', async () => {
    const clock = moved()
    clock.attach({ name: 'stuck queue', nextDue: () => start, fireDue: () => {} })

    await expect(clock.run()).rejects.toThrow('stuck queue')
  })

  it('stops when told', async () => {
    const clock = moved()
    const running = clock.run()
    await turns()
    clock.stop()

    await expect(running).resolves.toBe('stopped')
  })

  it('for any timers and any work, fires each once, never early, in order of time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.integer({ min: 0, max: 500 }), fc.nat(3), fc.option(fc.integer({ min: 0, max: 100 }))),
        ),
        async (plan) => {
          const clock = moved()
          const work = new Map(plan.map(([hour, length, child]) => [hour, { length, child }]))
          const children: number[] = []
          const seen = timers(clock, [...work.keys()], (hour) => {
            const todo = work.get(hour)
            work.delete(hour)
            if (todo === undefined) return
            const done = clock.hold('work')
            void turns(todo.length).then(() => {
              if (todo.child !== null) {
                children.push(hour + todo.child)
                seen.add(hour + todo.child)
              }
              done()
            })
          })
          const planned = [...work.keys()]
          await clock.run(() => seen.left.length === 0)
          expect(seen.fired.map(({ hour }) => hour)).toEqual([...planned, ...children].sort((a, b) => a - b))
          for (const { hour, at: firedAt } of seen.fired) expect(firedAt).toBe(at(hour))
        },
      ),
      { numRuns: 50 },
    )
  })
})
