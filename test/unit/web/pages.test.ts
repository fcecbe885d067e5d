import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formsOf } from '../../../infra/local/players/ministry/page-forms.ts'
import { reviewPage } from '../../../functions/web/review/review-page.ts'
import { tasksOfReview } from '../../../functions/web/review/review-tasks.ts'
import { isFor, isPlain } from '../../../functions/web/tasks.ts'
import { tasksPage } from '../../../functions/web/tasks-page.ts'
import { automaticAnswerText } from '../../../functions/web/words.ts'
import { busyReview, frame, mailOf, pageInput, reader, textOf } from './page-parts.ts'

const onlyComments = {
  ...busyReview('tekst').hearing!,
  answers: busyReview('tekst').hearing!.answers.filter((answer) => answer.answer === 'comments'),
}
const everybody = reader('caseworker', 'approver')
const decisions = (html: string) => formsOf(html).filter((form) => form.action !== '/logout')

it('MAIL security 6: escapes whatever people wrote, wherever it stands', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('<', '"><', "'>", '</textarea><', '</pre><'),
      fc.string(),
      async (start, rest) => {
        const hostile = `${start}script src=//evil.example>${rest}`
        const html = await textOf(reviewPage(frame(everybody), pageInput(busyReview(hostile), hostile)))
        expect(html).not.toMatch(/<script/i)
        expect(html).not.toContain('" onload')
        expect(html).toContain('script src=//evil.example&gt;')
      },
    ),
    { numRuns: 40 },
  )
})

it('MAIL security 5: has no script, no inline style and no form that decides on a GET', async () => {
  const pages = await Promise.all(
    (['drafted', 'recommended', 'hearing', 'collecting', 'assessed'] as const).map((status) =>
      textOf(reviewPage(frame(everybody), pageInput(busyReview('tekst', { status })))),
    ),
  )
  for (const html of pages) {
    expect(html).not.toMatch(/<script|\sstyle=|\son\w+=|javascript:/i)
    expect(html.match(/<form/g)?.length).toBe(html.match(/<form[^>]*method="post"/g)?.length)
  }
})

it('MAIL security 5: gives every deciding form the token of the session and a nonce of its own', async () => {
  const over = busyReview('tekst', {
    mails: [mailOf('comment-mail-1', 'counts', 'tekst')],
    hearing: onlyComments,
  })
  const [busy, late] = await Promise.all(
    [busyReview('tekst'), over].map((state) => textOf(reviewPage(frame(everybody), pageInput(state)))),
  )
  const forms = decisions(busy ?? '')
  expect(decisions(late ?? '').map((form) => form.name)).toContain('answer-comments')
  expect(forms.map((form) => form.name)).toEqual(
    expect.arrayContaining([
      'decide-held-mail/held-mail-1',
      'decide-extension/answer-mail-1',
      'mark-hearing-answer/answer-mail-1',
      'reopen',
      'leave-closed',
      'note',
      'stop',
    ]),
  )
  for (const form of forms) {
    expect(form.fields.get('csrf')).toBe('csrf-token-of-this-session')
    expect(form.fields.get('nonce')).toMatch(/^nonce-of-this-page-1234\.\w+$/)
  }
  expect(new Set(forms.map((form) => form.fields.get('nonce'))).size).toBe(forms.length)
})

it('offers each role its own decisions and an auditor none', async () => {
  const names = async (
    who: ReturnType<typeof reader>,
    status: 'drafted' | 'recommended',
  ): Promise<string[]> =>
    decisions(await textOf(reviewPage(frame(who), pageInput(busyReview('x', { status }))))).map(
      (form) => form.name,
    )
  expect(await names(reader('caseworker'), 'drafted')).toContain('recommend')
  expect(await names(reader('approver'), 'drafted')).not.toContain('recommend')
  expect(await names(reader('approver'), 'recommended')).toEqual(
    expect.arrayContaining(['approve', 'send-back']),
  )
  expect(await names(reader('caseworker'), 'recommended')).not.toContain('approve')
  expect(await names(reader('auditor'), 'recommended')).toEqual([])
  expect(await names({ ...everybody, barredFrom: ['479'] }, 'recommended')).toEqual([])
  expect(await names({ ...everybody, id: 'karl' }, 'recommended')).not.toContain('approve')
})

