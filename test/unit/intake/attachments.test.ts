import { describe, expect, test } from 'vitest'
import { attachmentKind, needsTypingIn } from '../../../functions/intake/attachment-kind.ts'
import type { MessageAttachment } from '../../../functions/intake/message.ts'

const file = (filename: string, mimeType = 'application/octet-stream', content = '', inline = false): MessageAttachment => ({
  filename, mimeType, content: Buffer.from(content, 'latin1'), sha256: '', inline,
}) // prettier-ignore

describe('MAIL 86-89: what is attached', () => {
  test.each([
    ['Følgebrev.PDF', '', '', 'pdf'],
    ['', 'application/pdf', '', 'pdf'],
    ['', 'application/octet-stream', '%PDF-1.4', 'pdf'],
    ['scan.jpg', '', '', 'picture'],
    ['brev.docx', '', '', 'document'],
    ['winmail.dat', 'application/ms-tnef', '', 'outlook-rich-text'],
    ['message_v2.rpmsg', '', '', 'encrypted'],
    ['smime.p7m', 'application/pkcs7-mime', '', 'encrypted'],
    ['smime.p7s', 'application/pkcs7-signature', '', 'signature'],
    ['', 'message/rfc822', '', 'message'],
    ['møde.ics', '', '', 'calendar'],
    ['a.ods', '', '', 'spreadsheet'],
    ['ukendt', '', 'xyz', 'other'],
  ])('%s %s %s is %s', (filename, mimeType, content, kind) => {
    expect(attachmentKind(file(filename, mimeType, content))).toBe(kind)
  })

  test('MAIL 127: a PDF alone is typed in by a person, beside our workbook it is not', () => {
    expect(needsTypingIn([file('a.pdf')])).toBe(true)
    expect(needsTypingIn([file('a.pdf'), file('a.xlsx')])).toBe(false)
    expect(needsTypingIn([file('logo.png', 'image/png', '', true), file('smime.p7s')])).toBe(false)
    expect(needsTypingIn([])).toBe(false)
  })
})
