import { marked } from '../../unit/intake/mail.ts'

/** The ways mail programs quote what they answer (MAIL 33-44), as text and as HTML, in five languages. */

export type Language = 'da' | 'en' | 'no' | 'sv' | 'de'
export const languages: readonly Language[] = ['da', 'en', 'no', 'sv', 'de']

const ministry = 'Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold'
const address = 'svar+k479-2014-7qx4m2p9t3vw8hnd@svar.ministeriet.example'
const contact = 'Mette Prøve <mette.proeve@svendborg-kommune.example>'
const subject = 'Resultatkontrakt: indberetning for 2014, frist 2. marts 2015 [#7QX4M2P9T3VW8HND]'

interface Words {
  readonly from: string
  readonly sent: string
  readonly to: string
  readonly subject: string
  readonly date: string
  readonly original: string
  readonly wrote: (whom: string) => string
  readonly phone: string
  readonly greeting: string
  readonly closing: string
}

/** What the program's own language makes of the same header. */
export const wordsOf: Readonly<Record<Language, Words>> = {
  da: {
    from: 'Fra', sent: 'Sendt', to: 'Til', subject: 'Emne', date: '15. januar 2015 09:00', original: '-----Oprindelig meddelelse-----',
    wrote: (whom) => `Den tor. 15. jan. 2015 kl. 09.00 skrev ${whom}:`, phone: 'Sendt fra min iPhone', greeting: 'Kære Sofie', closing: 'Med venlig hilsen',
  },
  en: {
    from: 'From', sent: 'Sent', to: 'To', subject: 'Subject', date: 'Thursday, January 15, 2015 9:00 AM', original: '-----Original Message-----',
    wrote: (whom) => `On Thu, Jan 15, 2015 at 9:00 AM ${whom} wrote:`, phone: 'Sent from my iPhone', greeting: 'Dear Sofie', closing: 'Kind regards',
  },
  no: {
    from: 'Fra', sent: 'Sendt', to: 'Til', subject: 'Emne', date: 'torsdag 15. januar 2015 09:00', original: '-----Opprinnelig melding-----',
    wrote: (whom) => `tor. 15. jan. 2015 kl. 09:00 skrev ${whom}:`, phone: 'Sendt fra min iPhone', greeting: 'Hei Sofie', closing: 'Med vennlig hilsen',
  },
  sv: {
    from: 'Från', sent: 'Skickat', to: 'Till', subject: 'Ämne', date: 'den 15 januari 2015 09:00', original: '-----Ursprungligt meddelande-----',
    wrote: (whom) => `Den tors 15 jan. 2015 kl 09:00 skrev ${whom}:`, phone: 'Skickat från min iPhone', greeting: 'Hej Sofie', closing: 'Med vänlig hälsning',
  },
  de: {
    from: 'Von', sent: 'Gesendet', to: 'An', subject: 'Betreff', date: 'Donnerstag, 15. Januar 2015 09:00', original: '-----Ursprüngliche Nachricht-----',
    wrote: (whom) => `Am Do., 15. Jan. 2015 um 09:00 Uhr schrieb ${whom}:`, phone: 'Von meinem iPhone gesendet', greeting: 'Liebe Sofie', closing: 'Mit freundlichen Grüßen',
  },
} // prettier-ignore

const block = (language: Language, style: (label: string, value: string) => string): string => {
  const words = wordsOf[language]
  return [
    style(words.from, `${ministry} <${address}>`),
    style(words.sent, words.date),
    style(words.to, contact),
    style(words.subject, subject),
  ].join('\n')
}
const dateLabel: Readonly<Record<Language, string>> = { da: 'Dato', en: 'Date', no: 'Dato', sv: 'Datum', de: 'Datum' } // prettier-ignore
const forwarded = (l: Language): string =>
  l === 'en' ? 'Begin forwarded message:' : 'Start på videresendt besked:'
const plainLine = (label: string, value: string): string => `${label}: ${value}`

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const paragraphs = (text: string): string =>
  text
    .split('\n')
    .map((line) => `<p class=MsoNormal>${line === '' ? '&nbsp;' : escapeHtml(line)}<o:p></o:p></p>`)
    .join('\n')
const breaks = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>\n')
const boldBlock = (language: Language): string =>
  block(language, (label, value) => `<b>${label}:</b> ${escapeHtml(value)}`).replaceAll('\n', '<br>\n')

/** One way of quoting: what stands below (or around) the sender's words, given the quoted text. */
export interface Shape {
  /** The row of MAIL 33-44. */
  readonly number: number
  readonly name: string
  readonly text: (quoted: string, language: Language) => string
  readonly html: (quoted: string, language: Language) => string
}

