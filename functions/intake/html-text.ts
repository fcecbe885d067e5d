import { withoutEnds } from '../domain/base/text.ts'
import { Parser } from 'htmlparser2'
import { asRaised, asTurned, maxLines } from './clean-text.ts'

/** What is not shown is not read (MAIL 63): not displayed, no size, off the page, white on white. */

interface Selectors {
  readonly classes: ReadonlySet<string>
  readonly ids: ReadonlySet<string>
}

interface HiddenSelectors extends Selectors {
  /** What the sheets strike out. */
  readonly struck: Selectors
}

type Attributes = Readonly<Record<string, string>>

/** Declarations that hide whatever bears them, without blanks and in lower case. */
const hides = (style: string): boolean =>
  /(?:^|;)(?:display:none|visibility:hidden|font-size:0(?![.\d]*[1-9])|opacity:0(?![.]\d*[1-9])|mso-hide:all|max-height:0(?!\.?\d*[1-9]))/u.test(
    style,
  ) ||
  (/(?:^|;)(?:width|height):0(?:px|pt|%)?(?:;|$)/u.test(style) && style.includes('overflow:hidden')) ||
  (/(?:^|;)position:(?:absolute|fixed)(?:;|$)/u.test(style) &&
    /(?:^|;)(?:left|right|top|text-indent):-\d{3,}/u.test(style))

/** Declarations that strike their text out; those beneath cannot take it back. */
const strikes = (style: string): boolean => /(?:^|;)text-decoration(?:-line)?:[^;]*line-through/u.test(style)
/** Set above or below its line, in whatever unit: as a footnote's mark is. */
const raises = (style: string): boolean =>
  /(?:^|;)(?:vertical-align:(?:super|sub|text-top|-?\.?[\d.]{0,4}[1-9])|mso-text-raise:-?[\d.]{0,4}[1-9])/u.test(
    style,
  ) ||
  (/(?:^|;)position:relative(?:;|$)/u.test(style) && /(?:^|;)(?:top|bottom):-?[\d.]{0,4}[1-9]/u.test(style))
/** Shown from right to left, digits too. */
const turns = (name: string, attributes: Attributes, style: string): boolean =>
  (name === 'bdo' || /(?:^|;)unicode-bidi:(?:bidi|isolate)-override/u.test(style)) &&
  (attributes['dir']?.toLowerCase() === 'rtl' || /(?:^|;)direction:rtl/u.test(style))
const struckNames = new Set(['s', 'del', 'strike'])
const raisedNames = new Set(['sup', 'sub'])

const compact = (style: string): string => (style === '' ? '' : style.toLowerCase().replace(/\s+/gu, ''))
const maxSheet = 200_000

/**
 * Classes and ids that the page's own style sheets hide everywhere. What they hide on some screens only
 * (`@media`) is shown on others, and read.
 */
