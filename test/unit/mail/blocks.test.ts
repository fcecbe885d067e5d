import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { expect, test } from 'vitest'
import {
  paragraph,
  textWidth,
  title,
  toHtml,
  toText,
  together,
  wrap,
  type Block,
} from '../../../functions/mail/block.ts'
import { echo } from '../../../functions/mail/phrases.ts'

const anyText = fc.string({ unit: 'grapheme', maxLength: 300 })

const shown = (html: string): { readonly text: string; readonly tags: ReadonlySet<string> } => {
  let text = ''
  const tags = new Set<string>()
  const parser = new Parser({
    onopentag: (name) => void tags.add(name),
    ontext: (part) => {
      text += part
    },
  })
  parser.end(html.slice(html.indexOf('<body>')))
  return { text, tags }
}

test('no line of the text part is wider than 72 characters, and no word is lost', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const lines = wrap(text, '- ', '  ')
      expect(lines.every((line) => line.length <= textWidth)).toBe(true)
      expect(lines.join('').replace(/[\s-]/g, '')).toBe(text.replace(/[\s-]/g, ''))
    }),
  )
})

test('whatever they wrote, the HTML part shows it as text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { text: words, tags } = shown(toHtml([title('T'), paragraph(echo(text))], 'x', 'da'))
      expect(words.replace(/\s+/g, '')).toBe(`T${echo(text).replace(/\s+/g, '')}`)
      expect([...tags].toSorted()).toEqual(['body', 'h1', 'p'])
    }),
  )
})

test('markup in a reply is escaped in text, headings, cells and the title', () => {
  const bad = '<script>alert("1")</script>&amp;'
  const blocks: readonly Block[] = [
    title(bad),
    { block: 'heading', text: bad },
    { block: 'section', heading: bad, texts: [bad] },
    { block: 'rows', rows: [{ text: bad, detail: bad }] },
    { block: 'table', head: [bad, bad], rows: [[bad, bad]] },
    { block: 'numbered', items: [bad] },
    { block: 'bulleted', items: [bad] },
    { block: 'lines', lines: [bad, bad] },
  ]
  const html = toHtml(blocks, bad, 'da')
  expect(html).not.toContain('<script')
  expect(html.match(/&lt;script&gt;/g)).toHaveLength(15)
})

test('words tied together are never parted by a line break', () => {
  expect(wrap(`${'x'.repeat(60)} ${together('M1 i alt, M1 heraf')}`)).toEqual([
    'x'.repeat(60),
    'M1 i alt, M1 heraf',
  ])
  expect(wrap(`${'x'.repeat(66)} 84 pct. og mere`)).toEqual(['x'.repeat(66), '84 pct. og mere'])
})

test('a row’s detail stands on its own line when both do not fit', () => {
  const detail = '(mål 50,0 pct.; sidste år 42,1 pct.)'
  expect(toText([{ block: 'rows', rows: [{ text: 'Mål 1: 61 af 134 personer = 45,5 pct.', detail }] }])).toBe(
    `Mål 1: 61 af 134 personer = 45,5 pct.\n       ${detail}\n`,
  )
})

test('a table too wide for a line is printed row by row', () => {
  const wide = 'Uger til første virksomhedsrettede tilbud'
  const text = toText([{ block: 'table', head: ['Mål', 'Nu', 'Forslag'], rows: [[wide, wide, '26 uger']] }])
  expect(text.startsWith('Mål / Nu / Forslag\n')).toBe(true)
  expect(text.split('\n').every((line) => line.length <= textWidth)).toBe(true)
})

test('an echo has no line breaks, hidden signs, links or excess', () => {
  expect(echo('a\r\nBcc: b‮c​ www.x.example/y')).toBe('a Bcc: b c …')
  expect(echo('x'.repeat(100))).toHaveLength(80)
})
