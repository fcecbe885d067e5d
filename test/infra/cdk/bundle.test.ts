import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeAssets } from '../../../functions/adapters/assets.ts'
import { bundleInto } from '../../../infra/aws/bundle.ts'
import type { FunctionName } from '../../../workflows/tasks.ts'

/** A task, the one with most libraries, and the one with files beside it. */
const bundled: readonly FunctionName[] = ['PlanNext', 'TakeInMail', 'Console']
let folder: string
const folderOf = (name: FunctionName): string => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aarshjul-bundle-'))
  for (const name of bundled) bundleInto(name, folderOf(name))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe.each(bundled)('%s as Lambda gets it', (name) => {
  test('starts with nothing beside it, and takes no callback, which Node 24 on Lambda refuses', () => {
    const file = pathToFileURL(join(folderOf(name), 'index.mjs')).href
    const script = `const { handler } = await import(${JSON.stringify(file)}); console.log(typeof handler, handler.length)`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folderOf(name),
      env: {},
      encoding: 'utf8',
    })
    expect(said.trim()).toMatch(/^function [012]$/)
  })

  test('starts from one file, small enough to start fast, and does not load its source map', () => {
    const code = readFileSync(join(folderOf(name), 'index.mjs'), 'utf8')
    expect(code.length).toBeLessThan(3_000_000)
    expect(code).not.toContain('//# sourceMappingURL=index')
    expect(existsSync(join(folderOf(name), 'index.mjs.map'))).toBe(true)
  })
})

test('the console has the design system beside it: every font and picture that its style sheet names of them', async () => {
  const sheet = join(folderOf('Console'), 'assets', 'css', 'dkfds.min.css')
  const named = [...readFileSync(sheet, 'utf8').matchAll(/url\("?([^")?#]+\.(?:woff2?|svg))"?\)/g)].map(
    (match) => match[1] ?? '',
  )
  for (const ending of ['.woff', '.woff2', '.svg'])
    expect(named.filter((file) => file.endsWith(ending)).length, ending).toBeGreaterThan(3)
  const [here, beside] = [makeAssets(), makeAssets(join(folderOf('Console'), 'assets'))]
  for (const file of named) {
    const path = posix.join('css', file)
    const served = await here.get(path)
    expect(served, file).not.toBeNull()
    expect(await beside.get(path), file).toEqual(served)
  }
  expect(existsSync(join(folderOf('Console'), 'assets', 'img', 'all-svg-icons.svg'))).toBe(true)
  expect(existsSync(join(folderOf('Console'), 'assets', 'LICENSE.md'))).toBe(true)
})
