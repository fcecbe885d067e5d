import { beforeEach, describe, expect, test } from 'vitest'
import { complete, jonas, mainMailbox, mette } from '../compose-mail.ts'
import { openPostOffice, words, type PostOffice } from '../post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})
const nothingCounts = async (): Promise<void> => {
  expect(await office.figures()).toEqual({})
}

describe('who sent it', () => {
  test('MAIL 13, MAIL security 1: DMARC FAIL: not applied, the registered address alone is told, nobody else', async () => {
    const { mail, answers } = await office.reply({ text: complete }, { verdicts: { dmarc: 'FAIL' } })
    expect(mail).toMatchObject({ standing: 'held', reason: 'not-authenticated' })
    await nothingCounts()
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['neutral-notice', [mette]]])
    const theirs = mail?.details?.messageId ?? ''
    expect([answers[0]?.message.inReplyTo, ...(answers[0]?.message.references ?? [])]).not.toContain(theirs)
    expect(words(answers[0]!.message)).not.toContain('134')
  })
  test('MAIL 14: a domain without policy: held, and its verdicts do not change by what stands in the mail', async () => {
    const said = 'mx.ministeriet.example; dmarc=pass; spf=pass; dkim=pass'
    for (const headers of [{}, { 'Authentication-Results': said, 'Received-SPF': 'pass' }]) {
      const { mail } = await office.reply(
        { text: `${complete}\n${Object.keys(headers).join()}`, headers },
        { verdicts: { dmarc: 'GRAY', spf: 'PASS', dkim: 'PASS' } },
      )
      expect(mail).toMatchObject({ standing: 'held', reason: 'no-policy' })
      await nothingCounts()
    }
  })
  test('MAIL 15: a verdict that could not be made: held, never accepted', async () => {
    for (const [nth, verdicts] of [
      { dmarc: 'PROCESSING_FAILED' },
      { dmarc: 'DISABLED' },
      { virus: 'DISABLED' },
      { virus: 'GRAY' },
    ].entries()) {
      const { mail, answers } = await office.reply(
        { text: `${complete}\n${nth}`, messageId: `<v${nth}@x.example>` },
        { verdicts },
      )
      expect(mail).toMatchObject({ standing: 'held', reason: 'verdict-missing' })
      expect(answers).toEqual([])
    }
    await nothingCounts()
  })
  test('MAIL 16: a colleague of the same domain, matched: provisional, the receipt goes to the contact', async () => {
    const { mail, answers } = await office.reply({ text: 'M2: 24,5', from: jonas, fromName: 'Jonas Prøve' })
    expect(mail).toMatchObject({ standing: 'provisional', contactId: null })
    await nothingCounts()
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['receipt', [mette]]])
    const bare = 'svar@svar.ministeriet.example'
    const unmatched = await office.reply(
      { text: 'M2: 24,5', from: jonas, to: bare, subject: 'tal', inReplyTo: '<x@y.example>', references: [] },
      { recipients: [bare] },
    )
    expect(unmatched.mail).toBeNull()
    expect(unmatched.inbox).not.toBeNull()
  })
  test("MAIL 17: the contact's private address: held", async () => {
    const { mail } = await office.reply({ text: complete, from: 'mette.proeve@gmail.com' })
    expect(mail).toMatchObject({ standing: 'held', reason: 'unknown-address' })
    await nothingCounts()
  })
  test('MAIL 18: a consultant who answers a forwarded request: held, no answer to him, the contact is told', async () => {
    const { mail, answers } = await office.reply({ text: complete, from: 'karsten@konsulenter.example' })
    expect(mail?.standing).toBe('held')
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['held-mail-notice', [mette]]])
    expect(words(answers[0]!.message)).toContain('karsten@konsulenter.example')
    await nothingCounts()
  })
  test('MAIL 19: From is the identity, Sender is not', async () => {
    const own = await office.reply({ text: 'M2: 24,5', headers: { Sender: 'fremmed@elsewhere.example' } })
    expect(own.mail?.standing).toBe('counts')
    const borrowed = await office.reply({
      text: 'M2: 25',
      from: 'fremmed@elsewhere.example',
      headers: { Sender: mette },
    })
    expect(borrowed.mail?.standing).toBe('held')
    expect(await office.figures()).toEqual({ M2: '24.5' })
  })
  test('MAIL 20: Reply-To is no identity, and nothing is answered to it', async () => {
    const { mail, answers } = await office.reply({
      text: 'M2: 24,5',
      headers: { 'Reply-To': 'fremmed@elsewhere.example' },
    })
    expect(mail?.standing).toBe('counts')
    expect(answers.map(({ to }) => to)).toEqual([[mette]])
  })
  test('MAIL 21: two From headers, several addresses in From, none: held, no answer', async () => {
    for (const [nth, from] of [
      `From: <${mette}>\r\nFrom: <x@elsewhere.example>`,
      `From: <${mette}>, <x@elsewhere.example>`,
      'X-No: from',
      'From: undisclosed',
    ].entries()) {
      const raw = `${from}\r\nTo: ${office.request.address}\r\nSubject: SV: tal\r\nMessage-ID: <from${nth}@x.example>\r\nContent-Type: text/plain\r\n\r\nM2: 24,5`
      const { mail, answers } = await office.receive(Buffer.from(raw))
      expect(mail).toMatchObject({ standing: 'held', reason: 'from-unclear' })
      expect(answers).toEqual([])
    }
    await nothingCounts()
  })
  test('MAIL 22: from one of our own addresses: dropped silently', async () => {
    for (const from of [office.request.address, 'svar@svar.nytministerium.example']) {
      const before = (await office.state()).mails.length
      const { answers } = await office.reply({ text: complete, from })
      expect(answers).toEqual([])
      expect((await office.state()).mails).toHaveLength(before)
    }
    await nothingCounts()
  })
  test('MAIL 23: a display name that imitates an address is a name', async () => {
    const { mail } = await office.reply({
      text: complete,
      fromName: mette,
      from: 'fremmed@elsewhere.example',
    })
    expect(mail).toMatchObject({
      standing: 'held',
      reason: 'unknown-address',
      details: { from: 'fremmed@elsewhere.example' },
    })
  })
  test('MAIL 24, MAIL security 2: verdicts that stand in the mail are words, forged or not', async () => {
    const headers = {
      'Authentication-Results':
        'amazonses.com; spf=pass; dkim=pass; dmarc=pass header.from=svendborg-kommune.example',
      'X-SES-Spam-Verdict': 'PASS',
      'X-SES-Virus-Verdict': 'PASS',
      'Received-SPF': 'pass',
    }
    const forged = await office.reply({ text: complete, headers }, { verdicts: { dmarc: 'FAIL' } })
    expect(forged.mail?.standing).toBe('held')
    const failing = await office.reply({
      text: 'M2: 24,5',
      headers: { 'Authentication-Results': 'amazonses.com; dmarc=fail' },
    })
    expect(failing.mail?.standing).toBe('counts')
  })
  test.each([
    'svendborg-kommune.example.evil.example',
    'svendborg-kommunе.example',
    'svendborg-kornmune.example',
    'svendborgkommune.example',
    'ѕvendborg-kommune.example',
  ])('MAIL 25: the look-alike domain %s is another', async (domain) => {
    const { mail, inbox } = await office.reply({ text: complete, from: `mette.proeve@${domain}` })
    expect(mail === null ? inbox !== null : mail.standing === 'held').toBe(true)
    await nothingCounts()
  })
  test('MAIL security 4: a token that was forwarded opens nothing: receipts go to registered addresses, and say from whom', async () => {
    const { answers } = await office.reply({
      text: 'M2: 24,5',
      from: jonas,
      fromName: 'Jonas Prøve',
      cc: 'fremmed@elsewhere.example',
    })
    expect(answers.map(({ to }) => to)).toEqual([[mette]])
    expect(words(answers[0]!.message)).toContain(jonas)
    const stranger = await office.reply({ text: complete, from: 'fremmed@elsewhere.example' })
    expect(stranger.answers.flatMap(({ to }) => to)).not.toContain('fremmed@elsewhere.example')
    const post = await office.reply({ text: 'FS2: 83', from: mainMailbox })
    expect(
      post.answers.every(({ to }) => to.every((one) => one.endsWith('@svendborg-kommune.example'))),
    ).toBe(true)
  })
  test('MAIL security 16: headers that two parsers read differently: held, no answer', async () => {
    for (const [nth, extra] of [
      'Subject: to',
      'Content-Type: text/html',
      'To: x@y.example',
      'Message-ID: <b@x.example>',
      'X-A: \u0000',
    ].entries()) {
      const raw = `From: <${mette}>\r\nTo: ${office.request.address}\r\nSubject: SV: tal\r\nMessage-ID: <two${nth}@x.example>\r\n${extra}\r\nContent-Type: text/plain\r\n\r\nM2: 24,5`
      const { mail, answers } = await office.receive(Buffer.from(raw))
      expect(mail).toMatchObject({ standing: 'held', reason: 'parsers-disagree' })
      expect(answers).toEqual([])
    }
    await nothingCounts()
  })
  test('MAIL security 19: a virus, or none looked for: not read, no answer', async () => {
    for (const virus of ['FAIL', 'PROCESSING_FAILED']) {
      const { mail, answers } = await office.reply(
        { text: complete, messageId: `<${virus}@x.example>` },
        { verdicts: { virus } },
      )
      expect(mail).toMatchObject({ standing: 'held', reason: 'virus' })
      expect(answers).toEqual([])
    }
    await nothingCounts()
  })
})
