import type { ContactRole } from '../domain/agreement/content.ts'
import type { Standing } from '../domain/casefile/mail-reading.ts'
import { joinWords, printClock, printDate } from '../domain/base/danish.ts'
import { municipalities } from '../domain/directory/municipalities.ts'
import type { Turn } from '../domain/casefile/open-task.ts'
import type { ReviewStatus } from '../domain/review/status.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import { danishRoles, type MinistryRole } from '../domain/base/values.ts'
import type { Tone } from './markup.ts'
import type { Actor } from '../domain/base/stream.ts'
import { isOfStranger } from '../domain/casefile/held-mails.ts'
import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import type { LetterRecord } from '../domain/casefile/letters.ts'
import type { MailReceived, MailRecord } from '../domain/casefile/mails.ts'

/** The console's Danish words for the record's codes: the administrative terms, each once. */
export const roleWords: Readonly<Record<MinistryRole, string>> = danishRoles

/** Why the contact's OK left a value out. */
export const exceptedWords = {
  'own-answer': 'tæller ikke: kontakten har selv svaret',
  'colleagues-differ': 'tæller ikke: kollegerne har skrevet forskelligt, og kontakten er spurgt',
} as const

/** What a municipality's contact is registered as. */
export const contactRoleWords: Readonly<Record<ContactRole, string>> = {
  contact: 'kontakt',
  deputy: 'stedfortræder',
  signatory: 'underskriver',
  'main-mailbox': 'hovedpostkasse',
  'co-reporter': 'medindberetter',
}

export const statusWords: Readonly<Record<ReviewStatus, string>> = {
  none: 'ikke begyndt',
  'not-asked': 'spørges ikke i år',
  preparing: 'forberedes',
  collecting: 'indberetning',
  collected: 'udkast dannes',
  drafted: 'afventer indstilling',
  recommended: 'afventer godkendelse',
  asking: 'spørgsmål hos kommunen',
  approved: 'godkendt, høring sendes',
  hearing: 'i høring',
  answered: 'bemærkninger besvaret',
  assessed: 'endeligt bedømt',
  closed: 'afsluttet',
  stopped: 'standset',
}

export const statusTones: Readonly<Record<ReviewStatus, Tone>> = {
  none: 'none',
  'not-asked': 'none',
  preparing: 'info',
  collecting: 'info',
  collected: 'info',
  drafted: 'warning',
  recommended: 'warning',
  asking: 'info',
  approved: 'info',
  hearing: 'info',
  answered: 'info',
  assessed: 'success',
  closed: 'success',
  stopped: 'error',
}

export const turnWords: Readonly<Record<Turn, string>> = {
  municipality: 'kommunen',
  caseworker: 'sagsbehandler',
  approver: 'godkender',
  superior: 'afdelingschef',
  system: 'systemet',
  nobody: 'ingen',
}

export const leftOutWords = {
  'first-year-next': 'indberetter første gang for det følgende år',
  'not-in-force': 'ikke i kraft ved årets udgang',
  incomplete: 'mangler en del, som finansloven kræver',
  expired: 'udløbet',
} as const

export const standingWords: Readonly<Record<Standing, string>> = {
  counts: 'tæller',
  provisional: 'foreløbig: afventer kontaktens OK',
  held: 'tilbageholdt',
  automatic: 'automatisk svar',
  'set-aside': 'lagt til side: oplysninger om borgere',
  repeated: 'samme indhold igen',
  rejected: 'afvist',
}

export const standingTones: Readonly<Record<Standing, Tone>> = {
  counts: 'success',
  provisional: 'info',
  held: 'warning',
  automatic: 'info',
  'set-aside': 'error',
  repeated: 'info',
  rejected: 'error',
}

const heldWords: Readonly<Record<string, string>> = {
  'from-unclear': 'afsenderen er uklar',
  'parsers-disagree': 'mailen kan læses på to måder',
  virus: 'virusscanningen fandt noget eller kunne ikke gennemføres',
  spam: 'mailen er markeret som spam',
  'not-authenticated': 'afsenderens domæne er ikke bekræftet',
  'no-policy': 'afsenderens domæne har ingen DMARC-politik',
  'verdict-missing': 'modtagelsens kontrol mangler',
  'unknown-address': 'adressen er ikke registreret',
  'colleague-unmatched': 'fra kommunens domæne, men uden en sag at høre til',
  'no-request': 'mailen nævner ingen af vores anmodninger',
  'several-requests': 'mailen nævner flere anmodninger',
  'other-case': 'mailen svarer på én aftales anmodning, men indeholder en anden aftales sagsnummer',
  'other-year': 'mailen svarer på ét års anmodning, men indeholder et andet års skema',
  closed: 'mailen indeholder tal, men indberetningen for det år er afsluttet',
  'same-message-id': 'mailen har samme Message-ID som en tidligere med andet indhold',
  'typing-in': 'tallene står kun i en vedhæftet fil, som skal tastes ind på mailens side',
  'typing-in-provisional':
    'tallene står kun i en kollegas vedhæftede fil, som skal tastes ind på mailens side',
  'maybe-automatic': 'mailen ligner et automatisk svar, men indeholder tal',
  automatic: 'sendt af en maskine: automatisk svar eller udsendt til mange',
  'citizen-data': 'mailen indeholder oplysninger om borgere',
  'citizen-data-unverified': 'mailen indeholder oplysninger om borgere, og afsenderen er ikke bekræftet',
  unreadable: 'mailen kan ikke læses',
  'too-large': 'mailen er større, end der læses',
}
/** Why a mail is held. A reason newer than this list is shown as it is. */
export const heldReasonWords = (reason: string): string => heldWords[reason] ?? reason

