import * as oidc from 'openid-client'
import * as z from 'zod'
import { danishRoles, type MinistryRole, ministryRoles, personIdSchema } from '../domain/base/values.ts'
import { type ConsolePerson, type IdentityProvider, LoginRefused } from '../ports/console.ts'

/** The roles as a Danish directory names them; the English names are taken as well. */
const roleByName = new Map<string, MinistryRole>([
  ...ministryRoles.map((role) => [role, role] as const),
  ...ministryRoles.map((role) => [danishRoles[role], role] as const),
])

const claimsSchema = z.object({
  sub: personIdSchema,
  name: z.string().min(1),
  email: z.email(),
  /** Roles of other systems may stand among ours: they are passed over. */
  roles: z
    .array(z.string())
    .default([])
    .transform((names) => [...new Set(names.flatMap((name) => roleByName.get(name.toLowerCase()) ?? []))]),
})

/**
 * Login by OpenID Connect: authorization code with PKCE, state and nonce.
 * @param options.issuer https, or `http://localhost:PORT` on one machine
 */
export function makeIdentityProvider(options: {
  issuer: string
  clientId: string
  clientSecret: string
}): IdentityProvider {
  const { clientId, clientSecret } = options
  const issuer = new URL(options.issuer)
  const insecure = issuer.protocol === 'http:'
  if (insecure && issuer.hostname !== 'localhost')
    throw new Error(`The identity provider must speak https: ${options.issuer}`)

  let discovered: Promise<oidc.Configuration> | undefined
  const configuration = (): Promise<oidc.Configuration> => {
    discovered ??= oidc
      .discovery(issuer, clientId, clientSecret, undefined, {
        execute: insecure ? [oidc.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        discovered = undefined
        throw error
      })
    return discovered
  }

  return {
    async begin(redirectUri) {
      const pending = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
      }
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, pending }
    },

    async finish(callbackUrl, pending) {
      const config = await configuration()
      const tokens = await oidc
        .authorizationCodeGrant(config, new URL(callbackUrl), {
          pkceCodeVerifier: pending.codeVerifier,
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          idTokenExpected: true,
        })
        .catch((error: unknown) => {
          throw isRefusal(error)
            ? new LoginRefused(`Login refused: ${error.message}`, { cause: error })
            : error
        })
      return personOf(tokens.claims())
    },

    async logoutUrl(returnTo) {
      const config = await configuration()
      if (config.serverMetadata().end_session_endpoint === undefined) return null
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: returnTo }).href
    },
  }
}

/** An answer that was not the one asked for, as against a provider that could not be reached. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof oidc.AuthorizationResponseError ||
  error instanceof oidc.ResponseBodyError ||
  (error instanceof oidc.ClientError && error.code !== 'OAUTH_TIMEOUT')

function personOf(claims: unknown): ConsolePerson {
  const parsed = claimsSchema.safeParse(claims)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new LoginRefused(`Invalid id_token: ${wrong.join('; ')}`, { cause: parsed.error })
  }
  const { sub, name, email, roles } = parsed.data
  return { id: sub, name, email, roles }
}
