import { beforeEach, describe, expect, test } from 'vitest'
import { complete, compose, jonas, mette, type MailParts } from '../compose-mail.ts'
import { openPostOffice, words, type PostOffice } from '../post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

const bare = 'svar@svar.ministeriet.example'

/** A new mail that answers none of ours. */
const fresh = async (parts: MailParts = {}, verdicts: Record<string, string> = {}) =>
  office.reply(
    { text: complete, to: bare, subject: 'Vores tal', inReplyTo: '<x@y.example>', references: [], ...parts },
    { recipients: [bare], verdicts },
  )

describe('whose it is', () => {
  test('MAIL 1: to the token address, from a registered contact, authenticated: taken in, with a receipt', async () => {
    const { mail, answers } = await office.reply({ text: complete })
    expect(mail).toMatchObject({
      standing: 'counts',
      contactId: 'svendborg-mette-proeve',
      answers: 'request/479/1/',
    })
    expect(await office.figures()).toMatchObject({ 'M1 i alt': '134', M2: '24.5', 'H1 udgift': '400000' })
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['receipt', [mette]]])
    expect(words(answers[0]!.message)).toMatch(
      /^Tak, vi har alt, hvad vi skal bruge\. I skal ikke gøre mere\./u,
    )
  })
  test('MAIL 2: the plus part dropped or the address retyped, the token in the subject', async () => {
    const { mail } = await office.reply(
      {
        text: 'M2: 24,5',
        to: bare,
        inReplyTo: '<x@y.example>',
        references: [],
        subject: `VS: [#${office.request.token}]`,
      },
      { recipients: [bare] },
    )
    expect(mail?.standing).toBe('counts')
  })
  test('MAIL 3: the references alone', async () => {
    const { mail } = await office.reply(
      {
        text: 'M2: 24,5',
        to: bare,
        subject: 'tal',
        references: ['<other@x.example>', office.request.messageId],
      },
      { recipients: [bare] },
    )
    expect(mail).toMatchObject({ standing: 'counts', party: '479' })
  })
  test('MAIL 4: references set apart by commas', async () => {
    const raw = [
      `From: <${mette}>`, `To: ${bare}`, 'Subject: tal', 'Message-ID: <komma@svendborg-kommune.example>',
      `References: <a@x.example>,${office.request.messageId}, <b@x.example>`, 'Content-Type: text/plain; charset=utf-8', '', 'M2: 24,5',
    ].join('\r\n') // prettier-ignore
    expect((await office.receive(Buffer.from(raw), { recipients: [bare] })).mail?.standing).toBe('counts')
  })
  test("MAIL 5: the mail system's own id alone, as iOS answers", async () => {
    expect(office.request.messageId).toMatch(/@mail\.example>$/u)
    expect(office.request.message.messageId).not.toBe(office.request.messageId)
    const { mail } = await office.reply(
      { text: 'M2: 24,5', to: bare, subject: 'Re: tal', inReplyTo: office.request.messageId, references: [] },
      { recipients: [bare] },
    )
    expect(mail?.standing).toBe('counts')
  })
  test('MAIL 6: the envelope decides, whatever To and Cc say', async () => {
    const { mail } = await office.reply({
      text: 'M2: 24,5',
      to: jonas,
      cc: bare,
      subject: 'tal',
      inReplyTo: '<x@y.example>',
      references: [],
    })
    expect(mail?.standing).toBe('counts')
    const cc = await office.reply({ text: 'M2: 25', to: jonas, cc: office.request.address, subject: 'tal' })
    expect(cc.mail?.standing).toBe('counts')
  })
  test('MAIL 7: the address in any case', async () => {
    for (const address of [
      office.request.address.toUpperCase(),
      office.request.address.replace('svar+k', 'Svar+K'),
    ]) {
      const { mail } = await office.reply(
        {
          text: `M2: ${address.charCodeAt(0)}`,
          to: address,
          subject: 'tal',
          inReplyTo: '<x@y.example>',
          references: [],
          messageId: `<${address.slice(0, 5).replace('+', '-')}@x.example>`,
        },
        { recipients: [address] },
      )
      expect(mail?.party).toBe('479')
    }
  })
  test('MAIL 8, Edge case 37: two different tokens: held, and neither municipality is touched', async () => {
    const before = [await office.state(), await office.state(office.streams.odense)]
    const { mail, inbox, answers } = await office.reply({
      text: 'M2: 24,5',
      subject: `SV: [#${office.odenseRequest.token}]`,
    })
    expect(mail).toBeNull()
    expect(inbox?.likely.toSorted()).toEqual(['odense-rk', 'svendborg-rk'])
    expect(answers).toEqual([])
    expect(
      [await office.state(), await office.state(office.streams.odense)].map(({ mails, parties }) => [
        mails.length,
        parties,
      ]),
    ).toEqual(before.map(({ mails, parties }) => [mails.length, parties]))
  })
  test('MAIL 9: a token that was never signed names nothing: no answer, kept', async () => {
    const forged = office.request.token.replace(/^./u, (sign) => (sign === 'A' ? 'B' : 'A'))
    const address = office.request.address.replace(office.request.token.toLowerCase(), forged.toLowerCase())
    const { mail, inbox, answers } = await office.reply(
      {
        text: 'M2: 24,5',
        from: 'nogen@fremmed.example',
        to: address,
        subject: `[#${forged}]`,
        inReplyTo: '<x@y.example>',
        references: [],
      },
      { recipients: [address] },
    )
    expect(mail).toBeNull()
    expect(inbox).not.toBeNull()
    expect(answers).toEqual([])
  })
  test('MAIL 11: a new mail without any token, from a registered contact: held, and she is asked to reply to the request', async () => {
    const { mail, inbox, answers } = await fresh()
    expect(mail).toBeNull()
    expect(inbox?.likely).toContain('svendborg-rk')
    expect(await office.figures()).toEqual({})
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['unplaced-notice', [mette]]])
    const [answer] = answers
    expect(words(answer!.message)).toMatch(
      /^Vi kan ikke se, hvilken sag jeres mail hører til\. Den kom den 24\. februar 2015 fra mette\.proeve@svendborg-kommune\.example .* så send den igen som svar på denne mail eller på vores mail af 15\. januar 2015; .* en medarbejder på den senest torsdag den 26\. februar 2015\. Der bliver ikke sendt påmindelser imens\./u,
    )
    expect(answer?.message.headers.get('auto-submitted')).toEqual(['auto-replied'])
    expect(answer?.message.subject).toMatch(/^SV: Vores tal/u)
    const again = await office.receive(
      await compose({
        to: bare,
        subject: answer?.message.subject ?? '',
        text: complete,
        inReplyTo: office.ports.mail.sent.at(-1)?.messageId ?? '',
      }),
      { recipients: [answer?.message.from[0]?.address ?? ''] },
    )
    expect(again.mail?.standing).toBe('counts')
  })
  test('MAIL 11: told once a day, however many mails come, and within the budget of answers', async () => {
    const kindsOf = async (text: string) =>
      (await fresh({ text, subject: 'Vedr. 2015-0479' })).answers.map(({ kind }) => kind)
    expect([await kindsOf('M2: 24'), await kindsOf('M2: 25')]).toEqual([['unplaced-notice'], []])
    office.ports.clock.set(office.at('2015-02-25', '09:00'))
    for (const figure of [1, 2, 3]) await office.reply({ text: `M2: ${figure}` })
    expect(await kindsOf('M2: 26')).toEqual([])
    office.ports.clock.set(office.at('2015-02-26', '09:00'))
    expect(await kindsOf('M2: 27')).toEqual(['unplaced-notice'])
    const other = await openPostOffice()
    await other.reply(
      { text: 'M2: 24,5', to: bare, subject: 'Vedr. 2015-0479', inReplyTo: '<x@y.example>', references: [] },
      { recipients: [bare] },
    )
    for (const figure of [1, 2]) await other.reply({ text: `M2: ${figure}` })
    expect((await other.reply({ text: 'M2: 3' })).mail?.unanswered).toBe('hour')
  })
  test('MAIL 11: never to a sender who is not authenticated, not registered, or a machine', async () => {
    const senders = [
      [{}, { dmarc: 'FAIL' }],
      [{}, { dmarc: 'GRAY' }],
      [{ from: jonas }, {}],
      [{ from: 'konsulent@raadgivning.example' }, {}],
      [{ headers: { 'Auto-Submitted': 'auto-replied' } }, {}],
      [{ text: 'Borger 010190-1234.\nM2: 24,5' }, {}],
    ] as const
    for (const [parts, verdicts] of senders) {
      const { mail, inbox, answers } = await fresh(parts, verdicts)
      expect([mail, answers]).toEqual([null, []])
      expect(inbox).not.toBeNull()
    }
    expect((await office.state()).letters.map(({ order }) => order.kind)).not.toContain('unplaced-notice')
  })
  test('MAIL 12: the subject changed wholly says nothing about whose it is', async () => {
    for (const subject of ['SV: SV: VS: [EKSTERN] noget andet', '', '[EKSTERN] RE: AW: tal', 'Haster!']) {
      const { mail } = await office.reply({
        text: `M2: 24,${subject.length % 10}`,
        subject,
        messageId: `<s${subject.length}@x.example>`,
      })
      expect(mail?.standing).toBe('counts')
    }
  })
})
