import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreementFileSchema } from '../../functions/domain/agreement/content.ts'
import { complete, compose } from '../integration/intake/compose-mail.ts'
import { eventually } from '../support/local-year.ts'
import { readMailboxes, type MailboxMail } from '../support/year-mails.ts'
import { readYearRecord } from '../support/year-record.ts'
import { hostileKinds, hostileMail, type Known } from './hostile-mails.ts'
import { openStandingYear } from './standing-year.ts'

const hostile = Number(process.env['FLOOD'] ?? 2000)
/** Hostile mails a second: what two cores take in, with something to spare. */
const rate = Number(process.env['FLOOD_RATE'] ?? 10)
const honest = 31
const mostSeconds = 60
/** So many senders at once. */
const connections = 8

let year: ReturnType<typeof openStandingYear>
beforeAll(() => {
  year = openStandingYear('flood')
})
afterAll(() => year.end())

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** The requests by their reply addresses, one a municipality and case: the last, where one was sent on. */
const requestsOf = (mails: readonly MailboxMail[]): readonly MailboxMail[] => {
  const requests = mails.filter(
    ({ subject, mailbox, to }) => /: indberetning for 2014, frist/u.test(subject) && to.includes(mailbox),
  )
  return [...new Map(requests.map((mail) => [mail.replyTo, mail])).values()]
}

const set = new URL('../../infra/local/sample/set/agreements/', import.meta.url)
/** Everybody whom an agreement names: who is asked may have a deputy that nobody has written to yet. */
const registered = (): readonly string[] =>
  readdirSync(set).flatMap((file) => {
    const { contacts } = agreementFileSchema.parse(JSON.parse(readFileSync(new URL(file, set), 'utf8')))
    return contacts.map(({ email }) => email.toLowerCase())
  })

