import { randomBytes } from 'node:crypto'
import { separated, type Secrets } from '../../functions/adapters/secrets.ts'
import { readFileIfThere, writeFileAtomically } from './atomic-file.ts'

/** The local installation's secrets: made at the first start, kept with the data, read by nobody else. One of an older
 * version, in one piece, is taken apart as it is read. */
export function readSecretsFile(file: string): Secrets {
  const kept = readFileIfThere(file)
  if (kept !== undefined) return separated(JSON.parse(kept))
  const secret = (): string => randomBytes(32).toString('hex')
  const made: Secrets = {
    tokens: { '1': secret() },
    seals: { '1': secret() },
    lists: { '1': secret() },
    session: { '1': secret() },
    login: { '1': secret() },
  }
  writeFileAtomically(file, JSON.stringify(made), { mode: 0o600 })
  return made
}
