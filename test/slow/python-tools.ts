import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const cache = resolve(import.meta.dirname, '../../.cache')

/**
 * A program from PyPI in an environment of its own below the ignored cache, installed where it is missing.
 * @param requirement name and exact version, as pip reads it
 * @returns the program's path
 */
export const installedFromPyPi = async (requirement: string, program: string): Promise<string> => {
  const home = join(cache, requirement)
  const path = join(home, 'bin', program)
  if (existsSync(path)) return path
  await run('python3', ['-m', 'venv', home])
  await run(join(home, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', requirement], {
    maxBuffer: 10_000_000,
  })
  return path
}
