import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { memoryIdentityProvider } from '../../functions/adapters/memory/console.ts'
import { makeIdentityProvider } from '../../functions/adapters/oidc.ts'
import { personIdSchema } from '../../functions/domain/base/values.ts'
import { LoginRefused, type IdentityProvider } from '../../functions/ports/console.ts'
import { openIdentityProvider } from '../../infra/local/identity/provider.ts'
import { onEach } from './both.ts'

interface Subject {
  readonly provider: IdentityProvider
  /** A person logs in on the provider's page; the address that the browser is sent back to. */
  readonly logIn: (url: string, personId: string) => Promise<string>
}

const redirectUri = 'http://localhost:9/callback'
const karen = {
  id: personIdSchema.parse('p-karen'),
  name: 'Karen Prøve',
  email: 'karen@ministeriet.example',
  roles: ['approver', 'administrator'],
} as const

async function openReal() {
  const folder = mkdtempSync(join(tmpdir(), 'contract-oidc-'))
  const client = { id: 'console', secret: 'a-secret-of-the-tests' }
  const real = await openIdentityProvider({
    port: 0,
    file: join(folder, 'identity.sqlite'),
    people: [{ ...karen, roles: ['godkender', 'administrator'] }],
    client: { ...client, redirectUris: [redirectUri], postLogoutRedirectUris: ['http://localhost:9/'] },
  })
  const subject: Subject = {
    provider: makeIdentityProvider({ issuer: real.issuer, clientId: client.id, clientSecret: client.secret }),
    logIn,
  }
  return {
    subject,
    close: async () => {
      await real.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A browser of few words: keeps cookies, follows redirects until it is back at the console. */
async function logIn(url: string, person: string): Promise<string> {
  const cookies = new Map<string, string>()
  const open = async (at: string, form?: Record<string, string>): Promise<string> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie, ...(form && { origin: new URL(at).origin }) },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    return location === null ? at : new URL(location, at).href
  }
  let at = url
  while (!at.startsWith(redirectUri)) {
    const isLogin = at.includes('/login/')
    const next = await open(at, isLogin ? { person } : undefined)
    if (next === at) throw new Error(`${at} leads nowhere`)
    at = next
  }
  return at
}

function openMemory() {
  const provider = memoryIdentityProvider([karen])
  return { subject: { provider, logIn: async (url: string, person: string) => provider.answer(url, person) } }
}

onEach<Subject>(
  { 'The identity provider by OpenID Connect': openReal, 'The identity provider in memory': openMemory },
  (subject) => {
    it('names the person who logged in, with roles in our words', async () => {
      const { provider, logIn: asPerson } = subject()
      const { url, pending } = await provider.begin(redirectUri)
      const callback = await asPerson(url, karen.id)
      expect(await provider.finish(callback, pending)).toEqual(karen)
    })

    it('refuses an answer to another question', async () => {
      const { provider, logIn: asPerson } = subject()
      const [first, second] = [await provider.begin(redirectUri), await provider.begin(redirectUri)]
      const callback = await asPerson(first.url, karen.id)
      await expect(provider.finish(callback, second.pending)).rejects.toThrow(LoginRefused)
    })

    it('refuses a nonce that is not the one asked with, and a code used twice', async () => {
      const { provider, logIn: asPerson } = subject()
      const { url, pending } = await provider.begin(redirectUri)
      const callback = await asPerson(url, karen.id)
      const changed = { ...pending, nonce: 'another' }
      await expect(provider.finish(callback, changed)).rejects.toThrow(LoginRefused)
      await expect(provider.finish(callback, pending)).rejects.toThrow(LoginRefused)
    })

    it('refuses a code that was made up, and an answer without one', async () => {
      const { provider } = subject()
      const { pending } = await provider.begin(redirectUri)
      const answer = (query: Record<string, string>) =>
        `${redirectUri}?${new URLSearchParams(query).toString()}`
      const { state } = pending
      await expect(provider.finish(answer({ code: 'made-up', state }), pending)).rejects.toThrow(LoginRefused)
      await expect(provider.finish(answer({ state }), pending)).rejects.toThrow(LoginRefused)
      await expect(provider.finish(answer({ error: 'access_denied', state }), pending)).rejects.toThrow(
        LoginRefused,
      )
    })

    it('knows where to end the session of the provider itself', async () => {
      const returnTo = 'http://localhost:9/'
      const address = await subject().provider.logoutUrl(returnTo)
      expect(address).toContain(encodeURIComponent(returnTo))
    })
  },
)

describe('An identity provider without https', () => {
  it('is taken on this machine only', () => {
    const make = (issuer: string) => () => makeIdentityProvider({ issuer, clientId: 'x', clientSecret: 'y' })
    expect(make('http://localhost:4000')).not.toThrow()
    expect(make('http://127.0.0.1:4000')).toThrow(/must speak https/)
    expect(make('http://login.ministeriet.example')).toThrow(/must speak https/)
    expect(make('http://localhost.evil.example')).toThrow(/must speak https/)
  })
})
