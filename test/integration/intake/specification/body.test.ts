import { describe, expect, test } from 'vitest'
import { answer, doubts, fixture, marked, outlookQuote, request, values } from '../../../unit/intake/mail.ts'
import { asParagraphs, page, shapes } from '../quoted-shapes.ts'
import { rawMail, readMail, readRaw } from '../read-mime.ts'

const figures = { 'M1 i alt': '1134', 'M1 heraf': '61' }
const inside = request
  .replace('M1 i alt: ____ personer', 'M1 i alt: 1.134 personer')
  .replace('M1 heraf: ____', 'M1 heraf: 61')
const quoted = shapes.find(({ number }) => number === 37)!
const receipt = fixture('receipt-1.txt')

describe('where the answer stands', () => {
  test('MAIL 45: values typed inside the quoted lines', async () => {
    for (const parts of [
      { text: `Se mine svar nedenfor\n\n${quoted.text(inside, 'da')}` },
      { text: `Se mine svar nedenfor\n\n${outlookQuote(inside)}` },
      { html: page('<p>Se mine svar nedenfor</p>', quoted.html(inside, 'da')) },
    ]) {
      const reading = await readMail(parts)
      expect(values(reading)).toEqual(figures)
      expect(reading.doubts).toEqual([])
      expect(answer(reading, 'M1 i alt')?.at).toMatchObject({ part: 'text', segment: 'quoted' })
      expect(reading.freeText).toBe('Se mine svar nedenfor')
    }
  })
  test('MAIL 46: on a new line after the quoted label', async () => {
    const text = marked(request)
      .replace('> M1 i alt: ____ personer', '> M1 i alt: ____ personer\n1.134')
      .replace('> M1 heraf: ____ personer', '> M1 heraf: ____ personer\n> 61 personer')
    expect(values(await readMail({ text }))).toEqual(figures)
  })
  test.each([
    ['__1.134__', '__61__'],
    ['1.134__', '61___'],
    ['____1.134', '____ 61'],
    ['_1.134_', '_ 61 _'],
  ])('MAIL 47: the blank replaced in part: %s', async (total, ofWhich) => {
    const text = marked(request)
      .replace('M1 i alt: ____', `M1 i alt: ${total}`)
      .replace('M1 heraf: ____', `M1 heraf: ${ofWhich}`)
    const reading = await readMail({ text })
    expect(values(reading)).toEqual(figures)
    expect(reading.doubts).toEqual([])
  })
  test('MAIL 48: shown by colour and bold in the HTML alone', async () => {
    const coloured = asParagraphs(inside)
      .replace('1.134', '<b><span style="color:red">1.134</span></b>')
      .replace('61 personer', '<font color="#ff0000">61</font> personer')
    const reading = await readMail({
      text: marked(inside),
      html: page(`<blockquote>${coloured}</blockquote>`),
    })
    expect(values(reading)).toEqual(figures)
    expect(reading.doubts).toEqual([])
  })
  test('MAIL 49: answered at the bottom', async () => {
    const own = 'M1 i alt: 1.134\nM1 heraf: 61\n\nMvh Mette'
    expect(values(await readMail({ text: `${quoted.text(request, 'da')}\n\n${own}` }))).toEqual(figures)
    expect(values(await readMail({ html: page(quoted.html(request, 'da'), asParagraphs(own)) }))).toEqual(
      figures,
    )
  })
  test('MAIL 50: answers between the quoted lines', async () => {
    const text = `Jeg svarer inde i teksten.\n\n${marked(request)
      .replace('> M1 i alt: ____ personer', '> M1 i alt: ____ personer\n\n1.134 personer\n')
      .replace('> M1 heraf: ____ personer', '> M1 heraf: ____ personer\n61\n')
      .replace('> M3: ____', '> M3: ____\n\nja, 14. november 2014\n')}`
    const reading = await readMail({ text })
    expect(values(reading)).toEqual({ ...figures, M3: 'ja 2014-11-14' })
    expect(reading.freeText).toBe('Jeg svarer inde i teksten.')
  })
  test('MAIL 51: nothing but quotation: no figure, no doubt, no words', async () => {
    for (const parts of [
      { text: marked(request) },
      { text: outlookQuote(request) },
      { html: page(quoted.html(request, 'da')) },
    ])
      expect(await readMail(parts)).toMatchObject({
        answers: [],
        doubts: [],
        wishes: [],
        freeText: '',
        confirms: false,
      })
  })
  test('MAIL 52: the same field twice: equal is one, different is asked with both', async () => {
    expect(values(await readMail({ text: 'M2: 24,5\n\nM2: 24,5 uger' }))).toEqual({ M2: '24.5' })
    const reading = await readMail({ text: 'M2: 24,5\n\nM2: 25' })
    expect(doubts(reading)).toEqual(['two-values M2'])
    expect(reading.doubts[0]?.details).toEqual({ first: '24.5', second: '25' })
    expect(reading.answers).toEqual([])
  })
  test('MAIL 53: reminder, receipt and older answer quoted: the top-most value alone counts', async () => {
    const earlier = 'M1 heraf: 16\nM2: 30 uger'
    const reminder =
      'Ministeriet har endnu ikke modtaget indberetningen og beder om at få den senest tirsdag den 17. marts 2015.'
    const thread = marked(`${reminder}\n\n${marked(`${earlier}\n\n${marked(request)}`)}`)
    for (const received of [[], [earlier]]) {
      const reading = await readMail(
        { text: `M1 heraf: 61\n\n${thread}` },
        { sent: [request, reminder], received },
      )
      expect(values(reading)).toEqual({ 'M1 heraf': '61' })
      expect(reading.doubts).toEqual([])
    }
  })
  test('MAIL 54: the lines of a receipt, quoted back, are ours', async () => {
    const sent = [request, receipt]
    for (const parts of [
      { text: `Tak.\n\n${marked(receipt)}` },
      { text: `Tak.\n\n${outlookQuote(receipt)}` },
      { html: page('<p>Tak.</p>', quoted.html(receipt, 'da')) },
    ]) {
      const reading = await readMail(parts, { sent })
      expect(reading.answers).toEqual([])
      expect(reading.doubts).toEqual([])
    }
  })
  test('MAIL 55: a correction names one field; the same in free text is proposed to a person, never taken', async () => {
    expect(values(await readMail({ text: 'H1 udgift: 560.000' }))).toEqual({ 'H1 udgift': '560000' })
    const free = await readMail({ text: 'Udgiften skal være 560.000' })
    expect(free.answers).toEqual([])
    expect(free.freeText).toBe('Udgiften skal være 560.000')
  })
  test('MAIL 56: a misspelt or unknown key is suggested, never applied', async () => {
    for (const written of [
      'M1 ialtt: 134',
      'M1 i all: 134',
      'M1 heraff: 61',
      'H1 udgfit: 400.000',
      'Formidlng: Erfaringsbasen',
    ]) {
      const reading = await readMail({ text: written })
      expect(reading.answers).toEqual([])
      expect(reading.doubts).toMatchObject([{ kind: 'near-key' }])
    }
    const unknown = await readMail({ text: 'M7: 12\nFS9: 3\nH4 udgift: 100.000' })
    expect(unknown.answers).toEqual([])
    expect(unknown.doubts.map(({ kind }) => kind)).toEqual(['unknown-key', 'unknown-key', 'unknown-key'])
    // The answer lists the lines that can be used (MAIL 208).
    expect(unknown.doubts[0]?.details).toEqual({ value: '12' })
  })
})

