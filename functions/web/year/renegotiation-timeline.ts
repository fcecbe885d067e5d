import { casefileText, said } from '../casefile-text.ts'
import { day, municipalityName, targetWord } from '../words.ts'
import { riderRefusalWord } from './rider-refusal.ts'
import type { RenegotiationEvent } from '../../domain/renegotiation/state.ts'

const markWords = {
  accepted: 'tiltrædes',
  declined: 'tiltrædes ikke',
  comment: 'bemærkning',
  'counter-proposal': 'ændringsforslag',
} as const

/** What an event of a renegotiation says, in one Danish sentence. */
export const renegotiationEventText = (event: RenegotiationEvent): string => {
  switch (event.type) {
    case 'QuestionRaised':
      return said('Spørgsmål om genforhandling er rejst', event.private?.text)
    case 'GroundJoined':
      return said('Endnu en grund er kommet til', event.private?.text)
    case 'DecisionVoided':
      return 'En ny grund kom til efter afgørelsen: der tages stilling igen'
    case 'RenegotiationOpened':
      return said(`Genforhandling åbnet om ${event.targets.map(targetWord).join(', ')}`, event.private?.text)
    case 'RenegotiationDeclined':
      return said('Genforhandling afslået', event.private?.text)
    case 'ProposalDrafted':
      return said(`Udkast nr. ${event.round} skrevet`, event.private?.text)
    case 'ProposalEndorsed':
      return 'Udkastet er godkendt af den første'
    case 'ProposalApproved':
      return 'Udkastet er godkendt af den anden'
    case 'ProposalSentBack':
      return said('Udkastet er sendt tilbage', event.private?.text)
    case 'RiderRefused':
      return `Tillægget kunne ikke sættes i kraft: ${riderRefusalWord(event.kind)}`
    case 'ProposalDelivered':
      return `Forslaget er leveret til alle parter; svar senest ${day(event.endsOn)}`
    case 'PartyAccepted':
      return `${municipalityName(event.party)} tiltræder`
    case 'ProposalAgreed':
      return 'Alle parter har tiltrådt'
    case 'PartyDeclined':
      return said(`${municipalityName(event.party)} tiltræder ikke`, event.private?.text)
    case 'CounterProposed':
      return said(`Ændringsforslag fra ${municipalityName(event.party)}`, event.private?.text)
    case 'CounterProposalAnswered':
      return said(`Ændringsforslaget følges ${event.accepted ? '' : 'ikke'}`.trim(), event.private?.text)
    case 'AnswerNoted':
      return `Svar fra ${municipalityName(event.party)} fra en uden fuldmagt`
    case 'AnswerUnmarked':
      return `Svar fra ${municipalityName(event.party)}, som skal markeres`
    case 'AnswerMarked':
      return `Svaret er markeret: ${markWords[event.as]}`
    case 'ProposalLapsed':
      return `Forslaget er bortfaldet ${day(event.endedOn)}`
    case 'WishTakenBack':
      return `${municipalityName(event.party)} trækker sit ønske tilbage`
    case 'Withdrawn':
      return said('Trukket tilbage', event.private?.text)
    case 'RiderEnacted':
      return `Tillæg nr. ${event.riderNumber} er i kraft fra ${day(event.effectiveFrom)}`
    case 'Settled':
      return 'Genforhandlingen er afsluttet'
    default:
      return casefileText(event)
  }
}