/** Whether a mail has its answer; a mail's bytes are looked at once. */
const openWatch = () => {
  const looked = new Set<string>()
  const answered = new Set<string>()
  const root = join(year.folder, 'mailboxes')
  return (id: string): boolean => {
    for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      const name = path.replace(/:2,\w*$/u, '').replace(/\/(?:new|cur)\//u, '/')
      if (looked.has(name) || !/\/(?:new|cur)\/./u.test(path)) continue
      try {
        const head = readFileSync(join(root, path), 'latin1').slice(0, 8000)
        answered.add(/^In-Reply-To:\s*(<[^>]*>)/mu.exec(head)?.[1] ?? '')
        looked.add(name)
      } catch (error) {
        // Read by its owner meanwhile, who moved it: the next look finds it.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      }
    }
    return answered.has(id)
  }
}

interface Reply {
  readonly id: string
  readonly sentAt: number
  seconds: number
}

/** Sends the flood with an honest reply now and then, and measures how long each honest one waits. */
const flood = async (requests: readonly MailboxMail[]): Promise<{ readonly replies: readonly Reply[]; readonly sentSeconds: number; readonly accepted: readonly string[]; readonly close: () => void }> => {
  const cases = requests.map(({ replyTo, mailbox, messageId, subject }): Known => ({ replyTo, messageId, subject, contact: mailbox }))
  const { send, close } = year.openSmtp(connections)
  const replies: Reply[] = []
  const isAnswered = openWatch()
  const from = Date.now()
  const turn = Math.floor(hostile / honest)
  const accepted: string[] = []
  let sent = 0
  const sending = async (): Promise<void> => {
    for (let nth = sent++; nth < hostile; nth = sent++) {
      const waitMs = from + (nth / rate) * 1000 - Date.now()
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
      const mail = await hostileMail(nth, cases)
      // What is refused at the door is no matter here.
      if ((await send(mail.from, mail.to, mail.raw).catch(() => null)) !== null) accepted.push(mail.from)
      const request = nth % turn === 0 ? requests[nth / turn] : undefined
      if (request === undefined) continue
      const { mailbox, replyTo, subject, messageId } = request
      const id = `<honest-${nth}@svendborg-kommune.example>`
      await send(mailbox, replyTo, await compose({ from: mailbox, to: replyTo, subject: `SV: ${subject}`, inReplyTo: messageId, messageId: id, text: complete }))
      replies.push({ id, sentAt: Date.now(), seconds: Number.POSITIVE_INFINITY })
    }
  }
  const watching = async (): Promise<void> => {
    let last = from
    while (replies.length < honest || Date.now() - last < 3 * mostSeconds * 1000) {
      const open = replies.filter(({ seconds }) => seconds === Number.POSITIVE_INFINITY)
      if (open.length === 0 && replies.length === honest) return
      for (const reply of open) if (isAnswered(reply.id)) reply.seconds = (Date.now() - reply.sentAt) / 1000
      last = Math.max(last, ...replies.map(({ sentAt }) => sentAt))
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
  const watched = watching()
  await Promise.all(Array.from({ length: connections }, sending))
  const sentSeconds = (Date.now() - from) / 1000
  await watched
  return { replies, sentSeconds, accepted, close }
} // prettier-ignore

test(`${honest} honest replies among ${hostile} hostile mails: each is answered within a minute, nothing else counts, nobody else is written to`, async () => {
  await year.untilRequest()
  const requests = await eventually('every request is there', async () => {
    const found = requestsOf(await readMailboxes(year.folder))
    return found.length >= honest ? found : undefined
  })
  const before = await readMailboxes(year.folder)
  const from = Date.now()
  const { replies, sentSeconds, accepted, close } = await flood(requests.slice(0, honest))
  const times = replies.map(({ seconds }) => seconds).toSorted((a, b) => a - b)
  say(`${hostile} hostile mails of ${Object.keys(hostileKinds).length} kinds sent in ${sentSeconds.toFixed(0)} s; ${honest} honest ones answered after ${times[0]?.toFixed(1)} to ${times.at(-1)?.toFixed(1)} s, the median ${times[Math.floor(times.length / 2)]?.toFixed(1)} s`)
  const isTaken = async () => (/mail\b|messages|take-in/u.test(await year.inHand()) ? undefined : true)
  await eventually('all is taken in', isTaken, { withinMs: 900_000, everyMs: 500 })
  const seconds = (Date.now() - from) / 1000
  await year.system.kill()
  // Open until now, they kept the clock where it stood: nobody has decided on a mail.
  close()
  const after = await readMailboxes(year.folder)
  const { agreements, inbox } = await readYearRecord(year.folder, 2014)
  const mails = [...agreements.values()].flatMap(({ review }) => review.state.mails)
  const held = inbox.flatMap(({ state }) => state.mails)
  say(`all taken in after ${seconds.toFixed(0)} s: ${mails.length} in cases, ${held.length} in the inbox; ${after.length - before.length} mails written meanwhile`)

  const isHostile = (source: string | undefined): boolean => source?.includes('@evil') === true
  const arrived = [...agreements.values()].flatMap(({ review }) => review.events.filter((event) => event.type === 'MailReceived'))
  const counted = arrived.filter(({ standing }) => standing === 'counts' || standing === 'provisional').map((event) => event.private)
  expect(counted.filter((words) => isHostile(words?.source) || isHostile(words?.from))).toEqual([])
  expect(counted.filter((words) => replies.some(({ id }) => id === words?.messageId))).toHaveLength(honest)
  // Whatever was let in is on the record, each once.
  const kept = [...mails.map(({ details }) => details?.source), ...held.map((mail) => mail.private?.source)]
  expect(Map.groupBy(kept.filter(isHostile), (source) => source)).toEqual(Map.groupBy(accepted, (source) => source))
  expect(accepted.length).toBeGreaterThan(hostile * 0.9)
  const addressed = (all: readonly MailboxMail[]) => new Set(all.flatMap(({ mailbox, to, cc }) => [mailbox, ...to, ...cc]))
  const known = new Set([...addressed(before), ...registered()])
  expect([...addressed(after)].filter((address) => !known.has(address))).toEqual([])
  expect(times).toHaveLength(honest)
  expect(times.filter((time) => time > mostSeconds)).toEqual([])
}, 1_800_000) // prettier-ignore
