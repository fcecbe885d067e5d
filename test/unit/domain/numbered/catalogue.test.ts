import { expect, test } from 'vitest'
import { casesIn, specifications } from '../../../support/numbered-cases.ts'

const upTo = (count: number, name: string) => Array.from({ length: count }, (_, at) => `${name}${at + 1}`)
const named = (specification: keyof typeof specifications) =>
  specifications[specification].flatMap(({ cases }) => cases.map(({ name }) => name))

test('the catalogue names every edge case from 1 to 67 and every invariant from 1 to 21, each once', () => {
  const wanted = [...upTo(67, 'Edge case '), ...upTo(21, 'Invariant I')]
  expect(
    named('judging')
      .filter((name) => !name.startsWith('Joint report'))
      .toSorted(),
  ).toEqual(wanted.toSorted())
})

test('the catalogue names every case of the intake, each once', () => {
  const wanted = [
    ...upTo(142, 'MAIL '),
    ...upTo(23, 'MAIL security '),
    ...upTo(14, 'LETTERS 3.3.'),
    ...[2, 3, 4, 5].map((number) => `LETTERS 6.${number}`),
  ]
  // From 200 on the kinds of fault that people reported, from security 24 on those that an attack found: each with a
  // row for every rule that came of it.
  const kinds = named('intake').filter((name) =>
    /^MAIL (?:[23]\d\d|security (?:2[4-9]|[3-9]\d))$/u.test(name),
  )
  expect(new Set(kinds).size).toBe(kinds.length)
  expect(named('intake').toSorted()).toEqual([...wanted, ...kinds].toSorted())
})

test('a title names its cases one by one, in rows and in ranges', () => {
  expect(casesIn('x > Edge case 28, Invariant I10: a letter')).toEqual(['Edge case 28', 'Invariant I10'])
  expect(casesIn('MAIL 1, 6-8 and 12: a mail')).toEqual(['MAIL 1', 'MAIL 6', 'MAIL 7', 'MAIL 8', 'MAIL 12'])
  expect(casesIn('LETTERS 3.3.4-3.3.5, MAIL security 8: a line')).toEqual([
    'LETTERS 3.3.4',
    'LETTERS 3.3.5',
    'MAIL security 8',
  ])
})
