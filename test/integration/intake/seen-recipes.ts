import { writeXlsx } from 'hucre/xlsx'
import { marked } from '../../unit/intake/mail.ts'
import { blocks, date, wordings } from '../../unit/intake/people-words.ts'
import type { MailParts } from './compose-mail.ts'
import { enteredBy, labels, pick, type Entered } from './entered-figures.ts'
import { escapeHtml, page } from './quoted-shapes.ts'

/**
 * Replies whose layout says which figures are meant: two years side by side, struck out, footnotes, drawn tables,
 * workbooks with columns that are not shown, amounts in thousands, dates; and replies above words of others. Each
 * knows what may be read in it and what never.
 */

/** A figure that stands in the mail and is not theirs of this year. */
interface Beside {
  readonly key: string
  readonly shown: string
}

export interface Seen {
  readonly layout: string
  readonly parts: MailParts
  /** What the sender means, by key; read so, or asked. */
  readonly meant: Readonly<Record<string, string>>
  /** Nothing of it may be in doubt: the layout says it all. */
  readonly isPlain: boolean
  /** Keys that are asked, for what is written there can be no figure. */
  readonly asked?: readonly string[]
  /** The day until which more time is asked. */
  readonly until?: string
}

const number = (shown: string): string => shown.replace(/ .*$/u, '')

/** Last year's figure beside each, another than this year's. */
const besides = (figures: readonly Entered[], seed: number): readonly Beside[] =>
  figures.map(({ key, value }) => {
    const other = 5 + pick(seed, `beside ${key}`, 900)
    return { key, shown: String(String(other) === value ? other + 1 : other) }
  })

interface Given {
  readonly seed: number
  readonly figures: readonly Entered[]
  readonly others: readonly Beside[]
  readonly label: (key: string) => string
  readonly of: <T>(name: string, all: readonly T[]) => T
}

type Made = Omit<Seen, 'layout' | 'meant'> & { readonly meant?: Seen['meant'] }

const cell = (text: string): string => `<td>${escapeHtml(text)}</td>`
const tableOf = (rows: readonly (readonly string[])[]): string =>
  page(
    `<p>Hej</p><table>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</table><p>Mvh</p>`,
  )

/** Rows of key, last year's and this year's, in an order of columns. */
const rowsOf = ({ figures, others, label }: Given, isNewFirst: boolean): readonly (readonly string[])[] =>
  figures.map(({ key, shown }, at) => {
    const pair = [others[at]!.shown, number(shown)]
    return [label(key), ...(isNewFirst ? pair.toReversed() : pair)]
  })
const headings = ({ of }: Given, isNewFirst: boolean): readonly string[] => {
  const pair = of('headings', [
    ['2013', '2014'],
    ['Resultat 2013', 'Resultat 2014'],
    ['Sidste år', 'Jeres tal'],
    ['Tal for 2013', 'Tal for 2014'],
    ['År 2013', 'Jeres tal'],
  ])
  return [of('corner', ['', 'Nøgle', 'Mål']), ...(isNewFirst ? pair.toReversed() : pair)]
}
/** Kroner with a size of their own are no plain column of numbers. */
const plainOnly = (given: Given): Given => {
  const figures = given.figures.filter(({ key }) => key !== 'H1 udgift')
  const kept = figures.length > 0 ? figures : [{ key: 'FS2', value: '62', shown: '62' }]
  return { ...given, figures: kept, others: besides(kept, given.seed) }
}
const meantOf = (figures: readonly Entered[]): Seen['meant'] =>
  Object.fromEntries(figures.map(({ key, value }) => [key, value]))

const flattened = (rows: readonly (readonly string[])[], { of }: Given): string | undefined =>
  of<((row: readonly string[]) => string) | null>('flat', [
    null,
    (row) => row.join(' '),
    (row) => row.join('  '),
    (row) => row.join('\t'),
    (row) => `${row[0]} ${row.slice(1).join('')}`,
  ]) === null
    ? undefined
    : rows.map((row) => row.join(of('joint', [' ', '  ', '\t', '\n']))).join('\n')

const attached = (content: Uint8Array | string, filename: string): MailParts => ({
  text: 'Se vedhæftede.',
  attachments: [{ filename, content: typeof content === 'string' ? content : Buffer.from(content) }],
})

type Sheet = Parameters<typeof writeXlsx>[0]['sheets'][number]
const workbook = async (rows: readonly (readonly (string | number)[])[], more: Partial<Sheet> = {}) =>
  attached(
    await writeXlsx({ sheets: [{ name: 'Tal', rows: rows.map((row) => [...row]), ...more }] }),
    'tal.xlsx',
  )
