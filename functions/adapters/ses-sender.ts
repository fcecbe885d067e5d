import { setTimeout as sleep } from 'node:timers/promises'
import { GetSendQuotaCommand, SendRawEmailCommand, SESClient, SESServiceException } from '@aws-sdk/client-ses'
import { neverConnected, SendLater, transientServiceErrors } from '../../workflows/errors.ts'
import { type MailSender, SendRefused, SendUncertain } from '../ports/mail.ts'

const connectionTimeoutMs = 3_000
const requestTimeoutMs = 15_000

/** The message tag by which an event of the configuration set finds its letter. */
export const letterTagName = 'letter'

/**
 * SES's client for letters. One attempt: SES knows no idempotency token, so a second try is a decision of ours
 * (handlers/README.md, "Letters go out once"). A new connection per mail: one kept open while a Lambda sleeps is cut,
 * and the silence that follows would leave a letter uncertain that was never sent.
 */
export const makeSesClient = (): SESClient =>
  new SESClient({
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: false },
      httpsAgent: { keepAlive: false },
    },
  })

/** The part of the sending quota from which somebody should know. */
const lowFrom = 0.8
/** An account's rate is raised now and then, never lowered without a word: asked for again after this long. */
const rememberRateMs = 15 * 60 * 1000
/** Other processes send too, and each keeps to the rate alone: what SES then refuses is tried again, within seconds. */
const throttledPausesMs = [1_000, 2_000, 4_000, 8_000]

interface SesSenderOptions {
  readonly client: SESClient
  readonly configurationSet: string
  /** The longest wait before each further try of a mail that SES takes only later; any part of it is waited. */
  readonly pausesMs?: readonly number[]
  /** Told when little is left of what SES takes in 24 hours. */
  readonly onQuotaLow?: () => void
}

/** Sends letters by SendRawEmail. The message id it answers is the header that SES writes, `<id@domain>`. */
export function makeSesSender(options: SesSenderOptions): MailSender {
  const { client, configurationSet, pausesMs = throttledPausesMs } = options
  const turn = makePace(client, options.onQuotaLow)
  const messageIdOf = async (id: string): Promise<string> =>
    `<${id}@${messageIdDomain(await client.config.region())}>`
  const send: MailSender['send'] = async ({ raw, from, to, tag }) => {
    const { MessageId } = await client
      .send(
        new SendRawEmailCommand({
          Source: from,
          Destinations: [...to],
          RawMessage: { Data: raw },
          ConfigurationSetName: configurationSet,
          Tags: [{ Name: letterTagName, Value: tag }],
        }),
      )
      .catch((error: unknown) => {
        throw whatFailed(error)
      })
    if (MessageId === undefined) throw new SendUncertain('SES answered without a message id')
    return { messageId: await messageIdOf(MessageId) }
  }
  return {
    messageIdOf,
    turn,
    async send(mail) {
      for (const pauseMs of pausesMs) {
        try {
          return await send(mail)
        } catch (error) {
          if (!(error instanceof SendLater)) throw error
          await sleep(Math.random() * pauseMs)
        }
      }
      return send(mail)
    },
  }
}

/**
 * Keeps this process to the rate that SES tells (recipients a second): each mail waits until those before it have
 * had their share of the second. Where SES does not tell, nobody waits.
 */
const makePace = (client: SESClient, onQuotaLow: () => void = () => undefined): MailSender['turn'] => {
  let known: { readonly rate: Promise<number | null>; readonly untilMs: number } | null = null
  let freeAtMs = 0
  const askRate = (): Promise<number | null> =>
    client.send(new GetSendQuotaCommand({})).then(
      ({ MaxSendRate, Max24HourSend = 0, SentLast24Hours = 0 }) => {
        // An account without a limit tells -1.
        if (Max24HourSend > 0 && SentLast24Hours > lowFrom * Max24HourSend) onQuotaLow()
        return MaxSendRate !== undefined && MaxSendRate > 0 ? MaxSendRate : null
      },
      () => null,
    )
  return async (recipients) => {
    if (known === null || known.untilMs < performance.now())
      known = { rate: askRate(), untilMs: performance.now() + rememberRateMs }
    const rate = await known.rate
    if (rate === null) return
    const nowMs = performance.now()
    const startMs = Math.max(nowMs, freeAtMs)
    freeAtMs = startMs + (recipients * 1000) / rate
    if (startMs > nowMs) await sleep(startMs - nowMs)
  }
}

/** SES's own domains in Message-ID (its developer guide): the first region has a name of its own. */
const messageIdDomain = (region: string): string =>
  region === 'us-east-1' ? 'email.amazonses.com' : `${region}.amazonses.com`

/** "Not now" is an answer too; any other 5xx says only that something broke, perhaps behind the sending. */
const notNowStatus: ReadonlySet<number> = new Set([429, 503])
const isServerFault = (status: number): boolean => status >= 500

function whatFailed(error: unknown): Error {
  if (!(error instanceof Error)) return new SendUncertain('SES: failed without an error', { cause: error })
  const options = { cause: error }
  if (error instanceof SESServiceException) {
    const status = error.$metadata.httpStatusCode
    if (status === undefined) return new SendUncertain(`SES: ${error.name}`, options)
    if (notNowStatus.has(status)) return new SendLater(`SES takes no mail now: ${error.name}`, options)
    if (isServerFault(status)) return new SendUncertain(`SES answered ${status}: ${error.name}`, options)
    return transientServiceErrors.has(error.name)
      ? new SendLater(`SES takes no mail now: ${error.name}`, options)
      : new SendRefused(`SES refused: ${error.name}: ${error.message}`, options)
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  if (neverConnected.has(code)) return new SendLater(`SES was not reached: ${code}`, options)
  if (error.name === 'CredentialsProviderError')
    return new SendLater('There are no credentials for SES', options)
  return new SendUncertain(`No answer from SES: ${code}`, options)
}
