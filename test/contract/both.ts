import { afterAll, beforeAll, describe } from 'vitest'
import type { Table } from '../../functions/adapters/dynamodb/table.ts'
import { openTestTable } from './test-table.ts'

/** What a suite runs on, opened once for all its tests. */
export type Opened<T> = { readonly subject: T; close?(): Promise<void> }

/**
 * Runs one suite on each of several implementations of a port. What is opened is shared by all tests of the
 * suite, so each test takes names of its own from `fresh`.
 */
export function onEach<T>(
  implementations: Readonly<Record<string, () => Opened<T> | Promise<Opened<T>>>>,
  suite: (subject: () => T) => void,
): void {
  describe.each(Object.entries(implementations))('%s', (_name, open) => {
    let opened: Opened<T>
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close?.())
    suite(() => opened.subject)
  })
}

/** Runs one suite on the DynamoDB adapter and on its twin in memory. */
export const onBoth = <T>(
  port: string,
  make: { table: (table: Table) => T; memory: () => T },
  suite: (store: () => T) => void,
): void =>
  onEach(
    {
      [`${port} in DynamoDB`]: async () => {
        const opened = await openTestTable()
        return { subject: make.table(opened.table), close: () => opened.close() }
      },
      [`${port} in memory`]: () => ({ subject: make.memory() }),
    },
    suite,
  )

let names = 0
/** A name that no other test of the file has. */
export const fresh = (stem: string): string => `${stem}-${(names += 1)}`
