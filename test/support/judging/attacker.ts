/**
 * Somebody who has everything that was ever published of a table and searches: which whole numbers, none below
 * zero, could the hidden ones be? An exact search, apart from the product's own audit.
 */

/** A printed sum: the names of the numbers in it, and what they come to. */
export interface Sum {
  readonly names: readonly string[]
  readonly total: number
}

type Bounds = ReadonlyMap<string, readonly [number, number]>

/** Bounds that every sum leaves; null when there is no such set of numbers. */
const narrowed = (sums: readonly Sum[], from: Bounds): Bounds | null => {
  const bounds = new Map(from)
  const of = (name: string): readonly [number, number] => bounds.get(name) ?? [0, 0]
  for (let changed = true; changed;) {
    changed = false
    for (const { names, total } of sums) {
      const low = names.reduce((all, name) => all + of(name)[0], 0)
      const high = names.reduce((all, name) => all + of(name)[1], 0)
      if (low > total || high < total) return null
      for (const name of names) {
        const [least, most] = of(name)
        const next = [Math.max(least, total - (high - most)), Math.min(most, total - (low - least))] as const
        if (next[0] > next[1]) return null
        if (next[0] === least && next[1] === most) continue
        bounds.set(name, next)
        changed = true
        break
      }
      if (changed) break
    }
  }
  return bounds
}

const isPossible = (sums: readonly Sum[], from: Bounds): boolean => {
  const bounds = narrowed(sums, from)
  if (bounds === null) return false
  const open = [...bounds].filter(([, [least, most]]) => least < most)
  const [first] = open.sort(([, a], [, b]) => a[1] - a[0] - (b[1] - b[0]))
  if (first === undefined) return true
  const [name, [least, most]] = first
  for (let value = least; value <= most; value += 1)
    if (isPossible(sums, new Map(bounds).set(name, [value, value]))) return true
  return false
}

/**
 * The least and the most that each number in the sums can be.
 * @throws when no numbers at all fit: then the sums are not of one table
 */
export const attack = (sums: readonly Sum[]): ReadonlyMap<string, readonly [number, number]> => {
  const largest = Math.max(0, ...sums.map((one) => one.total))
  const names = [...new Set(sums.flatMap((one) => one.names))]
  const start: Bounds = new Map(names.map((name) => [name, [0, largest]]))
  const bounds = narrowed(sums, start)
  if (bounds === null) throw new Error('no numbers fit')
  return new Map(
    names.map((name) => {
      const [from, to] = bounds.get(name) ?? [0, 0]
      const fits = (value: number) => isPossible(sums, new Map(bounds).set(name, [value, value]))
      let [least, most] = [from, to]
      while (least < to && !fits(least)) least += 1
      while (most > least && !fits(most)) most -= 1
      return [name, [least, most]] as const
    }),
  )
}
