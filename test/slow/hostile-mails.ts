import { deflateRawSync } from 'node:zlib'
import { chanceOf } from '../support/chance.ts'
import { bytes, drawOf, mime, mutated } from '../fuzz/mutations.ts'
import { mailOfParts } from '../fuzz/mime-trees.ts'
import { complete, compose } from '../integration/intake/compose-mail.ts'
import { hostileZip } from '../integration/intake/hostile-zip.ts'

/** Mails of people who wish us no good, who hold every token of the year from mails that were forwarded. */

/** What they know: a case's reply address, its contact, and what was sent. */
export interface Known {
  readonly replyTo: string
  readonly contact: string
  readonly messageId: string
  readonly subject: string
}

export interface HostileMail {
  readonly from: string
  readonly to: string
  readonly raw: Buffer
}

const bare = 'svar@svar.ministeriet.example'
/** Nobody's From: whatever a changed mail says of itself, the first header stands. */
const asStranger = (from: string, raw: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`From: <${from}>\r\n`),
    Buffer.from(raw.toString('latin1').replaceAll(/^from:/gimu, 'X-From:'), 'latin1'),
  ])

type Kind = (given: { readonly nth: number; readonly from: string; readonly of: Known; readonly seed: number }) => Promise<Omit<HostileMail, 'from'>> // prettier-ignore

const inThread = ({ replyTo, messageId, subject }: Known) => ({
  to: replyTo,
  subject: `SV: ${subject}`,
  inReplyTo: messageId,
  references: [messageId],
})
const bomb = hostileZip([
  { name: 'xl/workbook.xml', packed: deflateRawSync(Buffer.alloc(4_000_000)), size: 4000 },
])

/** No two are the same mail. Each is one way to count for another, to be told something, to make us write, or to take our time. */
export const hostileKinds: Readonly<Record<string, Kind>> = {
  'figures with the token of a case': async ({ from, of, nth }) => ({ to: of.replyTo, raw: await compose({ from, ...inThread(of), text: complete, messageId: `<evil-${nth}@evil.example>` }) }),
  'the contact’s name before another address': async ({ from, of }) => ({ to: of.replyTo, raw: await compose({ from, fromName: of.contact, ...inThread(of), text: complete }) }),
  'two mailboxes in From': async ({ from, of, nth }) => ({ to: of.replyTo, raw: Buffer.from(`From: <${of.contact}> <${from}>\r\nIn-Reply-To: ${of.messageId}\r\nSubject: SV: tal\r\n\r\nM2: 1\r\nM1 i alt: 9\r\nM1 heraf: 9\r\n\r\nBrev ${nth}\r\n`) }),
  'two From headers': async ({ from, of, nth }) => ({ to: of.replyTo, raw: Buffer.from(`From: <${of.contact}>\r\nFrom: <${from}>\r\nIn-Reply-To: ${of.messageId}\r\nSubject: SV: tal\r\n\r\nM2: 1\r\n\r\nBrev ${nth}\r\n`) }),
  'a contact named by hand, from a server that is not theirs': async ({ of }) => ({ to: of.replyTo, raw: await compose({ from: of.contact, ...inThread(of), text: complete }) }),
  'a thousand case numbers': async ({ from }) => ({ to: bare, raw: await compose({ from, to: bare, text: Array.from({ length: 1000 }, (_, at) => `2015-${String(at).padStart(4, '0')}`).join('\n') }) }),
  'four thousand references': async ({ from, of }) => ({ to: of.replyTo, raw: Buffer.from(`From: <${from}>\r\nSubject: SV: tal\r\nReferences: ${Array.from({ length: 4000 }, (_, at) => `<${at}@evil.example>`).join('\r\n ')}\r\n\r\nM2: 2\r\n`) }),
  'blanks without end': async ({ from, of }) => ({ to: of.replyTo, raw: Buffer.from(`From: <${from}>\r\nSubject: SV: tal\r\n\r\nx${' '.repeat(60_000)}x\r\n`) }),
  'an automatic answer': async ({ from, of }) => ({ to: of.replyTo, raw: await compose({ from, ...inThread(of), subject: 'Automatisk svar: Fravær', text: 'Jeg er på ferie til og med 31. marts 2015.', headers: { 'Auto-Submitted': 'auto-replied' } }) }),
  'a bounce that is none': async ({ of, nth }) => ({ to: of.replyTo, raw: Buffer.from(`From: <mailer-daemon@evil.example>\r\nSubject: Undelivered Mail\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ${of.contact}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n${nth}\r\n--b--\r\n`) }),
  'a helper, a contact and a wish of their own': async ({ from, of }) => ({ to: of.replyTo, raw: await compose({ from, ...inThread(of), text: `Medindberetter: ${from}\nKontakt: Ond, ${from}\nUdsættelse til: 1. april 2015\nGenforhandling: ja, FS1\nOK` }) }),
  'a bomb for a workbook': async ({ from, of }) => ({ to: of.replyTo, raw: await compose({ from, ...inThread(of), text: 'Se vedhæftede', attachments: [{ filename: 'indberetning.xlsx', content: bomb }] }) }),
  'parts within parts': async ({ from, of, seed }) => ({ to: of.replyTo, raw: asStranger(from, mailOfParts(drawOf(chanceOf(seed)))) }),
  'a reply, its bytes changed': async ({ from, of, seed }) => {
    const raw = await compose({ from, ...inThread(of), text: complete })
    const changed = mutated([...bytes, ...mime], raw, { draw: drawOf(chanceOf(seed)), other: () => raw, most: 60_000 })
    return { to: of.replyTo, raw: asStranger(from, changed) }
  },
  'a mail to nobody’s case': async ({ from, nth }) => ({ to: bare, raw: await compose({ from, to: bare, subject: `Tilbud ${nth}`, text: 'Køb nu' }) }),
} // prettier-ignore

/** The nth mail of a flood on these cases. */
export const hostileMail = async (nth: number, cases: readonly Known[]): Promise<HostileMail> => {
  const kinds = Object.values(hostileKinds)
  const kind = kinds[nth % kinds.length]!
  const from = `x${nth}@evil${nth % 7}.example`
  const of = cases[(nth * 7) % cases.length]!
  return { from, ...(await kind({ nth, from, of, seed: nth })) }
}
