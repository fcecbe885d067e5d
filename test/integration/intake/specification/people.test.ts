import { beforeEach, describe, expect, test } from 'vitest'
import { isBlocked } from '../../../../functions/domain/review/collection.ts'
import { tasksOfReview } from '../../../../functions/web/review/review-tasks.ts'
import { marked } from '../../../unit/intake/mail.ts'
import { complete, jonas, mainMailbox, mette } from '../compose-mail.ts'
import { openPostOffice, words, type PostOffice } from '../post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})
const kinds = (answers: readonly { kind: string }[]): readonly string[] => answers.map(({ kind }) => kind)

describe('what a reply does', () => {
  test('MAIL 51: nothing but our own quotation: told so, with the lines to fill in', async () => {
    const { answers } = await office.reply({ text: marked(office.request.text) })
    expect(kinds(answers)).toEqual(['receipt'])
    expect(words(answers[0]!.message)).toMatch(/^Tak\. Vi fandt ingen tal i mailen\./u)
    expect(answers[0]!.message.text).toContain('M1 i alt: ____')
  })
  test('MAIL 51: words of their own and no figure: kept, read by a person, and answered with what is missing', async () => {
    await office.reply({ text: 'M1 i alt: 134\nM1 heraf: 61' })
    const text = 'Hej Sofie\n\nVores økonomisystem er nede i denne uge. Resten kommer på mandag.\n\nMvh Mette'
    const { mail, answers } = await office.reply({ text })
    expect(kinds(answers)).toEqual(['receipt'])
    expect(words(answers[0]!.message)).toMatch(
      /^Tak\. Jeres tekst er gemt og læses af en medarbejder\. Vi fandt ingen tal ud for nøglerne og mangler fem ting: /u,
    )
    expect(answers[0]!.message.text).toContain('\nM2: ____')
    expect(answers[0]!.message.text).not.toContain('M1 heraf: ____')
    const today = { today: '2015-02-24', caseworker: 'sofie', href: '' }
    const waiting = async () =>
      tasksOfReview(await office.state(), today).map(({ kind, what }) => [kind, what])
    expect(await waiting()).toEqual([['words', 'Svendborg har skrevet uden tal: læses']])
    expect(isBlocked(await office.state(), '479')).toBe(false)
    const read = { do: 'mark-read', mailKey: mail?.mailKey ?? '' } as const
    await office.decide(read)
    expect(await waiting()).toEqual([])
    await expect(office.decide(read)).rejects.toThrow(/no unread mail/u)
  })
  test('MAIL 54, 55: an answer to the receipt: what it echoes is ours, a correction shows old and new', async () => {
    const first = await office.reply({ text: complete })
    const receipt = first.answers[0]!.message
    const again = await office.reply({ text: `Tak.\n\n${marked(receipt.text ?? '')}` })
    expect(again.mail?.values).toEqual([])
    const corrected = await office.reply({ text: 'H1 udgift: 560.000' })
    expect(await office.figures()).toMatchObject({ 'H1 udgift': '560000', 'M1 i alt': '134' })
    expect(words(corrected.answers[0]!.message)).toMatch(
      /^Tak, rettelsen er modtaget\..*560\.000 kr\..*\(før: 400\.000 kr\.\)/u,
    )
  })
  test('MAIL 121: more time in free text stops the reminders and is answered the same day', async () => {
    const { answers } = await office.reply({ text: 'Kan vi få udsættelse til fredag d. 13/3?' })
    expect(kinds(answers)).toEqual(['extension-received'])
    expect(words(answers[0]!.message)).toContain('fredag den 13. marts 2015')
    await office.until('2015-03-05')
    const letters = (await office.state()).letters.map(({ order }) => order.kind)
    expect(letters.filter((kind) => /reminder/u.test(kind))).toEqual([])
  })
  test('MAIL 122: more time by key beside figures, also from a colleague', async () => {
    await office.reply({ text: 'M2: 24,5\nUdsættelse til: 13. marts 2015' })
    expect((await office.state()).extensions).toMatchObject([{ until: '2015-03-13' }])
    expect(await office.figures()).toEqual({ M2: '24.5' })
    const other = await openPostOffice()
    await other.reply({ from: jonas, text: 'Udsættelse til: 13. marts 2015' })
    expect((await other.state()).extensions).toMatchObject([{ until: '2015-03-13' }])
  })
  test("MAIL 123: a colleague's figures count at the contact's OK alone", async () => {
    const { answers } = await office.reply({ from: jonas, fromName: 'Jonas Prøve', text: complete })
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['receipt', [mette]]])
    expect(words(answers[0]!.message)).toMatch(
      /^Tak\. Jonas Prøve har sendt tal\. Svar OK for at bekræfte dem\./u,
    )
    await office.reply({ from: jonas, text: 'OK' })
    expect(await office.figures()).toEqual({})
    await office.reply({ text: 'OK' })
    expect(await office.figures()).toMatchObject({ 'M1 i alt': '134' })
    const sister = await office.reply({ from: 'mette.proeve@svendborg.example', text: 'M2: 1' })
    expect(sister.mail?.standing).toBe('held')
  })
  test('MAIL 124: OK with a correction under it: that line is corrected, the rest confirmed', async () => {
    await office.reply({ from: jonas, text: 'M1 i alt: 134\nM1 heraf: 61\nM2: 24,5' })
    await office.reply({ text: 'OK\n\nM1 heraf: 62' })
    expect(await office.figures()).toEqual({ 'M1 i alt': '134', 'M1 heraf': '62', M2: '24.5' })
  })
  test('MAIL 130: partial answers are put together; "færdig" with something missing is not finished', async () => {
    const partial = await office.reply({ text: 'M1 i alt: 134\nM1 heraf: 61\nFærdig: ja' })
    expect(words(partial.answers[0]!.message)).toMatch(/^Tak\. Vi mangler/u)
    const rest = await office.reply({ text: complete.split('\n').slice(2).join('\n') })
    expect(words(rest.answers[0]!.message)).toMatch(/^Tak, vi har alt, hvad vi skal bruge\./u)
    expect(await office.figures()).toMatchObject({ 'M1 i alt': '134', 'H1 udgift': '400000' })
  })
  test('MAIL 135: a registered contact whose domain has no policy: held, one neutral notice a day, no reminder meanwhile', async () => {
    const held = await office.reply({ text: complete }, { verdicts: { dmarc: 'GRAY' } })
    const again = await office.reply({ text: `${complete}\nFærdig: ja` }, { verdicts: { dmarc: 'GRAY' } })
    expect(kinds(held.answers)).toEqual(['neutral-notice'])
    expect(kinds(again.answers)).toEqual([])
    expect(words(held.answers[0]!.message)).not.toContain('400.000')
    await office.until('2015-03-04')
    expect((await office.state()).letters.map(({ order }) => order.kind)).not.toContain('reminder-1')
  })
  test('MAIL 136: CPR numbers: set aside unread, the sender told; sent again without them it is read', async () => {
    const aside = await office.reply({ text: 'M2: 24,5\nBorger 010190-1234' })
    expect(aside.mail).toMatchObject({ standing: 'set-aside', values: [], details: { freeText: '' } })
    expect(kinds(aside.answers)).toEqual(['citizen-data-notice'])
    expect(words(aside.answers[0]!.message)).not.toContain('010190')
    expect(await office.figures()).toEqual({})
    expect((await office.reply({ text: 'M2: 24,5' })).mail?.standing).toBe('counts')
    expect(await office.figures()).toEqual({ M2: '24.5' })
  })
  test('MAIL 136: CPR numbers from a sender nobody vouches for: set aside, the address it bears has the neutral notice', async () => {
    const forged = await office.reply(
      { text: 'Borger 010190-1234', subject: 'SV: klik her' },
      { verdicts: { dmarc: 'FAIL' } },
    )
    expect(forged.mail).toMatchObject({
      standing: 'set-aside',
      reason: 'citizen-data-unverified',
      values: [],
    })
    expect(kinds(forged.answers)).toEqual(['neutral-notice'])
    expect(forged.answers[0]!.message.subject).not.toContain('klik her')
    const again = await office.reply({ text: 'Borger 010190-1235' }, { verdicts: { dmarc: 'FAIL' } })
    expect([again.mail?.standing, kinds(again.answers)]).toEqual(['set-aside', []])
    const stranger = await office.reply({
      from: 'konsulent@raadgivning.example',
      text: 'Borger 010190-1234',
    })
    expect([stranger.mail?.standing, kinds(stranger.answers)]).toEqual(['set-aside', []])
  })
  test('MAIL 142: without a token, from the registered main mailbox: held with its case, the contact told, and nobody reminded', async () => {
    const bare = 'svar@svar.ministeriet.example'
    const { mail, inbox, answers } = await office.reply(
      {
        from: mainMailbox,
        text: 'M2: 24,5',
        to: bare,
        subject: 'tal (sagsnr. 2015-0479)',
        inReplyTo: '<x@y.example>',
        references: [],
      },
      { recipients: [bare] },
    )
    expect(mail).toBeNull()
    expect(inbox?.likely).toEqual(['svendborg-rk'])
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['unplaced-notice', [mette]]])
    expect(words(answers[0]!.message)).toContain(mainMailbox)
    await office.until('2015-03-04')
    expect((await office.state()).letters.map(({ order }) => order.kind)).not.toContain('reminder-1')
  })
  test('MAIL 129: to the old domain after the change of name: taken in, answered from the new address with the sentence', async () => {
    await office.until('2015-06-29')
    const { mail, answers } = await office.reply({ text: 'M2: 24,5' })
    expect(mail?.standing).toBe('counts')
    expect(answers[0]?.message.from[0]?.address).toMatch(/@svar\.nytministerium\.example$/u)
  })
})

