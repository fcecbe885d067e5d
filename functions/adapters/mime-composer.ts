import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { OutgoingLetter } from '../domain/casefile/letter-claim.ts'
import type { MimeComposer } from '../ports/mail.ts'
import { cleanFileName } from './file-name.ts'

/**
 * A letter as raw MIME. The same letter gives the same bytes, since what is archived is what is sent: Message-ID,
 * date and boundary come from the letter, never from clock or chance. Headers as in intake/README.md, "When nothing
 * is answered"; the token address stands in From and Reply-To.
 */
export const makeMimeComposer = (): MimeComposer => ({
  compose: async (letter) => {
    refuseLineBreaks(letter)
    const date = new Date(letter.date)
    if (Number.isNaN(date.getTime())) throw new RangeError(`no date: "${letter.date}"`)
    const composer = new MailComposer({
      from: letter.from,
      replyTo: letter.from,
      to: [...letter.to],
      cc: [...letter.cc],
      subject: letter.subject,
      messageId: messageId(letter.messageId),
      ...(letter.inReplyTo === null ? {} : { inReplyTo: messageId(letter.inReplyTo) }),
      references: letter.references.filter((id) => idPattern.test(id)).slice(-maxReferences),
      date,
      text: letter.text,
      html: letter.html,
      textEncoding: 'quoted-printable',
      attachments: letter.attachments.map(({ filename, contentType, content }) => ({
        filename: cleanFileName(filename),
        contentType,
        content: Buffer.from(content),
      })),
      headers: { 'Auto-Submitted': letter.autoSubmitted, 'X-Auto-Response-Suppress': 'All' },
      baseBoundary: createHash('sha256').update(letter.messageId).digest('hex').slice(0, 24),
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    return composer.compile().build()
  },
})

const maxReferences = 20
const idPattern = /^<[^<>\s]{1,250}>$/u

const messageId = (id: string): string => {
  if (!idPattern.test(id)) throw new RangeError(`no message id: "${id.slice(0, 80)}"`)
  return id
}

/** CR, LF and NUL never reach a header: refused before the composer folds them (MAIL security 8). */
const refuseLineBreaks = (letter: OutgoingLetter): void => {
  const people = [letter.from, ...letter.to, ...letter.cc]
  const values = [letter.subject, letter.messageId, ...people.flatMap(({ name, address }) => [name, address])]
  // oxlint-disable-next-line no-control-regex -- control signs are what is refused
  if (values.some((value) => /[\r\n\u0000]/u.test(value))) throw new RangeError('a line break in a header')
}
