import { createHash } from 'node:crypto'
import { marked, request } from '../../unit/intake/mail.ts'
import { asParagraphs, escapeHtml, languages, page, shapes, wordsOf, type Language } from './quoted-shapes.ts'
import { compose, type MailParts } from './compose-mail.ts'

/**
 * Replies by layout, marker, header style, language, spacing and quirk: each a real mail with known figures. The
 * combinations are walked with a stride, so that a part of them touches every value of every dimension beside every
 * other, and the same numbers give the same mails.
 */

interface Entered {
  readonly key: string
  /** What must be read. */
  readonly value: string
  /** As this mail writes it. */
  readonly shown: string
}

const markers = ['colon', 'equals', 'tab', 'dash', 'blank', 'bullet', 'emphasis', 'ruled'] as const
const layouts = ['above', 'below', 'inside', 'between', 'table', 'transposed'] as const
const spacings = ['single', 'blank lines', 'wide', 'hard blanks', 'one line'] as const
const quirks = [
  'none',
  'zero width',
  'decomposed',
  'signature',
  'banner',
  'windows-1252',
  'html only',
  'both parts',
  'base64',
  'lower case',
  'prose',
  'older mail',
] as const
type Of<T extends readonly unknown[]> = T[number]

export interface Recipe {
  readonly layout: Of<typeof layouts>
  readonly marker: Of<typeof markers>
  readonly style: number
  readonly language: Language
  readonly spacing: Of<typeof spacings>
  readonly quirk: Of<typeof quirks>
  readonly seed: number
}

const sizes = [
  layouts.length,
  markers.length,
  shapes.length,
  languages.length,
  spacings.length,
  quirks.length,
]
/** How many combinations there are. */
export const combinations = sizes.reduce((all, size) => all * size, 1)
/** Shares no factor with the sizes, so that steps of it meet every combination before any twice. */
const stride = 104_729

export const recipe = (nth: number): Recipe => {
  let rest = (nth * stride) % combinations
  const at = sizes.map((size) => {
    const digit = rest % size
    rest = Math.floor(rest / size)
    return digit
  })
  const [layout = 0, marker = 0, style = 0, language = 0, spacing = 0, quirk = 0] = at
  return {
    layout: layouts[layout]!,
    marker: markers[marker]!,
    style,
    language: languages[language]!,
    spacing: spacings[spacing]!,
    quirk: quirks[quirk]!,
    seed: nth,
  }
}

/** A number from the seed, the same every time. */
const pick = (seed: number, name: string, below: number): number =>
  createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE(0) % below
const dots = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+(?!\d))/gu, '.')

const labels: Readonly<Record<string, readonly string[]>> = {
  'M1 i alt': ['M1 i alt', 'M1 ialt', 'M1 total', 'M1 nævner', 'Mål 1 i alt'],
  'M1 heraf': ['M1 heraf', 'M1 of which', 'M1 tæller', 'Mål 1, heraf'],
  M2: ['M2', 'Mål 2', 'Target 2'],
  FS2: ['FS2', 'Forudsætning 2', 'Assumption 2'],
  'H1 udgift': ['H1 udgift', 'H1 cost', 'Aktivitet 1, udgift'],
}

const enteredBy = (seed: number): readonly Entered[] => {
  const total = 60 + pick(seed, 'total', 4000)
  const ofWhich = pick(seed, 'of which', total)
  const tenth = pick(seed, 'tenth', 10)
  const weeks = pick(seed, 'weeks', 80)
  const thousands = 20 + pick(seed, 'thousands', 5000)
  const persons = 10 + pick(seed, 'persons', 900)
  const unit = (all: readonly string[]): string => all[pick(seed, all.join(), all.length)] ?? ''
  const kroner = [
    `${dots(thousands * 1000)} kr.`,
    `kr. ${dots(thousands * 1000)}`,
    `${dots(thousands * 1000)},-`,
    `${thousands * 1000}`,
    `${dots(thousands)} t.kr.`,
  ]
  return [
    {
      key: 'M1 i alt',
      value: String(total),
      shown: `${pick(seed, 'dots', 2) === 0 ? dots(total) : total}${unit(['', ' personer', ' pers.'])}`,
    },
    {
      key: 'M1 heraf',
      value: String(ofWhich),
      shown: `${dots(ofWhich)}${unit(['', ' personer', ' persons'])}`,
    },
    {
      key: 'M2',
      value: tenth === 0 ? String(weeks) : `${weeks}.${tenth}`,
      shown: `${weeks},${tenth}${unit(['', ' uger'])}`,
    },
    { key: 'FS2', value: String(persons), shown: `${persons}${unit(['', ' personer'])}` },
    {
      key: 'H1 udgift',
      value: String(thousands * 1000),
      shown: kroner[pick(seed, 'kroner', kroner.length)] ?? '',
    },
  ].filter(({ key }, at) => at === seed % 5 || pick(seed, `has ${key}`, 4) > 0)
}

