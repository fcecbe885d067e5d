import { Temporal } from 'temporal-polyfill'
import { timeZone } from '../../../functions/domain/base/time.ts'
import { fillBlanks } from './answer-keys.ts'
import type { SeenLetter } from './read-letter.ts'
import type { MailProgram } from './script.ts'

/** What a person wants to say, before her mail program has wrapped it. */
export interface Draft {
  readonly lines: readonly string[]
  /** Typed into the blanks of the quoted form. */
  readonly intoQuote: ReadonlyMap<string, string>
  readonly writer: { readonly name: string; readonly email: string }
}

/** A mail as a program sends it, without addresses and date. */
export interface ShapedMail {
  readonly subject: string
  readonly text: string
  readonly html: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
}

const months = 'januar februar marts april maj juni juli august september oktober november december'.split(
  ' ',
)
const weekdays = 'man tir ons tor fre lør søn'.split(' ')

/** The parts of a Danish date and time, as mail programs print them above a quotation. */
function danishTime(ms: number): {
  day: number
  month: string
  short: string
  year: number
  weekday: string
  iso: string
  clock: string
} {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  const month = months[at.month - 1] ?? ''
  const two = (value: number): string => String(value).padStart(2, '0')
  return {
    day: at.day,
    month,
    short: month.length > 4 ? `${month.slice(0, 3)}.` : month,
    year: at.year,
    weekday: weekdays[at.dayOfWeek - 1] ?? '',
    iso: `${two(at.day)}-${two(at.month)}-${at.year}`,
    clock: `${two(at.hour)}:${two(at.minute)}`,
  }
}

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const htmlLines = (text: string, tag: 'p' | 'div'): string =>
  text
    .split('\n')
    .map(
      (line) =>
        `<${tag}${tag === 'p' ? ' class="MsoNormal"' : ''}>${line === '' ? (tag === 'p' ? '&nbsp;' : '<br>') : escapeHtml(line)}</${tag}>`,
    )
    .join('\n')

const answerSubject = (subject: string, prefix: string): string =>
  `${prefix} ${subject.replace(/^\s*(?:(?:SV|Re|VS)\s*:\s*)+/i, '')}`

/** Outlook's block above what is answered. */
function headerBlock(letter: SeenLetter, writtenMs: number): string[] {
  const { day, month, year, clock } = danishTime(letter.datedMs ?? writtenMs)
  return [
    `Fra: ${letter.senderName} <${letter.answerTo}>`,
    `Sendt: ${day}. ${month} ${year} ${clock}`,
    `Til: ${letter.to.join('; ')}`,
    `Emne: ${letter.subject}`,
  ]
}

/** `Den 15. jan. 2015 kl. 09.00 skrev Ministeriet <svar+...>:`, in the programs' different hands. */
function attribution(program: MailProgram, letter: SeenLetter, writtenMs: number): string {
  const { day, short, year, weekday, iso, clock } = danishTime(letter.datedMs ?? writtenMs)
  const who = `${letter.senderName} <${letter.answerTo}>`
  if (program === 'gmail')
    return `Den ${weekday}. ${day}. ${short} ${year} kl. ${clock.replace(':', '.')} skrev ${letter.senderName} <\n${letter.answerTo}>:`
  if (program === 'thunderbird') return `Den ${iso} kl. ${clock} skrev ${letter.senderName}:`
  return `Den ${day}. ${short} ${year} kl. ${clock.replace(':', '.')} skrev ${who}:`
}

/**
 * Puts a draft into the shape of a mail program: where the quotation stands and how it is marked, the
 * subject's prefix, text alone or with HTML, threading headers or none.
 * @param writtenMs when it is sent, for a letter that bears no date
 */
export function shapeMail(
  program: MailProgram,
  letter: SeenLetter,
  draft: Draft,
  writtenMs: number,
): ShapedMail {
  const body = draft.lines.join('\n')
  const original = fillBlanks(letter.text.trimEnd(), draft.intoQuote)
  const thread = {
    inReplyTo: letter.messageId === '' ? null : letter.messageId,
    references: [...letter.references, ...(letter.messageId === '' ? [] : [letter.messageId])],
  }
  switch (program) {
    case 'outlook': {
      const block = headerBlock(letter, writtenMs)
      return {
        subject: answerSubject(letter.subject, 'SV:'),
        text: [body, '', '_'.repeat(32), ...block, '', original, ''].join('\n'),
        html: outlookHtml(body, block, original),
        ...thread,
      }
    }
    case 'outlook-text':
      return {
        subject: answerSubject(letter.subject, 'SV:'),
        text: [body, '', ...headerBlock(letter, writtenMs), '', original, ''].join('\n'),
        html: null,
        ...thread,
      }
    case 'gmail': {
      const line = attribution(program, letter, writtenMs)
      return {
        subject: answerSubject(letter.subject, 'Re:'),
        text: [body, '', line, '', quoted(original), ''].join('\n'),
        html: `<div dir="ltr">${htmlLines(body, 'div')}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${escapeHtml(line)}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">${htmlLines(original, 'div')}</blockquote></div>`,
        ...thread,
      }
    }
    case 'apple':
      return {
        subject: answerSubject(letter.subject, 'Re:'),
        text: [body, '', attribution(program, letter, writtenMs), '', quoted(original), ''].join('\n'),
        html: null,
        ...thread,
      }
    case 'thunderbird':
      return {
        subject: answerSubject(letter.subject, 'Re:'),
        text: [attribution(program, letter, writtenMs), quoted(original), '', body, ''].join('\n'),
        html: null,
        ...thread,
      }
    case 'ios':
      return {
        subject: answerSubject(letter.subject, 'SV:'),
        text: [
          body,
          '',
          'Sendt fra min iPhone',
          '',
          attribution(program, letter, writtenMs),
          '',
          quoted(original),
          '',
        ].join('\n'),
        html: null,
        ...thread,
      }
    case 'records':
      // A records system opens a new mail: its own subject, no thread, no quotation.
      return {
        subject: 'Svar på jeres henvendelse',
        text: [body, ''].join('\n'),
        html: null,
        inReplyTo: null,
        references: [],
      }
  }
}

function outlookHtml(body: string, block: readonly string[], original: string): string {
  const [from, ...rest] = block
  const rows = [from ?? '', ...rest].map((line) => {
    const colon = line.indexOf(':')
    return `<b>${escapeHtml(line.slice(0, colon + 1))}</b>${escapeHtml(line.slice(colon + 1))}`
  })
  return `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang="DA"><div class="WordSection1">
${htmlLines(body, 'p')}
<div id="divRplyFwdMsg"><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${rows.join('<br>')}</p></div></div>
${htmlLines(original, 'p')}
</div></body></html>`
}
