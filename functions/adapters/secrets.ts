import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { type Environment, type Secrets, secretsSchema } from './environment.ts'

/** Secrets Manager's client; region, credentials and endpoint come from the SDK's own variables. */
export const makeSecretsClient = (): SecretsManagerClient => new SecretsManagerClient({})

/**
 * The secrets of this installation: given in the environment on one machine, kept by Secrets Manager on AWS.
 * Read once, at a cold start; a changed secret is seen by the next.
 * @throws an error that names what is wrong, never a value
 */
export async function readSecrets(
  where: Environment['secrets'],
  makeClient: () => SecretsManagerClient = makeSecretsClient,
): Promise<Secrets> {
  if ('given' in where) return where.given
  const { SecretString } = await makeClient().send(new GetSecretValueCommand({ SecretId: where.named }))
  const parsed = secretsSchema.safeParse(jsonOrNull(SecretString ?? ''))
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`Invalid secret ${where.named}: ${wrong.join('; ')}`)
}

/** The signing keys of reply tokens, by version. */
export const tokenKeys = (secrets: Secrets): ReadonlyMap<number, string> =>
  new Map(Object.entries(secrets.tokens).map(([version, key]) => [Number(version), key]))

// The parser's own message would print the beginning of the secret.
function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
