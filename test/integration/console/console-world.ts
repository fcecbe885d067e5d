import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { makeAssets } from '../../../functions/adapters/assets.ts'
import {
  memoryArchiveLinks,
  memoryExecutions,
  memoryRateCounters,
  memorySessionStore,
} from '../../../functions/adapters/memory/console.ts'
import { makeFormTokens } from '../../../functions/adapters/signing.ts'
import { makeIdentityProvider } from '../../../functions/adapters/oidc.ts'
import { danishRoles } from '../../../functions/domain/base/values.ts'
import type { StreamId } from '../../../functions/domain/base/stream-id.ts'
import { makeConsole } from '../../../functions/handlers/console/console.ts'
import type { ArchiveLinks, DownloadNote } from '../../../functions/ports/console.ts'
import { rateLimits } from '../../../functions/handlers/console/throttle.ts'
import { callbackPath } from '../../../functions/handlers/console/login.ts'
import { openIdentityProvider } from '../../../infra/local/identity/provider.ts'
import type { Browser, VisitedPage } from '../../../infra/local/players/ministry/browser.ts'
import { formsOf } from '../../../infra/local/players/ministry/page-forms.ts'
import { performOwedActs } from '../../../functions/handlers/streams.ts'
import { directoryOf, person } from '../../support/ministry.ts'
import { outside } from '../../support/world.ts'

const secret = 'a secret of tests that is used nowhere else'
export const people = [
  person('sofie', ['caseworker']),
  person('anders', ['approver']),
  person('begge', ['caseworker', 'approver']),
  person('vibeke', ['head-of-department']),
  person('inhabil', ['approver'], { barredFrom: ['479'] }),
  person('ole', ['auditor']),
  person('karla', ['administrator']),
]

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })

/** The form of a page, by its name or the beginning of it; one that is not there fails the test. */
export const formNamed = (page: VisitedPage, name: string) => {
  const forms = formsOf(page.html)
  const found = forms.find((form) => form.name === name) ?? forms.find((form) => form.name.startsWith(name))
  if (found === undefined) throw new Error(`no form ${name} on ${page.url.href}`)
  return found
}

/** Fills in fields of a form and presses its button; the others stay as the page filled them. */
export const send = (
  browser: Browser,
  page: VisitedPage,
  name: string,
  values: Readonly<Record<string, string>> = {},
): Promise<VisitedPage> => {
  const form = formNamed(page, name)
  const fields = new URLSearchParams(form.fields)
  for (const [field, value] of Object.entries(values)) fields.set(field, value)
  return browser.submit(page, { action: form.action, fields })
}

type Outside = ReturnType<typeof outside>

export interface ConsoleWorld {
  readonly base: string
  readonly ports: Outside
  readonly executions: ReturnType<typeof memoryExecutions>
  /** Streams whose acts were done after a decision, in order. */
  readonly acted: StreamId[]
  readonly errors: unknown[]
  /** What the console says was taken away, in order. */
  readonly noted: readonly DownloadNote[]
  close(): Promise<void>
}

/** The console over HTTP on ports in memory, with the local identity provider and its sample people. */
export const openConsoleWorld = async (options: {
  at: string
  /** A record that is there already, with its people: decisions on it have their acts at once. */
  record?: Outside
  /** Everybody unless said otherwise. */
  staff?: typeof people
  /** Where what is too large for an answer is had; nowhere unless said otherwise. */
  archiveLinks?: ArchiveLinks
}): Promise<ConsoleWorld> => {
  const folder = mkdtempSync(join(tmpdir(), 'aarshjul-console-'))
  const ports = options.record ?? outside(options.at)
  if (options.record === undefined) await ports.directory.write(directoryOf(...(options.staff ?? people)))
  await ports.register.addRun(2014)
  const executions = memoryExecutions()
  const acted: StreamId[] = []
  const errors: unknown[] = []
  const noted: DownloadNote[] = []
  const server = createServer()
  const base = `http://localhost:${await listen(server)}`
  const provider = await openIdentityProvider({
    port: 0,
    file: join(folder, 'identity.sqlite'),
    people: people.map(({ id, name, email, roles }) => ({
      id,
      name,
      email,
      roles: roles.map((role) => danishRoles[role]),
    })),
    client: {
      id: 'aarshjul',
      secret,
      redirectUris: [`${base}${callbackPath}`],
      postLogoutRedirectUris: [`${base}/logged-out`],
    },
  })
  const app = makeConsole({
    ...ports,
    archiveLinks: options.archiveLinks ?? memoryArchiveLinks,
    sessions: memorySessionStore({ secrets: new Map([[1, secret]]) }),
    identity: makeIdentityProvider({ issuer: provider.issuer, clientId: 'aarshjul', clientSecret: secret }),
    forms: makeFormTokens(new Map([[1, secret]])),
    assets: makeAssets('node_modules/dkfds/dist'),
    executions,
    settings: {
      baseUrl: base,
      accessibilityStatement: 'https://was.digst.example/aarshjul',
      privacyPolicy: 'https://ministeriet.example/privatlivspolitik',
    },
    realNowMs: () => Date.now(),
    afterDecision: async (stream) => {
      acted.push(stream)
      if (options.record !== undefined) await performOwedActs(ports, stream)
    },
    rates: memoryRateCounters(),
    rateLimits: rateLimits(),
    addressOf: () => null,
    noteDownload: (note) => {
      noted.push(note)
    },
    report: (error) => {
      errors.push(error)
    },
  })
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  server.on('request', (request, response) => {
    void listener(request, response)
  })
  return {
    base,
    ports,
    executions,
    acted,
    errors,
    noted,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await provider.close()
      await rm(folder, { recursive: true })
    },
  }
}