/** Why a mail got no answer by machine: of a stranger's it is the contact who is asked, more seldom. */
const ofCaseWords = {
  'case-hour': 'ikke besvaret automatisk: sagen har givet tyve svar den seneste time',
  'case-day': 'ikke besvaret automatisk: sagen har givet tres svar den dag',
} as const
const unansweredWords = {
  sender: {
    ...ofCaseWords,
    hour: 'ikke besvaret automatisk: afsenderen har fået tre svar den seneste time',
    day: 'ikke besvaret automatisk: afsenderen har fået ti svar den dag',
  },
  stranger: {
    ...ofCaseWords,
    hour: 'ikke besvaret automatisk: kontakten er spurgt om ukendte afsendere den seneste time',
    day: 'ikke besvaret automatisk: kontakten er spurgt om ukendte afsendere seks gange den dag',
  },
} as const
type Unanswered = Pick<MailReceived, 'unanswered'> & Pick<MailRecord, 'reason' | 'contactId'>
const unansweredText = (mail: Unanswered): string | null =>
  mail.unanswered === undefined
    ? null
    : unansweredWords[isOfStranger(mail) ? 'stranger' : 'sender'][mail.unanswered]

/** A mail that another reader has read again. */
export const rereadWords = (event: {
  readonly outcome: 'applied' | 'noted'
  readonly by: string
  readonly reader?: string | undefined
}): string => {
  const who = `læst igen med læseren ${event.reader ?? ''} af ${event.by}`
  return event.outcome === 'applied'
    ? `En mail er ${who}; dens tal er, som den læses nu`
    : `En mail er ${who} og siger noget andet nu; sagen er afgjort, og intet er ændret`
}

/** What became of a mail of the inbox, as the cases tell it that it might have belonged to. */
export const unplacedOutcomes = {
  here: 'Mailen uden sag er lagt på denne sag',
  elsewhere: 'Mailen uden sag hørte til en anden sag',
  dismissed: 'Mailen uden sag er afvist',
} as const

const nameByCode = new Map(municipalities.map(({ code, name }) => [code, name]))
/** A municipality's name; a code that is none (any more) stands for itself. */
export const municipalityName = (code: string): string => nameByCode.get(code) ?? code
export const municipalityNames = (codes: readonly string[]): string => joinWords(codes.map(municipalityName))

/** What waits of the year's experiences, as lists and daily mails tell it. */
export const experiencesWords = (role: 'caseworker' | 'approver', year: number, count: number): string => {
  const counted = `${count} ${count === 1 ? 'erfaring' : 'erfaringer'} fra ${year}`
  return role === 'caseworker'
    ? `${counted} skal udgives eller udelades`
    : `brevet til alle kommuner med ${counted} venter på frigivelse`
}

/** `10. marts 2015 kl. 14.07` */
export const moment = (instant: string): string =>
  instant === '' ? '–' : `${printDate(todayInCopenhagen(instant))} ${printClock(instant)}`
/** `10. marts 2015`; a dash where there is none. */
export const day = (date: string | null): string => (date === null || date === '' ? '–' : printDate(date))

/** `M2` as `mål 2`. */
export const targetWord = (key: string): string => `mål ${key.slice(1)}`

/** A person's name by id; unknown ids stand for themselves. */
export type NameOf = (personId: string) => string

/** Who did it, as the timelines say it. */
export const actorText = (actor: Actor, nameOf: NameOf): string => {
  switch (actor.by) {
    case 'person':
      return nameOf(actor.personId)
    case 'contact':
      return `kontakt i ${municipalityName(actor.municipality)}`
    case 'sender':
      return 'afsenderen af en mail'
    case 'system':
      return 'systemet'
    default:
      return actor satisfies never
  }
}

/** That a mail was taken in, in one sentence of a case's timeline. */
export const mailReceivedText = (mail: MailReceived): string => {
  const { party, standing } = mail
  const from = party === null ? 'en ukendt afsender' : municipalityName(party)
  const unanswered = unansweredText(mail)
  return `Mail fra ${from}: ${standingWords[standing]}${unanswered === null ? '' : `; ${unanswered}`}`
}

/**
 * What stands of the answer that goes by itself: why there is none, or that it has not gone yet; null where nothing
 * is to be told.
 * @param owed kinds of answer the case's record owes the mail
 */
export const automaticAnswerText = (
  mail: Unanswered & Pick<MailRecord, 'mailKey'>,
  letters: readonly LetterRecord[],
  owed: readonly LetterKind[],
): string | null => {
  if (mail.unanswered !== undefined) return unansweredText(mail)
  const waits = owed.some(
    (kind) => !letters.some(({ order }) => order.kind === kind && order.about === mail.mailKey),
  )
  return waits ? 'skyldes, ikke sendt endnu' : null
}
