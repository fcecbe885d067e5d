import { writeXlsx } from 'hucre/xlsx'
import type { ReviewState } from '../../../functions/domain/review/state.ts'
import { openTasks } from '../../../functions/domain/review/open-tasks.ts'
import type { ParsedMessage } from '../../../functions/intake/message.ts'
import type { MailParts } from './compose-mail.ts'
import { pick } from './entered-figures.ts'
import { bmp, gif, jpeg, png, webp } from './pictures.ts'
import { words, type Outcome } from './post-office.ts'
import { attach, xlsx } from './specification/attached-files.ts'

/** Mails with files of every kind attached, and what must become of each file. */

type File = ReturnType<typeof attach>
interface Attached {
  readonly file: File
  /** Which of all kinds it is. */
  readonly kind: string
  /** A logo: the one thing that is passed over. */
  readonly isGraphic: boolean
}

const excel2003 = (key: string, value: number): string =>
  `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Ark1"><Table><Row><Cell><Data ss:Type="String">${key}</Data></Cell><Cell><Data ss:Type="Number">${value}</Data></Cell></Row></Table></Worksheet></Workbook>`
const text = (content: string, filename: string, type: string): File =>
  attach(Buffer.from(content), filename, type)

/** Files with a figure under a key in them. */
const readable: readonly ((key: string, value: number) => File | Promise<File>)[] = [
  async (key, value) => attach(await writeXlsx({ sheets: [{ name: 'Tal', rows: [[key, value]] }] }), 'tal.xlsx', xlsx),
  async (key, value) => attach(await writeXlsx({ sheets: [{ name: 'Tal', rows: [[key, value]] }] }), '', 'application/octet-stream'),
  (key, value) => text(`${key};${value}`, 'tal.csv', 'text/csv'),
  (key, value) => text(`${key}: ${value}`, 'ATT00001.txt', 'text/plain'),
  (key, value) => text(`<p>${key}: ${value}</p>`, 'ATT00001.htm', 'text/html'),
  (key, value) => text(`<table><tr><td>${key}</td><td>${value}</td></tr></table>`, 'tal.html', 'text/html'),
  (key, value) => text(`| ${key} | ${value} |`, 'tal.md', 'text/markdown'),
  (key, value) => text(excel2003(key, value), 'tal.xml', 'text/xml'),
] // prettier-ignore

/** Files that no program of ours reads, or that hold no figure. */
const unreadable: readonly (() => File)[] = [
  () => text('PK\u0003\u0004 x', 'tal.numbers', 'application/vnd.apple.numbers'),
  () => text('PK\u0003\u0004 x', 'tal.xlsm', 'application/octet-stream'),
  () => text('PK\u0003\u0004 x', 'tal.xlsb', 'application/octet-stream'),
  () => text('PK\u0003\u0004 x', 'tal.xlsx', xlsx),
  () => text('PK\u0003\u0004 x', 'tal.zip', 'application/zip'),
  () => text('x', 'tal.7z', 'application/x-7z-compressed'),
  () => text('x', 'noter.one', 'application/onenote'),
  () => text('<?xml version="1.0"?><a>1</a>', 'data.xml', 'text/xml'),
  () => text('x', 'tal.parquet', 'application/octet-stream'),
  () => text('x', 'winmail.dat', 'application/ms-tnef'),
  () => text('x', 'svar.msg', 'application/vnd.ms-outlook'),
  () => text('From: a@b.example\r\nSubject: tal\r\n\r\nM2: 24,5', 'svar.eml', 'message/rfc822'),
  () => text('BEGIN:VCALENDAR', 'møde.ics', 'text/calendar'),
  () => text('x', 'message_v2.rpmsg', 'application/x-microsoft-rpmsg-message'),
  () => text('Vi har brugt en ny metode i år.', 'metode.txt', 'text/plain'),
  () => text('<p>Vi har brugt en ny metode.</p>', 'ATT00002.htm', 'text/html'),
  () => text('Afdeling;Antal\nNord;12\nSyd;9', 'oversigt.csv', 'text/csv'),
] // prettier-ignore