const line = ({ key, shown }: Entered, { marker, spacing, quirk, seed }: Recipe): string => {
  const all = labels[key] ?? [key]
  const spelled = all[pick(seed, `label ${key}`, all.length)] ?? key
  const label = quirk === 'lower case' ? spelled.toLowerCase() : spelled
  const wide = spacing === 'wide' ? '   ' : ' '
  switch (marker) {
    case 'colon':
      return `${label}:${wide}${shown}`
    case 'equals':
      return `${label}${wide}=${wide}${shown}`
    case 'tab':
      return `${label}\t${shown}`
    case 'dash':
      return `${label}${wide}–${wide}${shown}`
    case 'blank':
      return `${label}${wide}${shown}`
    case 'bullet':
      return `• ${label}:${wide}${shown}`
    case 'emphasis':
      return `*${label}:* ${shown}`
    case 'ruled':
      return `${label}: __${shown.replace(/ .*$/u, '')}__${shown.replace(/^\S+/u, '')}`
  }
}

/** Our form with the figures in its blanks, as they are typed over them. */
const insideForm = (figures: readonly Entered[]): string =>
  figures.reduce(
    (text, { key, shown }) => text.replace(new RegExp(`^${key}: ____.*$`, 'mu'), `${key}: ${shown}`),
    request,
  )
/** Our form, marked, with each figure on the line below its blank. */
const betweenForm = (figures: readonly Entered[]): string =>
  figures.reduce(
    (text, { key, shown }) => text.replace(new RegExp(`^(> ${key}: ____.*)$`, 'mu'), `$1\n${shown}`),
    marked(request),
  )

const cells = (texts: readonly string[]): string =>
  `<tr>${texts.map((text) => `<td style="padding:0cm"><p class=MsoNormal>${escapeHtml(text)}<o:p></o:p></p></td>`).join('')}</tr>`

const signature =
  'Mette Prøve\nUdviklingskonsulent\nTlf. 62 23 30 00 | CVR 29189730 | EAN 5798007970000\nRamsherred 5, 5700 Svendborg'
const banner = '[EKSTERN] Denne e-mail kommer udefra. Klik ikke på links.\n'
/** Figures of a mail before this one, deep in the thread: never answers now. */
export const olderFigures = 'M1 i alt: 5.777\nM1 heraf: 4.777\nM2: 99,9\nFS2: 1.777\nH1 udgift: 7.777.000 kr.'

interface Built {
  readonly raw: Buffer
  readonly expected: Readonly<Record<string, string>>
}

