/** A page as it was answered, after all redirects. */
export interface VisitedPage {
  readonly url: URL
  readonly status: number
  readonly html: string
}

export interface Browser {
  get(url: string | URL): Promise<VisitedPage>
  /** Sends a form as a browser does, with the origin of the page it stands on. */
  submit(
    from: VisitedPage,
    form: { readonly action: string; readonly fields: URLSearchParams },
  ): Promise<VisitedPage>
  /** The same, not waiting for the page that a decision leads to. Null: it was taken; else the page that says why not. */
  press(
    from: VisitedPage,
    form: { readonly action: string; readonly fields: URLSearchParams },
  ): Promise<VisitedPage | null>
}

interface Cookie {
  readonly value: string
  readonly host: string
  readonly path: string
}

const mostRedirects = 12
/** A page that says "try again in a moment" is asked for again so often. */
const patience = 8
const unavailable = 503

/** `name=value; path=/login; httponly` into a cookie, or null where it takes one away. */
const readCookie = (line: string, url: URL): { name: string; path: string; cookie: Cookie | null } => {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const at = pair.indexOf('=')
  const named = new Map(
    attributes.map((attribute) => {
      const [key = '', ...rest] = attribute.split('=')
      return [key.toLowerCase(), rest.join('=')] as const
    }),
  )
  const path = named.get('path') ?? '/'
  const expires = Date.parse(named.get('expires') ?? '')
  const gone = named.get('max-age') === '0' || (!Number.isNaN(expires) && expires <= Date.now())
  const value = pair.slice(at + 1)
  return {
    name: pair.slice(0, at),
    path,
    cookie: gone || value === '' ? null : { value, host: url.hostname, path },
  }
}

const covers = (cookie: Cookie, url: URL): boolean =>
  cookie.host === url.hostname &&
  (url.pathname === cookie.path ||
    url.pathname.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`))

/** A browser without a window: cookies, redirects, forms. It knows what a person's browser would send, no more. */
export function openBrowser(): Browser {
  const cookies = new Map<string, Cookie>()

  const cookieHeader = (url: URL): string =>
    [...cookies]
      .filter(([, cookie]) => covers(cookie, url))
      .map(([key, { value }]) => `${key.slice(0, key.indexOf(' '))}=${value}`)
      .join('; ')

  const keep = (response: Response, url: URL): void => {
    for (const line of response.headers.getSetCookie()) {
      const { name, path, cookie } = readCookie(line, url)
      const key = `${name} ${url.hostname}${path}`
      if (cookie === null) cookies.delete(key)
      else cookies.set(key, cookie)
    }
  }

  const answer = async (url: URL, request: RequestInit): Promise<Response> => {
    const headers = new Headers(request.headers)
    const cookie = cookieHeader(url)
    if (cookie !== '') headers.set('cookie', cookie)
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(url, { ...request, headers, redirect: 'manual' })
      keep(response, url)
      if (response.status !== unavailable || tries === patience) return response
      await response.body?.cancel()
    }
  }

  const posted = (from: VisitedPage, fields: URLSearchParams): RequestInit => ({
    method: 'POST',
    body: fields,
    headers: { origin: from.url.origin },
  })

  const follow = async (first: URL, init: RequestInit): Promise<VisitedPage> => {
    let url = first
    let request = init
    for (let redirects = 0; redirects < mostRedirects; redirects += 1) {
      const response = await answer(url, request)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status >= 400 || location === null)
        return { url, status: response.status, html: await response.text() }
      await response.body?.cancel()
      url = new URL(location, url)
      request = {}
    }
    throw new Error(`more than ${mostRedirects} redirects from ${first.href}`)
  }

  return {
    get: (url) => follow(new URL(url), {}),
    submit: (from, form) => follow(new URL(form.action, from.url), posted(from, form.fields)),
    press: async (from, form) => {
      const url = new URL(form.action, from.url)
      const response = await answer(url, posted(from, form.fields))
      const html = await response.text()
      return response.status >= 300 && response.status < 400 ? null : { url, status: response.status, html }
    },
  }
}
