import { DomUtils, ElementType, parseDocument } from 'htmlparser2'

type AnyNode = ReturnType<typeof parseDocument>['children'][number]
/** An element of the parsed page. */
export type PageElement = Extract<AnyNode, { readonly attribs: unknown }>
type Element = PageElement
type TextNode = Extract<AnyNode, { readonly type: ElementType.ElementType.Text }>

export const isTag = (node: AnyNode): node is PageElement => 'attribs' in node
const isText = (node: AnyNode): node is TextNode => node.type === ElementType.ElementType.Text

/** Text of one weight. */
export interface Run {
  readonly text: string
  readonly bold: boolean
}

/** What our own pages are made of, as far as print knows it. */
export type Block =
  | { readonly is: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | { readonly is: 'paragraph'; readonly runs: readonly Run[] }
  | { readonly is: 'list'; readonly items: readonly (readonly Run[])[] }
  | { readonly is: 'figure'; readonly title: string; readonly description: string; readonly drawing: Element }
  | TableBlock

export interface TableBlock {
  readonly is: 'table'
  readonly caption: string
  readonly columns: readonly { readonly title: string; readonly right: boolean }[]
  /** The first cell of a row heads it. */
  readonly rows: readonly (readonly string[])[]
}

const collapsed = (text: string): string => text.replaceAll(/\s+/g, ' ')
const wordsOf = (node: AnyNode | readonly AnyNode[]): string =>
  collapsed(DomUtils.textContent([...(Array.isArray(node) ? node : [node])])).trim()

const inline = new Set(['strong', 'em', 'a', 'span'])
const wrappers = new Set(['div', 'section', 'dl'])
const headings: Readonly<Record<string, 1 | 2 | 3 | 4>> = { h1: 1, h2: 2, h3: 3, h4: 4 }

const isInline = (node: AnyNode): boolean => isText(node) || (isTag(node) && inline.has(node.name))

const tidied = (runs: readonly Run[]): readonly Run[] => {
  const kept = runs.filter((run) => run.text !== '')
  return kept.map((run, at) => {
    const text = at === 0 ? run.text.trimStart() : run.text
    return { ...run, text: at === kept.length - 1 ? text.trimEnd() : text }
  })
}

const runsOf = (nodes: readonly AnyNode[], bold = false): readonly Run[] =>
  nodes.flatMap((node): readonly Run[] => {
    if (isText(node)) return [{ text: collapsed(node.data), bold }]
    if (isTag(node) && inline.has(node.name)) return runsOf(node.children, bold || node.name === 'strong')
    return isTag(node) ? notKnown(node) : []
  })

const paragraph = (nodes: readonly AnyNode[], bold = false): readonly Block[] => {
  const runs = tidied(runsOf(nodes, bold)).filter((run) => run.text !== '')
  return runs.every((run) => run.text.trim() === '') ? [] : [{ is: 'paragraph', runs }]
}

const notKnown = (element: Element): never => {
  throw new Error(`print knows no <${element.name}>; teach it, or write the page without`)
}

const named = (element: Element, name: string): Element[] =>
  DomUtils.getElementsByTagName(name, element, true)
const isRight = (cell: Element): boolean => (cell.attribs['class'] ?? '').includes('align-text-right')

const tableOf = (element: Element): TableBlock => {
  const [caption] = named(element, 'caption')
  const [head] = named(element, 'thead')
  const [body] = named(element, 'tbody')
  return {
    is: 'table',
    caption: caption === undefined ? '' : wordsOf(caption),
    columns: (head === undefined ? [] : named(head, 'th')).map((cell) => ({
      title: wordsOf(cell),
      right: isRight(cell),
    })),
    rows: (body === undefined ? [] : named(body, 'tr')).map((row) =>
      row.children.filter(isTag).map((cell) => wordsOf(cell.children)),
    ),
  }
}

const figureOf = (element: Element): Block => {
  const [drawing] = named(element, 'svg')
  if (drawing === undefined) throw new Error('a printed figure holds one drawing')
  const [title] = named(drawing, 'title')
  const [description] = named(drawing, 'desc')
  return {
    is: 'figure',
    title: title === undefined ? '' : wordsOf(title),
    description: description === undefined ? '' : wordsOf(description),
    drawing,
  }
}

const elementBlocks = (element: Element): readonly Block[] => {
  const level = headings[element.name]
  if (level !== undefined) return [{ is: 'heading', level, text: wordsOf(element) }]
  if (wrappers.has(element.name)) return blocksOf(element.children)
  switch (element.name) {
    case 'p':
      return paragraph(element.children)
    case 'dt':
      return paragraph(element.children, true)
    case 'dd':
      return blocksOf(element.children)
    case 'ul':
      return [{ is: 'list', items: named(element, 'li').map((item) => tidied(runsOf(item.children))) }]
    case 'table':
      return [tableOf(element)]
    case 'figure':
      return [figureOf(element)]
    default:
      return notKnown(element)
  }
}

/** Neighbouring texts make one paragraph; every other element is a block of its own. */
const blocksOf = (nodes: readonly AnyNode[]): readonly Block[] => {
  const blocks: Block[] = []
  let line: AnyNode[] = []
  for (const node of nodes) {
    if (isInline(node)) {
      line.push(node)
      continue
    }
    blocks.push(...paragraph(line))
    line = []
    if (isTag(node)) blocks.push(...elementBlocks(node))
  }
  return [...blocks, ...paragraph(line)]
}

/**
 * The blocks of a page's content, in reading order.
 * @param markup content written by functions/web; never text of others
 * @throws Error naming an element that print does not know: nothing is left out silently
 */
export const pageBlocks = (markup: string): readonly Block[] => blocksOf(parseDocument(markup).children)

export const inkColour = '#1a1a1a'
export const lineColour = '#8a8a8a'

/** A document being written, and the measures of its page in points. */
export interface Pen {
  readonly doc: PDFKit.PDFDocument
  readonly left: number
  readonly width: number
  /** Below this nothing is written. */
  readonly bottom: number
  font(weight: 'regular' | 'bold', size: number): void
  /** Begins a new page when less than `height` is left of this one. */
  room(height: number): void
}
