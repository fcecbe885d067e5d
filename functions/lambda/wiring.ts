import middy from '@middy/core'
import * as z from 'zod'
import { clockFrom } from '../adapters/clock.ts'
import { digest, makeRowSealer, makeTokenSigner } from '../adapters/signing.ts'
import { makeDynamoClient, makeTable, type Table } from '../adapters/dynamodb/table.ts'
import { makeAnswerLedger, makeLetterClaims } from '../adapters/dynamodb/letters.ts'
import { makeContactStore, makeDirectoryStore, makeRegister } from '../adapters/dynamodb/register.ts'
import { makeListEntryStore, makeOutbox, makeWaitStore } from '../adapters/dynamodb/beside-streams.ts'
import { makeStreamStore } from '../adapters/dynamodb/stream-store.ts'
import { environmentNames, parseEnvironment, type Environment } from '../adapters/environment.ts'
import { keysFor, readSecrets, type Secrets } from '../adapters/secrets.ts'
import { makeMeter } from '../adapters/meter.ts'
import { makeMimeComposer, makeMimeParser } from '../adapters/mime.ts'
import { makeS3Archive, makeS3Client, makeS3Landing } from '../adapters/s3.ts'
import { makeSesClient, makeSesSender } from '../adapters/ses-sender.ts'
import { asThrown, patiently } from '../adapters/service-fault.ts'
import { makeSpreadsheetReader } from '../adapters/spreadsheet-reader.ts'
import { makeSfnClient, makeWorkflows } from '../adapters/step-functions.ts'
import { makeWorkbookWriter } from '../adapters/workbook-writer.ts'
import { toldFailure } from './told-failure.ts'
import { expectedErrors } from '../../workflows/errors.ts'
import type { Metric } from '../ports/mail.ts'
import type { Ports } from '../ports/ports.ts'
import type { ArchiveErasure, ContactErasure, PrivateParts, StreamRegister } from '../ports/record.ts'
import type { LandingErasure, TokenSigner } from '../ports/mail.ts'

/** Everything a handler may be given, and what the console's own ports are made from. */
export interface Wired {
  readonly ports: Omit<Ports, 'reportFormats'> & {
    readonly streams: Ports['streams'] & StreamRegister & PrivateParts
    readonly archive: Ports['archive'] & ArchiveErasure
    readonly contacts: Ports['contacts'] & ContactErasure
    readonly landing: Ports['landing'] & LandingErasure
  }
  readonly environment: Environment
  /** Those that this function may read. */
  readonly secrets: Partial<Secrets>
  readonly table: Table
  /** Of the console's sessions, apart from the record. */
  readonly sessionTable: Table
}

/** Commits that were read stay known to the process this long: a stream never changes behind its end. */
const rememberMs = 60_000
/** A changed name or deputy is seen this late at most. */
const rememberDirectoryMs = 10_000

const wire = async (): Promise<Wired> => {
  const environment = parseEnvironment(process.env)
  const secrets = await readSecrets(environment.secrets)
  const sealer = makeRowSealer(secrets.seals === undefined ? new Map() : keysFor(secrets, 'seals'))
  const dynamo = makeDynamoClient()
  const table = makeTable(dynamo, environment.tables.record, sealer)
  const s3 = makeS3Client()
  return {
    environment,
    secrets,
    table,
    sessionTable: makeTable(dynamo, environment.tables.sessions),
    ports: {
      clock: clockFrom(environment.clock, environment.stage),
      streams: makeStreamStore(table, { rememberMs }),
      waits: makeWaitStore(table),
      listEntries: makeListEntryStore(table),
      outbox: makeOutbox(table),
      register: makeRegister(table),
      contacts: makeContactStore(table),
      claims: makeLetterClaims(table),
      answers: makeAnswerLedger(table, { mostAnHour: environment.answersPerHour }),
      meter: makeMeter({
        stage: environment.stage,
        // On AWS the log is where CloudWatch finds them; on one machine standard output is the command's own.
        write: (line) => (environment.platform === 'aws' ? process.stdout : process.stderr).write(line),
      }),
      directory: makeDirectoryStore(table, { rememberMs: rememberDirectoryMs }),
      archive: makeS3Archive({ client: s3, ...environment.archive }),
      landing: makeS3Landing({ client: s3, bucket: environment.landingBucket }),
      mail: makeSesSender({
        client: makeSesClient(),
        configurationSet: environment.configurationSet,
        onQuotaLow: () => {
          countInLog('SendingQuotaLow')
        },
      }),
      workflows: makeWorkflows({ client: makeSfnClient(), machines: environment.machines }),
      mime: makeMimeParser(),
      composer: makeMimeComposer(),
      workbooks: makeWorkbookWriter(),
      spreadsheets: makeSpreadsheetReader(),
      digest,
      tokens: secrets.tokens === undefined ? withoutTokens : makeTokenSigner(keysFor(secrets, 'tokens')),
      settings: {
        stage: environment.stage,
        consoleUrl: environment.consoleUrl,
        journalMailbox: environment.journalMailbox,
        complaintText: environment.complaintText,
        domains: environment.domains,
      },
    },
  }
}

