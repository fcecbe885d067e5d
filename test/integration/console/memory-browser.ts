import type { memoryIdentityProvider } from '../../../functions/adapters/memory/console.ts'
import type { makeConsole } from '../../../functions/handlers/console/console.ts'
import { callbackPath } from '../../../functions/handlers/console/login.ts'
import { formsOf } from '../../../infra/local/players/ministry/page-forms.ts'

/** A browser at the console in memory, without a network: it knows its cookies and follows nothing. */
export const memoryBrowser = ({
  app,
  identity,
  base,
}: {
  readonly app: ReturnType<typeof makeConsole>
  readonly identity: ReturnType<typeof memoryIdentityProvider>
  readonly base: string
}) => {
  const cookies = new Map<string, string>()
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await app.request(`${base}${path}`, {
      ...init,
      headers: { origin: base, cookie, ...(init.headers as Record<string, string> | undefined) },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  const begin = async (): Promise<string> => (await ask('/login')).headers.get('location') ?? ''
  const finish = (url: string, id: string): Promise<Response> => {
    const answered = new URL(identity.answer(url, id))
    return ask(`${callbackPath}${answered.search}`)
  }
  return {
    ask,
    begin,
    finish,
    login: async (id: string) => finish(await begin(), id),
    text: async (path: string) => (await ask(path)).text(),
    form: async (path: string, name: string) => {
      const found = formsOf(await (await ask(path)).text()).find((form) => form.name === name)
      if (found === undefined) throw new Error(`There is no form ${name} on ${path}`)
      return new URLSearchParams(found.fields)
    },
    post: (path: string, fields: URLSearchParams) =>
      ask(path, {
        method: 'POST',
        body: fields.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
  }
}