it('shows why a decision was refused and keeps what was written', async () => {
  const refused = {
    action: 'send-back',
    message: 'Skriv en begrundelse.',
    filled: { reason: ['Min <tekst>'] },
  }
  const html = await textOf(
    reviewPage(frame(reader('approver'), { refused }), pageInput(busyReview('x', { status: 'recommended' }))),
  )
  expect(html).toContain('role="alert"')
  expect(html).toContain('Min &lt;tekst&gt;')
})

it('lists what a review waits for, and no approval to the one who recommended', () => {
  const options = { today: '2015-03-20', caseworker: 'sofie', href: '/reviews/2014/svendborg-rk' }
  const busy = tasksOfReview(busyReview('x'), options)
  expect(busy.map((task) => task.kind)).toEqual([
    'held-mail',
    'extension',
    'hearing-answer',
    'reopen',
    'promise',
  ])
  const waiting = busyReview('x', { mails: [], extensions: [], hearing: onlyComments })
  const kindsOn = (today: string) => tasksOfReview(waiting, { ...options, today }).map((task) => task.kind)
  expect(kindsOn('2015-03-19')).not.toContain('comments')
  expect(kindsOn('2015-03-20')).toContain('comments')
  const [approval] = tasksOfReview(
    busyReview('x', { status: 'recommended', mails: [], extensions: [], reopen: null }),
    options,
  )
  expect(approval?.kind).toBe('approve')
  expect(approval?.what).toContain('mål 1 opfyldt')
  expect(approval?.remarks.join()).toContain('ændret til')
  expect(isFor(approval!, { id: 'karl', roles: ['approver'], barredFrom: [] })).toBe(false)
  expect(isFor(approval!, { id: 'anders', roles: ['approver'], barredFrom: [] })).toBe(true)
  expect(isFor(approval!, { id: 'anders', roles: ['approver'], barredFrom: ['479'] })).toBe(false)
  expect(isPlain(approval!)).toBe(false)
  expect(isPlain({ ...approval!, remarks: [] })).toBe(true)
})

it('counts what is without remarks before what asks for a decision', async () => {
  const options = { today: '2015-03-20', caseworker: 'sofie', href: '/reviews/2014/svendborg-rk' }
  const html = await textOf(tasksPage(frame(everybody), tasksOfReview(busyReview('x'), options)))
  expect(html).toContain('5 venter på din stillingtagen: 0 uden bemærkninger, 5 kræver stillingtagen.')
  expect(html.indexOf('Uden bemærkninger')).toBeLessThan(html.indexOf('Kræver stillingtagen ('))
})

it('MAIL 10: shows of a closed case when it was closed, the figures it holds, and the mail that asks to reopen it', async () => {
  const held = { ...mailOf('held-mail-1', 'held', 'M1 heraf: 63'), reason: 'closed' }
  const because = mailOf('because-mail-1', 'counts', 'To personer var faldet ud.')
  const state = busyReview('x', {
    status: 'closed',
    closedAt: '2015-06-12T08:00:00.000Z',
    mails: [held, because],
    extensions: [],
    hearing: null,
    reopen: { mailKey: 'because-mail-1', decided: false },
  })
  const html = await textOf(reviewPage(frame(everybody), pageInput(state)))
  expect(html).toContain('12. juni 2015 kl. 10.00')
  expect(html).toContain('mailen indeholder tal, men indberetningen for det år er afsluttet')
  expect(html).toMatch(/href="[^"]*because-mail-1"[^>]*>Mailen, der rejste spørgsmålet/u)
  expect(decisions(html).map((form) => form.name)).toEqual(
    expect.arrayContaining(['decide-held-mail/held-mail-1', 'reopen', 'leave-closed']),
  )
  const options = { today: '2015-10-02', caseworker: 'sofie', href: '/reviews/2014/svendborg-rk' }
  expect(tasksOfReview(state, options).map((task) => task.kind)).toEqual(['held-mail', 'reopen', 'promise'])
})

