import { beforeEach, describe, expect, test } from 'vitest'
import { complete, jonas, mette } from '../compose-mail.ts'
import { openPostOffice, words, type PostOffice } from '../post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

const bare = 'svar@svar.ministeriet.example'

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
  test('MAIL 11: a new mail without any token, from a registered contact: held with its likely case', async () => {
    const { mail, inbox } = await office.reply(
      { text: 'M2: 24,5', to: bare, subject: 'Vores tal', inReplyTo: '<x@y.example>', references: [] },
      { recipients: [bare] },
    )
    expect(mail).toBeNull()
    expect(inbox?.likely).toContain('svendborg-rk')
    expect(await office.figures()).toEqual({})
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
