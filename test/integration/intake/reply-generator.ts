import { marked, request as sampleForm } from '../../unit/intake/mail.ts'
import { asParagraphs, escapeHtml, page, shapes, wordsOf } from './quoted-shapes.ts'
import { compose, type MailParts } from './compose-mail.ts'
import { enteredBy, labels, pick, type Entered } from './entered-figures.ts'
import type { Recipe } from './reply-recipes.ts'
import { inBase64, inWindows1252 } from './sent-in-encoding.ts'

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
const insideForm = (request: string, figures: readonly Entered[]): string =>
  figures.reduce(
    (text, { key, shown }) => text.replace(new RegExp(`^${key}: ____.*$`, 'mu'), `${key}: ${shown}`),
    request,
  )
/** Our form, marked, with each figure on the line below its blank. */
const betweenForm = (request: string, figures: readonly Entered[]): string =>
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

/**
 * The mail of a recipe and what must be read in it.
 * @param request the request it answers and quotes, as it was sent
 */
export const replyOf = async (asked: Recipe, request = sampleForm): Promise<Built> => {
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
          text: `${before}\n${shape.text(insideForm(request, figures), language)}`,
          html: page(asParagraphs(before), shape.html(insideForm(request, figures), language)),
        }
      case 'between':
        return {
          text: `${before}\n${betweenForm(request, figures)}${after}`,
          html: page(`<pre>${escapeHtml(`${before}\n${betweenForm(request, figures)}${after}`)}</pre>`),
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
