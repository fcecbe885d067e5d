import { describe, expect, test } from 'vitest'
import type { MessageAttachment } from '../../../functions/intake/message.ts'
import { isPassedOver } from '../../../functions/intake/attachment-kind.ts'
import { doubts, message, outlookQuote, read, request, values } from './mail.ts'

/** Shapes of replies that were tried on the reader after it was thought finished, and what is right for each. */

const detailsOf = (text: string) => read(text).doubts[0]?.details

describe('digits that a blank sets apart', () => {
  test.each([
    ['FS2: 464 604', { first: '464', second: '604', whole: '464604' }],
    ['FS2: 64 604', { first: '64', second: '604', whole: '64604' }],
    ['M2: 25 527', { first: '25', second: '527', whole: '25527' }],
    ['M1 i alt: 134 626', { first: '134', second: '626', whole: '134626' }],
    ['H1 udgift: 380 000 400 000', { first: '380000', second: '400000', whole: '380000400000' }],
    ['FS2\t464\u00A0604', { first: '464', second: '604', whole: '464604' }],
  ])('MAIL 290: »%s«: too large for one, so it is asked as one or two', (line, details) => {
    expect(values(read(line))).toEqual({})
    expect(detailsOf(line)).toEqual(details)
  })
  test.each([
    ['FS2: 1 064', { FS2: '1064' }],
    ['FS2: 64 000', { FS2: '64000' }],
    ['M1 i alt: 1 340', { 'M1 i alt': '1340' }],
    ['H1 udgift: 3 200 000', { 'H1 udgift': '3200000' }],
    ['FS2: 464.604', { FS2: '464604' }],
  ])('MAIL 290: »%s« is one', (line, expected) => {
    expect(values(read(line))).toEqual(expected)
  })
})

describe('a year, a month, a day where a number is asked for', () => {
  test.each([
    'FS2: 2014', 'FS2: 2015', 'M1 i alt: 2013.', 'FS2: ultimo 2014', 'FS2: marts 2015', 'FS2: End of March 2015', 'FS2: i december 14', 'FS2: 31.12.14', 'M2: 3.-4. uge', 'FS2: udgangen af 2014', 'FS2: 20150305', 'M1 i alt: 20141231',
  ])('MAIL 291: »%s« is told as a date', (line) => {
    expect(values(read(line))).toEqual({})
    expect(doubts(read(line))).toEqual([`a-date ${line.split(':')[0]}`])
  }) // prettier-ignore
  test.each([
    ['FS2: 62 pr. 31. december 2014', { FS2: '62' }],
    ['M1 i alt: 134 personer pr. 31/12-2014', { 'M1 i alt': '134' }],
    ['FS2: 62 as of 31 December 2014', { FS2: '62' }],
    ['FS2: 2.014', { FS2: '2014' }],
    ['FS2: 2014 personer', { FS2: '2014' }],
    ['H1 udgift: 2019 t.kr.', { 'H1 udgift': '2019000' }],
  ])('MAIL 291: »%s« is a number', (line, expected) => {
    expect(values(read(line))).toEqual(expected)
  })
  test.each(['FS2: 62 pr. 31. december 2013', 'FS2: 62 pr. 1. januar 2015'])(
    'MAIL 291: »%s« is of another day, and asked',
    (line) => {
      expect(values(read(line))).toEqual({})
      expect(read(line).doubts).toHaveLength(1)
    },
  )
})