const row = (...cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
const excelCell = (text: string): string =>
  `<td nowrap style='border:solid windowtext 1.0pt;padding:0cm 5.4pt;mso-number-format:"\\#\\,\\#\\#0"'><p class=MsoNormal align=right><span style='font-size:11.0pt;color:black'>${text}<o:p></o:p></span></p></td>`

describe('tables', () => {
  test('MAIL 57: two columns, and three with the unit', async () => {
    const reading = await readMail({
      html: page(`<table>${row('M1 i alt', '1.134')}${row('M1 heraf', '61', 'personer')}</table>`),
    })
    expect(values(reading)).toEqual(figures)
    expect(answer(reading, 'M1 heraf')?.at).toEqual({ part: 'table', row: 2 })
  })
  test('MAIL 58: transposed', async () => {
    const html = page(`<table>${row('M1 i alt', 'M1 heraf', 'M2')}${row('1.134', '61', '24,5 uger')}</table>`)
    expect(values(await readMail({ html }))).toEqual({ ...figures, M2: '24.5' })
    const bold = page(`<table><tr><th>M1 i alt</th><th>M1 heraf</th></tr>${row('1.134', '61')}</table>`)
    expect(values(await readMail({ html: bold }))).toEqual(figures)
  })
  test('MAIL 59: pasted from Excel, with its styles, hard blanks and empty paragraphs', async () => {
    const html = page(
      `<table class=MsoNormalTable border=0 cellspacing=0>` +
        `<tr style='height:15.0pt'>${excelCell('M1&nbsp;i&nbsp;alt')}${excelCell('1&nbsp;134')}</tr>` +
        `<tr>${excelCell('&nbsp;')}${excelCell('')}</tr>` +
        `<tr>${excelCell('M1 heraf')}${excelCell('61')}${excelCell('&nbsp;')}</tr></table>`,
    )
    expect(values(await readMail({ html }))).toEqual(figures)
  })
  test('MAIL 60: no plain part, or one that only points at the HTML', async () => {
    const html = page(asParagraphs('M1 i alt: 1.134\nM1 heraf: 61'))
    expect(values(await readMail({ html }))).toEqual(figures)
    for (const text of ['', 'Denne mail kræver HTML.', 'See HTML', '\n\n'])
      expect(values(await readMail({ html, text }))).toEqual(figures)
  })
  test('MAIL 61: what stands in the table of the HTML counts; a value that differs is asked', async () => {
    const html = page(`<table>${row('M1 i alt', '1.134')}${row('M1 heraf', '61')}</table>`)
    expect(values(await readMail({ html, text: 'M1 i alt 1.134 M1 heraf 61' }))).toEqual(figures)
    const differs = await readMail({ html, text: 'M1 i alt: 1.143\nM1 heraf: 61' })
    expect(doubts(differs)).toEqual(['two-values M1 i alt'])
    expect(values(differs)).toEqual({ 'M1 heraf': '61' })
  })
})

describe('signs that are not seen', () => {
  test.each([
    ['a hard blank', 'M1 i alt: 1\u00A0134'],
    ['a narrow hard blank', 'M1 i alt: 1\u202F134'],
    ['a thin blank', 'M1 i alt: 1\u2009134'],
    ['a figure blank', 'M1\u2007i\u2007alt: 1.134'],
    ['zero width', 'M\u200B1 i alt:\u200B 1\u200B.134\u200D'],
    ['a mark of direction', '\u200FM1 i alt:\u200E 1.134\u202C'],
    ['a byte order mark', '\uFEFFM1 i alt: 1.134'],
    ['a soft hyphen', 'M1 i al\u00ADt: 1.134'],
  ])('MAIL 62: %s', async (_, text) => {
    expect(values(await readMail({ text: `${text}\nM1 heraf: 61` }))).toEqual(figures)
    const html = text
      .replaceAll('\u00A0', '&nbsp;')
      .replaceAll('\u2009', '&thinsp;')
      .replaceAll('\u00AD', '&shy;')
    expect(values(await readMail({ html: page(`<p>${html}</p><p>M1 heraf: 61</p>`) }))).toEqual(figures)
  })
  test.each([
    'display:none',
    'display : NONE !important',
    'visibility:hidden',
    'font-size:0',
    'font-size:0px;line-height:0',
    'color:#ffffff',
    'color:white',
    'color:rgb(255, 255, 255)',
    'mso-hide:all',
    'opacity:0',
    'max-height:0px;overflow:hidden',
    'width:0;height:0;overflow:hidden',
    'position:absolute;left:-9999px',
  ])('MAIL 63: hidden by %s', async (style) => {
    const html = page(`<p>M1 i alt: 1.134</p><div style="${style}">M1 heraf: 99</div><p>M1 heraf: 61</p>`)
    const reading = await readMail({ html })
    expect(values(reading)).toEqual(figures)
    expect(reading.doubts).toEqual([])
  })
  test('MAIL 63: hidden by an attribute, a comment or a style of the page', async () => {
    const html =
      '<html><head><style>.skjult { display: none } #x{font-size:0}</style></head><body>' +
      '<p>M1 i alt: 1.134</p><p hidden>M1 heraf: 99</p><!-- M1 heraf: 98 --><p class="a skjult">M1 heraf: 97</p><p id=x>M1 heraf: 96</p><p><font color=white>M1 heraf: 95</font></p><p>M1 heraf: 61</p></body></html>'
    const reading = await readMail({ html })
    expect(values(reading)).toEqual(figures)
    expect(reading.doubts).toEqual([])
  })
})

const plain = (headers: readonly string[], body: readonly string[]): Buffer =>
  rawMail([...headers, '', ...body])

describe('how it was carried', () => {
  test('MAIL 64: a soft line break inside a number, and lines flowed and wrapped', async () => {
    const printable = [
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
    ]
    expect(
      values(await readRaw(plain(printable, ['M1 i alt: 1.1=', '34', 'M1 he=', 'raf: 6=', '1']))),
    ).toEqual(figures)
    const flowed = ['Content-Type: text/plain; charset=utf-8; format=flowed']
    const wrapped = ['M1 i alt: ', '1.134 ', 'personer', '', 'M1 heraf: 61 – det er ', 'flere end i fjor', '']
    expect(values(await readRaw(plain(flowed, wrapped)))).toEqual(figures)
    const joined = ['Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes']
    expect(values(await readRaw(plain(joined, ['M1 i ', 'alt: 1.134', 'M1 ', 'heraf: 61'])))).toEqual(figures)
  })
  test('MAIL 65: letters that are lost for good in a value are asked, never guessed', async () => {
    const raw = plain(['Content-Type: text/plain; charset=utf-8'], ['M1 i alt: 1\uFFFD4', 'M1 heraf: 61'])
    const reading = await readRaw(raw)
    expect(doubts(reading)).toEqual(['unreadable-sign M1 i alt'])
    expect(values(reading)).toEqual({ 'M1 heraf': '61' })
  })
  test('MAIL 66: letters decomposed by macOS', async () => {
    const text =
      'M1 bemærkning: Få på Ærø\nForudsætning 2: 83\nFærdig: ja\nUdsættelse til: 13. marts 2015'.normalize(
        'NFD',
      )
    const reading = await readMail({ text })
    expect(values(reading)).toEqual({ 'M1 bemærkning': 'Få på Ærø', FS2: '83', Færdig: 'ja' })
    expect(reading.wishes).toMatchObject([{ wish: 'extension', until: '2015-03-13' }])
  })
})
