import { daysBetween } from '../../domain/base/time.ts'
import { boundedText, cleanText } from '../clean-text.ts'
import { headerValues, type ParsedMessage } from '../message.ts'
import { bodyOf } from '../message-body.ts'
import type { Sender } from '../sender.ts'
import { comingDate, findDate, type WrittenDate } from '../value/dates.ts'
import { asksForTime } from '../wish/more-time.ts'
import { deliveryReport, reportInWords, type DeliveryReport } from './delivery-report.ts'
import { hasFigures, ownLines, type IsOurs } from './own-figures.ts'

/** What speaks for a machine. */
type MachineMark = 'null-sender' | 'auto-submitted' | 'own-kind' | 'rule' | 'report' | 'list'

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
  | { readonly is: 'list'; readonly hasFigures: boolean }
  | { readonly is: 'machine'; readonly reason: MachineMark }
  /** Marks of a machine, and what only a person writes: a person reads it, and nobody is reminded meanwhile. */
  | { readonly is: 'doubtful'; readonly mark: MachineMark }

const prefix = '(?:(?:sv|vs|re|fw|fwd|aw)\\s*:\\s*)*'
const absent =
  'automatisk svar|autosvar|auto-?reply|automatic reply|fravær|fraværende|ikke til stede|out of (?:the )?office|abwesenheitsnotiz|automatische antwort|frånvaro|automatiskt svar'
const subjects = {
  receipt: new RegExp(
    `^${prefix}(?:læst|ikke læst|read|not read|gelesen|ungelesen|läst|kvittering for læsning)\\s*:`,
    'iu',
  ),
  recall: new RegExp(
    `^${prefix}(?:kaldt tilbage|tilbagekald|tilbagekaldelse|recall|meddelelsestilbagekaldelse)\\s*:|\\bvil gerne kalde (?:meddelelsen )?tilbage\\b|\\bwould like to recall\\b`,
    'iu',
  ),
  /** As a program writes it: before the subject it answers, or alone. */
  absence: new RegExp(`^(?:${absent})\\s*(?::|$)`, 'iu'),
  /** As people write of it too: a mark only where the words tell of it and bring nothing else. */
  absenceInWords: new RegExp(`^(?:${absent}|ferie|holiday|vacation|urlaub)(?![\\p{L}])`, 'iu'),
  acknowledgement:
    /^(?:kvittering|automatisk kvittering|bekræftelse på modtagelse|modtagelsesbekræftelse|vi har modtaget (?:din|jeres|deres) (?:henvendelse|mail|e-mail|besked)|tak for (?:din|jeres|deres) (?:henvendelse|mail|e-mail)|(?:din|jeres) (?:henvendelse|mail|e-mail|sag) er (?:modtaget|oprettet|registreret))/iu,
}
const acknowledging =
  /\b(?:(?:vi|kommunen|forvaltningen|vi har nu) (?:har )?(?:nu )?(?:modtaget|registreret|oprettet en sag på) (?:din|jeres|deres) (?:henvendelse|mail|e-mail|besked)|tak for (?:din|jeres|deres) (?:henvendelse|mail|e-mail|besked)|(?:din|jeres|deres) (?:henvendelse|mail|e-mail|besked|sag) er (?:nu )?(?:modtaget|registreret|journaliseret|oprettet|fordelt|sendt videre)|der er (?:nu )?oprettet en sag|we have received your (?:message|request|e-?mail)|your (?:message|request|e-?mail|ticket) has been (?:received|registered|created|logged))/iu
const ofMachine =
  /\b(?:automatisk|autogenereret|kan ikke besvares|sags?nr|sagsnummer|sags-?id|journal|svartid|sagsbehandlingstid|hverdage|arbejdsdage|hurtigst muligt|snarest muligt|ticket|reference|ref\.|automatically|as soon as possible)/iu
const machineSenders =
  /^(?:mailer-daemon|postmaster|no-?reply|noreply|do-?not-?reply|ikke-?svar|svar-?ikke|bounces?)(?:[+._-].*)?@/iu
const daemons = /^(?:mailer-daemon|postmaster|bounces?)(?:[+._-].*)?@/iu

const first = (message: ParsedMessage, name: string): string =>
  (headerValues(message, name)[0] ?? '').trim().toLowerCase()

const noneOfOurs: IsOurs = () => false

/** The sender's own words of a mail, without quotation and without what is ours. */
const ownWords = (message: ParsedMessage, isOurs: IsOurs = noneOfOurs): string =>
  ownLines(bodyOf(message).lines, isOurs).join('\n').trim()

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

const absence = (message: ParsedMessage, receivedOn: string, isOurs: IsOurs): MailNature => {
  const text = boundedText(ownWords(message, isOurs))
  return { is: 'absence', until: untilIn(text, receivedOn), text }
}

const absenceWords =
  /\b(?:fraværende|holder ferie|på ferie|på barsel|ikke på kontoret|out of (?:the )?office|on (?:annual |maternity |sick )?leave|on holiday|on vacation|im urlaub|tilbage (?:igen )?(?:den|på))\b/iu

/** Whether a machine's mail tells of somebody's absence: by its subject or its words. */
const tellsOfAbsence = (message: ParsedMessage, isOurs: IsOurs): boolean =>
  subjects.absence.test(cleanText(message.subject).trim()) ||
  absenceWords.test(ownWords(message, isOurs).slice(0, 2000))

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
  /** Whether a line is one that we have sent: quoted without a mark it is nobody's words. Nothing is known before the case is. */
  readonly isOurs?: IsOurs
}