const asNumber = (shown: string): number => Number(number(shown).replaceAll('.', '').replace(',', '.'))

/** Every layout: what it makes of the figures. */
const layouts: Readonly<Record<string, (given: Given) => Made | Promise<Made>>> = {
  'years in an HTML table': (whole) => {
    const given = plainOnly(whole)
    const isNewFirst = given.of('order', [true, false])
    const rows = [headings(given, isNewFirst), ...rowsOf(given, isNewFirst)]
    const text = flattened(rows, given)
    const parts = { html: tableOf(rows), ...(text === undefined ? {} : { text }) }
    return { parts, isPlain: text === undefined, meant: meantOf(given.figures) }
  },
  'years set apart by tabs': (whole) => {
    const given = plainOnly(whole)
    const isNewFirst = given.of('order', [true, false])
    const rows = [headings(given, isNewFirst), ...rowsOf(given, isNewFirst)]
    return { parts: { text: rows.map((row) => row.join('\t')).join('\n') }, isPlain: true, meant: meantOf(given.figures) } // prettier-ignore
  },
  'years set apart by blanks': (whole) => {
    const given = plainOnly(whole)
    const isNewFirst = given.of('order', [true, false])
    const rows = [headings(given, isNewFirst), ...rowsOf(given, isNewFirst)]
    const wide = rows.map((row) => row.map((one) => one.padEnd(26)).join('  ').trimEnd()) // prettier-ignore
    return { parts: { text: wide.join('\n') }, isPlain: true, meant: meantOf(given.figures) }
  },
  'years in a drawn table': (whole) => {
    const given = plainOnly(whole)
    const rows = [headings(given, false), ...rowsOf(given, false)].map((row) => `| ${row.join(' | ')} |`)
    const ruled = [rows[0] ?? '', '|---|---|---|', ...rows.slice(1)]
    return { parts: { text: given.of('ruled', [ruled, rows]).join('\n') }, isPlain: true, meant: meantOf(given.figures) } // prettier-ignore
  },
  'two values and no heading': (whole) => {
    const given = plainOnly(whole)
    const joint = given.of('joint', ['\t', '   ', ' | ', '; ', ' / ', ' og ', ' -> ', ', '])
    const lines = given.figures.map(
      ({ key, shown }, at) => `${given.label(key)}:${given.of('gap', [' ', '\t'])}${given.others[at]!.shown}${joint}${number(shown)}`,
    ) // prettier-ignore
    return { parts: { text: lines.join('\n') }, isPlain: false, meant: meantOf(given.figures) }
  },
  'cells and no heading': (whole) => {
    const given = plainOnly(whole)
    const rows = rowsOf(given, false)
    const text = flattened(rows, given)
    return { parts: { html: tableOf(rows), ...(text === undefined ? {} : { text }) }, isPlain: false, meant: meantOf(given.figures) } // prettier-ignore
  },
  'figures of another year': (given) => {
    const lines = given.figures.map(({ key }, at) => {
      const { shown } = given.others[at]!
      return given.of('said', [`${given.label(key)} (2013): ${shown}`, `${given.label(key)}: ${shown} (2013)`, `${given.label(key)} 2013: ${shown}`, `${given.label(key)}: ${shown} sidste år`]) // prettier-ignore
    })
    const above = given.of('above', [false, true])
    const text = above
      ? ['Tal for 2013:', ...given.figures.map(({ key }, at) => `${given.label(key)}: ${given.others[at]!.shown}`)]
      : lines // prettier-ignore
    return { parts: { text: text.join('\n') }, isPlain: false, meant: {} }
  },
  'struck out': (given) => {
    const strike = given.of('strike', [
      (text: string) => `<s>${text}</s>`,
      (text: string) => `<del>${text}</del>`,
      (text: string) => `<strike>${text}</strike>`,
      (text: string) => `<span style="text-decoration: line-through">${text}</span>`,
      (text: string) =>
        `<font color=red><span style='text-decoration-line:line-through'>${text}</span></font>`,
    ])
    const gap = given.of('gap', [' ', '', '&nbsp;'])
    const html = given.figures.map(({ key, shown }, at) => `<p>${given.label(key)}: ${strike(given.others[at]!.shown)}${gap}${escapeHtml(shown)}</p>`) // prettier-ignore
    const glued = given.figures.map(({ key, shown }, at) => `${given.label(key)}: ${given.others[at]!.shown}${gap === '' ? '' : ' '}${shown}`) // prettier-ignore
    return {
      parts: { html: page(...html), ...(given.of('text', [true, false]) ? { text: glued.join('\n') } : {}) },
      isPlain: true,
    }
  },
  'struck out as a line': (given) => {
    const old = given.figures.map(({ key }, at) => `${given.label(key)}: ${given.others[at]!.shown}`)
    const now = given.figures.map(({ key, shown }) => `${given.label(key)}: ${shown}`)
    const html = [...old.map((line) => `<p><s>${line}</s></p>`), ...now.map((line) => `<p>${escapeHtml(line)}</p>`)] // prettier-ignore
    return {
      parts: { html: page(...html), ...(given.of('text', [true, false]) ? { text: [...old, ...now].join('\n') } : {}) },
      isPlain: true,
    } // prettier-ignore
  },
  'a footnote’s mark': (whole) => {
    const given = plainOnly(whole)
    const raise = given.of('raise', [
      (mark: string) => `<sup>${mark}</sup>`,
      (mark: string) => `<sub>${mark}</sub>`,
      (mark: string) => `<span style="vertical-align:super;font-size:8pt">${mark}</span>`,
      (mark: string) => `<span style="position:relative;top:-4pt;mso-text-raise:4.0pt">${mark}</span>`,
    ])
    const mark = given.of('mark', ['1', '2', '1)', 'a', '*'])
    const lines = given.figures.map(({ key, shown }) => [`${given.label(key)}: ${number(shown)}`, shown.slice(number(shown).length)] as const) // prettier-ignore
    const html = lines.map(([before, after]) => `<p>${before}${raise(mark)}${escapeHtml(after)}</p>`)
    return {
      parts: { html: page(...html), ...(given.of('text', [true, false]) ? { text: lines.map(([before, after]) => `${before}${mark}${after}`).join('\n') } : {}) },
      isPlain: true,
      meant: meantOf(given.figures),
    } // prettier-ignore
  },
  'amounts in thousands': (given) => {
    const thousands = 20 + pick(given.seed, 'in thousands', 5000)
    const value = String(thousands).replace(/\B(?=(?:\d{3})+(?!\d))/gu, '.')
    const said = given.of('said', ['Alle beløb i 1.000 kr.', 'Beløb er i t.kr.', 'Udgifterne er opgjort i tusinde kr.']) // prettier-ignore
    const text = given.of('way', [
      `${said}\n\nH1 udgift: ${value}`,
      `H1 udgift: ${value}\n\n${said}`,
      `H1 udgift (t.kr.): ${value}`,
      `H1 udgift: ${value} (t.kr.)`,
      `H1 udgift: ${value} i 1.000 kr.`,
      `H1 udgift: t.kr. ${value}`,
    ])
    return { parts: { text }, isPlain: true, meant: { 'H1 udgift': String(thousands * 1000) } }
  },
  'a date for a number': (given) => {
    const written = given.of('date', ['31. december 2014', '3. marts 2015', 'uge 12', '12. uge', '31.12.2014', '2014-12-31', '14/11 2014', 'pr. 31. december 2014']) // prettier-ignore
    const text = given.figures.map(({ key }) => `${given.label(key)}: ${written}`).join('\n')
    return { parts: { text }, isPlain: false, meant: {}, asked: given.figures.map(({ key }) => key) }
  },
  'a workbook of two years': async (whole) => {
    const given = plainOnly(whole)
    const isNewFirst = given.of('order', [true, false])
    const rows = rowsOf(given, isNewFirst).map(([key = '', ...cells]) => [key, ...cells.map(asNumber)])
    const parts = await workbook([[], headings(given, isNewFirst).map((one) => (/^\d+$/u.test(one) ? Number(one) : one)), ...rows]) // prettier-ignore
    return { parts, isPlain: true, meant: meantOf(given.figures) }
  },
  'a workbook without headings': async (whole) => {
    const given = plainOnly(whole)
    const parts = await workbook(rowsOf(given, false).map(([key = '', ...cells]) => [key, ...cells.map(asNumber)])) // prettier-ignore
    return { parts, isPlain: false, meant: meantOf(given.figures) }
  },
  'a workbook with a column that is not shown': async (whole) => {
    const given = plainOnly(whole)
    const rows = rowsOf(given, false).map(([key = '', ...cells]) => [key, ...cells.map(asNumber)])
    const parts = await workbook(rows, { columns: [{}, { hidden: true }, {}] })
    return { parts, isPlain: true, meant: meantOf(given.figures) }
  },
  'a workbook with struck-out cells': async (whole) => {
    const given = plainOnly(whole)
    const rows = rowsOf(given, false).map(([key = '', ...cells]) => [key, ...cells.map(asNumber)])
    const struck = { style: { font: { strikethrough: true } } }
    const cells = new Map(rows.map(([, old], at) => [`${at},1`, { value: old ?? '', ...struck }]))
    return { parts: await workbook(rows, { cells }), isPlain: true, meant: meantOf(given.figures) }
  },
  'a workbook of amounts in thousands': async (given) => {
    const thousands = 20 + pick(given.seed, 'in thousands', 5000)
    const numFmt = given.of('format', ['#,##0 "t.kr."', '#,##0\\ "t.kr."', '"t.kr. "#,##0', 'General'])
    const heading = numFmt === 'General' ? given.of('heading', ['Jeres tal (t.kr.)', 'Jeres tal (1.000 kr.)']) : 'Jeres tal' // prettier-ignore
    const rows = [['Nøgle', heading], ['H1 udgift', thousands]] // prettier-ignore
    const cells = new Map([['1,1', { value: thousands, style: { numFmt } }]])
    const parts = await workbook(rows, numFmt === 'General' ? {} : { cells })
    return { parts, isPlain: true, meant: { 'H1 udgift': String(thousands * 1000) } }
  },
  'a CSV file with commas': (whole) => {
    const given = plainOnly(whole)
    const lines = given.figures.map(({ key, shown }) => `${key},${number(shown)}`)
    return {
      parts: attached(['Nøgle,Tal', ...lines].join('\n'), 'tal.csv'),
      isPlain: false,
      meant: meantOf(given.figures),
    }
  },
  'above an older mail': (given) => {
    const [, block] = given.of('block', blocks)
    const older = given.figures.map(({ key }, at) => `${key}: ${given.others[at]!.shown}`).join('\n')
    const own = given.figures.slice(0, Math.max(1, pick(given.seed, 'own', given.figures.length + 1)))
    const lines = own.map(({ key, shown }) => `${given.label(key)}: ${shown}`).join('\n')
    const quoted = given.of('marks', [older, marked(older)])
    return { parts: { text: `Hej Sofie\n\n${lines}\n\nMvh Mette\n\n${block}\n\n${quoted}` }, isPlain: false, meant: meantOf(own) } // prettier-ignore
  },
  'above a colleague’s figures, for information': (given) => {
    const older = given.figures.map(({ key }, at) => `${key}: ${given.others[at]!.shown}`).join('\n')
    const from = given.of('from', ['Fra: Jonas Prøve\nSendt: 3. februar 2014 10:00\nTil: Mette Prøve\nEmne: Tal for 2013', 'Den 3. februar 2014 kl. 10.00 skrev Jonas Prøve:', 'From: Jonas Prøve\nSent: Monday, February 3, 2014 10:00 AM\nTo: Mette Prøve\nSubject: 2013']) // prettier-ignore
    return { parts: { text: `${given.of('words', ['Til orientering.', 'Se nedenfor.', 'FYI'])}\n\nMette\n\n${from}\n\n${older}` }, isPlain: false, meant: {} } // prettier-ignore
  },
  'more time in words': (given) => {
    const wording = given.of('wording', wordings)
    const written = given.of('written', ['13. marts', '13/3', '13. marts 2015', '13-03-2015'])
    const lines = given.figures.map(({ key, shown }) => `${given.label(key)}: ${shown}`).join('\n')
    const asked = wording.replace(date, written)
    const text = given.of('place', [`Hej Sofie\n\n${asked}\n\n${lines}\n\nMvh Mette`, `${lines}\n\n${asked}`])
    return { parts: { text }, isPlain: true, until: '2015-03-13' }
  },
}

export const layoutNames = Object.keys(layouts)

/** The nth reply; the same number gives the same reply. */
export const seenReply = async (nth: number): Promise<Seen> => {
  const layout = layoutNames[nth % layoutNames.length] ?? ''
  const figures = enteredBy(nth)
  const given: Given = {
    seed: nth,
    figures,
    others: besides(figures, nth),
    label: (key) => {
      const all = labels[key] ?? [key]
      return all[pick(nth, `label ${key}`, all.length)] ?? key
    },
    of: (name, all) => all[pick(nth, name, all.length)]!,
  }
  const made = await layouts[layout]!(given)
  return { layout, ...made, meant: made.meant ?? meantOf(figures) }
}
