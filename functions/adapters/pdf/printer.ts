import { inflateSync } from 'node:zlib'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PrintedPage, ReportFormats } from '../../web/report/report-files.ts'
import { drawSvg, drawnHeight } from './draw-svg.ts'
import { inkColour, pageBlocks, type Block, type Pen, type Run } from './page-blocks.ts'
import { printTable } from './print-table.ts'

const woff = { header: 44, entry: 20 }
const sfnt = { header: 12, entry: 16 }

/**
 * The OpenType font inside a WOFF 1.0 file (W3C, WOFF File Format 1.0), its tables inflated here: the font reader
 * of PDFKit inflates them in JavaScript, a second for each document.
 * @throws Error when it is no WOFF file or one of its tables is damaged
 */
export const fontOfWoff = (file: Buffer): Buffer => {
  if (file.length < woff.header || file.toString('latin1', 0, 4) !== 'wOFF')
    throw new Error('a font of the design system is no WOFF file')
  const count = file.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, at) => {
    const entry = woff.header + at * woff.entry
    const [offset, stored, length] = [4, 8, 12].map((field) => file.readUInt32BE(entry + field))
    const bytes = file.subarray(offset, (offset ?? 0) + (stored ?? 0))
    const content = stored === length ? bytes : inflateSync(bytes)
    if (content.length !== length) throw new Error('a font of the design system is damaged')
    return { tag: file.subarray(entry, entry + 4), checksum: file.subarray(entry + 16, entry + 20), content }
  })
  const directory = Buffer.alloc(sfnt.header + count * sfnt.entry)
  file.copy(directory, 0, 4, 8)
  const power = Math.floor(Math.log2(count))
  directory.writeUInt16BE(count, 4)
  directory.writeUInt16BE(2 ** power * 16, 6)
  directory.writeUInt16BE(power, 8)
  directory.writeUInt16BE((count - 2 ** power) * 16, 10)
  const parts: Buffer[] = [directory]
  let offset = directory.length
  for (const [at, { tag, checksum, content }] of tables.entries()) {
    const entry = sfnt.header + at * sfnt.entry
    tag.copy(directory, entry)
    checksum.copy(directory, entry + 4)
    directory.writeUInt32BE(offset, entry + 8)
    directory.writeUInt32BE(content.length, entry + 12)
    const padding = (4 - (content.length % 4)) % 4
    parts.push(content, Buffer.alloc(padding))
    offset += content.length + padding
  }
  return Buffer.concat(parts)
}

/** A4 in points. */
const page = { width: 595.28, height: 841.89, margin: 56, footer: 40 }
const textSize = 10
const headingSizes = { 1: 20, 2: 15, 3: 12.5, 4: 10.5 } as const
/** A heading never stands alone at the foot of a page. */
const besideHeading = 70

type Struct = ReturnType<Pen['doc']['struct']>
type Outline = PDFKit.PDFDocument['outline']
interface Printing {
  readonly pen: Pen
  readonly root: Struct
  /** The outline's last entry of each level. */
  readonly outline: Map<number, Outline>
}

/** PDFKit takes it since 0.17; its type package names the archive's subsets only. */
const accessible: object = { subset: 'PDF/UA' }

/** Beside the bundle on AWS; in the design system's package where the code runs as it stands. */
const fontFolder = (): string => {
  const beside = fileURLToPath(new URL('./fonts', import.meta.url))
  const own = fileURLToPath(
    new URL('../../../node_modules/dkfds/dist/fonts/IBMPlexSans/complete/woff', import.meta.url),
  )
  return existsSync(beside) ? beside : own
}

const fontFrom = async (folder: string, name: string): Promise<Buffer> =>
  fontOfWoff(await readFile(join(folder, `IBMPlexSans-${name}.woff`)))

const content = (printing: Printing, type: string, draw: () => void, options = {}): void => {
  const struct = printing.pen.doc.struct(type, options, draw)
  printing.root.add(struct)
  struct.end()
}

const writeRuns = (pen: Pen, runs: readonly Run[], indent = 0): void => {
  const { doc } = pen
  doc.x = pen.left + indent
  for (const [at, run] of runs.entries()) {
    pen.font(run.bold ? 'bold' : 'regular', textSize)
    doc.fillColor(inkColour).text(run.text, { width: pen.width - indent, continued: at < runs.length - 1 })
  }
  doc.x = pen.left
}

const heading = (
  printing: Printing,
  block: Extract<Block, { is: 'heading' }>,
  next: Block | undefined,
): void => {
  const { pen, outline } = printing
  pen.room(besideHeading + (next?.is === 'figure' ? drawnHeight(next.drawing, pen.width) : 0))
  pen.doc.y += block.level < 4 ? 10 : 4
  content(printing, `H${block.level}`, () => {
    pen.font('bold', headingSizes[block.level])
    pen.doc.fillColor(inkColour).text(block.text, pen.left, pen.doc.y, { width: pen.width })
  })
  pen.doc.y += 3
  if (block.level === 4) return
  const above = outline.get(block.level - 1) ?? pen.doc.outline
  outline.set(block.level, above.addItem(block.text))
}

