import { expect, it } from 'vitest'
import type { RenegotiationView } from '../../../functions/web/views.ts'
import { renegotiationPage } from '../../../functions/web/year/renegotiation-page.ts'
import { formsOf } from '../../../infra/local/players/ministry/page-forms.ts'
import { frame, reader, textOf } from './page-parts.ts'

const subject = 'e'.repeat(64)
const text = 'Til Odense Kommune\n\nM1 heraf: ____ <b>'

const renegotiation: RenegotiationView = {
  agreement: 'odense-rk',
  seq: 1,
  title: 'Resultatkontrakt med Odense Kommune (eksempel)',
  caseNumber: '2015-0461',
  municipalities: ['461'],
  status: 'udkast til tillæg venter på godkendelse',
  caseworker: 'Sofie Eksempel',
  caseworkers: [{ id: 'sofie', name: 'Sofie Eksempel' }],
  grounds: [{ at: '2015-03-27T11:00:00.000Z', text: 'forudsætning · FS1: 97 mod reference 42' }],
  targets: [
    {
      key: 'M1',
      title: 'Antal i job',
      unit: 'personer',
      years: [{ year: 2015, value: '80', suggested: '185' }],
    },
  ],
  proposal: {
    subject,
    round: 1,
    effectiveFrom: '2015-07-01',
    draftedBy: 'Sofie Eksempel',
    note: 'kvoten er fordoblet',
    differences: [{ field: 'Mål 1, målværdi for 2015', now: '80', proposed: '105' }],
    approvedBy: [],
    endsOn: null,
  },
  sentBack: null,
  riderRefused: null,
  answers: [
    {
      party: '461',
      at: '2015-05-01T08:00:00.000Z',
      answer: 'bemærkning',
      mailKey: 'mail-answer-1',
      text: 'Hvornår <b>?',
    },
  ],
  may: {
    propose: true,
    approve: true,
    withdraw: true,
    answerCounter: [
      {
        mailKey: 'mail-counter-1',
        party: '461',
        text: 'M1: 100',
        round: 1,
        mostRounds: 3,
        differences: [{ field: 'Mål 1, målværdi for 2015', now: '80', last: '105', proposed: '100' }],
      },
    ],
    markAnswer: [
      { mailKey: 'mail-mark-1', party: '461', at: '2015-05-02T08:00:00.000Z', text: 'Vi tiltræder.' },
    ],
    heldMails: [
      {
        mailKey: 'mail-held-1',
        party: '461',
        from: 'x@odense.example',
        receivedAt: '2015-05-02T08:00:00.000Z',
        reason: 'unknown-address',
        text: 'Hej',
        registered: ['kontakt@odense.example'],
      },
    ],
    recordWithdrawal: true,
    wishTakenBack: false,
  },
  timeline: [
    { at: '2015-03-27T11:00:00.000Z', who: 'systemet', what: 'Spørgsmål om genforhandling er rejst' },
  ],
  mails: [],
  letters: [
    {
      kind: 'renegotiation-opened',
      to: 'mette@odense.example',
      sentAt: '2015-04-13T08:00:00.000Z',
      subject: 'Genforhandling',
      text,
    },
  ],
}

it('shows every form that the state of a renegotiation allows', async () => {
  const html = await textOf(renegotiationPage(frame(reader('caseworker')), renegotiation))
  expect(formsOf(html).map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'take-over-renegotiation',
      'propose',
      'approve-proposal',
      'mark-answer/mail-mark-1',
      'decide-held-mail/mail-held-1',
    ]),
  )
})

it.each([
  { who: 'whoever is barred from a party', person: { ...reader('caseworker'), barredFrom: ['461'] } },
  { who: 'whoever works with no case', person: reader('administrator') },
])('shows no words of mails and letters to $who', async ({ person }) => {
  const html = await textOf(renegotiationPage(frame(person), renegotiation))
  for (const words of [
    'M1 heraf: ____',
    'mette@odense.example',
    'Hvornår',
    'M1: 100',
    'Vi tiltræder',
    'x@odense.example',
    'Hej',
  ])
    expect(html, words).not.toContain(words)
  expect(html.match(/vises ikke for dig/gu)).toHaveLength(3)
  expect(formsOf(html).map(({ name }) => name)).not.toContain('propose')
})
