import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { notRecorded } from '../../recordings/not-recorded.ts'

describe('what no recording covers', () => {
  it.each(notRecorded)('has a test: $what', ({ test: [file, name] }) => {
    const source = readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
    expect(source).toContain(`('${name}'`)
  })
})
