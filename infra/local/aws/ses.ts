import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  BodyTooLargeError,
  escapeXml,
  createEndpoint,
  listenLocally,
  readBody,
  type EndpointClock,
  type Listening,
} from './http-endpoint.ts'
import { bounceEvent, bounceOf, deliveryEvent, sendEvent, type BounceRule } from './ses-events.ts'
import { openMailLog, type LoggedMail } from './ses-log.ts'
import { acceptMail, SesRefusal } from './ses-message.ts'
import { isGetSendQuota, readSendRawEmail } from './ses-query.ts'

export interface SesOptions {
  readonly port: number
  /** The SQLite file of the log. */
  readonly file: string
  readonly clock: Pick<EndpointClock, 'now' | 'hold'>
  /** Where mails are delivered; a second delivery under the same id must change nothing. */
  readonly mailboxes: { deliver(address: string, id: string, raw: Buffer): void }
  /** The events of a configuration set go to its queue; a second send with the same once key must change nothing. */
  readonly queues: {
    send(queue: string, body: string, options: { onceKey: string; delaySeconds?: number }): unknown
  }
  readonly configurationSets: Readonly<
    Record<
      string,
      {
        readonly eventQueue: string
        /** The event destination's types (`DELIVERY`, `BOUNCE`, ...); all when left out. */
        readonly matchingEventTypes?: readonly string[]
      }
    >
  >
  readonly bounces?: readonly BounceRule[]
  /** Domains and addresses that may send; all when it is left out. */
  readonly identities?: readonly string[]
  /** The account's maximum send rate: recipients a second of real time; no limit when it is left out. */
  readonly maxSendRate?: number
  readonly region?: string
  /** After how long events come (business time); at once by default. SES's own take a second or two. */
  readonly eventDelaySeconds?: number
}

// Base64 in a form body: a third more, and a little for the rest.
const largestBodyBytes = 16 * 1024 * 1024

/**
 * SES's version 1 Query protocol for SendRawEmail. Set `AWS_ENDPOINT_URL_SES` to `url`.
 * A mail is on disk before it is answered, answered before it is delivered, and delivered before
 * its events go out; what a kill cut short is finished here, at the next start.
 */