export const hiddenSelectors = (html: string): HiddenSelectors => {
  const classes = new Set<string>()
  const ids = new Set<string>()
  const struck = { classes: new Set<string>(), ids: new Set<string>() }
  let length = 0
  for (const [, sheet = ''] of html.matchAll(/<style\b[^>]{0,500}>([^<]*(?:<!--[^<]*)?)/giu)) {
    length += sheet.length
    if (length > maxSheet) break
    const everywhere = sheet
      .replace(/<!--|-->/gu, '')
      .replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//gu, '')
      .replace(/@[^{};]{0,500}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/gu, '')
    for (const [, selectors = '', style = ''] of everywhere.matchAll(/([^{}]{1,2000})\{([^{}]*)\}/gu)) {
      const isHiding = hides(compact(style))
      if (!isHiding && !strikes(compact(style))) continue
      const found = isHiding ? { classes, ids } : struck
      for (const selector of selectors.split(',')) {
        const simple = /^\s*[a-z\d]*([.#])([\w-]+)\s*$/iu.exec(selector)
        if (simple?.[2] !== undefined) (simple[1] === '#' ? found.ids : found.classes).add(simple[2])
      }
    }
  }
  return { classes, ids, struck }
}

const isNamed = (attributes: Attributes, { classes, ids }: Selectors): boolean =>
  ids.has(attributes['id'] ?? '') ||
  (classes.size > 0 && (attributes['class'] ?? '').split(/\s+/u).some((name) => classes.has(name)))

const white = /^(?:#fff(?:fff)?|white|rgba?\(255,255,255(?:,1)?\))$/u

/** The ground an element stands on: its own, or what lies below it. */
const groundOf = (attributes: Attributes, style: string, below: string): string => {
  const own =
    /(?:^|;)background(?:-color)?:([^;!]+)/u.exec(style)?.[1] ?? attributes['bgcolor']?.toLowerCase()
  return own === undefined || own === 'transparent' || own === 'none' ? below : own
}

/** Whether an element's own attributes hide it. */
const isHidden = (
  attributes: Attributes,
  style: string,
  { ground, sheets }: { readonly ground: string; readonly sheets: HiddenSelectors },
): boolean => {
  if (attributes['hidden'] !== undefined) return true
  if (hides(style)) return true
  if (isNamed(attributes, sheets)) return true
  const colour = /(?:^|;)color:([^;!]+)/u.exec(style)?.[1] ?? attributes['color']?.toLowerCase() ?? ''
  return white.test(colour) && white.test(ground)
}

/** The visible text of an HTML body as lines, and its simple tables. */
export interface HtmlText {
  /** Quotations by `blockquote` carry `> ` marks; the cells of a simple table's row are set apart by tabs. */
  readonly body: string
  readonly tables: readonly HtmlTable[]
  /** Something in it is struck out, raised or turned round, which a text part does not show. */
  readonly hasMarks: boolean
}

/** A table without tables or paragraphs inside its cells. */
export interface HtmlTable {
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

const unread = new Set([
  'head',
  'script',
  'style',
  'title',
  'template',
  'object',
  'svg',
  'select',
  'noscript',
])
const blocks = new Set(
  'address article aside blockquote center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody thead tfoot tr ul caption'.split(
    ' ',
  ),
)
const empties = new Set([
  'br',
  'hr',
  'img',
  'input',
  'meta',
  'link',
  'col',
  'wbr',
  'area',
  'base',
  'embed',
  'source',
  'track',
])
const maxHtml = 5_000_000
const maxDepth = 2000
/** The parser's cost grows with the depth it is in: no mail program nests like this, and the rest is left. */
const hopelessDepth = 5000
const chunk = 32_768

interface Line {
  text: string
  readonly depth: number
}

/** Collects lines: the body has one, every table cell one of its own. */
interface Sink {
  readonly lines: Line[]
  open: boolean
  /** The open line ends in a blank; looked up in the line itself it would put the whole line together each time. */
  blank: boolean
}

interface Table {
  readonly rows: Sink[][]
  /** No table inside. */
  leaf: boolean
}

interface Element {
  readonly name: string
  readonly hidden: boolean
  /** The colour it stands on. */
  readonly ground: string
  readonly struck: boolean
  readonly raised: boolean
  readonly turned: boolean
  /** Of a table nested too deep: a block and nothing more. */
  readonly plain: boolean
}

/** Tables nested deeper are no tables: every level copies its lines outwards. */
const maxTables = 20
const tableParts = new Set(['table', 'tr', 'td', 'th'])

class Reader {
  readonly #body: Sink = { lines: [], open: false, blank: false }
  readonly #sinks: Sink[] = [this.#body]
  readonly #tables: Table[] = []
  readonly #simple: { line: number; cells: readonly string[] }[][] = []
  readonly #open: Element[] = []
  #hidden = 0
  #quotes = 0
  #pre = 0
  #deep = 0
  #struck = 0
  #raised = 0
  #turned = 0
  #hasMarks = false
  readonly #sheets: HiddenSelectors
  readonly #isFlat: boolean

  constructor(sheets: HiddenSelectors, isFlat: boolean) {
    this.#sheets = sheets
    this.#isFlat = isFlat
  }

  start(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'br') this.#break(true)
    if (empties.has(name)) return
    if (this.#open.length >= maxDepth) return
    const style = compact(attributes['style'] ?? '')
    const ground = groundOf(attributes, style, this.#open.at(-1)?.ground ?? 'white')
    const hidden = unread.has(name) || isHidden(attributes, style, { ground, sheets: this.#sheets })
    const inTables = name === 'table' ? this.#tables.length + 1 : this.#tables.length + this.#deep
    const plain = tableParts.has(name) && inTables > maxTables
    const struck = struckNames.has(name) || strikes(style) || isNamed(attributes, this.#sheets.struck)
    const raised = raisedNames.has(name) || raises(style)
    const turned = turns(name, attributes, style)
    this.#open.push({ name, hidden, ground, plain, struck, raised, turned })
    if (hidden) this.#hidden += 1
    if (struck) this.#struck += 1
    if (raised) this.#raised += 1
    if (turned) this.#turned += 1
    if (blocks.has(name)) this.#break(false)
    if (name === 'blockquote') this.#quotes += 1
    if (name === 'pre') this.#pre += 1
    if (plain) {
      if (name === 'table') this.#deep += 1
      return
    }
    if (name === 'table') {
      const outer = this.#tables.at(-1)
      if (outer !== undefined) outer.leaf = false
      this.#tables.push({ rows: [], leaf: true })
    }
    if (name === 'tr') this.#tables.at(-1)?.rows.push([])
    if (name === 'td' || name === 'th') this.#cell()
  }

  end(name: string): void {
    const at = this.#open.findLastIndex((element) => element.name === name)
    if (at === -1) return
    for (const element of this.#open.splice(at).reverse()) this.#close(element)
  }

  text(given: string): void {
    if (this.#hidden > 0) return
    const isMarked = this.#struck + this.#raised + this.#turned > 0 && given.trim() !== ''
    if (isMarked) this.#hasMarks = true
    if (isMarked && this.#struck > 0 && !this.#isFlat) return
    const text = isMarked && !this.#isFlat ? this.#marked(given) : given
    if (this.#pre === 0) {
      this.#add(text.replace(/[ \t\r\n\f]+/gu, ' '))
      return
    }
    text.split(/\r?\n/u).forEach((line, nth) => {
      if (nth > 0) this.#break(true)
      this.#add(line)
    })
  }

  #marked(text: string): string {
    return this.#turned > 0 ? asTurned(text) : asRaised(text)
  }

  finish(): HtmlText {
    for (const element of this.#open.splice(0).reverse()) this.#close(element)
    const lines = this.#body.lines.slice(0, maxLines)
    return {
      body: lines
        .map(({ text, depth }) => `${'> '.repeat(depth)}${withoutEnds(text, (sign) => sign === ' ')}`)
        .join('\n'),
      tables: this.#simple.map((rows) => ({ rows: rows.map(({ line, cells }) => ({ line, cells })) })),
      hasMarks: this.#hasMarks,
    }
  }

  get #sink(): Sink {
    return this.#sinks.at(-1) ?? this.#body
  }

  #close({ name, hidden, plain, struck, raised, turned }: Element): void {
    if (struck) this.#struck -= 1
    if (raised) this.#raised -= 1
    if (turned) this.#turned -= 1
    if (plain && name === 'table') this.#deep -= 1
    if (!plain && (name === 'td' || name === 'th') && this.#sinks.length > 1) this.#sinks.pop()
    if (!plain && name === 'table') this.#endTable()
    if (blocks.has(name)) this.#break(false)
    if (name === 'p') this.#blankLine()
    if (name === 'blockquote') this.#quotes -= 1
    if (name === 'pre') this.#pre -= 1
    if (hidden) this.#hidden -= 1
  }

  #cell(): void {
    const table = this.#tables.at(-1)
    if (table === undefined) return
    if (table.rows.length === 0) table.rows.push([])
    const sink: Sink = { lines: [], open: false, blank: false }
    if (this.#hidden === 0) table.rows.at(-1)?.push(sink)
    this.#sinks.push(sink)
  }

  #add(text: string): void {
    const sink = this.#sink
    const last = sink.lines.at(-1)
    if (!sink.open || last === undefined) {
      if (text.trim() === '') return
      sink.lines.push({ text, depth: this.#quotes })
      sink.open = true
    } else last.text += sink.blank && text.startsWith(' ') ? text.slice(1) : text
    if (text !== '') sink.blank = text.endsWith(' ')
  }

  #break(hard: boolean): void {
    if (this.#hidden > 0) return
    const sink = this.#sink
    if (hard && !sink.open) sink.lines.push({ text: '', depth: this.#quotes })
    sink.open = false
  }

  /** A paragraph's end is a blank line in text. */
  #blankLine(): void {
    const sink = this.#sink
    if (this.#hidden === 0 && sink.lines.at(-1)?.text.trim() !== '' && sink.lines.length > 0)
      sink.lines.push({ text: '', depth: this.#quotes })
  }

  #endTable(): void {
    const table = this.#tables.pop()
    if (table === undefined) return
    const sink = this.#sink
    sink.open = false
    const filled = (cell: Sink): readonly Line[] => cell.lines.filter(({ text }) => text.trim() !== '')
    const simple = table.leaf && table.rows.every((row) => row.every((cell) => filled(cell).length <= 1))
    const rows: { line: number; cells: readonly string[] }[] = []
    for (const row of table.rows) {
      if (simple && row.length > 1) {
        const cells = row.map((cell) => filled(cell)[0]?.text.trim() ?? '')
        sink.lines.push({ text: cells.join('\t').trimEnd(), depth: this.#quotes })
        rows.push({ line: sink.lines.length, cells })
      } else for (const cell of row) sink.lines.push(...cell.lines)
    }
    if (rows.length > 0 && sink === this.#body) this.#simple.push(rows)
  }
}

/**
 * The visible text and simple tables of an HTML body. Bounded and total: broken HTML gives what can be read. What is
 * struck out is left out, and what is raised is in raised signs (MAIL 243).
 * @param isFlat as a text part shows it, with neither
 */
export const htmlToText = (html: string, isFlat = false): HtmlText => {
  const bounded = html.slice(0, maxHtml)
  const reader = new Reader(hiddenSelectors(bounded), isFlat)
  let depth = 0
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        depth += 1
        reader.start(name, attributes)
      },
      onclosetag: (name) => {
        depth -= 1
        reader.end(name)
      },
      ontext: (text) => {
        reader.text(text)
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  for (let at = 0; at < bounded.length && depth < hopelessDepth; at += chunk)
    parser.write(bounded.slice(at, at + chunk))
  parser.end()
  return reader.finish()
}
