import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Other engines are installed here when the bench is run, so that `npm install` does not carry them. */
const folder = resolve(import.meta.dirname, '../../../.cache/bench-engine')
export const peers = { 'aws-local-stepfunctions': '3.0.0', '@dbos-inc/dbos-sdk': '5.3.0' } as const

/** Installs one of the other engines beside the project. Answers its folder, or why it could not be had. */
export const installPeer = (name: keyof typeof peers): { folder: string } | { missing: string } => {
  const home = join(folder, name.replace(/\W+/g, '-'))
  if (existsSync(join(home, 'node_modules', name, 'package.json'))) return { folder: home }
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), '{"private":true}\n')
  try {
    execFileSync(
      'npm',
      ['install', '-E', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${peers[name]}`],
      { cwd: home, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    return { folder: home }
  } catch (error) {
    return { missing: `${name} could not be installed: ${String(error).split('\n')[0]}` }
  }
}

export interface Postgres {
  readonly version: string
  /** Address of a database of this name; whoever connects makes it. */
  url(database: string): string
  stop(): void
}

const BINARIES = '/usr/lib/postgresql'

const binaries = (): string | undefined => {
  const versions = existsSync(BINARIES) ? readdirSync(BINARIES).sort((a, b) => Number(b) - Number(a)) : []
  return versions
    .map((version) => join(BINARIES, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')))
}

const freePort = (): Promise<number> =>
  new Promise((found, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Makes PostgreSQL refuse root, and so this is run as its own user where the bench is run by root. */
const asUser = (user: { uid: number; gid: number } | undefined, file: string, args: string[]): string =>
  execFileSync(file, args, { ...user, cwd: '/', encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

const idOf = (flag: '-u' | '-g'): number =>
  Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim())

/**
 * Starts a PostgreSQL of its own, as it comes but for `settings`, in a temporary folder. Undefined where none is
 * installed (Debian: apt-get install postgresql).
 */
export const startPostgres = async (settings: readonly string[]): Promise<Postgres | undefined> => {
  const bin = binaries()
  if (bin === undefined) return undefined
  const home = mkdtempSync(join(tmpdir(), 'bench-postgres-'))
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : undefined
  if (user !== undefined) chownSync(home, user.uid, user.gid)
  const data = join(home, 'data')
  const port = await freePort()
  const options = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    `-k ${home}`,
    ...settings.map((one) => `-c ${one}`),
  ]
  asUser(user, join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres'])
  const log = join(home, 'log')
  asUser(user, join(bin, 'pg_ctl'), ['-D', data, '-l', log, '-o', options.join(' '), '-w', 'start'])
  return {
    version: asUser(user, join(bin, 'postgres'), ['--version']).trim(),
    url: (database) => `postgresql://postgres@127.0.0.1:${port}/${database}`,
    stop: () => {
      asUser(user, join(bin, 'pg_ctl'), ['-D', data, '-m', 'fast', '-w', 'stop'])
      rmSync(home, { recursive: true, force: true })
    },
  }
}
