import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeVerifyRecord } from '../../functions/handlers/operator/verify-record.ts'
import type { Fault } from '../../functions/handlers/operator/verify/fault.ts'
import { attackerOf, type Attacker } from '../support/attacker-of-records.ts'
import { playYear, temporaryFolder } from '../support/local-year.ts'
import { openStoredRecord, type StoredRecord } from '../support/stored-record.ts'
import { tamperingsOf, type Named, type Tampering } from './tamperings.ts'

/**
 * A small year (four agreements), played to its end; then its table and its archive are tampered with, in every kind
 * and place of `tamperings.ts`, one at a time and all at once: `verify` names each.
 */
const set = fileURLToPath(new URL('../fixtures/older-data-folder/set', import.meta.url))
const temporary = temporaryFolder('tampering')
let record: StoredRecord
let attacker: Attacker
let tamperings: readonly Tampering[]

beforeAll(async () => {
  const folder = join(temporary.path, 'data')
  const { code, stderr } = await playYear(folder, '--set', set).ended
  if (code !== 0) throw new Error(stderr)
  record = await openStoredRecord(folder)
  attacker = attackerOf(record)
  tamperings = tamperingsOf(record, attacker)
}, 600_000)
afterAll(async () => {
  await record.close()
  temporary.remove()
})

const verify = (input: object = {}) => makeVerifyRecord(record.ports)(input)

const isNamed = (faults: readonly Fault[], { kind, where, what }: Named): boolean =>
  faults.some(
    (fault) =>
      fault.kind === kind &&
      (typeof where === 'string' ? fault.where === where : where.test(fault.where)) &&
      (what === undefined || what.test(fault.what)),
  )

describe('a verification of a year', () => {
  it('finds nothing in one that is whole', async () => {
    expect(await verify()).toMatchObject({ ok: true, faults: [] })
  })

  it('names each tampering, one at a time', async () => {
    expect(tamperings.length).toBeGreaterThanOrEqual(75)
    const missed: string[] = []
    for (const { what, tamper } of tamperings) {
      const named = [await tamper()].flat()
      const { ok, faults } = await verify()
      for (const one of named)
        if (ok || !isNamed(faults, one))
          missed.push(
            `${what}: ${one.kind} ${String(one.where)}; found ${JSON.stringify(faults.slice(0, 4))}`,
          )
      await attacker.undoAll()
    }
    process.stdout.write(
      `${tamperings.length} tamperings one at a time, ${tamperings.length - missed.length} named\n`,
    )
    expect(missed).toEqual([])
    expect((await verify()).faults).toEqual([])
  })

  it('names all of them at once, in one run', async () => {
    const expected: { what: string; named: Named }[] = []
    const together = tamperings.filter(({ alone }) => alone !== true)
    expect(together.length).toBeGreaterThanOrEqual(60)
    for (const { what, tamper } of together)
      for (const named of [await tamper()].flat()) expected.push({ what, named })
    const { faults } = await verify()
    const missed = expected.filter(({ named }) => !isNamed(faults, named))
    process.stdout.write(
      `${together.length} tamperings at once: ${expected.length - missed.length} of ${expected.length} names among ${faults.length} faults\n`,
    )
    expect(missed.map(({ what, named }) => `${what}: ${named.kind} ${String(named.where)}`)).toEqual([])
    await attacker.undoAll()
    expect((await verify()).faults).toEqual([])
  })
})
