import { randomBytes } from 'node:crypto'
import { secretsSchema, type Secrets } from '../../functions/adapters/environment.ts'
import { readFileIfThere, writeFileAtomically } from './atomic-file.ts'

/** The local installation's secrets: made at the first start, kept with the data, read by nobody else. */
export function readSecretsFile(file: string): Secrets {
  const kept = readFileIfThere(file)
  if (kept !== undefined) return secretsSchema.parse(JSON.parse(kept))
  const secret = (): string => randomBytes(32).toString('hex')
  const made: Secrets = { tokens: { '1': secret() }, session: secret(), oidcClient: secret() }
  writeFileAtomically(file, JSON.stringify(made), { mode: 0o600 })
  return made
}