const hasHeader = (message: ParsedMessage, ...names: readonly string[]): boolean =>
  names.some((name) => headerValues(message, name).length > 0)

/** A report on a mail of ours, or on its being read; a person who passes one on is none. */
const reportIn = (
  message: ParsedMessage,
  subject: string,
  by: { readonly isMachine: boolean; readonly hasFigures: () => boolean },
): MailNature | null => {
  const type = first(message, 'content-type')
  const isReport = /report-type\s*=\s*"?delivery-status/u.test(type)
  const report = deliveryReport(message)
  if (isReport || (report !== null && by.isMachine)) {
    if (!by.isMachine && by.hasFigures()) return { is: 'doubtful', mark: 'report' }
    return { is: 'bounce', ...(report ?? { recipients: [], returnedMessageId: null }) }
  }
  const inWords = by.isMachine ? reportInWords(message) : null
  if (inWords !== null) return { is: 'bounce', ...inWords }
  if (/disposition-notification/u.test(type) || subjects.receipt.test(subject)) return { is: 'receipt' }
  if (message.attachments.some(({ mimeType }) => mimeType === 'message/disposition-notification'))
    return by.hasFigures() ? null : { is: 'receipt' }
  return subjects.recall.test(subject) ? { is: 'recall' } : null
}

/** What speaks for a machine in a mail's headers and addresses; null where nothing does. */
const markOf = (message: ParsedMessage, isNullSender: boolean): MachineMark | null => {
  const auto = first(message, 'auto-submitted')
  if (auto !== '' && !/^no\b/u.test(auto)) return 'auto-submitted'
  if (hasHeader(message, 'x-autoreply', 'x-autorespond', 'x-autoresponder')) return 'auto-submitted'
  if (first(message, 'precedence') === 'auto_reply') return 'auto-submitted'
  if (isNullSender) return 'null-sender'
  if (machineSenders.test(message.from[0]?.address ?? '')) return 'own-kind'
  // A rule that answers sets both; one that passes a person's mail on sets the first, and Exchange the second.
  const isRule = hasHeader(message, 'x-ms-exchange-inbox-rules-loop')
  return isRule && hasHeader(message, 'x-auto-response-suppress') ? 'rule' : null
}

/**
 * Tells machine mail from people's, in the order of intake/README.md, "How machine mail is told". A mail with the
 * marks of a machine and figures of its own is doubtful, and a person reads it (MAIL 200-204).
 */
export const natureOf = ({
  message,
  envelopeFrom,
  receivedOn,
  isOurs = noneOfOurs,
}: MailToJudge): MailNature => {
  const subject = cleanText(message.subject).trim()
  const isNullSender = envelopeFrom.trim() === '' || envelopeFrom.trim() === '<>'
  const isMachine = isNullSender || daemons.test(message.from[0]?.address ?? '')
  let figures: boolean | undefined
  const own = (): boolean => (figures ??= hasFigures(message, bodyOf(message).lines, isOurs))
  const report = reportIn(message, subject, { isMachine, hasFigures: own })
  if (report !== null) return report
  if (subjects.absence.test(subject)) return absence(message, receivedOn, isOurs)
  const mark = markOf(message, isNullSender)
  const mayBeAway = mark !== null || subjects.absenceInWords.test(subject)
  if (mayBeAway && tellsOfAbsence(message, isOurs) && !own() && !asks(ownWords(message, isOurs), mark))
    return absence(message, receivedOn, isOurs)
  if (acknowledges(message, subject, isOurs)) return { is: 'acknowledgement' }
  if (mark !== null)
    return mark === 'rule' || own() ? { is: 'doubtful', mark } : { is: 'machine', reason: mark }
  if (isList(message)) return { is: 'list', hasFigures: own() }
  return { is: 'person' }
}

/** Without a machine's headers a note that asks for more time or asks anything at all is a person's. */
const asks = (words: string, mark: MachineMark | null): boolean =>
  mark === null && (words.includes('?') || asksForTime(words))

/**
 * What a mail is from this sender: list headers alone do not make a registered contact's mail list mail, nor figures
 * from the municipality's own domain.
 */
export const natureFrom = (nature: MailNature, sender: Sender): MailNature => {
  if (nature.is !== 'list') return nature
  if (sender.is === 'contact' || sender.is === 'co-reporter') return { is: 'person' }
  const isTheirs = sender.is === 'colleague' || sender.is === 'main-mailbox'
  return isTheirs && nature.hasFigures ? { is: 'doubtful', mark: 'list' } : nature
}

/**
 * A ticket system's acknowledgement, though it quotes our form, marked or not (MAIL 31, 205): no figures, no answer.
 * Lines that we have sent are not its words.
 */
const acknowledges = (message: ParsedMessage, subject: string, isOurs: IsOurs): boolean => {
  const all = ownWords(message)
  const start = all.slice(0, 1500)
  if (!subjects.acknowledgement.test(subject) && !acknowledging.test(start)) return false
  if (!ofMachine.test(start) || hasFigures(message, bodyOf(message).lines, isOurs)) return false
  const words = isOurs === noneOfOurs ? all : ownWords(message, isOurs)
  return !words.includes('?') && !asksForTime(words)
}
