import type { MailParts } from '../../integration/intake/compose-mail.ts'
import { compose } from '../../integration/intake/compose-mail.ts'

/** Somebody who is in no set, and words that stand nowhere else: what goes wrong is about them. */
const stranger = { name: 'Zacharias Fejlmand', address: 'zacharias.fejlmand@fejl.example' }
const words = {
  subject: 'zqemne i en mail',
  text: 'zqord i en mail',
  file: 'zqfilnavn i en mail.xlsx',
  header: 'zqhoved i en mail',
  id: 'zqid-i-en-mail',
  field: 'zqfelt i en formular',
} as const
export const strangeMarks: readonly string[] = [stranger.name, stranger.address, ...Object.values(words)]

/** A subject and a name without end. */
const endless = 100_000

const mails = (replyAddress: string, domain: string): readonly MailParts[] => {
  const from = { from: stranger.address, fromName: stranger.name, messageId: `<${words.id}-1@fejl.example>` }
  const headers = { 'X-Words': words.header, 'List-Id': `${words.header} <liste.fejl.example>` }
  const bare = { ...from, to: `svar@${domain}`, subject: words.subject, text: words.text, headers }
  return [
    bare,
    { ...bare, subject: `${words.subject} ${'x'.repeat(endless)}`, fromName: `${stranger.name} ${'x'.repeat(endless)}` },
    { ...bare, text: `${words.text}, CPR 010101-0101, M2: 1` },
    { ...bare, to: replyAddress, text: `${words.text}\nM2: 24,5` },
    { ...bare, to: replyAddress, attachments: [{ filename: words.file, content: Buffer.from(`PK${words.text}`) }] },
    { ...bare, headers: { ...headers, 'Auto-Submitted': 'auto-replied' }, subject: `Automatisk svar: ${words.subject}` },
  ]
} // prettier-ignore

/** An event of no function: whatever is said of it must not repeat it. */
const event = {
  [stranger.address]: words.field,
  name: stranger.name,
  files: [{ agreement: { title: words.field, contact: stranger.address } }],
  stream: `REVIEW#${stranger.address}`,
}

/** Everything goes wrong that can from outside: mails, notices and calls that no part of the system can do anything with. */
export const failEverywhere = async (system: {
  readonly functions: readonly string[]
  readonly invoke: (name: string, event: unknown) => Promise<unknown>
  readonly publish: (topic: 'arrivals' | 'deliveries', message: string) => Promise<unknown>
  readonly send: (mail: { from: string; to: string; raw: Buffer }) => Promise<void>
  readonly replyAddress: string
  readonly replyDomain: string
}): Promise<{ readonly refused: readonly string[] }> => {
  for (const [nth, parts] of mails(system.replyAddress, system.replyDomain).entries()) {
    const raw = await compose({ ...parts, messageId: `<${words.id}-${nth}@fejl.example>` })
    await system.send({ from: stranger.address, to: parts.to ?? '', raw })
  }
  const torn = Buffer.from(`From: ${stranger.address}\r\nContent-Type: multipart/mixed; boundary="\r\n\r\n${words.text}`)
  await system.send({ from: stranger.address, to: `svar@${system.replyDomain}`, raw: torn })
  for (const topic of ['arrivals', 'deliveries'] as const)
    for (const message of [`${words.text} of ${stranger.address}`, JSON.stringify(event)])
      await system.publish(topic, message)
  const refused: string[] = []
  for (const name of system.functions)
    await system.invoke(name, event).catch(() => {
      refused.push(name)
    })
  return { refused }
} // prettier-ignore
