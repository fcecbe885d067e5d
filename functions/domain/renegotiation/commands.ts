import { commandTable, type CommandIn } from '../base/command.ts'
import {
  answerCounter,
  approveProposal,
  draftProposal,
  propose,
  sendProposalBack,
} from './decisions/drafting.ts'
import { recordWithdrawal, withdraw } from './decisions/ending.ts'
import { decideHeldAnswer, markAnswer } from './decisions/mails.ts'
import { declineRenegotiation, openRenegotiation, takeOverRenegotiation } from './decisions/question.ts'

/** Every decision that people take on a renegotiation. */
export const renegotiationCommands = commandTable([
  openRenegotiation,
  declineRenegotiation,
  propose,
  draftProposal,
  approveProposal,
  sendProposalBack,
  answerCounter,
  markAnswer,
  decideHeldAnswer,
  withdraw,
  recordWithdrawal,
  takeOverRenegotiation,
])

/** One of them, with its fields. */
export type RenegotiationCommand = CommandIn<typeof renegotiationCommands.commands>
