import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { expect, it } from 'vitest'
import { MirroredLevel } from '../../../infra/local/mirrored-level.ts'

const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'mirrored-')), 'level')

const allOf = async (level: MirroredLevel, range: object = {}): Promise<readonly unknown[]> => {
  const found: unknown[] = []
  const values = level.values(range)
  for (;;) {
    const value = await values.next()
    if (value === undefined) return found
    found.push(value)
  }
}

it('holds after a restart what it held before, more than it reads at a time', async () => {
  const folder = newFolder()
  const before = await MirroredLevel.open(folder)
  const keys = Array.from({ length: 2345 }, (_, n) => `row-${String(n).padStart(5, '0')}`)
  await Promise.all(keys.map((key, n) => before.put(key, { n, text: 'æøå' })))
  await before.del('row-00007')
  await before.put('row-00008', { n: 8, text: 'again' })
  const held = await allOf(before)
  await before.close()

  const after = await MirroredLevel.open(folder)
  expect(await allOf(after)).toEqual(held)
  expect(held).toHaveLength(2344)
  expect(await after.get('row-00007')).toBeUndefined()
  expect(await after.get('row-00008')).toEqual({ n: 8, text: 'again' })
  await after.close()
})

it('has on disk what it has answered for, in the order in which it came', async () => {
  const folder = newFolder()
  const level = await MirroredLevel.open(folder)
  const writes = Array.from({ length: 50 }, (_, n) => level.put('one', n))
  await Promise.all([
    ...writes,
    level.batch([
      { type: 'put', key: 'two', value: 2 },
      { type: 'del', key: 'two' },
    ]),
  ])
  await level.close()

  const disk = new ClassicLevel<string, unknown>(folder, { valueEncoding: 'json' })
  expect(await disk.get('one')).toBe(49)
  expect(await disk.get('two')).toBeUndefined()
  await disk.close()
})

it('shows nobody a write that is not on disk yet', async () => {
  const level = await MirroredLevel.open(newFolder())
  let written = false
  const writing = level.put('key', 1).then(() => {
    written = true
  })
  const seen = await level.get('key')

  expect([seen, written]).toEqual([undefined, false])
  await writing
  expect(await level.get('key')).toBe(1)
  await level.close()
})

it('answers a range in order, forwards and backwards', async () => {
  const level = await MirroredLevel.open(newFolder())
  await level.batch(['a1', 'a2', 'a3', 'b1'].map((key) => ({ type: 'put', key, value: key })))

  expect(await allOf(level, { gte: 'a2', lt: 'b' })).toEqual(['a2', 'a3'])
  expect(await allOf(level, { lt: 'b', reverse: true, limit: 2 })).toEqual(['a3', 'a2'])
  await level.close()
})

it('refuses to write when it is closed', async () => {
  const level = await MirroredLevel.open(newFolder())
  await level.close()

  await expect(level.put('late', 1)).rejects.toThrow(/not open/)
})