/** Files that a person reads and types in. */
const pages: readonly (() => File)[] = [
  () => text('%PDF-1.4', 'brev.pdf', 'application/pdf'),
  () => text('%PDF-1.4', 'brev', 'application/octet-stream'),
  () => text('PK\u0003\u0004 x', 'tal.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
  () => text('{\\rtf1 x}', 'tal.rtf', 'application/rtf'),
  () => attach(jpeg(1600, 1200), 'image0.jpeg', 'image/jpeg'),
  () => attach(png(1200, 900), 'image001.png', 'image/png'),
  () => attach(webp(1200, 900), 'Skærmbillede.webp', 'image/webp'),
  () => attach(bmp(1200, 900), 'logo.bmp', 'image/bmp'),
  () => attach(Buffer.alloc(40_000, 7), 'scan.tif', 'image/tiff'),
] // prettier-ignore

const graphics: readonly (() => File)[] = [
  () => attach(png(24, 24), 'Skærmbillede.png', 'image/png'),
  () => attach(gif(250, 80), 'image001.gif', 'image/gif'),
  () => attach(jpeg(200, 200), 'foto.jpg', 'image/jpeg'),
  () => attach(webp(900, 40), 'bjælke.webp', 'image/webp'),
]

const keys = ['M1 i alt', 'M2', 'FS2', 'H1 udgift'] as const

/** How many kinds of files there are. */
export const kindsOfFiles = readable.length + unreadable.length + pages.length + graphics.length

/** A mail with one to five files; the same number gives the same mail. */
export const mailWithFiles = async (
  nth: number,
): Promise<{ readonly parts: MailParts; readonly attached: readonly Attached[] }> => {
  const attached: Attached[] = []
  const open = [...keys]
  const count = 1 + pick(nth, 'files', 5)
  for (let at = 0; at < count; at += 1) {
    const of = <T>(all: readonly T[]): T => all[pick(nth, `file ${at}`, all.length)]!
    const kind = pick(nth, `kind ${at}`, 8)
    const key = kind < 2 ? open.pop() : undefined
    const made =
      key === undefined
        ? of(kind < 5 ? unreadable : kind < 7 ? pages : graphics)()
        : await of(readable)(key, 1000 * (30 + pick(nth, `value ${at}`, 900)))
    // Each by a name of its own, or by none at all.
    const filename = made.filename === '' ? '' : `${at} ${made.filename}`
    const isWinmail = made.filename === 'winmail.dat'
    attached.push({
      file: { ...made, filename: isWinmail ? made.filename : filename },
      kind: `${key === undefined ? '' : 'readable '}${made.filename} ${made.contentType} ${kind === 7 ? 'small' : ''}`.trim(),
      isGraphic: kind === 7 && key === undefined,
    })
  }
  const body = ['Se vedhæftede.', 'M1 heraf: 61', 'Hej Sofie\n\nM1 heraf: 61\nM3: ja, 14. november 2014\n\nMvh Mette', 'Kan vi få udsættelse til den 13. marts?', 'M1 i alt blev 134 personer i år.', 'Min kollega Jonas Prøve overtager; skriv til jonas.proeve@svendborg-kommune.example.', ''] // prettier-ignore
  const said = body[pick(nth, 'body', body.length)] ?? ''
  const isInline = pick(nth, 'inline', 3) === 0
  return {
    attached,
    parts: {
      ...(isInline
        ? { html: `<p>${said.replaceAll('\n', '<br>')}</p>${attached.map((_, at) => `<img src="cid:${at}@x">`).join('')}` }
        : { text: said }),
      attachments: attached.map(({ file }, at) => ({
        ...file,
        ...(isInline ? { cid: `${at}@x`, contentDisposition: 'inline' as const } : {}),
      })),
    },
  } // prettier-ignore
}

/**
 * The files of a mail that were neither read, nor named in its answer with a person's task, nor held to be typed in.
 * @param message the mail as it was taken apart: a text shown in the mail is part of its body
 */
export const lostFiles = (
  attached: readonly Attached[],
  message: ParsedMessage,
  { mail, answers }: Outcome,
  state: ReviewState,
): readonly string[] => {
  const said = answers.map((answer) => words(answer.message)).join(' ')
  const tasks = openTasks(state, '2015-02-24').filter(({ mailKey }) => mailKey === mail?.mailKey)
  const isTyped =
    mail?.standing === 'held' &&
    mail.reason === 'typing-in' &&
    answers.some(({ kind }) => kind === 'pdf-notice') &&
    tasks.length > 0
  return attached.flatMap(({ file, isGraphic }) => {
    const at = message.attachments.findIndex(({ content }) => file.content.equals(content))
    const { filename = file.filename, mimeType = file.contentType } = message.attachments[at] ?? {}
    const isBody = at === -1 && `${message.html} ${message.text}`.includes(file.content.toString())
    const isRead = [...(mail?.values ?? []), ...(mail?.details?.doubts ?? [])].some(
      (one) => one.at?.part === 'workbook' && one.at.file === at,
    )
    const isNamed =
      said.includes(`»${filename === '' ? mimeType : filename}«`) &&
      tasks.some(({ kind }) => kind === 'words')
    return isGraphic || isBody || isRead || isNamed || isTyped
      ? []
      : [`${file.filename} (${file.contentType})`]
  })
}
