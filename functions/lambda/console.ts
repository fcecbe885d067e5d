import { fileURLToPath } from 'node:url'
import { handle } from 'hono/aws-lambda'
import * as z from 'zod'
import { makeAssets } from '../adapters/assets.ts'
import { makeDirectoryStore } from '../adapters/dynamodb/register.ts'
import { makeS3Client, makeS3Links } from '../adapters/s3.ts'
import { makeExecutions, makeSfnClient } from '../adapters/step-functions.ts'
import { makeFormTokens } from '../adapters/signing.ts'
import { makeIdentityProvider } from '../adapters/oidc.ts'
import { keysFor, newestOf } from '../adapters/secrets.ts'
import { makeRateCounters } from '../adapters/rate-counters.ts'
import { askedFrom } from './door.ts'
import { patiently } from '../adapters/service-fault.ts'
import { makeSessionStore } from '../adapters/sessions.ts'
import { rateLimits } from '../handlers/console/throttle.ts'
import { makeConsole } from '../handlers/console/console.ts'
import { performOwedActs } from '../handlers/streams.ts'
import type { ReportFormats } from '../web/report/report-files.ts'
import { toldFailure } from './told-failure.ts'
import { entry, wiring } from './wiring.ts'

/** The design system's files: its package on one machine, the folder beside the bundle on AWS. */
const assetsOf = { local: '../../node_modules/dkfds/dist', aws: './assets' } as const

/** What the console's own web framework keeps of the event. */
const toldSchema = z.object({ event: z.unknown() })

/** Nothing is said to whom goes round the firewall. */
const refused = { statusCode: 403, headers: { 'content-type': 'text/plain' }, body: 'Forbidden' }

/** Loaded when a sheet is issued: the console starts without the printer. */
const print: ReportFormats['print'] = async (page) => {
  const { makePdfPrinter } = await import('../adapters/pdf/printer.ts')
  return makePdfPrinter()(page)
}

const make = async () => {
  const { ports, environment, secrets, table, sessionTable } = await wiring()
  const sessionKeys = keysFor(secrets, 'session')
  // Read anew with each request: a role that was taken away decides nothing more.
  const people = makeDirectoryStore(table)
  const directory = await people.read()
  const door = secrets.door === undefined ? null : keysFor(secrets, 'door')
  const answer = handle(
    makeConsole({
      ...ports,
      directory: people,
      archiveLinks: makeS3Links({ client: makeS3Client(), bucket: environment.archive.bucket }),
      sessions: makeSessionStore({ table: sessionTable, secrets: sessionKeys }),
      identity: makeIdentityProvider({
        issuer: environment.oidc.issuer,
        clientId: environment.oidc.clientId,
        clientSecret: newestOf(keysFor(secrets, 'login')),
      }),
      forms: makeFormTokens(sessionKeys),
      rates: makeRateCounters({ table: sessionTable, secrets: sessionKeys }),
      // On one machine players press in seconds what people do in a year.
      rateLimits: rateLimits(environment.platform === 'local' ? 20 : 1),
      addressOf: (env) => {
        const told = toldSchema.safeParse(env)
        return told.success ? (askedFrom(told.data.event, door)?.address ?? null) : null
      },
      assets: makeAssets(fileURLToPath(new URL(assetsOf[environment.platform], import.meta.url))),
      executions: makeExecutions({ client: makeSfnClient(), machines: environment.machines }),
      settings: {
        baseUrl: environment.consoleUrl,
        accessibilityStatement: `https://${directory.ministry.privacyPolicy.split('/')[0] ?? ''}/tilgaengelighed`,
        privacyPolicy: `https://${directory.ministry.privacyPolicy}`,
      },
      realNowMs: () => Date.now(),
      afterDecision: (stream, commandId) => performOwedActs(ports, stream, commandId),
      noteDownload: (note) => {
        process.stderr.write(`${JSON.stringify({ download: note })}
`)
      },
      report: (error) => {
        process.stderr.write(`${JSON.stringify({ console: toldFailure(error).stack })}\n`)
        ports.meter.count('ConsoleFault')
      },
      reportFormats: { print },
    }),
  )
  return async (event: Parameters<typeof answer>[0]): Promise<unknown> =>
    askedFrom(event, door) === null ? refused : answer(event)
}

let made: ReturnType<typeof make> | null = null

export const handler = entry(async (event: Parameters<Awaited<ReturnType<typeof make>>>[0]) => {
  made ??= patiently(make).catch((error: unknown) => {
    made = null
    throw error
  })
  return (await made)(event)
})
