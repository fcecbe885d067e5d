import { describe, expect, test } from 'vitest'
import type { MailNature } from '../../../functions/intake/machine/nature.ts'
import { natureFrom, natureOf } from '../../../functions/intake/machine/nature.ts'
import type { ParsedMessage } from '../../../functions/intake/message.ts'
import { contact, message } from './mail.ts'

const nature = (part: Partial<ParsedMessage>, more: { envelopeFrom?: string } = {}): MailNature =>
  natureFrom(
    natureOf({
      message: message(part),
      envelopeFrom: more.envelopeFrom ?? 'mette.proeve@svendborg-kommune.example',
      receivedOn: '2015-02-24',
    }),
    { is: 'contact', contact: contact() },
  )
const headers = (values: Record<string, string>): Pick<ParsedMessage, 'headers'> => ({
  headers: new Map(Object.entries(values).map(([name, value]) => [name, [value]])),
})
const part = (mimeType: string, text: string): ParsedMessage['attachments'][number] => ({
  filename: '', mimeType, content: Buffer.from(text), sha256: '', inline: false,
}) // prettier-ignore
const bounce = (...blocks: string[]): Partial<ParsedMessage> => ({
  ...headers({ 'content-type': 'multipart/report; report-type=delivery-status; boundary=x' }),
  subject: 'Undelivered Mail Returned to Sender',
  attachments: [
    part('message/delivery-status', ['Reporting-MTA: dns; mx.example', ...blocks].join('\r\n\r\n')),
    part(
      'text/rfc822-headers',
      'From: svar@svar.ministeriet.example\r\nMessage-ID:\r\n <0102@eu-west-1.amazonses.com>\r\nSubject: x',
    ),
  ],
})

describe('MAIL 26-28: machine mail', () => {
  test('MAIL 28: a hard bounce 5.1.1, with our message id', () => {
    const found = nature(
      bounce(
        'Final-Recipient: rfc822; Mette.Proeve@svendborg-kommune.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n user unknown',
      ),
      { envelopeFrom: '' },
    )
    expect(found).toEqual({
      is: 'bounce',
      recipients: [
        {
          recipient: 'mette.proeve@svendborg-kommune.example',
          action: 'failed',
          status: '5.1.1',
          diagnostic: 'smtp; 550 5.1.1 user unknown',
          permanent: true,
        },
      ],
      returnedMessageId: '<0102@eu-west-1.amazonses.com>',
    })
  })
  test('MAIL 28: a soft bounce 4.2.2 and a delay are not permanent, several recipients are all read', () => {
    const found = nature(
      bounce(
        'Final-Recipient: rfc822;a@x.example\r\nAction: failed\r\nStatus: 4.2.2',
        'Final-Recipient: rfc822;b@x.example\r\nAction: delayed\r\nStatus: 4.4.1',
        'Final-Recipient: rfc822;c@x.example\r\nAction: failed\r\nStatus: 5.0.0',
      ),
    )
    expect(found.is === 'bounce' ? found.recipients.map(({ permanent }) => permanent) : []).toEqual([
      false,
      false,
      true,
    ])
  })
  test('MAIL 26: an absence note with its header, the last date read', () => {
    const text =
      'Jeg er fraværende fra den 20. februar til og med den 1. oktober 2015. Skriv til jonas.proeve@svendborg-kommune.example.'
    expect(
      nature({ ...headers({ 'auto-submitted': 'auto-replied' }), subject: 'SV: indberetning', text }),
    ).toEqual({ is: 'absence', until: '2015-10-01', text })
  })
  test('MAIL 27: with the subject alone', () => {
    expect(nature({ subject: 'Automatisk svar: Resultatkontrakt', text: 'Jeg er på barsel.' })).toEqual({
      is: 'absence',
      until: null,
      text: 'Jeg er på barsel.',
    })
    expect(nature({ subject: 'Out of Office: contract', text: 'Back 1 October 2015' })).toMatchObject({
      is: 'absence',
      until: '2015-10-01',
    })
    expect(
      nature({
        ...headers({ 'x-auto-response-suppress': 'All', 'x-ms-exchange-inbox-rules-loop': 'a@x' }),
        text: 'Jeg er tilbage den 3. marts',
      }),
    ).toMatchObject({ is: 'absence', until: '2015-03-03' })
  })
  test('the null sender and other machines', () => {
    expect(nature({ text: 'x' }, { envelopeFrom: '' })).toEqual({ is: 'machine', reason: 'null-sender' })
    expect(nature({ ...headers({ 'auto-submitted': 'auto-generated' }), text: 'x' })).toEqual({
      is: 'machine',
      reason: 'auto-submitted',
    })
    expect(nature({ from: [{ name: '', address: 'noreply@svendborg-kommune.example' }] })).toEqual({
      is: 'machine',
      reason: 'own-kind',
    })
  })
})

describe("people's mail is no machine's", () => {
  test.each([
    [
      'MAIL 30: a contact in the thread of a list',
      { ...headers({ 'list-id': '<nyt.kl.example>' }), text: 'M2: 24,5' },
    ],
    ['Auto-Submitted: no', { ...headers({ 'auto-submitted': 'no' }), text: 'M2: 24,5' }],
    [
      'X-Auto-Response-Suppress alone',
      { ...headers({ 'x-auto-response-suppress': 'All' }), text: 'M2: 24,5' },
    ],
    ['thanks with a question', { text: 'Tak for jeres henvendelse. Kan vi vente med sagsnr. 15/2207?' }],
    [
      'thanks with a wish for more time',
      { text: 'Tak for jeres mail. Vi beder om udsættelse til 13/3, sagsnr. 15/2207.' },
    ],
    ['thanks with figures', { text: 'Tak for jeres henvendelse, sagsnr. 15/2207\nM2: 24,5' }],
    ['somebody away who answers', { text: 'Jeg er på ferie, men her er tallene\nM2: 24,5' }],
  ])('%s', (_, mail) => {
    expect(nature(mail)).toEqual({ is: 'person' })
  })
})
