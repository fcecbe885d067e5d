// Runs under whatever Node the machine has (20 or newer): installs the pinned dependencies, Node 24 among
// them, when the lock file is newer than what is installed. npm starts a new shell for the script that
// follows (`prestart`, `pretest`), so that one finds Node 24 first on its PATH.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(`Årshjul needs Node 20 or newer to set itself up; this is ${process.version}.`)
  process.exit(1)
}
const installed = join(root, 'node_modules', '.package-lock.json')
const node = join(root, 'node_modules', '.bin', 'node')
const stale =
  !existsSync(installed) ||
  !existsSync(node) ||
  statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs
if (stale) {
  console.error('Installing the dependencies (once) ...')
  // Not `npm ci`: it refuses a lock file in which a registry could not name a tool's bindings for every other
  // platform. The lock file's versions are installed all the same, and it is left as it is.
  const done = spawnSync('npm', ['install', '--no-save', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (done.status !== 0) {
    console.error("The dependencies could not be installed: see npm's message above.")
    process.exit(done.status ?? 1)
  }
}
