import { SendRawEmailCommand, SESClient, SESServiceException } from '@aws-sdk/client-ses'
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

/** Sends letters by SendRawEmail. The message id it answers is the header that SES writes, `<id@domain>`. */
export function makeSesSender(options: { client: SESClient; configurationSet: string }): MailSender {
  const { client, configurationSet } = options
  const messageIdOf = async (id: string): Promise<string> =>
    `<${id}@${messageIdDomain(await client.config.region())}>`
  return {
    messageIdOf,
    async send({ raw, from, to, tag }) {
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
    },
  }
}

/** SES's own domains in Message-ID (its developer guide): the first region has a name of its own. */
const messageIdDomain = (region: string): string =>
  region === 'us-east-1' ? 'email.amazonses.com' : `${region}.amazonses.com`

/** Errors before a connection was made: no byte of the mail has left. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
/** "Not now" is an answer too; any other 5xx says only that something broke, perhaps behind the sending. */
const unavailableStatus = 503
const isServerFault = (status: number): boolean => status >= 500 && status !== unavailableStatus

function whatFailed(error: unknown): Error {
  if (!(error instanceof Error)) return new SendUncertain('SES: failed without an error', { cause: error })
  const options = { cause: error }
  if (error instanceof SESServiceException) {
    const status = error.$metadata.httpStatusCode
    return status === undefined || isServerFault(status)
      ? new SendUncertain(`SES answered ${status}: ${error.name}`, options)
      : new SendRefused(`SES refused: ${error.name}: ${error.message}`, options)
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  if (neverConnected.has(code)) return new SendRefused(`SES was not reached: ${code}`, options)
  if (error.name === 'CredentialsProviderError')
    return new SendRefused('There are no credentials for SES', options)
  return new SendUncertain(`No answer from SES: ${code}`, options)
}
