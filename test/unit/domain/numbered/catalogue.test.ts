import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { entries, idsIn } from '../../../judging/catalogue.ts'
import { jointReportParts } from '../../../judging/joint-report.ts'

test('the catalogue names every edge case from 1 to 67 and every invariant from 1 to 21, each once', () => {
  const upTo = (count: number, name: string) =>
    Array.from({ length: count }, (_, index) => `${name}${index + 1}`)
  const wanted = [...upTo(67, 'Edge case '), ...upTo(21, 'Invariant I')]
  expect(entries.map((one) => one.id).toSorted()).toEqual(wanted.toSorted())
  expect(entries.filter((one) => one.notYet !== undefined && one.lacks !== undefined)).toEqual([])
  expect(idsIn('x > Edge case 28, Invariant I10: a letter')).toEqual(['Edge case 28', 'Invariant I10'])
})

test.each(
  jointReportParts.flatMap(({ says, proofs }) => proofs.map(([file, name]) => ({ says, file, name }))),
)('the joint report in full, »$says«: $file has the test', ({ file, name }) => {
  const source = readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')
  expect(source).toContain(`'${name}`)
})

test('every part of the joint report has a proof, or says what it lacks', () => {
  for (const { says, proofs, lacks } of jointReportParts)
    expect(proofs.length > 0 || lacks !== undefined, says).toBe(true)
})
