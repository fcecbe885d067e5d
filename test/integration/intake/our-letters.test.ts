import { describe, expect, test } from 'vitest'
import { makeMimeComposer, makeMimeParser } from '../../../functions/adapters/mime.ts'
import type { Reading } from '../../../functions/domain/casefile/reading.ts'
import { readReply } from '../../../functions/intake/read-reply.ts'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { request } from '../../../functions/mail/request.ts'
import { sampleFrame } from '../../fixtures/letters/sample-frame.ts'
import { sampleRequest } from '../../fixtures/letters/sample-request.ts'
import { agreementKeys, form, marked, values } from '../../unit/intake/mail.ts'

const parser = makeMimeParser()
const composer = makeMimeComposer()
const contact = { name: 'Mette Prøve', address: 'mette.proeve@svendborg-kommune.example' }
const ministry = {
  name: 'Ministeriet for Børn',
  address: 'svar+k479-2014-7qx4m2p9t3vw8hnd@svar.ministeriet.example',
}

/** A reply as a mail program makes it, sent and parsed as real MIME. */
const reply = async (text: string, html: string, sent: readonly string[]): Promise<Reading> => {
  const raw = await composer.compose({
    from: contact, to: [ministry], cc: [], subject: 'SV: indberetning', text, html, date: '2015-02-24T13:07:00Z', messageId: '<r1@svendborg-kommune.example>',
    inReplyTo: '<letter-1@svar.ministeriet.example>', references: ['<letter-1@svar.ministeriet.example>'], autoSubmitted: 'auto-replied', attachments: [],
  }) // prettier-ignore
  const message = await parser.parse(raw)
  return readReply({ message, form, sent, year: 2014, receivedOn: '2015-02-24', agreementKeys })
}

const bodyOf = (html: string): string => /<body[^>]*>([\s\S]*)<\/body>/iu.exec(html)?.[1] ?? html
const quoteHtml = (html: string): string =>
  `<html><body><p>Hej</p><div id="divRplyFwdMsg"><b>Fra:</b> Ministeriet &lt;${ministry.address}&gt;<br><b>Sendt:</b> 15. januar 2015 09:00<br><b>Til:</b> Mette<br><b>Emne:</b> x</div>${bodyOf(html)}</body></html>`
const quoteText = (text: string): string =>
  `Hej\n\nFra: Ministeriet <${ministry.address}>\nSendt: 15. januar 2015 09:00\nTil: Mette\nEmne: x\n\n${text}`

describe.each([
  ['da', 'M1 i alt: ____ personer', 'M1 i alt: 134 personer'],
  ['en', 'M1 total: ____ persons', 'M1 total: 134 persons'],
] as const)('our own request (%s) sent back', (language, blank, filled) => {
  const letter = renderLetter(request(sampleRequest(language)), sampleFrame)

  test('MAIL 51: unchanged, text and HTML, it gives nothing', async () => {
    for (const [text, html] of [
      [quoteText(letter.text), quoteHtml(letter.html)],
      [
        `Hej\n\nDen 15. jan. 2015 kl. 09.00 skrev Ministeriet <${ministry.address}>:\n\n${marked(letter.text)}`,
        quoteHtml(letter.html),
      ],
      [marked(letter.text), `<blockquote type="cite">${bodyOf(letter.html)}</blockquote>`],
    ] as const) {
      const reading = await reply(text, html, [letter.text])
      expect(reading).toMatchObject({
        answers: [],
        doubts: [],
        wishes: [],
        confirms: false,
        citizenData: false,
      })
    }
  })

  test('MAIL 45, 48: filled in inside, in both parts and in the HTML alone', async () => {
    const html = quoteHtml(letter.html)
    const red = html.replace(blank, filled.replace('134', '<b style="color:red">134</b>'))
    expect(red).not.toBe(html)
    const both = await reply(quoteText(letter.text.replace(blank, filled)), red, [letter.text])
    const inHtml = await reply('Se HTML', red, [letter.text])
    for (const reading of [both, inHtml]) {
      expect(values(reading)).toEqual({ 'M1 i alt': '134' })
      expect(reading.doubts).toEqual([])
    }
  })
})
