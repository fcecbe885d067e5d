import { afterEach, describe, expect, it } from 'vitest'
import { clockFrom } from '../../../functions/adapters/clock.ts'

const symbol = Symbol.for('aarshjul.clock')
const publish = (value: unknown) =>
  Object.defineProperty(globalThis, symbol, { value, configurable: true, writable: true })

describe('the clock', () => {
  const before: unknown = Reflect.get(globalThis, symbol)
  afterEach(() => {
    if (before === undefined) Reflect.deleteProperty(globalThis, symbol)
    else publish(before)
  })

  it('of the system gives an instant in UTC', () => {
    const now = clockFrom('system', 'prod').now()
    expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  it('that is embedded is read anew each time, and may be published after it was asked for', () => {
    const clock = clockFrom('embedded', 'local')
    class Moved {
      ms = Date.parse('2015-01-15T08:00:00Z')
      now() {
        return this.ms
      }
    }
    const moved = new Moved()
    publish(moved)
    expect(clock.now()).toBe('2015-01-15T08:00:00.000Z')
    moved.ms += 1
    expect(clock.now()).toBe('2015-01-15T08:00:00.001Z')
  })

  it('that is embedded is refused in production', () => {
    expect(() => clockFrom('embedded', 'prod')).toThrow(/Production accepts only/)
  })

  it('that is embedded says so when there is none in the process', () => {
    publish({ now: 'no function' })
    expect(() => clockFrom('embedded', 'local').now()).toThrow(/no embedded clock/)
  })
})
