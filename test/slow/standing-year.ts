import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import * as z from 'zod'
import { clockStateSchema } from '../../infra/local/control.ts'
import { eventually, startLocal, temporaryFolder } from '../support/local-year.ts'
import { readMailboxes, type MailboxMail } from '../support/year-mails.ts'

/** Svendborg's contact, whose part the test plays. */
export const contact = 'mette.proeve@svendborg-kommune.example'

/**
 * The local system in a process of its own, played until the requests of the year are out: there the clock stands,
 * because it is Svendborg's turn, and mails come in real time.
 */
export const openStandingYear = (name: string) => {
  const temporary = temporaryFolder(name)
  const folder = join(temporary.path, 'data')
  const maildir = join(folder, 'mailboxes', contact, 'Maildir')
  const system = startLocal(['--play', '479', '--port', '0', '--data', folder])
  const addresses = () =>
    z
      .object({ smtp: z.string(), console: z.string() })
      .parse(JSON.parse(readFileSync(join(folder, 'addresses.json'), 'utf8')))
  const mailNamed = (subject: RegExp): Promise<MailboxMail> =>
    eventually(
      `a mail ${String(subject)}`,
      async () =>
        // Opening the mailboxes would make the folder that the system is about to make.
        existsSync(maildir)
          ? (await readMailboxes(folder)).find(
              (mail) => mail.mailbox === contact && subject.test(mail.subject),
            )
          : undefined,
      { withinMs: 120_000, everyMs: 300 },
    )
  /** @param atOnce connections that are kept open */
  const openSmtp = (atOnce: number) => {
    const [hostname = '', port = ''] = new URL(addresses().smtp).host.split(':')
    const options = { host: hostname, port: Number(port), secure: false, ignoreTLS: true }
    const transport = createTransport({ ...options, pool: true, maxConnections: atOnce, maxMessages: 1e6 })
    return {
      send: (from: string, to: string, raw: string | Buffer) =>
        transport.sendMail({ envelope: { from, to }, raw }),
      close: () => transport.close(),
    }
  }
  return {
    folder,
    system,
    openSmtp,
    /** What the system is working on; empty when it is idle. */
    inHand: async (): Promise<string> => {
      const answer = await fetch(new URL('/local/clock', addresses().console))
      const { inHand: work } = clockStateSchema.parse(await answer.json())
      return work.map(({ reason, count }) => `${reason} ${count}`).join(', ')
    },
    /** Confirms who the contact is, and waits until the request has come. @returns the request */
    untilRequest: async (): Promise<MailboxMail> => {
      const question = await mailNamed(/er I fortsat kontakt/)
      const { send, close } = openSmtp(1)
      await send(contact, question.replyTo, `From: ${contact}\r\nTo: ${question.replyTo}\r\nSubject: SV: ${question.subject.replace(/[^\x20-\x7e]/gu, '')}\r\nMessage-ID: <first@svendborg-kommune.example>\r\n\r\nOK\r\n`) // prettier-ignore
      close()
      const request = await mailNamed(/: indberetning for 2014, frist/)
      // The first turn may pass untold: its mail is answered as soon as it is there.
      const isTurn = () => system.printed().stdout.includes(`479 has the turn: "${request.subject}"`)
      await eventually('the clock stands at it', () => (isTurn() ? true : undefined), { withinMs: 300_000 })
      return request
    },
    end: async (): Promise<void> => {
      await system.kill()
      temporary.remove()
    },
  }
}