it('has a mail of words alone read by a person, its text in view', async () => {
  const state = busyReview('x', {
    mails: [{ ...mailOf('words-mail-1', 'counts', 'Vores <system> er nede.'), values: [], proposals: [] }],
    extensions: [],
    hearing: null,
    reopen: null,
  })
  const html = await textOf(reviewPage(frame(everybody), pageInput(state)))
  expect(decisions(html).map((form) => form.name)).toContain('mark-read/words-mail-1')
  expect(html).toContain('Vores &lt;system&gt; er nede.')
  expect(await textOf(reviewPage(frame(reader('auditor')), pageInput(state)))).not.toContain('mark-read')
})

it('says of a mail with figures which words of it nobody has read', async () => {
  const mail = mailOf('words-mail-2', 'counts', 'M1 heraf: 61')
  const written = 'Udgiften var 560.000 kr.'
  const doubt = { kind: 'unread-words', key: '', written, details: {}, at: null } as const
  const read = { is: 'number', value: '61' } as const
  const state = busyReview('x', {
    mails: [
      {
        ...mail,
        values: [{ key: 'M1 heraf', value: read, at: { part: 'text', line: 1, segment: 'new' } }],
        doubts: [{ kind: doubt.kind, key: doubt.key }],
        details: mail.details && { ...mail.details, doubts: [doubt] },
        proposals: [],
      },
    ],
    extensions: [],
    hearing: null,
    reopen: null,
  })
  const html = await textOf(reviewPage(frame(everybody), pageInput(state)))
  expect(html).toContain('Mail med ulæste ord fra Svendborg')
  expect(html).toContain('Ikke læst maskinelt: Udgiften var 560.000 kr.')
  expect(html).not.toContain('Intet i mailen kunne læses')
})

it('says of an unanswered mail of a stranger that the contact was asked, of a contact’s that it was answered before', () => {
  const stranger = { ...mailOf('mail-1', 'held', 'x'), unanswered: 'hour' } as const
  expect(automaticAnswerText(stranger, [], [])).toContain('kontakten er spurgt om ukendte afsendere')
  const known = { ...stranger, reason: '', contactId: 'lene' }
  expect(automaticAnswerText(known, [], [])).toContain('afsenderen har fået tre svar')
  const ofCase = { ...known, unanswered: 'case-hour' } as const
  expect(automaticAnswerText(ofCase, [], [])).toContain('sagen har givet tyve svar den seneste time')
})

it('fills in of a contact wished in free text the name and the address it names, no more', async () => {
  const contactWish = 'Jeg er ikke længere kontakt. Skriv til Lene Prøve, lene@kommune.example.'
  const mail = mailOf('wish-mail-1', 'counts', 'x')
  const details = mail.details && { ...mail.details, contactWish }
  const state = busyReview('x', {
    mails: [{ ...mail, details, asksContact: { role: 'contact', inWords: true } }],
    extensions: [],
    hearing: null,
    reopen: null,
  })
  const html = await textOf(reviewPage(frame(everybody), pageInput(state)))
  const form = decisions(html).find(({ name }) => name === 'enter-contact/479/wish-mail-1')
  expect(['name', 'title', 'email'].map((name) => form?.fields.get(name))).toEqual([
    'Lene Prøve',
    '',
    'lene@kommune.example',
  ])
  expect(html).toContain('Jeg er ikke længere kontakt. Skriv til Lene Prøve, lene@kommune.example.')
})
