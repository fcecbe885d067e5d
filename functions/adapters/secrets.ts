import { createHmac } from 'node:crypto'
import * as z from 'zod'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { keysOf } from '../domain/base/values.ts'

const version = z.string().regex(/^[1-9]\d*$/, 'a key version')
const versions = <T extends z.ZodType<string>>(value: T) =>
  z.record(version, value).refine((byVersion) => Object.keys(byVersion).length > 0, 'at least one version')
const secret = z.string().min(32, 'at least 32 characters')
/** A key itself, from which nothing else is derived. */
const key = z.string().regex(/^[0-9a-f]{64}$/, '64 digits in hex')

/**
 * What must not be known outside, each kind kept apart. Every kind is `{"<version>": "<value>"}`: the highest version
 * signs, the others still check what they signed, so that a key is changed without anything becoming invalid.
 */
const kinds = {
  /** Reply tokens. */
  tokens: versions(secret),
  /** Seals of the table's rows. */
  seals: versions(key),
  /** The nightly lists: seeds of Ed25519. */
  lists: versions(key),
  /** Session ids and what else the console signs. */
  session: versions(secret),
  /** The console's own secret at the ministry's login; the highest version is the one that is sent. */
  login: versions(z.string().min(1)),
  /** What the firewall in front of the console shows, where there is one (infra/aws/firewall.ts). */
  door: versions(secret),
}
export const secretsSchema = z.strictObject({ ...kinds, door: kinds.door.optional() })
export type Secrets = Readonly<z.infer<typeof secretsSchema>>
export type SecretKind = keyof Secrets
export const secretKinds = keysOf(kinds)

/** By kind, the name under which Secrets Manager keeps it: those that a function may read, and no others. */
export const secretNamesSchema = z.partialRecord(z.enum(secretKinds), z.string().min(1))

/** One secret for everything, as it was before the kinds were kept apart. */
const togetherSchema = z.strictObject({
  tokens: kinds.tokens,
  session: secret,
  oidcClient: z.string().min(1),
})

/**
 * The secrets of an installation that had one for everything, apart: each key is the one that was derived from it,
 * so that every token, seal, list and session holds as before. Secrets that are apart stay as they are.
 * @throws an error of zod for anything else
 */
export const separated = (stored: unknown): Secrets => {
  const together = togetherSchema.safeParse(stored)
  if (!together.success) return secretsSchema.parse(stored)
  const { tokens, session, oidcClient } = together.data
  const derived = (purpose: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(tokens).map(([at, from]) => [
        at,
        createHmac('sha256', from).update(purpose).digest('hex'),
      ]),
    )
  return {
    tokens,
    seals: derived('row'),
    lists: derived('anchor'),
    session: { '1': session },
    login: { '1': oidcClient },
  }
}

/** Secrets Manager's client; region, credentials and endpoint come from the SDK's own variables. */
const makeSecretsClient = (): SecretsManagerClient => new SecretsManagerClient({})

/** Given as they are on one machine; on AWS only the names under which they are kept. */
type WhereSecrets = { readonly given: Secrets } | { readonly named: z.infer<typeof secretNamesSchema> }

/**
 * The secrets that this function may read: given in the environment on one machine, kept by Secrets Manager on AWS.
 * Read once, at a cold start; a changed secret is seen by the next.
 * @throws an error that names what is wrong, never a value
 */
export async function readSecrets(
  where: WhereSecrets,
  makeClient: () => SecretsManagerClient = makeSecretsClient,
): Promise<Partial<Secrets>> {
  if ('given' in where) return where.given
  const client = makeClient()
  const read = async (kind: SecretKind): Promise<Partial<Secrets>> => {
    const name = where.named[kind]
    if (name === undefined) return {}
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }))
    const parsed = kinds[kind].safeParse(jsonOrNull(SecretString ?? ''))
    if (parsed.success) return { [kind]: parsed.data }
    const wrong = parsed.error.issues.map((issue) => `${[kind, ...issue.path].join('.')}: ${issue.message}`)
    throw new Error(`Invalid secret ${name}: ${wrong.join('; ')}`)
  }
  const found = await Promise.all(secretKinds.map(read))
  return found.reduce((all, one) => ({ ...all, ...one }), {})
}

/**
 * The keys of one kind, by version.
 * @throws when this function was not given them
 */
export const keysFor = (secrets: Partial<Secrets>, kind: SecretKind): ReadonlyMap<number, string> => {
  const byVersion = secrets[kind]
  if (byVersion === undefined) throw new Error(`There is no secret for ${kind} in this function`)
  return new Map(Object.entries(byVersion).map(([at, value]) => [Number(at), value]))
}

/** What is used now, of those that still hold. @throws for none */
export const newestOf = (keys: ReadonlyMap<number, string>): string => {
  const newest = keys.get(Math.max(...keys.keys()))
  if (newest === undefined) throw new Error('There is no version of the secret')
  return newest
}

// The parser's own message would print the beginning of the secret.
function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
