import type { EndpointClock } from '../../../infra/local/aws/http-endpoint.ts'

/** A clock that moves only when told, and knows who holds it. */
export class TestClock implements EndpointClock {
  readonly holders: string[] = []
  changes = 0
  #now: number

  constructor(start = '2015-01-15T08:00:00.000Z') {
    this.#now = Date.parse(start)
  }

  now(): number {
    return this.#now
  }

  hold(reason: string): () => void {
    this.holders.push(reason)
    let released = false
    return () => {
      if (released) throw new Error(`${reason} was released twice`)
      released = true
      this.holders.splice(this.holders.indexOf(reason), 1)
    }
  }

  changed(): void {
    this.changes += 1
  }

  advance(seconds: number): void {
    this.#now += seconds * 1000
  }
}
