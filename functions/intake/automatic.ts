import { daysBetween } from '../domain/base/time.ts'
import { headerValues, type ParsedMessage } from './message.ts'
import { boundedText, cleanText } from './clean-text.ts'
import { comingDate, findDate, type WrittenDate } from './value/dates.ts'
import type { Sender } from './sender.ts'
import { bodyOf } from './message-body.ts'
import { extensionInText } from './wish/more-time.ts'

/** One recipient of a delivery status notification (RFC 3464). */
interface DeliveryStatus {
  /** Lower case; may differ from the address written to (forwarding). */
  readonly recipient: string
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'
  /** `5.1.1`. */
  readonly status: string
  readonly diagnostic: string
  /** A status 5.x.x: it will not arrive; 4.x.x may still. */
  readonly permanent: boolean
}

interface DeliveryReport {
  readonly recipients: readonly DeliveryStatus[]
  /** Message-ID of the returned mail, ours or SES's. */
  readonly returnedMessageId: string | null
}

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const
const maxPart = 200_000

const textOf = (content: Uint8Array): string => new TextDecoder('utf-8').decode(content.subarray(0, maxPart))

/** The fields of a block of headers, unfolded; the first of each name. */
const fieldsOf = (block: string): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>()
  for (const line of block.replace(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim())
  }
  return fields
}

const addressIn = (value: string): string =>
  value
    .replace(/^[^;]*;/u, '')
    .replace(/[<>\s]/gu, '')
    .toLowerCase()

const statusOf = (block: string): readonly DeliveryStatus[] => {
  const fields = fieldsOf(block)
  const recipient = fields.get('final-recipient') ?? fields.get('original-recipient')
  const action = actions.find((known) => known === fields.get('action')?.toLowerCase())
  if (recipient === undefined || action === undefined) return []
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/u.exec(fields.get('status') ?? '')?.[0] ?? ''
  return [
    {
      recipient: addressIn(recipient),
      action,
      status,
      diagnostic: (fields.get('diagnostic-code') ?? '').slice(0, 300),
      permanent: action === 'failed' && !status.startsWith('4'),
    },
  ]
}

/** Reads the machine part of a bounce; null when there is none. */
const deliveryReport = (message: ParsedMessage): DeliveryReport | null => {
  const report = message.attachments.find(
    ({ mimeType }) => mimeType === 'message/delivery-status' || mimeType === 'message/global-delivery-status',
  )
  if (report === undefined) return null
  const recipients = textOf(report.content)
    .split(/\r?\n[ \t]*\r?\n/u)
    .flatMap(statusOf)
  const returned = message.attachments.find(({ mimeType }) =>
    /^(?:text\/rfc822-headers|message\/(?:global-)?(?:rfc822(?:-headers)?|global))$/u.test(mimeType),
  )
  const head = returned === undefined ? '' : (textOf(returned.content).split(/\r?\n\r?\n/u)[0] ?? '')
  return {
    recipients,
    returnedMessageId: /<[^<>\s]{1,250}>/u.exec(fieldsOf(head).get('message-id') ?? '')?.[0] ?? null,
  }
}

/**
 * What a mail is, before anything in it is read as an answer (intake/README.md, "How machine mail is told"). An
 * automatic one never changes data.
 */
export type MailNature =
  | { readonly is: 'person' }
  | ({ readonly is: 'bounce' } & DeliveryReport)
  | { readonly is: 'receipt' }
  | { readonly is: 'recall' }
  | {
      readonly is: 'absence'
      /** Last day away, or the day of return, as written; null when none could be read. */
      readonly until: string | null
      /** Kept and shown: it explains silence. */
      readonly text: string
    }
  | { readonly is: 'acknowledgement' }
  | { readonly is: 'list' }
  | { readonly is: 'machine'; readonly reason: 'null-sender' | 'auto-submitted' | 'own-kind' }

const prefix = '(?:(?:sv|vs|re|fw|fwd|aw)\\s*:\\s*)*'
const subjects = {
  receipt: new RegExp(
    `^${prefix}(?:læst|ikke læst|read|not read|gelesen|ungelesen|läst|kvittering for læsning)\\s*:`,
    'iu',
  ),
  recall: new RegExp(
    `^${prefix}(?:kaldt tilbage|tilbagekald|tilbagekaldelse|recall|meddelelsestilbagekaldelse|vil gerne kalde tilbage)\\b|\\b(?:vil gerne kalde (?:meddelelsen )?tilbage|would like to recall)\\b`,
    'iu',
  ),
  absence:
    /^(?:automatisk svar|autosvar|auto-?reply|automatic reply|fravær|fraværende|ikke til stede|out of (?:the )?office|abwesenheitsnotiz|automatische antwort|autosvar|frånvaro|automatiskt svar|ferie)\b/iu,
  acknowledgement:
    /^(?:kvittering|automatisk kvittering|bekræftelse på modtagelse|modtagelsesbekræftelse|vi har modtaget din (?:henvendelse|mail)|tak for (?:din|jeres) (?:henvendelse|mail))/iu,
}
const acknowledging =
  /\b(?:(?:vi|kommunen|forvaltningen|vi har nu) (?:har )?(?:nu )?modtaget (?:din|jeres|deres) (?:henvendelse|mail|e-mail|besked)|tak for (?:din|jeres|deres) (?:henvendelse|mail|e-mail)|(?:din|jeres) henvendelse er (?:modtaget|registreret|journaliseret)|we have received your (?:message|request|e-?mail))/iu
const ofMachine =
  /\b(?:automatisk|autogenereret|kan ikke besvares|sags?nr|sagsnummer|journal|svartid|sagsbehandlingstid|hverdage|arbejdsdage|hurtigst muligt|snarest muligt|ticket|automatically)/iu
