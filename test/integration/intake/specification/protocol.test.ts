import { beforeEach, describe, expect, test } from 'vitest'
import { makeTakeInMail } from '../../../../functions/handlers/intake/take-in-mail.ts'
import { SendRefused } from '../../../../functions/ports/mail.ts'
import { complete, compose, mette } from '../compose-mail.ts'
import { openPostOffice, words, type PostOffice } from '../post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})
const replyRaw = (text: string, messageId: string): Promise<Buffer> =>
  compose({
    to: office.request.address,
    subject: `SV: ${office.request.message.subject}`,
    inReplyTo: office.request.messageId,
    messageId,
    text,
  })
/** The mail with so much behind it that it is not read. */
const larger = (raw: Buffer): Buffer => Buffer.concat([raw, Buffer.alloc(15 * 1024 * 1024, 'x\r\n')])

describe('once, in any order', () => {
  test('MAIL 97: the same notification twice: one effect, one receipt', async () => {
    const raw = await replyRaw(complete, '<en@x.example>')
    const first = await office.receive(raw, { key: 'same' })
    const commits = await office.ports.streams.load(office.streams.svendborg)
    const again = await office.receive(raw, { key: 'same' })
    expect(first.answers).toHaveLength(1)
    expect(again).toMatchObject({ mail: null, answers: [] })
    expect(await office.ports.streams.load(office.streams.svendborg)).toHaveLength(commits.length)
  })
  test('MAIL 98: the same mail as two of the mail system: To and Cc, or sent twice by a server', async () => {
    const raw = await replyRaw(complete, '<to-cc@x.example>')
    const first = await office.receive(raw, { key: 'one' })
    const traced = Buffer.concat([
      Buffer.from('Received: from b.example by c.example; Tue, 24 Feb 2015 14:09:00 +0100\r\n'),
      raw,
    ])
    const again = await office.receive(traced, {
      key: 'two',
      recipients: ['svar@svar.ministeriet.example', office.request.address],
    })
    expect(first.answers.map(({ kind }) => kind)).toEqual(['receipt'])
    expect(again).toMatchObject({ mail: null, answers: [] })
    expect((await office.state()).mails).toHaveLength(1)
  })
  test('MAIL 99: without a Message-ID the content is the key', async () => {
    const raw = Buffer.from(
      (await replyRaw('M2: 24,5', '<x@x.example>')).toString().replace(/^Message-ID:.*\r\n/mu, ''),
    )
    expect((await office.receive(raw, { key: 'one' })).mail?.standing).toBe('counts')
    expect(await office.receive(raw, { key: 'two' })).toMatchObject({ mail: null, answers: [] })
    const other = Buffer.from(raw.toString().replace('24,5', '25,5'))
    expect((await office.receive(other, { key: 'three' })).mail?.standing).toBe('counts')
    expect(await office.figures()).toEqual({ M2: '25.5' })
  })
  test('MAIL 101: the order is that of the receiving system, never of the Date header', async () => {
    const later = await compose({
      to: office.request.address,
      text: 'M2: 25',
      date: new Date('2001-01-01'),
      inReplyTo: office.request.messageId,
    })
    const earlier = await compose({
      to: office.request.address,
      text: 'M2: 24',
      date: new Date('2038-01-01'),
      inReplyTo: office.request.messageId,
    })
    await office.receive(later, { at: office.at('2015-02-24', '14:06') })
    await office.receive(earlier, { at: office.at('2015-02-24', '14:05') })
    expect(await office.figures()).toEqual({ M2: '25' })
  })
  test('MAIL 102: the object SES puts into the bucket when the rule is made is no mail', async () => {
    const before = office.ports.mail.sent.length
    await makeTakeInMail(office.ports)(office.received('inbound/AMAZON_SES_SETUP_NOTIFICATION', {}))
    expect(office.ports.mail.sent).toHaveLength(before)
    expect(office.ports.archive.keys().filter((key) => key.startsWith('mail/'))).toEqual([])
    expect(await office.inbox()).toEqual([])
  })
  test('MAIL 103: told of but not in the bucket: refused, so that the queue hands it in again', async () => {
    await expect(makeTakeInMail(office.ports)(office.received('not-there', {}))).rejects.toThrow(
      /not in the bucket/u,
    )
    const raw = await replyRaw('M2: 24,5', '<late@x.example>')
    expect((await office.receive(raw, { key: 'not-there' })).mail?.standing).toBe('counts')
  })
  test('MAIL 104: more headers than the notification carries are read from the bucket', async () => {
    const references = [
      ...Array.from({ length: 300 }, (_, at) => `<${'x'.repeat(60)}${at}@svendborg-kommune.example>`),
      office.request.messageId,
    ]
    const bare = 'svar@svar.ministeriet.example'
    const { mail } = await office.reply(
      { text: 'M2: 24,5', to: bare, subject: 'tal', inReplyTo: '<a@b.example>', references },
      { recipients: [bare] },
    )
    expect(mail?.standing).toBe('counts')
  })
  test('MAIL 105: a NUL, an emoji and a subject of 2,000 signs', async () => {
    const { mail, answers } = await office.reply({
      text: 'M2: 24,5 \u0000\n\n😀',
      subject: `😀 ${'lang '.repeat(400)}`,
    })
    expect(mail?.standing).toBe('counts')
    expect(answers).toHaveLength(1)
    expect(answers[0]?.message.subject.length).toBeLessThan(2300)
    const raw = `From: <${mette}>\r\nTo: ${office.request.address}\r\nSubject: a\u0000b\r\nMessage-ID: <nul@x.example>\r\n\r\nM2: 25`
    const held = await office.receive(Buffer.from(raw))
    expect(held.mail?.standing).toBe('held')
  })
  test('MAIL 106: a broken Content-Type, no end boundary, alternatives inside mixed inside related', async () => {
    const nested = [
      `From: <${mette}>`, `To: ${office.request.address}`, 'Subject: SV: tal', 'Message-ID: <nest@x.example>', 'MIME-Version: 1.0', 'Content-Type: multipart/related; boundary=a', '',
      '--a', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: multipart/alternative; boundary=c', '',
      '--c', 'Content-Type: text/plain; charset=utf-8', '', 'M2: 24,5', '--c', 'Content-Type: text/html; charset=utf-8', '', '<p>M2: 24,5</p>', '--c--',
      '--b', 'Content-Type: ;;=x; name', 'Content-Disposition: attachment', '', 'x',
    ].join('\r\n') // prettier-ignore
    expect((await office.receive(Buffer.from(nested))).mail?.standing).toBe('counts')
    expect(await office.figures()).toEqual({ M2: '24.5' })
  })
  test('MAIL 107: larger than is read: kept, held with the reason, and the contact is told what to do', async () => {
    const raw = larger(await replyRaw('M2: 24,5', '<big@x.example>'))
    const { mail, inbox, answers } = await office.receive(raw)
    expect(mail).toBeNull()
    expect(inbox).toMatchObject({ reason: 'too-large', likely: ['svendborg-rk'] })
    expect(inbox?.error).toContain('MessageUnreadable')
    expect(office.ports.archive.keys()).toContain(`mail/${office.ports.digest(raw)}`)
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['too-large-notice', [mette]]])
    expect(words(answers[0]!.message)).toMatch(
      /^Jeres mail er for stor til at blive læst\. Den kom den 24\. februar 2015 .* højst 15 MB med bilag\. Send tallene igen som svar på denne mail eller på vores mail af 15\. januar 2015, uden de store bilag: .* Den store mail er gemt, som den kom\./u,
    )
    expect(answers[0]!.message.text).toContain('M1 i alt: ____')
    expect(await office.figures()).toEqual({})
    await office.until('2015-03-03')
    expect((await office.state()).letters.map(({ order }) => order.kind)).not.toContain('reminder-1')
    expect((await office.receive(raw)).answers).toEqual([])
  })
  test('MAIL 107: nobody is told whom the receiving system has not authenticated, and no machine', async () => {
    const reply = await replyRaw('M2: 24,5', '<big@x.example>')
    const outcomes = [
      await office.receive(larger(reply), { verdicts: { dmarc: 'FAIL' } }),
      await office.receive(larger(Buffer.concat([Buffer.from('Auto-Submitted: auto-replied\r\n'), reply]))),
      await office.receive(Buffer.alloc(16 * 1024 * 1024, 'x')),
    ]
    expect(outcomes.map(({ inbox, answers }) => [inbox?.reason, answers.length])).toEqual([
      ['too-large', 0],
      ['too-large', 0],
      ['too-large', 0],
    ])
  })
  test('MAIL 108: broken off after the mail was kept: the next delivery sends the one receipt', async () => {
    const raw = await replyRaw(complete, '<crash@x.example>')
    const before = office.ports.mail.sent.length
    office.ports.mail.failNext({
      error: new SendRefused('the server refused, or the process died before it'),
      sentNevertheless: false,
    })
    await office.receive(raw, { key: 'one' }).catch(() => undefined)
    expect((await office.state()).mails).toHaveLength(1)
    await office.receive(raw, { key: 'one' })
    await office.receive(raw, { key: 'one' })
    expect(office.ports.mail.sent.length - before).toBe(1)
    expect((await office.state()).mails).toHaveLength(1)
  })
  test('MAIL security 3: an older reply played again changes nothing', async () => {
    const old = await replyRaw('M2: 30', '<old@x.example>')
    await office.receive(old, { key: 'a' })
    await office.reply({ text: 'M2: 24,5' })
    const again = await office.receive(old, { key: 'b' })
    expect(again).toMatchObject({ mail: null, answers: [] })
    const renamed = await office.receive(await replyRaw('M2: 30', '<renamed@x.example>'), { key: 'c' })
    expect(renamed.mail?.standing).toBe('repeated')
    expect(words(renamed.answers[0]!.message)).toContain('allerede modtaget denne mail')
    expect(await office.figures()).toEqual({ M2: '24.5' })
  })
})