/** The mail of a recipe and what must be read in it. */
export const replyOf = async (asked: Recipe): Promise<Built> => {
  const { layout, style, language, spacing, quirk } = asked
  const shape = shapes[style]!
  const words = wordsOf[language]
  const figures = enteredBy(asked.seed)
  const expected = Object.fromEntries(figures.map(({ key, value }) => [key, value]))
  const gap =
    spacing === 'blank lines'
      ? '\n\n'
      : spacing === 'one line' && ['colon', 'equals', 'ruled'].includes(asked.marker)
        ? '   '
        : '\n'
  const disguise = (text: string): string => {
    let shown = spacing === 'hard blanks' ? text.replaceAll(' ', '\u00A0') : text
    if (quirk === 'zero width') shown = shown.replace(/(?<=\p{L})(?=\p{L})/u, '\u200B')
    if (quirk === 'decomposed') shown = shown.normalize('NFD')
    return shown
  }
  const lines = disguise(figures.map((figure) => line(figure, asked)).join(gap))
  const prose =
    quirk === 'prose'
      ? 'I oktober alene kom der 22, og over 60 pct. er i gang. Se § 6 og mail af 12. november.\n\n'
      : ''
  const before = `${quirk === 'banner' ? banner : ''}${words.greeting}\n\n${prose}`
  const after = `\n\n${words.closing}\n${quirk === 'signature' ? signature : 'Mette'}\n`
  const quoted = quirk === 'older mail' ? `${request}\n\n${marked(olderFigures)}` : request
  const parts = ((): { text: string; html: string } => {
    switch (layout) {
      case 'above':
        return {
          text: `${before}${lines}${after}\n${shape.text(quoted, language)}`,
          html: page(asParagraphs(`${before}${lines}${after}`), shape.html(quoted, language)),
        }
      case 'below': {
        const at = shapes.find(({ number }) => number === 37)!
        return {
          text: `${at.text(quoted, language)}\n\n${before}${lines}${after}`,
          html: page(at.html(quoted, language), asParagraphs(`${before}${lines}${after}`)),
        }
      }
      case 'inside':
        return {
          text: `${before}\n${shape.text(insideForm(figures), language)}`,
          html: page(asParagraphs(before), shape.html(insideForm(figures), language)),
        }
      case 'between':
        return {
          text: `${before}\n${betweenForm(figures)}${after}`,
          html: page(`<pre>${escapeHtml(`${before}\n${betweenForm(figures)}${after}`)}</pre>`),
        }
      case 'table':
      case 'transposed': {
        const rows =
          layout === 'table'
            ? figures.map(({ key, shown }) => cells([disguise(key), disguise(shown)]))
            : [
                cells(figures.map(({ key }) => disguise(key))),
                cells(figures.map(({ shown }) => disguise(shown))),
              ]
        const alone =
          figures.length < 2 && layout === 'transposed'
            ? figures.map(({ key, shown }) => cells([key, shown]))
            : rows
        return {
          text: '',
          html: page(
            asParagraphs(before),
            `<table class=MsoNormalTable>${alone.join('')}</table>`,
            asParagraphs(after),
            shape.html(quoted, language),
          ),
        }
      }
    }
  })()
  const only = layout === 'table' || layout === 'transposed' || quirk === 'html only'
  const mail: MailParts = {
    messageId: `<generated-${asked.seed}@svendborg-kommune.example>`,
    ...(only ? { html: parts.html } : quirk === 'both parts' ? parts : { text: parts.text }),
  }
  const raw = await compose(mail)
  if (
    quirk === 'windows-1252' &&
    !only &&
    !/[\u0100-\u2012\u2014-\u2021\u2023-\uffff]/u.test(parts.text.replaceAll('\u200B', ''))
  )
    return { raw: inWindows1252(raw, parts.text), expected }
  return { raw: quirk === 'base64' && !only ? inBase64(raw, parts.text) : raw, expected }
}

const headOf = (raw: Buffer): string =>
  raw
    .toString('latin1')
    .split('\r\n\r\n')[0]!
    .replace(/^Content-(?:Type|Transfer-Encoding):.*(?:\r\n[ \t].*)*\r\n?/gimu, '')
    .trimEnd()

const inWindows1252 = (raw: Buffer, text: string): Buffer => {
  const bytes = Buffer.from(
    text
      .replaceAll('\u200B', '')
      .replaceAll('\n', '\r\n')
      .replaceAll('–', '\u0096')
      .replaceAll('•', '\u0095'),
    'latin1',
  )
  return Buffer.concat([
    Buffer.from(
      `${headOf(raw)}\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`,
    ),
    bytes,
  ])
}
const inBase64 = (raw: Buffer, text: string): Buffer =>
  Buffer.from(
    `${headOf(raw)}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text.replaceAll('\n', '\r\n')).toString('base64').replace(/.{76}/gu, '$&\r\n')}\r\n`,
  )