const shown = (body: string) => read('', { message: message({ text: null, html: body }) })
const table = (...rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`

describe('tables turned round', () => {
  const [keys, last, now] = [
    ['', 'FS2', 'M2'],
    ['2013', '60', '27'],
    ['2014', '64', '24,5'],
  ]
  test.each([
    ['two years', [keys, last, now]],
    ['two years, this one first', [keys, now, last]],
    ['last year and this', [keys, ['Sidste år', '60', '27'], ['Vores tal', '64', '24,5']]],
    ['target and result', [keys, ['Mål', '60', '27'], ['Resultat', '64', '24,5']]],
    ['a row of words below', [keys, now, ['Tallene er foreløbige.', '', '']]],
    ['no headings', [keys.slice(1), now.slice(1)]],
  ])('MAIL 258: %s: the row that is named as theirs or as this year’s', (_, rows) => {
    expect(values(shown(table(...rows)))).toEqual({ FS2: '64', M2: '24.5' })
  })
  test.each([
    ['neither named', [keys, ['', '60', '27'], ['', '64', '24,5']], 'two-values'],
    ['no headings', [keys, last, now].map((row) => row.slice(1)), 'two-values'],
    ['last year’s alone', [keys, last], 'other-year'],
  ])('MAIL 258: %s: asked', (_, rows, kind) => {
    expect(values(shown(table(...rows)))).toEqual({})
    expect(doubts(shown(table(...rows)))).toEqual([`${kind} FS2`, `${kind} M2`])
  })
})

describe('raised, whatever raises it', () => {
  test.each([
    'position:relative;top:-3.0pt', 'vertical-align:5px', 'vertical-align: 30%', 'vertical-align:.4em', 'vertical-align:text-top', 'position: relative; bottom: 4px', 'mso-text-raise:.5pt',
  ])('MAIL 243: %s', (style) => {
    expect(values(shown(`<p>FS2: 64<span style="${style}">1</span></p>`))).toEqual({ FS2: '64' })
  }) // prettier-ignore
  test.each(['vertical-align:0', 'vertical-align:baseline', 'position:relative;top:0pt', 'top:-3pt'])(
    'MAIL 243: %s raises nothing',
    (style) => {
      expect(values(shown(`<p>FS2: 6<span style="${style}">4</span></p>`))).toEqual({ FS2: '64' })
    },
  )
})

describe('the size of amounts in English', () => {
  test.each(['All amounts in DKK 1,000', "(DKK '000)", "Amounts are in DKK '000", 'Figures in DKK 1,000'])(
    'MAIL 249: »%s« holds for all amounts',
    (line) => {
      expect(values(read(`${line}\nH1 cost: 1250`))).toEqual({ 'H1 udgift': '1250000' })
    },
  )
})

describe('words of others that nothing but a name or a divider opens', () => {
  test.each([
    'Jonas Prøve skrev:', 'Jonas Prøve wrote:', 'Jonas skrev:', 'Jonas skrev følgende:', 'Jonas wrote the following:', 'Citat fra Jonas Prøve:', 'Citat: Jonas Prøve', 'Quote from Jonas:', 'I går skrev Jonas:', '--- Jonas skrev: ---', '--- Jonas Prøve skrev: ---', 'Jonas Prøve <jonas.proeve@svendborg-kommune.example>:', '3. februar 2015 10.11, Jonas Prøve:', 'Oprindelig mail:', 'Original message:', '-----Oprindelig meddelelse-----', 'Start på videresendt besked:', 'Jonas Prøve (Svendborg) skrev den 3/2:', 'Jonas Prøve skrev i går kl. 10:', '"Jonas Prøve" <jonas.proeve@svendborg-kommune.example> skrev:', 'Fra: Prøve, Jonas [mailto:jonas.proeve@svendborg-kommune.example]',
    'Videresendt af Jonas Prøve/BUF/Svendborg den 03-02-2015 10:11', '----- Forwarded by Jonas Prøve/BUF/Svendborg on 03-02-2015 10:11 -----',
  ])('MAIL 292: »%s« and figures below are asked about', (opening) => {
    for (const figure of ['FS2: 77', '> FS2: 77']) {
      const reading = read(`M2: 24,5\n\n${opening}\n${figure}`)
      expect(values(reading)).toEqual({ M2: '24.5' })
      expect(doubts(reading)).toEqual(['quoted FS2'])
    }
  }) // prettier-ignore
  test.each([
    'Vi skrev:',
    'Kommunen skrev til jer:',
    'Jeg skrev i går:',
    'Her er tallene:',
    'Som Jonas skrev i går:',
    'Som Jonas Prøve skrev den 3/2:',
    'Tal fra Jonas Prøve:',
    'Original tekst:',
  ])('MAIL 292: »%s« opens nothing', (line) => {
    expect(values(read(`${line}\nFS2: 77`))).toEqual({ FS2: '77' })
  })
})

describe('the head of a letter', () => {
  const by = (text: string, html: string | null = null) =>
    read('', { message: message({ text, html, date: '2015-02-24T13:07:00.000Z' }) })
  const figures = 'M1 i alt: 134\nM1 heraf: 61'
  const heads = [
    'Fra: Mette Prøve, Svendborg Kommune\nTil: Ministeriet\nDato: 24. februar 2015\nEmne: Indberetning 2014',
    'Notat\n\nFra: Mette Prøve\nTil: Sofie Eksempel\nDato: 24.02.2015\nEmne: Tal',
    'Til: Ministeriet\nFra: Mette Prøve\nEmne: Resultatkontrakt',
    'From: Mette Prøve\nTo: The Ministry\nDate: 24 February 2015\nSubject: Return',
    'Afsender: Prøve, Mette\nDato: 24-02-2015\nTil: Ministeriet\nVedr.: Tal',
  ]
  test.each(heads)('MAIL 293: %s: what stands below is the sender’s own', (head) => {
    expect(values(by(`${head}\n\n${figures}`))).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61' })
    expect(values(by(`${head}\n\n${figures}\n\n${outlookQuote(request)}`))).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61' }) // prettier-ignore
    expect(by(`${head}\n\nVi beder om udsættelse til den 13. marts.`).wishes).toMatchObject([{ until: '2015-03-13' }]) // prettier-ignore
    expect(by(`${head}\n\nOK`).confirms).toBe(!head.startsWith('Notat'))
  })
  test.each([
    ['of a colleague', 'Fra: Jonas Prøve\nTil: Mette Prøve\nDato: 24. februar 2015\nEmne: Tal'],
    ['of an office', 'Fra: Svendborg Kommune\nTil: Ministeriet\nDato: 24. februar 2015\nEmne: Tal'],
    ['of another day', 'Fra: Mette Prøve\nTil: Ministeriet\nDato: 3. februar 2015\nEmne: Tal'],
    ['with a time', 'Fra: Mette Prøve\nSendt: 24. februar 2015 10:11\nTil: Ministeriet\nEmne: Tal'],
    ['of an answer', 'Fra: Mette Prøve\nTil: Ministeriet\nDato: 24. februar 2015\nEmne: SV: Tal'],
    ['below a ruler', '________________________________\nFra: Mette Prøve\nTil: Ministeriet\nDato: 24. februar 2015\nEmne: Tal'],
  ])('MAIL 293: one %s is an older mail’s: figures are asked, words are shown to a person', (_, head) => {
    expect(values(by(`${head}\n\n${figures}`))).toEqual({})
    expect(doubts(by(`${head}\n\n${figures}`))).toEqual(['quoted M1 i alt', 'quoted M1 heraf'])
    const words = by(`${head}\n\nVi har talt de nyankomne om.`)
    expect(words.freeText).toBe('Vi har talt de nyankomne om.')
    expect(by(`${head}\n\nVi beder om udsættelse til den 13. marts.`).wishes).toMatchObject([{ wish: 'extension' }]) // prettier-ignore
  }) // prettier-ignore
  test('MAIL 293: words of others below own ones, and our own letter, are nobody’s news', () => {
    expect(by(`Hej\n\n${heads[0]!.replaceAll('Mette', 'Jonas')}\n\nGamle ord.`).freeText).toBe('')
    expect(by(outlookQuote(request)).freeText).toBe('')
  })
})

describe('more time, announced', () => {
  test.each([
    'Kan vi få til den 13. marts?', 'I kan forvente vores svar den 13. marts.', 'Svar følger senest fredag den 13. marts.', 'Vi afventer jobcentret og sender dem den 13. marts.', 'Vi bliver nødt til at bede jer vente til den 13. marts.', 'Bær over med os til den 13. marts.',
    'Vi forventer at kunne svare den 13. marts.', 'Vi vender tilbage med svar den 13. marts.', 'Vi kan ikke overholde fristen den 2. marts, men svarer den 13. marts.', 'Kan fristen 2. marts flyttes til 13. marts?', 'We expect to answer on 13 March.', "We'll get back to you on 13 March.", 'Please bear with us until 13 March.', 'The figures are delayed until 13 March.', 'Vi er desværre bagud og svarer den 13. marts.', 'Vores controller er syg, så tallene må vente til den 13. marts.', 'Jeg er på ferie og vender tilbage d. 13/3.', 'Would it be OK to send the figures by 13 March?',
  ])('MAIL 294: »%s« is until 13 March', (text) => {
    for (const frame of [text, `M2: 24,5\n\n${text}\n\nMvh Mette`])
      expect(read(frame).wishes).toMatchObject([{ wish: 'extension', until: '2015-03-13' }])
  }) // prettier-ignore
  test.each([
    'Vi vender tilbage med tallene i uge 11.', 'Er det muligt at svare i næste uge?', 'Det bliver først efter påske.', 'Fristen 2. marts kan vi ikke overholde.', 'We cannot meet the deadline of 2 March.', 'Indberetningen er forsinket.', 'We are running late.', 'Det når vi ikke.',
  ])('MAIL 294: »%s« stops the reminders; the due date is no date to wait for', (text) => {
    expect(read(text).wishes).toMatchObject([{ wish: 'extension', until: null }])
  }) // prettier-ignore
  test.each([
    'Vi overholder fristen den 2. marts.', 'Hermed svar. Jeg vender tilbage, hvis der er mere.', 'Vi sender dem her.', 'Vi håber at have svaret fyldestgørende.', 'Mødet er den 13. marts: vi vender tilbage med en dagsorden.', 'Kan vi få tilsendt skemaet?', 'We hope to get feedback soon.', 'Når vi ikke har et tal, skriver vi det.',
  ])('MAIL 294: »%s« asks for none', (text) => {
    expect(read(text).wishes).toEqual([])
  }) // prettier-ignore
})

describe('figures in letters, and where words end', () => {
  test.each([
    'Det sidste tal er fireogtres personer.', 'Tallet for nyankomne er uændret.', 'Antallet af nyankomne er det samme som sidste år.', 'Der kom to hundrede personer.', 'The number of newcomers was sixty-four.', 'The other figures are unchanged.',
  ])('MAIL 295: »%s« beside figures is quoted back', (sentence) => {
    const reading = read(`M2: 24,5\n\n${sentence}`)
    expect(values(reading)).toEqual({ M2: '24.5' })
    expect(reading.doubts.map(({ kind, written }) => [kind, written])).toEqual([['unread-words', sentence]])
  }) // prettier-ignore
  test.each(['Tak for den samme gode hjælp.', 'Vi holder hundrede procent fast.', 'All the best.'])(
    'MAIL 295: »%s« is none',
    (sentence) => {
      expect(read(`M2: 24,5\n\n${sentence}`).doubts).toEqual([])
    },
  )
  test.each([
    'OBS: M2 er rettet til 25,5', 'NB! FS2 blev 64', 'Rettelse: FS2 er 64', 'Bemærk: FS2 er 64', 'FS2 blev 64.', 'Please note: FS2 was 64', 'FS2 skal være 64', 'NB FS2 mangler endnu, den er ca. 64',
  ])('MAIL 287: »%s« below the signature is the sender’s', (line) => {
    const reading = read(`M2: 24,5\n\nMed venlig hilsen\nMette Prøve\nTlf. 62 23 30 00\n\n${line}`)
    expect(doubts(reading)).toEqual(['unread-words'])
  }) // prettier-ignore
  test.each([
    ['Mette Prøve (Svendborg)', 'Mette Prøve'], ['Mette Prøve', 'M. Prøve'], ['Prøve, Mette', 'Mette Prøve'], ['Mette Prøve', 'Prøve'], ['', 'Mette'],
    ['Mette Prøve', 'Denne e-mail er fortrolig og kun til modtageren.'], ['Mette Prøve', 'This message is confidential and intended for the addressee only.'], ['Mette Prøve', 'Tænk på miljøet, før du printer.'],
  ])('MAIL 257: of »%s« a text ends above »%s«', (name, line) => {
    const from = [{ name, address: 'mette.proeve@svendborg-kommune.example' }]
    const reading = read('', { message: message({ from, text: `Formidling: Erfaringsbasen\n${line}\nUdviklingskonsulent` }) })
    expect(values(reading)).toEqual({ Formidling: 'Erfaringsbasen' })
  }) // prettier-ignore
  test.each([
    'a. M2: 24,5',
    'b) M2: 24,5',
    '(c) M2: 24,5',
    '- [x] M2: 24,5',
    '[ ] M2: 24,5',
    '[✓] M2: 24,5',
    '☑ M2: 24,5',
    '✔\uFE0F M2: 24,5',
    '➔ M2: 24,5',
    '# M2: 24,5',
    '+ M2: 24,5',
    '~ M2: 24,5',
    '=> M2: 24,5',
  ])('MAIL 288: »%s« is an item of a list', (line) => {
    expect(values(read(line))).toEqual({ M2: '24.5' })
  })
})

describe('what is passed over by its content', () => {
  const file = (filename: string, mimeType: string, content: Buffer): MessageAttachment => ({
    filename, mimeType, content, sha256: '', inline: false,
  }) // prettier-ignore
  const passes = (one: MessageAttachment): boolean => isPassedOver(one, [one])
  const tiff = (width: number, height: number, order: 'II' | 'MM'): Buffer => {
    const bytes = Buffer.alloc(12_000)
    const [u16, u32] = order === 'II' ? ([bytes.writeUInt16LE, bytes.writeUInt32LE] as const) : ([bytes.writeUInt16BE, bytes.writeUInt32BE] as const) // prettier-ignore
    bytes.write(order)
    u16.call(bytes, 42, 2)
    u32.call(bytes, 8, 4)
    u16.call(bytes, 2, 8)
    for (const [at, tag, size] of [[10, 256, width], [22, 257, height]] as const) {
      u16.call(bytes, tag, at)
      u16.call(bytes, 4, at + 2)
      u32.call(bytes, 1, at + 4)
      u32.call(bytes, size, at + 8)
    }
    return bytes
  } // prettier-ignore
  const heic = (...sizes: readonly (readonly [number, number])[]): Buffer => {
    const boxes = sizes.map(([width, height]) => {
      const box = Buffer.alloc(20)
      box.writeUInt32BE(20, 0)
      box.write('ispe', 4)
      box.writeUInt32BE(width, 12)
      box.writeUInt32BE(height, 16)
      return box
    })
    return Buffer.concat([
      Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0', 'latin1'),
      ...boxes,
      Buffer.alloc(2000),
    ])
  }
  test('MAIL 298: a page of a fax or a telephone is for a person however few bytes it has, a logo is not', () => {
    for (const order of ['II', 'MM'] as const) {
      expect(passes(file('fax.tif', 'image/tiff', tiff(1728, 2200, order)))).toBe(false)
      expect(passes(file('fax.tif', 'image/tiff', tiff(200, 80, order)))).toBe(true)
    }
    expect(passes(file('IMG_1.heic', 'image/heic', heic([512, 512], [4032, 3024])))).toBe(false)
    expect(passes(file('IMG_1.heic', 'image/heic', heic([120, 90])))).toBe(true)
  })
  test('MAIL 298: a seal is told by its content: a file that is but called one is named', () => {
    const seal = Buffer.from('3080060909', 'hex')
    expect(passes(file('smime.p7s', 'application/pkcs7-signature', seal))).toBe(true)
    expect(passes(file('signature.asc', 'application/pgp-signature', Buffer.from('-----BEGIN PGP SIGNATURE-----\n')))).toBe(true) // prettier-ignore
    const figures = file('tal.asc', 'text/plain', Buffer.from('M2: 24,5'))
    expect(passes(figures)).toBe(false)
    const reading = read('', { message: message({ text: 'FS2: 64', attachments: [figures] }) })
    expect(reading.doubts).toMatchObject([{ kind: 'unreadable-attachment', written: 'tal.asc' }])
  })
  test.each([
    ['https://intranet.svendborg.example/sager/tal%202014.xlsx?version=2', 'tal 2014.xlsx'],
    ['https://filer.svendborg.example/a/b/indberetning.ods', 'indberetning.ods'],
    ['https://svendborg.sharefile.eu/d-s123', 'ShareFile'],
    ['https://share.icloud.com/abc', 'iCloud'],
    ['https://we.tl/t-abc', 'WeTransfer'],
  ])('MAIL 298: a link to %s is named', (link, written) => {
    expect(read(`M2: 24,5\n\nResten: ${link}`).doubts).toMatchObject([
      { kind: 'unreadable-attachment', written, details: { refusal: 'cloud-link' } },
    ])
  })
  test('MAIL 298: a link to a page or a letter is none', () => {
    expect(read('M2: 24,5\n\nSe https://www.svendborg.example/privatlivspolitik.pdf').doubts).toEqual([])
    expect(read('M2: 24,5\n\nSe https://www.svendborg.example/tal.xlsx.html').doubts).toEqual([])
  })
})
