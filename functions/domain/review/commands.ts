import { commandTable, type CommandIn } from '../base/command.ts'
import { takeOverCase, declineContact, enterContact } from './decisions/people.ts'
import { approve, ask, recommend, sendBack } from './decisions/drafting.ts'
import { leaveClosed, note, reopen, stop } from './decisions/ending.ts'
import { answerDispute, answerPromise, decideFactCheck } from './decisions/facts.ts'
import { answerComments, decideObjection, markHearingAnswer, shareComment } from './decisions/hearing.ts'
import { decideExtension, decideHeldMail, decideProposal, markRead } from './decisions/mails.ts'
import { approveMoney, draftMoney, dropMoney, returnMoney } from './decisions/money.ts'
import { typeFigures } from './decisions/typed-figures.ts'

/** Every decision that people take on a review. */
export const reviewCommands = commandTable([
  decideHeldMail,
  decideExtension,
  decideProposal,
  markRead,
  typeFigures,
  enterContact,
  declineContact,
  recommend,
  approve,
  sendBack,
  ask,
  markHearingAnswer,
  shareComment,
  answerComments,
  decideObjection,
  answerDispute,
  answerPromise,
  decideFactCheck,
  draftMoney,
  approveMoney,
  returnMoney,
  dropMoney,
  reopen,
  leaveClosed,
  takeOverCase,
  stop,
  note,
])

/** One of them, with its fields. */
export type ReviewCommand = CommandIn<typeof reviewCommands.commands>
export type ReviewCommandName = ReviewCommand['do']
