import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  eventually,
  playYear,
  startLocal,
  temporaryFolder,
  type EndedStart,
  type LocalStart,
} from '../support/local-year.ts'
import { sampleFolder } from '../support/played-year.ts'

/** Bad input and second starts, by the process that `npm start` runs. */
const temporary = temporaryFolder('start')
const started: LocalStart[] = []
afterEach(async () => {
  for (const one of started.splice(0)) await one.kill()
})
afterAll(() => {
  temporary.remove()
})

let folders = 0
const newFolder = (): string => {
  folders += 1
  return join(temporary.path, `data-${folders}`)
}
const run = (...args: readonly string[]): Promise<EndedStart> => {
  const one = startLocal(args)
  started.push(one)
  return one.ended
}
/** The complaint alone: no stack, nothing on standard output. */
const complaint = (ended: EndedStart): string => {
  expect(ended.code).toBe(1)
  expect(ended.stdout).toBe('')
  expect(ended.stderr).not.toMatch(/\n\s+at /)
  return ended.stderr
}
const markOf = (folder: string) =>
  z
    .object({ format: z.int(), set: z.string(), year: z.int() })
    .parse(JSON.parse(readFileSync(join(folder, 'data-folder.json'), 'utf8')))

describe('an option that is none', () => {
  it('is told plainly, with where the options are', async () => {
    const text = complaint(await run('--exit', '--fast', '--data', newFolder()))
    expect(text).toContain("'--fast'")
    expect(text).toContain('npm start -- --help')
  })

  it('is told for a port that is no number', async () => {
    const text = complaint(await run('--port', 'x', '--data', newFolder()))
    expect(text).toContain('--port takes a whole number from 0 to 65533, not "x"')
  })

  it('is told for a year the set does not play, which is not made up', async () => {
    const folder = newFolder()
    const text = complaint(await run('--year', '2013', '--data', folder))
    expect(text).toContain('The set integration-2014 plays the year 2014; it has nothing for 2013')
    expect(existsSync(folder)).toBe(false)
  })

  it('is told for a part that nobody has in the set', async () => {
    const text = complaint(await run('--play', '101', '--data', newFolder()))
    expect(text).toContain('--play 101: no municipality and no ministry person of this set')
  })

  it('prints the options when asked for them', async () => {
    const { code, stdout } = await run('--help')
    expect(code).toBe(0)
    for (const option of ['--exit', '--json', '--data', '--port', '--set', '--year', '--play'])
      expect(stdout).toContain(option)
  })
})

describe('a set with an error', () => {
  it('starts nothing and names every file, the path in it and what was expected', async () => {
    const set = join(temporary.path, 'set')
    cpSync(sampleFolder, set, { recursive: true })
    edit(join(set, 'agreements', 'vejle-rk.json'), (text) =>
      text.replace(/"weight": \d+/, '"weight": "much"'),
    )
    edit(join(set, 'set.json'), (text) =>
      text.replace('"reportingDate": "2015-09-01"', '"reportingDate": "1/9"'),
    )
    const folder = newFolder()
    const text = complaint(await run('--exit', '--set', set, '--data', folder))
    expect(text).toContain('has 2 errors; nothing is started')
    expect(text).toMatch(/vejle-rk\.json: agreement\.targets\[0\]\.weight: .*number/)
    expect(text).toMatch(/set\.json: reportingDate: /)
    expect(existsSync(folder)).toBe(false)
  })

  it('is told when there is no set folder at all', async () => {
    const text = complaint(await run('--set', join(temporary.path, 'nowhere')))
    expect(text).toContain('a set folder; there is none')
  })

  const edit = (file: string, change: (text: string) => string): void => {
    const before = readFileSync(file, 'utf8')
    const after = change(before)
    expect(after).not.toBe(before)
    writeFileSync(file, after)
  }
})

describe('a port in use', () => {
  it('is named with the option that chooses another, whichever of the three it is', async () => {
    for (const [step, what] of [
      [0, 'console'],
      [2, 'SMTP'],
    ] as const) {
      const first = await threePortsInARow()
      const taken = await listening(first + step)
      const text = complaint(await run('--exit', '--port', String(first), '--data', newFolder()))
      taken.close()
      expect(text, what).toContain(`Port ${first + step} `)
      expect(text).toContain('--port N (0 takes any free one)')
    }
  })

  const listening = async (port: number): Promise<Server> => {
    const server = createServer().listen(port, '127.0.0.1')
    await once(server, 'listening')
    return server
  }
  const threePortsInARow = async (): Promise<number> => {
    const any = await listening(0)
    const { port } = z.object({ port: z.int() }).parse(any.address())
    any.close()
    try {
      for (const next of [port, port + 1, port + 2]) (await listening(next)).close()
      return port
    } catch {
      return threePortsInARow()
    }
  }
})

describe('a data folder', () => {
  it('of a newer version or of another set is refused and left as it is', async () => {
    const folder = newFolder()
    mkdirSync(folder)
    const marks = [
      { mark: { format: 99, set: 'integration-2014', year: 2014 }, words: 'has data format 99' },
      {
        mark: { format: 1, set: 'another-v1-00000000', year: 2014 },
        words: 'was made for the set another-v1-00000000',
      },
    ]
    for (const { mark, words } of marks) {
      writeFileSync(join(folder, 'data-folder.json'), JSON.stringify(mark))
      const text = complaint(await run('--exit', '--data', folder))
      expect(text).toContain(words)
      expect(text).toContain('--data DIR')
      expect(markOf(folder)).toEqual(mark)
      expect(readdirSync(folder).filter((name) => !name.startsWith('lock.db'))).toEqual(['data-folder.json'])
    }
  })

  it('that is none is not written into', async () => {
    const folder = newFolder()
    mkdirSync(folder)
    writeFileSync(join(folder, 'thesis.txt'), 'do not lose')
    const text = complaint(await run('--exit', '--data', folder))
    expect(text).toContain('is not a data folder: it has thesis.txt in it')
    expect(readdirSync(folder)).toEqual(['thesis.txt'])
  })

  it('in use by a running system: a second start prints the first’s addresses and changes nothing', async () => {
    const folder = newFolder()
    const first = playYear(folder)
    started.push(first)
    const addresses = await eventually('the first start’s addresses', () => {
      const file = join(folder, 'addresses.json')
      return existsSync(file)
        ? z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
        : undefined
    })
    const mark = markOf(folder)
    const second = await run('--exit', '--data', folder)
    expect(second.code).toBe(0)
    for (const name of ['console', 'mailboxes', 'login', 'smtp'])
      expect(second.stderr).toContain(`${name}: ${addresses[name]}`)
    expect(second.stderr).toContain('Nothing was changed.')
    expect(markOf(folder)).toEqual(mark)
    // The first goes on, and answers where it said it would.
    const page = await fetch(addresses['mailboxes'] ?? '')
    expect(page.status).toBe(200)
    expect(first.printed().stdout).toBe('')
  })
})
