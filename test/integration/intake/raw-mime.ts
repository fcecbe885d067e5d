import { makeMimeComposer, makeMimeParser } from '../../../functions/adapters/mime.ts'
import type { OutgoingLetter } from '../../../functions/domain/casefile/letter-claim.ts'
import { request } from '../../unit/intake/mail.ts'

/** Mail by hand, line by line, and the parser and composer as they run. */

export const parser = makeMimeParser()
export const composer = makeMimeComposer()
export const raw = (lines: readonly string[], encoding: BufferEncoding = 'utf8'): Uint8Array =>
  Buffer.from(lines.join('\r\n'), encoding)

export const head = [
  'From: Mette =?utf-8?Q?Pr=C3=B8ve?= <Mette.Proeve@Svendborg-Kommune.example>',
  'To: svar@svar.ministeriet.example',
  'Subject: SV: indberetning',
  'Message-ID: <a1@svendborg-kommune.example>',
  'Date: Tue, 24 Feb 2015 14:07:00 +0100',
  'MIME-Version: 1.0',
]

/** A letter as it is handed to the composer. */
export const letter: OutgoingLetter = {
  from: {
    name: 'Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold',
    address: 'svar+k479-2014-7qx4m2p9t3vw8hnd@svar.ministeriet.example',
  },
  to: [{ name: 'Mette Prøve', address: 'mette.proeve@svendborg-kommune.example' }],
  cc: [{ name: '', address: 'post@svendborg-kommune.example' }],
  subject:
    'Resultatkontrakt: indberetning for 2014, frist 2. marts 2015 (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]',
  text: request,
  html: '<!doctype html><html lang="da"><body><h1>Indberetning</h1></body></html>',
  date: '2015-01-15T08:00:00.000Z',
  messageId: '<letter-1@svar.ministeriet.example>',
  inReplyTo: null,
  references: [],
  autoSubmitted: 'auto-generated',
  attachments: [
    {
      filename: 'indberetning-2014-svendborg.xlsx',
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      content: Buffer.from('PK-sample'),
    },
  ],
}
