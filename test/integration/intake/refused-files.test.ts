import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { makeSpreadsheetReader } from '../../../functions/adapters/spreadsheet-reader.ts'
import { judgeZip } from '../../../functions/adapters/zip-guard.ts'
import { readReply } from '../../../functions/intake/read-reply.ts'
import { agreementKeys, form, message, request, values } from '../../unit/intake/mail.ts'
import { figuresOf } from './filled-workbook.ts'
import { file, filled, open, refusal, read, hucre } from './workbook-files.ts'

/** A zip of given entries; sizes may be lied about. */
const zip = (
  entries: readonly { name: string; content: Buffer; claim?: number; flags?: number }[],
): Buffer => {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, claim = content.length, flags = 0 } of entries) {
    const packed = deflateRawSync(content)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(8, 8) // prettier-ignore
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(claim, 22)
    local.writeUInt16LE(name.length, 26) // prettier-ignore
    const head = Buffer.alloc(46)
    head.writeUInt32LE(0x02014b50, 0)
    head.writeUInt16LE(flags, 8)
    head.writeUInt16LE(8, 10) // prettier-ignore
    head.writeUInt32LE(packed.length, 20)
    head.writeUInt32LE(claim, 24)
    head.writeUInt16LE(name.length, 28)
    head.writeUInt32LE(offset, 42) // prettier-ignore
    locals.push(local, Buffer.from(name), packed)
    central.push(head, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10) // prettier-ignore
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16) // prettier-ignore
  return Buffer.concat([...locals, directory, end])
}
/** Where a file's entry stands in the directory of an archive, which is behind all files. */
const directoryEntry = (bytes: Buffer, name: string): number => bytes.lastIndexOf(name) - 46
const sheet = 'xl/worksheets/sheet1.xml'

const xml = (name: string, content: string): { name: string; content: Buffer } => ({
  name,
  content: Buffer.from(content),
})

describe('MAIL 86, 87, 95 and security 9: refused by name, before a reader opens it', () => {
  test.each([
    [
      'a bomb by size',
      zip([{ name: 'xl/workbook.xml', content: Buffer.alloc(21 * 1024 * 1024) }]),
      'too-large',
    ],
    [
      'a bomb by ratio',
      zip([{ name: 'xl/workbook.xml', content: Buffer.alloc(2 * 1024 * 1024) }]),
      'too-large',
    ],
    [
      'a bomb that lies about its size',
      zip([{ name: 'xl/workbook.xml', content: Buffer.alloc(30 * 1024 * 1024), claim: 1000 }]),
      'broken',
    ],
    ['too many entries', zip(Array.from({ length: 201 }, (_, at) => xml(`a${at}.xml`, ''))), 'too-large'],
    ['an entry twice', zip([xml('xl/workbook.xml', 'a'), xml('xl/workbook.xml', 'b')]), 'broken'],
    [
      'a DOCTYPE',
      zip([xml('xl/workbook.xml', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>')]),
      'doctype',
    ],
    [
      'a DOCTYPE in UTF-16',
      zip([{ name: 'xl/workbook.xml', content: Buffer.from('\uFEFF<!DOCTYPE x><x/>', 'utf16le') }]),
      'doctype',
    ],
    ['xlsb by content', zip([xml('xl/workbook.bin', 'x')]), 'xlsb'],
    ['macros by content', zip([xml('xl/workbook.xml', '<x/>'), xml('xl/vbaProject.bin', 'x')]), 'macros'],
    ['an encrypted zip', zip([{ ...xml('xl/workbook.xml', 'x'), flags: 1 }]), 'encrypted'],
    ['a document', zip([xml('word/document.xml', '<x/>')]), 'not-a-spreadsheet'],
    ['a cut file', Buffer.from('PK\u0003\u0004 and no more'), 'broken'],
    ['an empty file', Buffer.alloc(0), 'empty'],
  ])('%s', async (_, bytes, expectedRefusal) => {
    expect(await refusal(bytes)).toBe(expectedRefusal)
  })
  test('a file whose checksum is another', async () => {
    const bytes = Buffer.from(await hucre(filled))
    expect(await refusal(bytes)).toBe('read')
    const checksum = directoryEntry(bytes, sheet) + 16
    bytes.writeUInt32LE((bytes.readUInt32LE(checksum) ^ 1) >>> 0, checksum)
    expect(await refusal(bytes)).toBe('broken')
  })
  test('what the directory calls empty is empty, whatever stands before the file', async () => {
    const judged = judgeZip(await hucre(filled))
    if (!judged.ok) throw new Error(judged.refusal)
    const bytes = Buffer.from(judged.unpacked)
    const size = judged.files.get(sheet)?.length ?? 0
    expect(size).toBeGreaterThan(1000)
    const entry = directoryEntry(bytes, sheet)
    const local = bytes.readUInt32LE(entry + 42)
    for (const at of [18, 22]) bytes.writeUInt32LE(size, local + at)
    bytes.writeUInt16LE(8, entry + 8)
    for (const at of [16, 20, 24]) bytes.writeUInt32LE(0, entry + at)
    const sheets = await makeSpreadsheetReader()(file(bytes), 0)
    expect(sheets?.ok === true && sheets.sheets.map(({ rows }) => rows.length)).toEqual([0])
  })
  test('a password, and names that say it', async () => {
    const locked = await writeXlsx({
      sheets: [{ name: 'a', rows: [['x']] }],
      encryption: { password: 'x', spinCount: 1000 },
    })
    expect(await refusal(locked)).toBe('encrypted')
    expect(await refusal(Buffer.from('x'), 'a.xlsm')).toBe('macros')
    expect(await refusal(Buffer.from('x'), 'a.xlsb')).toBe('xlsb')
    expect(await refusal(Buffer.from('%PDF-1.4'), 'Følgebrev.pdf')).toBe('no spreadsheet')
  })
  test('MAIL 88: no file name: by its content', async () => {
    expect(values(read(await open(await hucre(filled), '')))).toEqual(figuresOf)
  })
  test('a refused file is told in the reading', () => {
    const reading = readReply({
      message: message({ text: 'Se vedhæftede' }),
      form,
      sent: [request],
      year: 2014,
      receivedOn: '2015-02-27',
      agreementKeys,
      unreadable: [{ filename: 'a.xlsb', refusal: 'xlsb' }],
    })
    expect(reading.doubts).toEqual([
      { kind: 'unreadable-attachment', key: '', written: 'a.xlsb', details: { refusal: 'xlsb' }, at: null },
    ])
  })
})
