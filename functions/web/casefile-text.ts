import type { CasefileEvent } from '../domain/casefile/casefile.ts'
import { letters } from '../mail/letters.ts'
import { erasureText } from './erasure/erasure-words.ts'
import {
  mailReceivedText,
  exceptedWords,
  municipalityName,
  rereadWords,
  standingWords,
  unplacedOutcomes,
} from './words.ts'
import { partyName } from './review/correspondence.ts'

/** A sentence with what was said beside it, where that is known still. */
export const said = (head: string, text: string | undefined): string =>
  text === undefined || text === '' ? head : `${head}: ${text}`

/** What an event that every case has says, in one Danish sentence. */
export const casefileText = (event: CasefileEvent): string => {
  switch (event.type) {
    case 'ExecutionAttached':
      return `Forløb nr. ${event.attempt} har taget sagen op`
    case 'ExecutionLost':
      return `Forløb nr. ${event.attempt} er gået i stå (${event.status})`
    case 'CaseworkerAssigned':
      return 'Sagen har fået en anden sagsbehandler'
    case 'LetterSent':
      return `${letters[event.order.kind].name} sendt til ${partyName(event.order.party)}${event.again ? ' igen; intet spor af første forsøg' : ''}`
    case 'LetterDelivered':
      return 'Et brev er leveret'
    case 'NobodyReachable':
      return `Ingen i ${municipalityName(event.party)} kan nås på mail; der ringes`
    case 'LetterBounced':
      return `Et brev er afvist hos modtageren (${event.status})`
    case 'MailReceived':
      return mailReceivedText(event)
    case 'MailReread':
      return rereadWords(event)
    case 'HeldMailDecided':
      return said(`Tilbageholdt mail afgjort: ${standingWords[event.decision]}`, event.private?.reason)
    case 'MailConfirmed':
      return `En mail er bekræftet af kontakten${(event.excepted ?? []).map(({ key, because }) => `; ${key} ${exceptedWords[because]}`).join('')}`
    case 'UnplacedMailNoted':
      return 'En mail uden sag kan høre hertil: Sagen venter, til den er afgjort'
    case 'UnplacedMailDecided':
      return unplacedOutcomes[event.outcome]
    case 'ErasureAsked':
    case 'ErasureDeclined':
    case 'ErasureConfirmed':
    case 'MailErased':
      return erasureText(event)
    case 'Noted':
      return said('Notat', event.private?.text)
    default:
      return event satisfies never
  }
}
