import { DomUtils } from 'htmlparser2'
import { inkColour, isTag, type PageElement, type Pen } from './page-blocks.ts'

/** Draws the shapes that our charts use: rectangles, lines and text, in the drawing's own units. */

const numberOf = (element: PageElement, name: string): number => {
  const value = Number(element.attribs[name] ?? '0')
  if (Number.isNaN(value)) throw new Error(`<${element.name} ${name}> is no number`)
  return value
}

const sizeOf = (drawing: PageElement): { readonly width: number; readonly height: number } => {
  const [, , width, height] = (drawing.attribs['viewBox'] ?? drawing.attribs['viewbox'] ?? '')
    .split(/\s+/)
    .map(Number)
  if (width === undefined || height === undefined) throw new Error('a drawing states its viewBox')
  return { width, height }
}

/** The drawing's height when it is as wide as the page's text, in points. */
export const drawnHeight = (drawing: PageElement, width: number): number => {
  const size = sizeOf(drawing)
  return (size.height / size.width) * width
}

const rectangle = (pen: Pen, element: PageElement): void => {
  const { fill, stroke } = element.attribs
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => numberOf(element, name))
  pen.doc.rect(x ?? 0, y ?? 0, width ?? 0, height ?? 0)
  if (fill !== undefined && stroke !== undefined) pen.doc.lineWidth(0.75).fillAndStroke(fill, stroke)
  else pen.doc.fill(fill ?? inkColour)
}

const line = (pen: Pen, element: PageElement): void => {
  const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map((name) => numberOf(element, name))
  pen.doc
    .lineWidth(0.75)
    .moveTo(x1 ?? 0, y1 ?? 0)
    .lineTo(x2 ?? 0, y2 ?? 0)
    .stroke(element.attribs['stroke'] ?? inkColour)
}

const text = (pen: Pen, element: PageElement, size: number): void => {
  const words = DomUtils.textContent(element).replaceAll(/\s+/g, ' ').trim()
  pen.font('regular', size)
  const long = pen.doc.widthOfString(words)
  const shift = { start: 0, middle: long / 2, end: long }[element.attribs['text-anchor'] ?? 'start'] ?? 0
  pen.doc.fillColor(inkColour).text(words, numberOf(element, 'x') - shift, numberOf(element, 'y'), {
    lineBreak: false,
    baseline: 'alphabetic',
  })
}

const shapes = (pen: Pen, nodes: PageElement['children'], size: number): void => {
  for (const node of nodes.filter(isTag))
    switch (node.name) {
      case 'title':
      case 'desc':
        break
      case 'g':
        shapes(pen, node.children, Number(node.attribs['font-size'] ?? size))
        break
      case 'rect':
        rectangle(pen, node)
        break
      case 'line':
        line(pen, node)
        break
      case 'text':
        text(pen, node, size)
        break
      default:
        throw new Error(`print draws no <${node.name}>`)
    }
}

/** Draws at the pen's place, as wide as the page's text; the pen is below it afterwards. */
export const drawSvg = (pen: Pen, drawing: PageElement): void => {
  const { doc } = pen
  const scale = pen.width / sizeOf(drawing).width
  const top = doc.y
  doc.save().translate(pen.left, top).scale(scale)
  shapes(pen, drawing.children, 13)
  doc.restore()
  doc.x = pen.left
  doc.y = top + drawnHeight(drawing, pen.width)
}
