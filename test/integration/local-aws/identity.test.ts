import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import * as oc from 'openid-client'
import { expect, onTestFinished, test } from 'vitest'
import { openIdentityProvider, type IdentityProviderOptions } from '../../../infra/local/identity/provider.ts'
import { temporaryFolder } from './temporary-folder.ts'

const redirect = 'http://localhost:9/callback'
const optionsIn = (folder: string, port = 0): IdentityProviderOptions => ({
  port,
  file: join(folder, 'identity.sqlite'),
  people: [
    {
      id: 'p-sofie',
      name: 'Sofie "<b>" Prøve',
      email: 'sofie@ministeriet.example',
      roles: ['sagsbehandler'],
    },
    {
      id: 'p-karen',
      name: 'Karen Prøve',
      email: 'karen@ministeriet.example',
      roles: ['godkender', 'administrator'],
    },
  ],
  client: {
    id: 'console',
    secret: 'a-secret-of-the-tests',
    redirectUris: [redirect],
    postLogoutRedirectUris: ['http://localhost:9/'],
  },
})

/** A browser of few words: follows redirects by hand and keeps cookies. */
class Browser {
  readonly cookies = new Map<string, string>()

  async open(url: string, form?: Record<string, string>, origin = new URL(url).origin): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form && { origin }),
      },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return response
  }

  async follow(url: string, until: RegExp): Promise<string> {
    let at = url
    while (!until.test(at)) {
      const location = (await this.open(at)).headers.get('location')
      if (location === null) throw new Error(`${at} leads nowhere`)
      at = new URL(location, at).href
    }
    return at
  }
}

async function clientOf(issuer: string) {
  const config = await oc.discovery(new URL(issuer), 'console', 'a-secret-of-the-tests', undefined, {
    execute: [oc.allowInsecureRequests],
  })
  const verifier = oc.randomPKCECodeVerifier()
  const nonce = oc.randomNonce()
  const state = oc.randomState()
  const address = oc.buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope: 'openid profile email',
    code_challenge: await oc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
    state,
  }).href
  const finish = (callback: string) =>
    oc.authorizationCodeGrant(config, new URL(callback), {
      pkceCodeVerifier: verifier,
      expectedNonce: nonce,
      expectedState: state,
    })
  return { config, address, finish }
}

async function start() {
  const folder = temporaryFolder()
  const provider = await openIdentityProvider(optionsIn(folder))
  onTestFinished(() => provider.close().catch(() => undefined))
  return { folder, provider }
}

test('a person chosen on the login page comes back with name, e-mail and roles in the id_token', async () => {
  const { provider } = await start()
  const { address, finish } = await clientOf(provider.issuer)
  const browser = new Browser()
  const login = await browser.follow(address, /\/login\//)
  const page = await (await browser.open(login)).text()
  expect(page).toContain('Sofie &quot;&lt;b&gt;&quot; Prøve')
  expect(page).toContain('kun i det lokale system')
  const next = (await browser.open(login, { person: 'p-karen' })).headers.get('location') ?? ''
  const tokens = await finish(await browser.follow(next, /^http:\/\/localhost:9\//))
  expect(tokens.claims()).toMatchObject({
    iss: provider.issuer,
    sub: 'p-karen',
    name: 'Karen Prøve',
    email: 'karen@ministeriet.example',
    roles: ['godkender', 'administrator'],
  })
})

test('a session survives a restart, ends at logout, and asks again after it', async () => {
  const { provider, folder } = await start()
  const browser = new Browser()
  const first = await clientOf(provider.issuer)
  const login = await browser.follow(first.address, /\/login\//)
  const next = (await browser.open(login, { person: 'p-sofie' })).headers.get('location') ?? ''
  await first.finish(await browser.follow(next, /^http:\/\/localhost:9\//))
  await provider.close()
  // The client must notice that its connections are gone before it asks at the same port again.
  for (let turn = 0; turn < 5; turn += 1) await setImmediate()

  const again = await openIdentityProvider(optionsIn(folder, provider.port))
  onTestFinished(() => again.close())
  const second = await clientOf(again.issuer)
  const silent = await second.finish(await browser.follow(second.address, /^http:\/\/localhost:9\//))
  expect(silent.claims()?.sub).toBe('p-sofie')

  const end = oc.buildEndSessionUrl(second.config, {
    post_logout_redirect_uri: 'http://localhost:9/',
  })
  const page = await (await browser.open(end.href)).text()
  const secret = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const out = await browser.open(new URL('/session/end/confirm', again.issuer).href, {
    xsrf: secret,
    logout: 'yes',
  })
  expect(out.headers.get('location')).toBe('http://localhost:9/')
  const third = await clientOf(again.issuer)
  expect(await browser.follow(third.address, /\/login\//)).toContain('/login/')
})

test('a login posted from another origin, by nobody or without a login under way is refused', async () => {
  const { provider } = await start()
  const { address } = await clientOf(provider.issuer)
  const browser = new Browser()
  const login = await browser.follow(address, /\/login\//)
  expect((await browser.open(login, { person: 'p-karen' }, 'http://evil.example')).status).toBe(403)
  expect((await browser.open(login, { person: 'p-nobody' })).status).toBe(400)
  expect((await new Browser().open(login, { person: 'p-karen' })).status).toBe(400)
})

test('a taken port is told', async () => {
  const { provider, folder } = await start()
  await expect(openIdentityProvider(optionsIn(folder, provider.port))).rejects.toThrow(
    /Port \d+ for the identity provider is in use.*--port/,
  )
})
