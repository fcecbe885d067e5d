import { randomBytes } from 'node:crypto'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { listen } from '../listen.ts'
import { domainOf, splitMail } from './header-block.ts'
import { receivedNotification, storedMail, type LandingPlace } from './receipt-notification.ts'
import { verdictsOn, type DomainVerdicts } from './receipt-verdicts.ts'

/** SES's limit for a received mail, headers included. */
const largestMailBytes = 40 * 1024 * 1024

export interface SmtpInOptions {
  readonly port: number
  /** The domains of the receipt rule; any other recipient is refused. */
  readonly domains: readonly string[]
  /** By From domain, in lower case. Any other domain gets GRAY. */
  readonly verdicts: Readonly<Record<string, DomainVerdicts>>
  readonly landing: LandingPlace & {
    /** Returns once the object is on disk. */
    put(key: string, bytes: Buffer): void
  }
  /** Returns once the message is on disk. */
  readonly enqueue: (body: string) => void
  readonly clock: { now(): number; hold(reason: string): () => void }
}

export interface SmtpIn {
  readonly port: number
  close(): Promise<void>
}

/** An SMTP answer with its code; smtp-server reads `responseCode`. */
class SmtpRefusal extends Error {
  override readonly name = 'SmtpRefusal'
  readonly responseCode: number

  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

/**
 * smtp-server greets a tenth of a second late, to catch clients on the Internet that talk too soon. Nobody but
 * this machine's own programs gets here, and in a year that is played the pauses made a fifth of its time.
 */
class PromptServer extends SMTPServer {
  override connect(...given: Parameters<SMTPServer['connect']>): void {
    super.connect(...given)
    const connection = [...this.connections].at(-1)
    if (connection === undefined) return
    const ready = connection.connectionReady.bind(connection)
    let isReady = false
    connection.connectionReady = (next) => {
      if (!isReady) ready(next)
      isReady = true
    }
    setImmediate(() => {
      connection.connectionReady()
    })
  }
}

/**
 * The receiving side of SES: an SMTP server on 127.0.0.1 that answers 250 only when the raw mail
 * is in the landing bucket and the queue message that SES's S3 action causes is on disk. The clock
 * stands still while a connection is open.
 */
export async function openSmtpIn(options: SmtpInOptions): Promise<SmtpIn> {
  const { clock } = options
  const domains = new Set(options.domains.map((domain) => domain.toLowerCase()))
  const holds = new Map<string, () => void>()

  const take = (raw: Buffer, session: SMTPServerSession): string => {
    const { mailFrom, rcptTo } = session.envelope
    const source = mailFrom === false ? '' : mailFrom.address
    const mail = {
      messageId: newMessageId(),
      source,
      recipients: rcptTo.map(({ address }) => address),
      receivedAt: new Date(clock.now()),
      heloName: session.hostNameAppearsAs || 'unknown',
      raw,
      verdicts: verdictsOn(options.verdicts, source, splitMail(raw).fields),
    }
    const stored = storedMail(mail)
    options.landing.put(mail.messageId, stored)
    options.enqueue(JSON.stringify(receivedNotification(mail, stored, options.landing)))
    return mail.messageId
  }

  const receive = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> => {
    const chunks: Buffer[] = []
    // Read to its end in any case, or the client never gets to read the answer.
    for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(Buffer.from(chunk))
    if (stream.sizeExceeded) throw new SmtpRefusal(552, '5.3.4 Message is larger than 40 MB')
    try {
      return take(Buffer.concat(chunks), session)
    } catch (error) {
      console.error('smtp:', error)
      throw new SmtpRefusal(451, '4.3.0 The mail could not be stored; try again later')
    }
  }

  const server = new PromptServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    hideSMTPUTF8: true,
    banner: 'Local stand-in for the receiving side of SES',
    size: largestMailBytes,
    disableReverseLookup: true,
    logger: false,
    socketTimeout: 60_000,
    closeTimeout: 1_000,
    onConnect(session, callback) {
      holds.set(session.id, clock.hold('SMTP connection'))
      callback()
    },
    onRcptTo({ address }, _session, callback) {
      if (domains.has(domainOf(address))) return callback()
      callback(new SmtpRefusal(550, `5.1.1 No mail is received for ${domainOf(address) || 'that address'}`))
    },
    onData(stream, session, callback) {
      receive(stream, session).then(
        (id) => callback(null, `2.0.0 OK ${id}`),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
      )
    },
    onClose(session) {
      holds.get(session.id)?.()
      holds.delete(session.id)
    },
  })
  server.on('error', (error) => {
    // A client that went away; the connection's onClose has released its hold.
    if (server.server.listening) console.error('smtp:', error.message)
  })
  const port = await listen(server.server, { port: options.port, what: 'SMTP server', option: '--port' })
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          for (const release of holds.values()) release()
          holds.clear()
          resolve()
        })
      }),
  }
}

// SES's ids for received mails: forty lower-case letters and digits.
const newMessageId = (): string =>
  BigInt(`0x01${randomBytes(26).toString('hex')}`)
    .toString(36)
    .slice(-40)