const outlookDiv = (language: Language, quoted: string): string =>
  `<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>${boldBlock(language)}<o:p></o:p></p></div>\n${paragraphs(quoted)}`
const owa = (language: Language, quoted: string): string =>
  `<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">${boldBlock(language)}</font><div>&nbsp;</div></div>\n<div>${breaks(quoted)}</div>`
const cited = (language: Language, quoted: string, whom = `${ministry} &lt;${address}&gt;`): string =>
  `<div class="moz-cite-prefix">${wordsOf[language].wrote(whom)}<br></div><blockquote type="cite" cite="mid:1@x.example"><pre class="moz-quote-pre" wrap="">${escapeHtml(quoted)}</pre></blockquote>`
const gmail = (language: Language, quoted: string): string =>
  `<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${wordsOf[language].wrote(`${ministry} &lt;<a href="mailto:${address}">${address}</a>&gt;`)}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${breaks(quoted)}</blockquote></div>`
const apple = (language: Language, quoted: string): string =>
  `<div><blockquote type="cite"><div>${wordsOf[language].wrote(`${ministry} &lt;${address}&gt;`)}</div><br class="Apple-interchange-newline"><div><div>${breaks(quoted)}</div></div></blockquote></div>`

export const shapes: readonly Shape[] = [
  { number: 33, name: 'a header block without divider', text: (quoted, l) => `${block(l, plainLine)}\n\n${quoted}`, html: (quoted, l) => outlookDiv(l, quoted) },
  { number: 34, name: 'after a ruler', text: (quoted, l) => `________________________________\n${block(l, plainLine)}\n\n${quoted}`, html: (quoted, l) => owa(l, quoted) },
  { number: 35, name: 'bold turned into asterisks', text: (quoted, l) => `${block(l, (label, value) => `*${label}:* ${value}`)}\n\n${quoted}`, html: (quoted, l) => outlookDiv(l, quoted).replaceAll('#E1E1E1', '#B5C4DF') },
  { number: 36, name: 'an original message', text: (quoted, l) => `${wordsOf[l].original}\n${block(l, plainLine)}\n\n${quoted}`, html: (quoted, l) => `<pre>${escapeHtml(`${wordsOf[l].original}\n${block(l, plainLine)}\n\n${quoted}`)}</pre>` },
  { number: 37, name: 'Apple', text: (quoted, l) => `${wordsOf[l].wrote(`${ministry} <${address}>`)}\n\n${marked(quoted)}`, html: (quoted, l) => apple(l, quoted) },
  { number: 38, name: 'Gmail over two lines', text: (quoted, l) => `${wordsOf[l].wrote(`${ministry} <\n${address}>`)}\n\n${marked(quoted)}`, html: (quoted, l) => gmail(l, quoted) },
  { number: 39, name: 'Thunderbird', text: (quoted, l) => `${wordsOf[l].wrote(ministry)}\n${marked(quoted)}`, html: (quoted, l) => cited(l, quoted, ministry) },
  { number: 40, name: 'Notes', text: (quoted, l) => `${[`${wordsOf[l].from}: ${ministry} <${address}>`, `${wordsOf[l].to}: ${contact}`, `${dateLabel[l]}: 15-01-2015 09:00`, `${wordsOf[l].subject}: ${subject}`].join('\n')}\n\n${quoted}`, html: (quoted, l) => `<font size=2 face="sans-serif">${boldBlock(l)}</font><br><hr><br><tt><font size=2>${breaks(quoted)}</font></tt>` },
  { number: 41, name: 'iOS without marks', text: (quoted, l) => `${wordsOf[l].phone}\n\n${wordsOf[l].wrote(`${ministry} <${address}>`)}\n\n${quoted}`, html: (quoted, l) => `<div id="AppleMailSignature" dir="ltr">${wordsOf[l].phone}</div><div dir="ltr"><br>${wordsOf[l].wrote(`${ministry} &lt;${address}&gt;`)}<br><br></div><blockquote type="cite"><div dir="ltr">${breaks(quoted)}</div></blockquote>` },
  { number: 36, name: 'forwarded', text: (quoted, l) => `${forwarded(l)}\n\n${wordsOf[l].from}: ${ministry} <${address}>\n${dateLabel[l]}: ${wordsOf[l].date}\n${wordsOf[l].to}: ${contact}\n\n${quoted}`, html: (quoted, l) => `<blockquote type="cite"><div>${forwarded(l)}</div><br><div>${boldBlock(l)}</div><br><div>${breaks(quoted)}</div></blockquote>` },
] // prettier-ignore

export const page = (...bodies: readonly string[]): string =>
  `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>p.MsoNormal{margin:0}</style></head><body lang=DA><div class=WordSection1>${bodies.join('\n')}</div></body></html>`
export const asParagraphs = paragraphs
