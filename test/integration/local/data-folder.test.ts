import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type DataFolder,
  DataFolderInUse,
  DataFolderRefused,
  openDataFolder,
  runningAddresses,
} from '../../../infra/local/data-folder.ts'
import { listen, PortInUse } from '../../../infra/local/listen.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'data-'))
const opened: DataFolder[] = []
const open = (folder: string, wanted: Partial<Parameters<typeof openDataFolder>[0]> = {}) => {
  const data = openDataFolder({ folder, set: 'sample', year: 2014, ...wanted })
  opened.push(data)
  return data
}
const failure = (act: () => unknown): unknown => {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}
const contents = (folder: string) =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('lock.db'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')])
/** Another process that opens the folder and stays. */
const script = `
  const { openDataFolder } = await import(process.argv[1])
  openDataFolder({ folder: process.argv[2], set: 'sample', year: 2014 }).writeAddresses({ console: 'http://localhost:4400' })
  process.send({ open: true })
  setInterval(() => {}, 1000)`
const otherProcess = async (folder: string) => {
  const module = new URL('../../../infra/local/data-folder.ts', import.meta.url).href
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, module, folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}

afterEach(() => {
  for (const data of opened.splice(0)) data.close()
})

describe('the data folder', () => {
  it('is made where there is none, and found again', () => {
    const folder = join(newFolder(), 'deep', 'data')

    const made = open(folder)
    expect(made.isNew).toBe(true)
    made.close()

    expect(open(folder).isNew).toBe(false)
  })

  it('belongs to one process: a second is told where the first one is, and changes nothing', async () => {
    const folder = newFolder()
    const child = await otherProcess(folder)
    const before = contents(folder)

    const refused = failure(() => open(folder))

    expect(refused).toBeInstanceOf(DataFolderInUse)
    expect(refused).toMatchObject({ addresses: { console: 'http://localhost:4400' } })
    expect(contents(folder)).toEqual(before)
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  it('is free at once when the process that held it was killed, and does not tell its addresses', async () => {
    const folder = newFolder()
    const child = await otherProcess(folder)
    expect(runningAddresses(folder)).toEqual({ console: 'http://localhost:4400' })
    child.kill('SIGKILL')
    await once(child, 'exit')

    const data = open(folder)

    expect(data.isNew).toBe(false)
    expect(runningAddresses(folder)).toBeUndefined()
  })

  it.each([
    ['another set', { set: 'real' }, ['sample', 'real']],
    ['another year', { year: 2015 }, ['2014', '2015']],
    ['an older version of the program', { format: 1, upgrades: [] }, ['format 3', 'knows 1']],
  ])('of %s is refused, with both named, and is left as it was', (_name, wanted, words) => {
    const folder = newFolder()
    const upgrades = [2, 3].map((to) => ({ to, apply: () => {} }))
    open(folder, { format: 3, upgrades }).close()
    const before = contents(folder)

    const refused = failure(() => open(folder, { format: 3, upgrades, ...wanted }))

    expect(refused).toBeInstanceOf(DataFolderRefused)
    for (const word of words) expect(String(refused)).toContain(word)
    expect(contents(folder)).toEqual(before)
  })

  it('of an older format is carried on, step by step', () => {
    const folder = newFolder()
    open(folder, { format: 1 }).close()
    const applied: number[] = []
    const upgrades = [3, 2].map((to) => ({ to, apply: () => void applied.push(to) }))

    open(folder, { format: 3, upgrades }).close()
    open(folder, { format: 3, upgrades })

    expect(applied).toEqual([2, 3])
  })

  it("is refused when it is somebody else's folder", () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'thesis.docx'), 'ten years of work')

    const refused = failure(() => open(folder))

    expect(refused).toBeInstanceOf(DataFolderRefused)
    expect(String(refused)).toContain('thesis.docx')
    expect(readdirSync(folder)).toEqual(['thesis.docx'])
  })

  it('is refused when its mark cannot be read', () => {
    const folder = newFolder()
    open(folder).close()
    writeFileSync(join(folder, 'data-folder.json'), '{"format":')

    expect(failure(() => open(folder))).toBeInstanceOf(DataFolderRefused)
  })
})

describe('opening a port', () => {
  it('takes any free one for 0', async () => {
    const server = createServer()

    const port = await listen(server, { port: 0, what: 'console', option: '--port' })

    expect(port).toBeGreaterThan(0)
    server.close()
  })

  it('that is in use says which, and which option chooses another', async () => {
    const first = createServer()
    const port = await listen(first, { port: 0, what: 'console', option: '--port' })

    const second = listen(createServer(), { port, what: 'console', option: '--port' })

    await expect(second).rejects.toBeInstanceOf(PortInUse)
    await expect(second).rejects.toThrow(new RegExp(`${port}.*console.*--port`))
    first.close()
  })
})
