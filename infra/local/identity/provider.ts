import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { readFileSync } from 'node:fs'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import { isLocalHost } from '../http-event.ts'
import { listen } from '../listen.ts'
import { openIdentityStore } from './identity-store.ts'
import { loggedOutPage, loginErrorPage, loginPage, logoutPage, type SamplePerson } from './login-pages.ts'

export interface IdentityProviderOptions {
  readonly port: number
  /** Certificate and key, as files: the issuer is `https://` with them, as whatever is deployed demands. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** The SQLite file with sessions and keys. */
  readonly file: string
  readonly people: readonly SamplePerson[]
  readonly client: {
    readonly id: string
    readonly secret: string
    readonly redirectUris: readonly string[]
    readonly postLogoutRedirectUris: readonly string[]
  }
}

export interface IdentityProvider {
  readonly port: number
  /** `http://localhost:PORT`, or `https:`: the same string everywhere, or tokens are refused. */
  readonly issuer: string
  close(): Promise<void>
}

const hour = 3600

/**
 * An OpenID Connect provider for one machine: sample people, no passwords, consent given. The
 * id_token carries `name`, `email` and `roles`. It keeps real time and its sessions survive a restart.
 */
export async function openIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const { people, tls } = options
  const store = openIdentityStore(options.file)
  const { jwks, cookieKeys } = await store.keys()

  const server =
    tls === undefined
      ? createServer()
      : createSecureServer({ cert: readFileSync(tls.cert), key: readFileSync(tls.key) })
  const port = await listen(server, { port: options.port, what: 'identity provider', option: '--port' })
  const issuer = `http${tls === undefined ? '' : 's'}://localhost:${port}`
  const provider = new Provider(issuer, configurationOf(options, { store, jwks, cookieKeys }))
  provider.on('server_error', (_context, error) => console.error('identity provider:', error))

  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use(secureHeaders({ referrerPolicy: 'no-referrer' }))
  app.use(csrf())
  app.get('/login/:uid', async (c) => {
    const { uid } = await provider.interactionDetails(c.env.incoming, c.env.outgoing)
    return c.html(loginPage(people, uid))
  })
  app.post('/login/:uid', async (c) => {
    const { person } = await c.req.parseBody()
    const chosen = people.find(({ id }) => id === person)
    if (chosen === undefined) return c.html(loginErrorPage('Personen findes ikke.'), 400)
    const login = { accountId: chosen.id, remember: true }
    const next = await provider.interactionResult(c.env.incoming, c.env.outgoing, { login })
    return c.redirect(next, 303)
  })
  app.onError((error, c) => {
    const status = error instanceof HTTPException ? error.status : 400
    return c.html(loginErrorPage(error.message || 'Forespørgslen kom ikke fra login-siden.'), status)
  })

  const pages = getRequestListener(app.fetch)
  const protocol = provider.callback()
  server.on('request', (request, response) => {
    // A name of somebody else's that leads to this machine.
    if (!isLocalHost(request.headers)) {
      response.writeHead(421).end()
      return
    }
    const handler = request.url?.startsWith('/login/') === true ? pages : protocol
    Promise.resolve(handler(request, response)).catch((error: unknown) => {
      console.error('identity provider:', error)
      response.destroy()
    })
  })
  return {
    port,
    issuer,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error !== undefined) return reject(error)
          store.close()
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function configurationOf(
  { people, client }: IdentityProviderOptions,
  {
    store,
    jwks,
    cookieKeys,
  }: Pick<Configuration, 'jwks'> & { store: ReturnType<typeof openIdentityStore>; cookieKeys: string[] },
): Configuration {
  return {
    adapter: store.adapterOf,
    jwks,
    // Browsers share the cookies of localhost between ports: names of our own.
    cookies: {
      keys: cookieKeys,
      names: {
        session: 'aarshjul_idp_session',
        interaction: 'aarshjul_idp_login',
        resume: 'aarshjul_idp_resume',
      },
      long: { signed: true, sameSite: 'lax' },
      short: { signed: true, sameSite: 'lax' },
    },
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [...client.redirectUris],
        post_logout_redirect_uris: [...client.postLogoutRedirectUris],
        token_endpoint_auth_method: 'client_secret_post',
        application_type: 'web',
      },
    ],
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (context, form) => {
          context.body = (await logoutPage(form)).toString()
        },
        postLogoutSuccessSource: async (context) => {
          context.body = (await loggedOutPage()).toString()
        },
      },
    },
    interactions: { url: (_context, interaction) => `/login/${interaction.uid}` },
    // The roles belong into the id_token itself, as the console reads them from there.
    conformIdTokenClaims: false,
    claims: { openid: ['sub', 'name', 'email', 'roles'], profile: ['name'], email: ['email'] },
    findAccount: (_context, sub) => {
      const person = people.find(({ id }) => id === sub)
      if (person === undefined) return undefined
      const { id, name, email, roles } = person
      return { accountId: id, claims: () => ({ sub: id, name, email, roles: [...roles] }) }
    },
    loadExistingGrant: grantEverything,
    renderError: async (context, { error, error_description: description }) => {
      context.type = 'html'
      context.body = (await loginErrorPage(`${error}: ${description ?? ''}`)).toString()
    },
    ttl: {
      AccessToken: hour,
      AuthorizationCode: 60,
      Grant: 12 * hour,
      IdToken: hour,
      Interaction: hour,
      Session: 12 * hour,
    },
  }
}

// One client, our own: nobody is asked for consent.
async function grantEverything({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc
  if (client === undefined || session?.accountId === undefined) return undefined
  const known = session.grantIdFor(client.clientId)
  const existing = known === undefined ? undefined : await provider.Grant.find(known)
  if (existing !== undefined) return existing
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope('openid profile email')
  await grant.save()
  return grant
}