const keyLike = /^[\s>*•-]*(?:m|fs|h|mål|forudsætning)\s?\d{1,2}\b[^:=]{0,30}[:=]\s*\S/iu
const machineSenders =
  /^(?:mailer-daemon|postmaster|no-?reply|noreply|do-?not-?reply|ikke-?svar|svar-?ikke|bounces?)(?:[+._-].*)?@/iu

const first = (message: ParsedMessage, name: string): string =>
  (headerValues(message, name)[0] ?? '').trim().toLowerCase()

/** The sender's own words of a mail, without quotation. */
const ownWords = (message: ParsedMessage): string =>
  bodyOf(message)
    .lines.filter(({ segment }) => segment === 'new')
    .map(({ text }) => text)
    .join('\n')
    .trim()

/** A day without a year that lies further ahead has passed: the note tells since when. */
const mostDaysAhead = 300

/** The last date in an absence note's sentence "til og med ...": later dates are the way back. */
const untilIn = (text: string, receivedOn: string): string | null => {
  const found: WrittenDate[] = []
  let rest = text.slice(0, 4000)
  while (found.length < 10) {
    const date = findDate(rest)
    if (date === null) break
    found.push(date)
    rest = date.rest
  }
  const days = found.flatMap((date) => {
    const on = comingDate(date, receivedOn)
    const passed =
      on === null || on < receivedOn || (date.year === null && daysBetween(receivedOn, on) > mostDaysAhead)
    return passed ? [] : [on]
  })
  return days.toSorted().at(-1) ?? null
}

const absence = (message: ParsedMessage, receivedOn: string): MailNature => {
  const text = boundedText(ownWords(message))
  return { is: 'absence', until: untilIn(text, receivedOn), text }
}

/** Whether a machine's mail tells of somebody's absence: by its subject or its words. */
const tellsOfAbsence = (message: ParsedMessage): boolean =>
  subjects.absence.test(cleanText(message.subject).trim()) ||
  /\b(?:fraværende|holder ferie|på ferie|på barsel|ikke på kontoret|out of (?:the )?office|on leave|tilbage (?:igen )?(?:den|på))\b/iu.test(
    ownWords(message).slice(0, 2000),
  )

const isList = (message: ParsedMessage): boolean =>
  ['list-id', 'list-unsubscribe', 'list-post', 'list-help'].some(
    (name) => headerValues(message, name).length > 0,
  ) || /^(?:bulk|list|junk)$/u.test(first(message, 'precedence'))

interface MailToJudge {
  readonly message: ParsedMessage
  /** The envelope's MAIL FROM; empty for the null sender. */
  readonly envelopeFrom: string
  /** Danish date of receipt. */
  readonly receivedOn: string
}

/**
 * Tells machine mail from people's, in the order of intake/README.md, "How machine mail is told".
 * X-Auto-Response-Suppress alone proves nothing: Exchange sets it on ordinary mail.
 */
export const natureOf = ({ message, envelopeFrom, receivedOn }: MailToJudge): MailNature => {
  const type = first(message, 'content-type')
  const subject = cleanText(message.subject).trim()
  const report = deliveryReport(message)
  if (report !== null || /report-type\s*=\s*"?delivery-status/u.test(type))
    return { is: 'bounce', ...(report ?? { recipients: [], returnedMessageId: null }) }
  if (/disposition-notification/u.test(type) || subjects.receipt.test(subject)) return { is: 'receipt' }
  if (message.attachments.some(({ mimeType }) => mimeType === 'message/disposition-notification'))
    return { is: 'receipt' }
  if (subjects.recall.test(subject)) return { is: 'recall' }
  const auto = first(message, 'auto-submitted')
  const automatic = auto !== '' && !/^no\b/u.test(auto)
  const answering =
    ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some(
      (name) => headerValues(message, name).length > 0,
    ) ||
    headerValues(message, 'x-ms-exchange-inbox-rules-loop').length > 0 ||
    first(message, 'precedence') === 'auto_reply'
  const machine = automatic || answering || envelopeFrom.trim() === '' || envelopeFrom.trim() === '<>'
  if (subjects.absence.test(subject) || (machine && tellsOfAbsence(message)))
    return absence(message, receivedOn)
  if (acknowledges(message, subject)) return { is: 'acknowledgement' }
  if (automatic || answering) return { is: 'machine', reason: 'auto-submitted' }
  if (machine) return { is: 'machine', reason: 'null-sender' }
  if (machineSenders.test(message.from[0]?.address ?? '')) return { is: 'machine', reason: 'own-kind' }
  if (isList(message)) return { is: 'list' }
  return { is: 'person' }
}

/** What a mail is from this sender: list headers alone do not make a registered contact's mail list mail. */
export const natureFrom = (nature: MailNature, sender: Sender): MailNature =>
  nature.is === 'list' && (sender.is === 'contact' || sender.is === 'co-reporter') ? { is: 'person' } : nature

/** A ticket system's acknowledgement, though it quotes our form: no figures, no answer (MAIL 31). */
const acknowledges = (message: ParsedMessage, subject: string): boolean => {
  const words = ownWords(message)
  if (words.split('\n').some((line) => keyLike.test(line))) return false
  if (message.attachments.some(({ filename }) => /\.(?:xlsx|ods|xls|csv|pdf)$/iu.test(filename))) return false
  if (words.includes('?') || extensionInText(words, '2000-01-01') !== null) return false
  const start = words.slice(0, 1500)
  return (subjects.acknowledgement.test(subject) || acknowledging.test(start)) && ofMachine.test(start)
}