describe('security of answers', () => {
  test('MAIL security 7: what they wrote is echoed short, without links and control signs', async () => {
    const { answers } = await office.reply({
      text: `FS2: se https://evil.example/login ${'x'.repeat(300)} \u202Egnp\u0007`,
    })
    const text = answers[0]!.message.text ?? ''
    expect(text).not.toContain('evil.example')
    expect(text.includes('\u202E') || text.includes('\u0007')).toBe(false)
    expect(text).not.toContain('x'.repeat(90))
    expect(answers[0]!.message.html ?? '').not.toContain('href="https://evil')
  })
  test('MAIL security 8: nothing of a mail becomes a header of the answer', async () => {
    const { answers } = await office.reply({
      subject: 'SV: tal\r\nBcc: fremmed@elsewhere.example',
      text: 'M2: 24,5',
      messageId: '<a b@x.example>',
    })
    const [answer] = answers
    expect(answer?.to).toEqual([mette])
    expect(answer?.message.headers.get('bcc')).toBeUndefined()
    expect(answer?.message.headers.get('reply-to')?.join()).toContain(office.request.address)
    expect(answer?.message.inReplyTo ?? '<x>').toMatch(/^<[^<>\s]{1,250}>$/u)
  })
  test('MAIL security 20: of a mail with CPR numbers only hashes and ids are in the chain', async () => {
    await office.reply({ text: 'Borger 010190-1234 hedder Prøve.\nM2: 24,5' })
    const commits = await office.ports.streams.load(office.streams.svendborg)
    const shown = JSON.stringify(commits.map(({ events }) => events))
    expect(shown).not.toContain('010190')
    expect(shown).not.toContain('hedder Prøve')
  })
})
