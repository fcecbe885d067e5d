import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import {
  collectionClosedLetter,
  courtesyNoticeLetter,
  firstReminderLetter,
  lastReminderLetter,
} from './reminder.ts'
import { contactChangedLetter, contactConfirmationLetter } from './contacts.ts'
import { correctionSheetLetter, factCheckAnswerLetter, factCheckLetter } from './joint-report.ts'
import type { DeclaredLetter } from './declared-letter.ts'
import { disseminationLetter, experiencesLetter } from './experiences.ts'
import { extensionGrantedLetter, extensionReceivedLetter, extensionRefusedLetter } from './extension.ts'
import { finalAssessmentLetter } from './final-assessment.ts'
import { finalReturnLetter } from './final-return.ts'
import { firstYearNextLetter, requestLetter, toDeputyLetter } from './request.ts'
import { hearingCommentLetter, hearingLetter, hearingReceiptLetter } from './hearing.ts'
import {
  citizenDataNoticeLetter,
  closedNoticeLetter,
  heldMailLetter,
  mailErasedLetter,
  neutralNoticeLetter,
  pdfNoticeLetter,
  tooLargeNoticeLetter,
  unplacedNoticeLetter,
} from './held-mail-notice.ts'
import { laterFigureLetter, observedValueLetter } from './later-figure.ts'
import {
  decisionsWaitingMail,
  heldUntouchedMail,
  releaseWaitingMail,
  waitingTooLongMail,
} from './ministry-mails.ts'
import { intendedDecisionLetter, moneyDecisionLetter } from './money-decision.ts'
import {
  noAuthorityLetter,
  partyAcceptedLetter,
  partyDeclinedLetter,
  proposalLapsedLetter,
  withdrawalLetter,
} from './proposal-outcome.ts'
import { counterProposalAnswerLetter, proposalLetter, proposalReminderLetter } from './proposal.ts'
import { questionLetter } from './question.ts'
import { receiptLetter } from './receipt-letter.ts'
import {
  renegotiationDeclinedLetter,
  renegotiationOpenedLetter,
  wishReceivedLetter,
} from './renegotiation.ts'
import { riderLetter } from './rider.ts'

/** Every letter by its kind: a kind without its letter does not compile. */
export const letters: { readonly [K in LetterKind]: DeclaredLetter<K> } = {
  'contact-confirmation': contactConfirmationLetter,
  request: requestLetter,
  'courtesy-notice': courtesyNoticeLetter,
  'to-deputy': toDeputyLetter,
  'later-figure': laterFigureLetter,
  'observed-value': observedValueLetter,
  'reminder-1': firstReminderLetter,
  'reminder-2': lastReminderLetter,
  'collection-closed': collectionClosedLetter,
  receipt: receiptLetter,
  'held-mail-notice': heldMailLetter,
  'neutral-notice': neutralNoticeLetter,
  'pdf-notice': pdfNoticeLetter,
  'closed-notice': closedNoticeLetter,
  'unplaced-notice': unplacedNoticeLetter,
  'too-large-notice': tooLargeNoticeLetter,
  'citizen-data-notice': citizenDataNoticeLetter,
  'mail-erased': mailErasedLetter,
  question: questionLetter,
  'extension-received': extensionReceivedLetter,
  'extension-granted': extensionGrantedLetter,
  'extension-refused': extensionRefusedLetter,
  hearing: hearingLetter,
  'hearing-comment': hearingCommentLetter,
  'hearing-receipt': hearingReceiptLetter,
  'contact-changed': contactChangedLetter,
  'final-assessment': finalAssessmentLetter,
  'renegotiation-opened': renegotiationOpenedLetter,
  'renegotiation-declined': renegotiationDeclinedLetter,
  'renegotiation-wish-received': wishReceivedLetter,
  proposal: proposalLetter,
  'proposal-reminder': proposalReminderLetter,
  'counter-proposal-answer': counterProposalAnswerLetter,
  'no-authority': noAuthorityLetter,
  'party-accepted': partyAcceptedLetter,
  'party-declined': partyDeclinedLetter,
  'proposal-lapsed': proposalLapsedLetter,
  withdrawal: withdrawalLetter,
  rider: riderLetter,
  'final-return': finalReturnLetter,
  'intended-decision': intendedDecisionLetter,
  'decision-on-money': moneyDecisionLetter,
  'fact-check': factCheckLetter,
  'fact-check-answer': factCheckAnswerLetter,
  'correction-sheet': correctionSheetLetter,
  dissemination: disseminationLetter,
  experiences: experiencesLetter,
  'first-time-next-year': firstYearNextLetter,
  'decisions-waiting': decisionsWaitingMail,
  'release-waiting': releaseWaitingMail,
  'waiting-too-long': waitingTooLongMail,
  'held-untouched': heldUntouchedMail,
}
