import { createHash } from 'node:crypto'

/**
 * A reproducible source of chance: the same key gives the same sequence. Step Functions' random numbers, UUIDs
 * and jitter come from here, so that a run with a seed can be repeated.
 */
export interface Chance {
  /** A number from 0 (included) to 1 (excluded). */
  random(): number
  /** A UUID of version 4. */
  uuid(): string
}

export const makeChance = (key: string): Chance => {
  let drawn = 0
  const draw = (): Buffer =>
    createHash('sha256')
      .update(`${key}#${(drawn += 1)}`)
      .digest()
  return {
    random: () => draw().readUIntBE(0, 6) / 2 ** 48,
    uuid: () => {
      const bytes = draw().subarray(0, 16)
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
      const hex = bytes.toString('hex')
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        '-',
      )
    },
  }
}
