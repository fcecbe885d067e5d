import { afterAll, beforeAll, describe } from 'vitest'
import type { Table } from '../../functions/adapters/dynamodb/table.ts'
import { openTestTable } from './test-table.ts'

/**
 * Runs one suite on the DynamoDB adapter and on its twin in memory. The table is shared by all tests of a
 * file, so each test takes names of its own from `fresh`.
 */
export function onBoth<T>(
  port: string,
  make: { table: (table: Table) => T; memory: () => T },
  suite: (store: () => T) => void,
): void {
  describe(`${port} in DynamoDB`, () => {
    let opened: Awaited<ReturnType<typeof openTestTable>>
    beforeAll(async () => {
      opened = await openTestTable()
    })
    afterAll(() => opened.close())
    suite(() => make.table(opened.table))
  })
  describe(`${port} in memory`, () => {
    let store: T
    beforeAll(() => {
      store = make.memory()
    })
    suite(() => store)
  })
}

let names = 0
/** A name that no other test of the file has. */
export const fresh = (stem: string): string => `${stem}-${(names += 1)}`
