import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const soffice = '/usr/bin/soffice'
const python = '/usr/bin/python3'
const script = fileURLToPath(new URL('fill-workbook.py', import.meta.url))

/** Debian's LibreOffice with its Python bridge, installed where it is missing (root); never skipped without. */
export const installLibreOffice = async (): Promise<void> => {
  const hasBridge = await run(python, ['-c', 'import uno']).then(
    () => true,
    () => false,
  )
  if (existsSync(soffice) && hasBridge) return
  const apt = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  await run('apt-get', ['update', '-qq'], apt)
  const packages = ['libreoffice-calc-nogui', 'python3-uno']
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], apt)
}

/** What LibreOffice saves a workbook as. */
export const savedTypes = ['xlsx', 'ods', 'csv'] as const
export type SavedType = (typeof savedTypes)[number]

/** The program of somebody who writes numbers and dates in that language. */
const settings = (language: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>${language}</value></prop></item>
</oor:items>
`

/** What somebody does to a workbook beside typing figures. */
interface Handled {
  /** What is typed into a column that is inserted before »Jeres tal«, by key. */
  readonly beside?: Readonly<Record<string, string>>
  /** That column's heading. */
  readonly heading?: string
  /** That column is hidden. */
  readonly hidden?: boolean
  /** Keys whose cells are struck out. */
  readonly struck?: readonly string[]
  /** How many signs at the start of a cell are struck out, by key. */
  readonly run?: Readonly<Record<string, number>>
  /** How many signs at the end of a cell are raised, by key. */
  readonly raised?: Readonly<Record<string, number>>
  /** Number formats by key, as they are written in Denmark. */
  readonly formats?: Readonly<Record<string, string>>
}

let opened = 0

/**
 * A workbook opened in LibreOffice, filled in by key and saved again, in each type.
 * @param folder an empty folder of the caller's; LibreOffice's own profile lies in it too
 */
export const fillInLibreOffice = async (
  workbook: Uint8Array,
  typed: Readonly<Record<string, string>>,
  {
    folder,
    language,
    handled = {},
  }: { readonly folder: string; readonly language: 'da-DK' | 'en-GB'; readonly handled?: Handled },
): Promise<Readonly<Record<SavedType, Uint8Array>>> => {
  opened += 1
  const pipe = `aarshjul-${process.pid}-${opened}`
  const [given, figures] = [join(folder, 'given.xlsx'), join(folder, 'typed.json')]
  writeFileSync(given, workbook)
  writeFileSync(figures, JSON.stringify({ ...handled, typed }))
  const profile = join(folder, 'profile')
  mkdirSync(join(profile, 'user'), { recursive: true })
  writeFileSync(join(profile, 'user', 'registrymodifications.xcu'), settings(language))
  const office = spawn(
    soffice,
    [
      '--headless',
      '--invisible',
      '--norestore',
      '--nologo',
      '--nofirststartwizard',
      `-env:UserInstallation=file://${profile}`,
      `--accept=pipe,name=${pipe};urp;`,
    ],
    { stdio: 'ignore', env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' } },
  )
  const ended = once(office, 'exit')
  try {
    await run(python, [script, given, figures, folder, pipe])
    await ended
  } finally {
    if (office.exitCode === null && office.signalCode === null) office.kill('SIGKILL')
  }
  const saved = (type: SavedType): Uint8Array => new Uint8Array(readFileSync(join(folder, `filled.${type}`)))
  return { xlsx: saved('xlsx'), ods: saved('ods'), csv: saved('csv') }
}