const list = (printing: Printing, items: readonly (readonly Run[])[]): void => {
  const { pen, root } = printing
  const struct = pen.doc.struct('L')
  root.add(struct)
  for (const runs of items) {
    pen.room(textSize * 2)
    const item = pen.doc.struct('LI')
    struct.add(item)
    const top = pen.doc.y
    const label = pen.doc.struct('Lbl', {}, () => {
      pen.font('regular', textSize)
      pen.doc.fillColor(inkColour).text('•', pen.left + 4, top, { lineBreak: false })
    })
    item.add(label)
    pen.doc.y = top
    const body = pen.doc.struct('LBody', {}, () => {
      writeRuns(pen, runs, 16)
    })
    item.add(body)
    item.end()
  }
  struct.end()
  pen.doc.y += 5
}

const figure = (printing: Printing, block: Extract<Block, { is: 'figure' }>): void => {
  const { pen } = printing
  const height = drawnHeight(block.drawing, pen.width)
  pen.room(height)
  const top = pen.doc.y
  content(
    printing,
    'Figure',
    () => {
      drawSvg(pen, block.drawing)
    },
    {
      alt: `${block.title}. ${block.description}`,
      bbox: [pen.left, top, pen.left + pen.width, top + height],
    },
  )
  pen.doc.y += 10
}

const printBlock = (printing: Printing, block: Block, next: Block | undefined): void => {
  switch (block.is) {
    case 'heading':
      return heading(printing, block, next)
    case 'paragraph':
      printing.pen.room(textSize * 2.5)
      content(printing, 'P', () => {
        writeRuns(printing.pen, block.runs)
      })
      printing.pen.doc.y += 5
      return
    case 'list':
      return list(printing, block.items)
    case 'table':
      return printTable(printing.pen, block, printing.root)
    case 'figure':
      return figure(printing, block)
  }
}

/** The page's number and what it is a page of, outside the reading order. */
const footers = (pen: Pen, title: string): (() => void) => {
  let number = 0
  return () => {
    number += 1
    const { doc } = pen
    const back = { x: doc.x, y: doc.y }
    const { bottom } = doc.page.margins
    // Below the margin, which would else begin a page of its own.
    doc.page.margins.bottom = 0
    doc.markContent('Artifact', { type: 'Pagination' })
    pen.font('regular', 8)
    doc.fillColor(inkColour).text(`${title} · ${number}`, pen.left, page.height - page.footer, {
      width: pen.width,
      align: 'right',
      lineBreak: false,
    })
    doc.endMarkedContent()
    doc.page.margins.bottom = bottom
    doc.x = back.x
    doc.y = back.y
  }
}

const printed = async (source: PrintedPage, folder: string): Promise<Uint8Array> => {
  // Loaded when something is printed: every other function starts without it.
  const { default: Pdf } = await import('pdfkit')
  const [regular, bold] = await Promise.all([fontFrom(folder, 'Regular'), fontFrom(folder, 'SemiBold')])
  const doc = new Pdf({
    size: 'A4',
    margin: page.margin,
    autoFirstPage: false,
    pdfVersion: '1.7',
    ...accessible,
    tagged: true,
    displayTitle: true,
    lang: source.language,
    // Empty: no font of the format's own is loaded, the document's are embedded.
    font: '',
    info: {
      Title: source.title,
      Author: source.author,
      Creator: 'Årshjul',
      CreationDate: new Date(`${source.datedOn}T12:00:00Z`),
    },
  })
  const chunks: Uint8Array[] = []
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  const pen: Pen = {
    doc,
    left: page.margin,
    width: page.width - 2 * page.margin,
    bottom: page.height - page.margin,
    font: (weight, size) => {
      doc.font(weight === 'bold' ? 'bold' : 'regular').fontSize(size)
    },
    room: (height) => {
      if (doc.y + height > page.height - page.margin) doc.addPage()
    },
  }
  doc.registerFont('regular', regular)
  doc.registerFont('bold', bold)
  doc.on('pageAdded', footers(pen, source.title))
  doc.addPage()
  const root = doc.struct('Document')
  doc.addStructure(root)
  const printing: Printing = { pen, root, outline: new Map() }
  const blocks: readonly Block[] = [
    { is: 'heading', level: 1, text: source.title },
    ...pageBlocks(source.markup),
  ]
  for (const [at, block] of blocks.entries()) printBlock(printing, block, blocks[at + 1])
  root.end()
  doc.end()
  await ended
  return Uint8Array.from(Buffer.concat(chunks))
}

/**
 * Prints our own pages as PDF with a structure tree (PDF/UA-1's tags), fonts embedded. Equal pages give equal
 * bytes: the document's date is the page's own.
 */
export const makePdfPrinter =
  (folder: string = fontFolder()): ReportFormats['print'] =>
  (source) =>
    printed(source, folder)