/** Of a function whose letters print no token: it may not read their key. */
const withoutTokens: TokenSigner = {
  get keyVersion(): number {
    throw new Error('This function signs no reply tokens')
  },
  token: () => {
    throw new Error('This function signs no reply tokens')
  },
}

let wired: Promise<Wired> | null = null
/** Made once, at the cold start; a start that failed is tried again by the next call. */
export const wiring = (): Promise<Wired> => {
  wired ??= wire().catch((error: unknown) => {
    wired = null
    throw error
  })
  return wired
}

/** Counts in the function's log, where CloudWatch finds it; on one machine nobody counts. */
const countInLog = (metric: Metric): void => {
  const { [environmentNames.platform]: platform, [environmentNames.stage]: stage = 'unknown' } = process.env
  if (platform === 'aws') makeMeter({ stage, write: (line) => process.stdout.write(line) }).count(metric)
}

const isExpected = (error: unknown): boolean =>
  error instanceof Error && expectedErrors.some((name) => name === error.name)

/** Every function's outermost wrapping: what it throws leaves it as it may be told, and is counted where nobody expects it. */
export const entry = <E, R>(work: (event: E) => Promise<R>) =>
  middy<E, R>()
    .onError((request) => {
      if (!isExpected(request.error)) countInLog('FunctionFailed')
      // Put there, not thrown: middy would hang the first one on it.
      request.error = toldFailure(request.error)
    })
    .handler(work)

/** A workflow's task: input and output through its schemas, errors by the names that Retry and Catch match. */
export const task = <I, O>(
  schemas: { readonly input: z.ZodType<I>; readonly output: z.ZodType<O> },
  make: (ports: Wired['ports']) => (input: I) => Promise<O>,
) =>
  entry(async (event: unknown): Promise<O> => {
    try {
      const { ports } = await wiring()
      return schemas.output.parse(await make(ports)(schemas.input.parse(event)))
    } catch (error) {
      throw asThrown(error)
    }
  })

/** A function that a schedule or the command line calls, with its own input. */
export const command = <I>(
  schema: z.ZodType<I>,
  make: (ports: Wired['ports']) => (input: I) => Promise<unknown>,
) =>
  entry(async (event: unknown): Promise<unknown> => {
    const input = schema.parse(event)
    return patiently(async () => make((await wiring()).ports)(input))
  })

const queueEventSchema = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      body: z.string(),
      attributes: z.object({ ApproximateReceiveCount: z.coerce.number().int() }).optional(),
    }),
  ),
})

/**
 * A function behind a queue, one message at a time: what throws is handed in again.
 * @param make is told with each message how often it was handed in, this time counted
 */
export const consumer = <I>(
  schema: z.ZodType<I>,
  make: (ports: Wired['ports']) => (message: I, receives: number) => Promise<void>,
) =>
  entry(async (event: unknown): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> => {
    const { ports } = await patiently(wiring)
    const take = make(ports)
    const failed: { itemIdentifier: string }[] = []
    for (const record of queueEventSchema.parse(event).Records) {
      try {
        const message = schema.parse(JSON.parse(record.body))
        const receives = record.attributes?.ApproximateReceiveCount ?? 1
        await patiently(() => take(message, receives))
      } catch (error) {
        failed.push({ itemIdentifier: record.messageId })
        logFailure(record.messageId, error)
        countInLog('MessageFailed')
      }
    }
    return { batchItemFailures: failed }
  })

const logFailure = (messageId: string, error: unknown): void => {
  const { name, message } = toldFailure(error)
  process.stderr.write(`${JSON.stringify({ messageId, error: name, message })}\n`)
}
