import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { letterKinds } from '../../functions/domain/casefile/letter-kinds.ts'
import { letters } from '../../functions/mail/letters.ts'
import { casesIn, casesOf, specifications } from '../support/numbered-cases.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const filesOf = (...patterns: readonly string[]): readonly string[] =>
  patterns.flatMap((pattern) => globSync(pattern, { cwd: root }))
const sources = filesOf('{functions,infra,test,workflows}/**/*.{ts,mjs,md}', '*.md', '.github/*.md').filter(
  (path) => !/fixtures\/(?!agreements|letters)|catalogue\.test/.test(path),
)
const documents = sources.filter((path) => path.endsWith('.md') && !path.includes('/gallery/'))
const everyFile = filesOf('{functions,infra,test,workflows}/**/*.*', '*.*', '.github/*', '.ci/*')

/** A text whose comments run on over their lines. */
const unwrapped = (text: string): string => text.replaceAll(/\n\s*(?:\*|\/\/) /g, ' ')

const mailRules = casesOf(read('functions/mail/README.md'))
const numbered = [...specifications.intake, ...specifications.judging, ...mailRules].flatMap(({ cases }) =>
  cases.map(({ name }) => name),
)
const isListed = (name: string): boolean =>
  numbered.includes(name) || numbered.some((one) => one.startsWith(`${name}.`))

/** The rooms' READMEs as comments name them: `domain/README.md`, `functions/domain/README.md`, `README.md`. */
const pathOf = (named: string, from: string): string | undefined =>
  [join(dirname(from), named), named, join('functions', named)].find((path) => everyFile.includes(path))

describe('what comments, titles and documents cite', () => {
  test('is a numbered case that a README lists', () => {
    const unknown = sources.flatMap((path) =>
      casesIn(unwrapped(read(path)))
        .filter((name) => !isListed(name))
        .map((name) => `${path}: ${name}`),
    )
    expect(unknown).toEqual([])
  })

  test('is a heading that stands in the README', () => {
    const unknown = sources.flatMap((path) =>
      [...unwrapped(read(path)).matchAll(/([\w./-]*README\.md), "([^"$]+)"/g)].flatMap(
        ([, named = '', heading = '']) => {
          const readme = pathOf(named, path)
          const stands = readme !== undefined && new RegExp(`^#+ ${heading}$`, 'm').test(read(readme))
          return stands ? [] : [`${path}: ${named}, "${heading}"`]
        },
      ),
    )
    expect(unknown).toEqual([])
  })

  test('is no document that is not in the repository', () => {
    const unknown = sources.flatMap((path) =>
      [...read(path).matchAll(/\b(?!LICENSE)([A-Z]{3,}\.md)\b/g)]
        .filter(([, named = '']) => !everyFile.some((file) => file.endsWith(named)))
        .map(([, named]) => `${path}: ${named ?? ''}`),
    )
    expect(unknown).toEqual([])
  })

  test('is a file that is there, where a document names one', () => {
    const unknown = documents.flatMap((path) =>
      [...read(path).matchAll(/`((?:[\w.-]+\/)*[\w-][\w.-]*\.(?:ts|mjs|md|json))`/g)].flatMap(
        ([, named = '']) => {
          const isHere =
            pathOf(named, path) !== undefined ||
            everyFile.includes(join('test', named)) ||
            everyFile.some((file) => file.endsWith(`/${named}`))
          return isHere ? [] : [`${path}: ${named}`]
        },
      ),
    )
    expect(unknown).toEqual([])
  })
})

test('the root README tells every script', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')))
  const told = Object.keys(scripts).filter((name) => !name.startsWith('pre'))
  expect(told.filter((name) => !new RegExp(`[\\s\`]${name}[\\s\`]`).test(read('README.md')))).toEqual([])
})

test('the table of letters names every kind once, with its form of address and copy', () => {
  const rows = read('functions/mail/README.md').matchAll(
    /^\| \S[^|]*\| `([a-z0-9-]+)` +\| [^|]*\| ([^|]*)\|$/gm,
  )
  const listed = [...rows].map(([, kind = '', to = '']) => ({
    kind,
    address: to.includes('[I]') ? 'you' : to.includes('[K]') ? 'municipality' : 'ministry',
    mainMailboxInCopy: to.includes('main mailbox in copy'),
  }))
  const byKind = (one: { kind: string }, other: { kind: string }): number =>
    one.kind.localeCompare(other.kind)
  const declared = letterKinds.map((kind) => ({
    kind,
    address: letters[kind].address,
    mainMailboxInCopy: letters[kind].mainMailboxInCopy === true,
  }))
  expect(listed.toSorted(byKind)).toEqual(declared.toSorted(byKind))
})
