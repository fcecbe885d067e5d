import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { htmlToText } from '../../../functions/intake/html-text.ts'
import { readReply } from '../../../functions/intake/read-reply.ts'
import type { Reading } from '../../../functions/domain/casefile/reading.ts'
import { agreementKeys, answer, anySigns, doubts, form, message, request, values } from './mail.ts'

const html = (body: string, text: string | null = null, sent: readonly string[] = [request]): Reading =>
  readReply({
    message: message({ html: body, text }),
    form,
    sent,
    year: 2014,
    receivedOn: '2015-02-24',
    agreementKeys,
  })
const row = (...cells: string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
const asHtml = (text: string): string =>
  text
    .split('\n')
    .map((line) => `<p class=MsoNormal>${line}<o:p></o:p></p>`)
    .join('\n')

describe('HTML bodies', () => {
  test('MAIL 57: a table of two columns', () => {
    const reading = html(
      `<table>${row('M1 i alt', '134')}${row('M1 heraf', '61 personer')}${row('M2', '24,5')}</table>`,
    )
    expect(values(reading)).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61', M2: '24.5' })
    expect(answer(reading, 'M1 heraf')?.at).toEqual({ part: 'table', row: 2 })
  })
  test('MAIL 57: three columns, the unit beside', () => {
    expect(
      values(
        html(`<table>${row('M1 i alt', '134', 'personer')}${row('H1 udgift', '0,4', 'mio. kr.')}</table>`),
      ),
    ).toEqual({ 'M1 i alt': '134', 'H1 udgift': '400000' })
  })
  test('MAIL 58: transposed', () => {
    const reading = html(`<table>${row('M1 i alt', 'M1 heraf', 'M2')}${row('134', '61', '24,5')}</table>`)
    expect(values(reading)).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61', M2: '24.5' })
  })
  test('MAIL 59: pasted from Excel, and our own columns', () => {
    const cells = (...texts: string[]): string =>
      `<tr>${texts.map((text) => `<td style='mso-number-format:General'><p class=MsoNormal>${text}<o:p></o:p></p></td>`).join('')}</tr>`
    expect(
      values(
        html(`<table>${cells('M1&nbsp;i&nbsp;alt', '1&nbsp;134')}${cells('M2', '24,5&nbsp;uger')}</table>`),
      ),
    ).toEqual({ 'M1 i alt': '1134', M2: '24.5' })
    const ours = `<table>${cells('Nøgle', 'Enhed', 'Sidste år', 'Jeres tal (udfyldes)', 'Bemærkning')}${cells('M1 i alt', 'personer', '126', '134', 'mange nye')}${cells('M1 heraf', 'personer', '53', '', '')}</table>`
    expect(values(html(ours))).toEqual({ 'M1 i alt': '134', 'M1 bemærkning': 'mange nye' })
  })
  test('MAIL 60: no plain part, or one that says nothing', () => {
    expect(values(html(asHtml('M2: 24,5')))).toEqual({ M2: '24.5' })
    expect(values(html(asHtml('M2: 24,5'), 'Se HTML-udgaven'))).toEqual({ M2: '24.5' })
  })
  test('MAIL 61: text and HTML that differ are asked', () => {
    expect(doubts(html(asHtml('M2: 25'), 'M2: 24,5'))).toEqual(['two-values M2'])
    expect(values(html(asHtml('M2: 24,5 uger'), 'M2: 24,5'))).toEqual({ M2: '24.5' })
  })
  test('MAIL 48: colour and bold change nothing', () => {
    expect(values(html('<p>M1 i alt: <b><span style="color:red">134</span></b> personer</p>'))).toEqual({
      'M1 i alt': '134',
    })
  })
  test.each([
    'display:none',
    'visibility: hidden',
    'font-size:0px',
    'color:#fff',
    'color:white;background:#ffffff',
    'mso-hide:all',
    'opacity:0',
    'max-height:0;overflow:hidden',
  ])('MAIL 63: hidden by %s is not read', (style) => {
    const reading = html(`<p>M2: 24,5</p><div style="${style}"><p>M1 i alt: 134</p></div>`)
    expect(values(reading)).toEqual({ M2: '24.5' })
  })
  test('white on a dark ground is seen', () => {
    expect(values(html('<p style="color:#fff;background:#000">M2: 24,5</p>'))).toEqual({ M2: '24.5' })
  })
  test('MAIL 51: the request quoted unchanged gives nothing', () => {
    for (const body of [
      `<p>Tak</p><blockquote type=cite>${asHtml(request)}</blockquote>`,
      `<p>Tak</p><div id=divRplyFwdMsg><b>Fra:</b> Ministeriet &lt;svar+k@svar.ministeriet.example&gt;<br><b>Sendt:</b> 15. januar 2015<br><b>Til:</b> Mette<br><b>Emne:</b> x<br></div>${asHtml(request)}`,
      `<div class=gmail_quote>Den tor. 15. jan. 2015 kl. 09.00 skrev Ministeriet &lt;svar@svar.ministeriet.example&gt;:<br><blockquote>${request.replaceAll('\n', '<br>')}</blockquote></div>`,
    ]) {
      const reading = html(body)
      expect(reading.answers).toEqual([])
      expect(reading.doubts).toEqual([])
    }
  })
  test('MAIL 45: filled in inside the quotation', () => {
    const filled = request.replace(
      'M1 i alt: ____ personer',
      'M1 i alt: <span style="color:red">134</span> personer',
    )
    expect(values(html(`<p>Se nedenfor</p><blockquote>${asHtml(filled)}</blockquote>`))).toEqual({
      'M1 i alt': '134',
    })
  })
  test('Outlook lays whole mails out in tables: the cells are read as lines', () => {
    expect(
      values(
        html(
          `<table><tr><td><table><tr><td><p>Hej</p><p>M1 i alt: 134</p><p>M1 heraf: 61</p></td></tr></table></td></tr></table>`,
        ),
      ),
    ).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61' })
  })
  test('MAIL 136: a CPR number in the HTML sets the mail aside', () => {
    expect(html('<p>010190-<b>1234</b></p>')).toMatchObject({ citizenData: true, answers: [] })
  })
  test('any bytes as HTML give text, quickly', () => {
    fc.assert(
      fc.property(anySigns(2000), (text) => {
        expect(typeof htmlToText(text).body).toBe('string')
      }),
    )
    expect(htmlToText('<div>'.repeat(100_000)).body.length).toBeLessThan(10)
    expect(htmlToText('<table><tr><td>'.repeat(20_000)).body.length).toBeLessThan(10)
  })
})
