import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { readableFields } from '../../../functions/domain/form/form.ts'
import { contactSchema, type Contact } from '../../../functions/domain/agreement/content.ts'
import type { FormField } from '../../../functions/domain/form/field.ts'
import type { Answer, Reading } from '../../../functions/domain/casefile/reading.ts'
import type { ParsedMessage } from '../../../functions/intake/message.ts'
import type { ReplyToRead } from '../../../functions/intake/read-reply.ts'
import { readReply } from '../../../functions/intake/read-reply.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'

/** A fixture of LETTERS 6. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/mails/${name}`, import.meta.url), 'utf8')

export const request = fixture('request-479.txt')
export const form: readonly FormField[] = readableFields(svendborg.agreement, {
  year: 2014,
  municipality: '479',
})
export const agreementKeys: readonly string[] = ['M1', 'M2', 'M3', 'FS1', 'FS2', 'H1']

export const contact = (part: Partial<Record<keyof Contact, unknown>> = {}): Contact =>
  contactSchema.parse({
    id: 'mette', municipality: '479', role: 'contact', name: 'Mette Prøve', title: 'udviklingskonsulent',
    email: 'mette.proeve@svendborg-kommune.example', language: 'da', validFrom: '2014-01-01', validTo: null, ...part,
  }) // prettier-ignore

export const message = (part: Partial<ParsedMessage>): ParsedMessage => ({
  headers: new Map(),
  from: [{ name: 'Mette Prøve', address: 'mette.proeve@svendborg-kommune.example' }],
  sender: null,
  to: [],
  cc: [],
  subject: 'SV: Resultatkontrakt: indberetning for 2014 (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]',
  messageId: '<1@svendborg-kommune.example>',
  inReplyTo: null,
  references: [],
  date: null,
  text: '',
  html: null,
  attachments: [],
  flags: [],
  ...part,
})

/** Reads a text body as a reply to the sample request. */
export const read = (text: string, more: Partial<ReplyToRead> = {}): Reading =>
  readReply({
    message: message({ text }),
    form,
    sent: [request],
    year: 2014,
    receivedOn: '2015-02-24',
    agreementKeys,
    ...more,
  })

/** Values by key, in short: numbers as text, the rest as words. */
export const values = (reading: Reading): Record<string, string> =>
  Object.fromEntries(reading.answers.map((answer) => [answer.key, inShort(answer)]))

const inShort = ({ value, text }: Answer): string => {
  switch (value.is) {
    case 'number':
      return value.value
    case 'milestone':
      return `${value.met ? 'ja' : 'nej'} ${value.on}`
    case 'yes-no':
      return value.yes ? 'ja' : 'nej'
    case 'text':
      return text
    case 'date':
      return value.on
    case 'status':
      return value.status
    case 'not-available':
      return 'ikke opgjort'
    case 'hearing-reply':
      return value.comments ? 'bemærkninger' : 'ingen bemærkninger'
    case 'proposal-answer':
      return value.answer
    case 'fact-check':
      return value.ok ? 'OK' : 'rettelser'
  }
}

export const answer = (reading: Reading, key: string): Answer | undefined =>
  reading.answers.find((one) => one.key === key)
/** Doubts as `kind key`. */
export const doubts = (reading: Reading): readonly string[] =>
  reading.doubts.map(({ kind, key }) => `${kind} ${key}`.trim())

/** Outlook's way of quoting: header lines and no marks. */
export const outlookQuote = (body: string): string =>
  [
    '________________________________',
    'Fra: Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold <svar+k479-2014-7qx4m2p9t3vw8hnd@svar.ministeriet.example>',
    'Sendt: 15. januar 2015 09:00',
    'Til: Mette Prøve <mette.proeve@svendborg-kommune.example>',
    'Emne: Resultatkontrakt: indberetning for 2014, frist 2. marts 2015 (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]',
    '',
    body,
  ].join('\n')

/** `> ` before every line. */
export const marked = (body: string): string =>
  body
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')

/** Text of any signs at all, unpaired halves too. */
export const anySigns = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.integer({ min: 0, max: 0x10ffff }).map((sign) => String.fromCodePoint(sign)),
    maxLength,
  })
