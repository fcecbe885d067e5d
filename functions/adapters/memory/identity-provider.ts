import { type ConsolePerson, type IdentityProvider, LoginRefused } from '../../ports/console.ts'

const issuer = 'https://login.example'

/** An identity provider in memory: `answer` is the person's choice on its page, and gives the callback's address. */
export function memoryIdentityProvider(people: readonly ConsolePerson[]): IdentityProvider & {
  answer(url: string, personId: string): string
} {
  const codes = new Map<string, { personId: string; nonce: string }>()
  let begun = 0
  return {
    begin: async (redirectUri) => {
      begun += 1
      const pending = { state: `state-${begun}`, nonce: `nonce-${begun}`, codeVerifier: `verifier-${begun}` }
      const asked = new URLSearchParams({
        redirect_uri: redirectUri,
        state: pending.state,
        nonce: pending.nonce,
      })
      return { url: `${issuer}/auth?${asked.toString()}`, pending }
    },
    answer: (url, personId) => {
      const asked = new URL(url).searchParams
      const code = `code-${codes.size + 1}`
      codes.set(code, { personId, nonce: asked.get('nonce') ?? '' })
      const answer = new URLSearchParams({ code, state: asked.get('state') ?? '' })
      return `${asked.get('redirect_uri') ?? ''}?${answer.toString()}`
    },
    finish: async (callbackUrl, pending) => {
      const answer = new URL(callbackUrl).searchParams
      const code = answer.get('code') ?? ''
      const given = codes.get(code)
      codes.delete(code)
      if (answer.get('state') !== pending.state) throw new LoginRefused('Login refused: another state')
      if (given?.nonce !== pending.nonce) throw new LoginRefused('Login refused: the code is not valid')
      const person = people.find(({ id }) => id === given.personId)
      if (person === undefined) throw new LoginRefused('Login refused: an unknown person')
      return person
    },
    logoutUrl: async (returnTo) => `${issuer}/logout?${new URLSearchParams({ returnTo }).toString()}`,
  }
}