export async function openSes(options: SesOptions): Promise<Listening> {
  const { clock, region = 'eu-west-1', bounces = [], eventDelaySeconds = 0, maxSendRate } = options
  const takes = maxSendRate === undefined ? () => true : makeRate(maxSendRate)
  const log = openMailLog(options.file)

  // Each step may be repeated: mailboxes know the id, queues the once key.
  const handOver = (mail: LoggedMail): void => {
    const destination = options.configurationSets[mail.configurationSet]
    const emit = (onceKey: string, event: { readonly eventType: string }): void => {
      if (
        destination !== undefined &&
        (destination.matchingEventTypes?.includes(event.eventType.toUpperCase()) ?? true)
      )
        options.queues.send(destination.eventQueue, JSON.stringify(event), {
          onceKey: `ses/${mail.id}/${onceKey}`,
          ...(eventDelaySeconds > 0 ? { delaySeconds: eventDelaySeconds } : {}),
        })
    }
    emit('send', sendEvent(mail))
    const delivered = new Map<string, string[]>()
    for (const recipient of mail.destinations) {
      // By the time it was accepted, so that a repetition after a kill decides the same.
      const rule = bounceOf(bounces, recipient, mail.acceptedAt)
      if (rule === undefined) {
        options.mailboxes.deliver(recipient, mail.id, mail.raw)
        const domain = recipient.slice(recipient.lastIndexOf('@') + 1).toLowerCase()
        delivered.set(domain, [...(delivered.get(domain) ?? []), recipient])
      } else {
        emit(`to/${recipient}`, bounceEvent(mail, rule, { recipient, at: clock.now() }))
      }
    }
    // As SES does: one event for all recipients that one server took at once.
    for (const [domain, recipients] of delivered)
      emit(`to/${domain}`, deliveryEvent(mail, recipients, clock.now()))
    log.finish(mail.id)
  }
  for (const mail of log.unfinished()) handOver(mail)
  // A taken mail holds the clock until it is handed over. If that fails (a full disk), the clock
  // stands still instead of letting deadlines pass, and the next start finishes the mail.
  const stuck = new Set<() => void>()

  let lastStamp = 0
  // While the moved clock stands many mails have one time; a mailbox still shows them in the order they came.
  const uuidInOrder = (): string => {
    lastStamp = Math.max(lastStamp + 1, Date.now())
    const stamp = lastStamp.toString(16).padStart(12, '0')
    return `${stamp.slice(0, 8)}-${stamp.slice(8)}${randomUUID().slice(13)}`
  }

  const accept = (body: string): LoggedMail => {
    const asked = readSendRawEmail(body)
    const acceptedAt = clock.now()
    const id = `0102${acceptedAt.toString(16).padStart(12, '0')}-${uuidInOrder()}-000000`
    const { configurationSet } = asked
    if (configurationSet !== '' && !Object.hasOwn(options.configurationSets, configurationSet)) {
      const message = `Configuration set <${configurationSet}> does not exist.`
      throw new SesRefusal('ConfigurationSetDoesNotExist', message)
    }
    const stamp = { messageId: id, region, at: new Date(acceptedAt) }
    const mail = {
      id,
      acceptedAt,
      configurationSet,
      tags: asked.tags,
      ...acceptMail(asked, stamp, options.identities),
    }
    if (!takes(mail.destinations.length)) throw new SesRefusal('Throttling', 'Maximum sending rate exceeded.')
    log.add(mail)
    return mail
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const release = clock.hold('mail being sent')
    let mail: LoggedMail
    try {
      const body = (await readBody(request, largestBodyBytes)).toString('latin1')
      if (isGetSendQuota(body)) {
        await respond(response, 200, sendQuotaResponse(maxSendRate ?? noLimit))
        release()
        return
      }
      mail = accept(body)
    } catch (error) {
      release()
      throw error
    }
    stuck.add(release)
    await respond(response, 200, sendRawEmailResponse(mail.id))
    handOver(mail)
    stuck.delete(release)
    release()
  }

  const server = createEndpoint((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const refusal =
        error instanceof BodyTooLargeError ? new SesRefusal('InvalidParameterValue', error.message) : error
      const known = refusal instanceof SesRefusal
      if (!known) console.error('ses:', error)
      if (response.headersSent) return
      const body = known
        ? errorResponse('Sender', refusal.code, refusal.message)
        : errorResponse('Receiver', 'InternalFailure', '')
      respond(response, known ? 400 : 500, body).catch(() => response.destroy())
    })
  })
  const listening = await listenLocally(server, options.port, 'SES endpoint')
  return {
    ...listening,
    close: async () => {
      await listening.close()
      for (const release of stuck) release()
      log.close()
    },
  }
}

/** A second's recipients may come at once, and the last mail of a second takes all its own along, as with SES. */
const makeRate = (perSecond: number): ((recipients: number) => boolean) => {
  let left = perSecond
  let atMs = performance.now()
  return (recipients) => {
    const nowMs = performance.now()
    left = Math.min(perSecond, left + ((nowMs - atMs) * perSecond) / 1000)
    atMs = nowMs
    if (left <= 0) return false
    left -= recipients
    return true
  }
}

// Resolves when the answer is written, or when nobody is there any more to read it.
function respond(response: ServerResponse, status: number, body: string): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve)
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body)
    if (response.destroyed) resolve()
  })
}

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/'
const sendRawEmailResponse = (id: string): string =>
  `<SendRawEmailResponse xmlns="${namespace}"><SendRawEmailResult><MessageId>${id}</MessageId></SendRawEmailResult>` +
  `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></SendRawEmailResponse>`
/** SES's word for it. */
const noLimit = -1
const sendQuotaResponse = (perSecond: number): string =>
  `<GetSendQuotaResponse xmlns="${namespace}"><GetSendQuotaResult><SentLast24Hours>0</SentLast24Hours>` +
  `<Max24HourSend>-1</Max24HourSend><MaxSendRate>${perSecond}</MaxSendRate></GetSendQuotaResult>` +
  `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></GetSendQuotaResponse>`
const errorResponse = (type: string, code: string, message: string): string =>
  `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${code}</Code>` +
  `<Message>${escapeXml(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`
