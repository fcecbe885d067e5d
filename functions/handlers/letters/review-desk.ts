import { accept } from '../../domain/base/stream.ts'
import { letterOrderId, wasSent, type LetterOrder } from '../../domain/casefile/letters.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import { erasedMailLetters } from '../../domain/casefile/told-of-erasure.ts'
import { owedNotices } from '../../domain/casefile/unplaced-mails.ts'
import { nobodyReachable } from '../../domain/casefile/unreachable.ts'
import { pagesKey } from '../../domain/report/archive-keys.ts'
import { recordLetter, recordOutcome } from '../../domain/review/decide/machine.ts'
import { owedAnswer, owedRereadReceipt } from '../../domain/review/owed.ts'
import { isProposalReceiptOwed } from '../../domain/review/slices/proposals.ts'
import type { ReviewState, ReviewEvent } from '../../domain/review/state.ts'
import { addressedInReview, reviewLetter } from '../../mail/compose-letter.ts'
import type { DeclaredLetter } from '../../mail/declared-letter.ts'
import type { LetterDraft } from '../../mail/letter.ts'
import { letters } from '../../mail/letters.ts'
import type { ReviewLetter } from '../../mail/review-letter.ts'
import type { Ports } from '../../ports/ports.ts'
import type { ComposedLetter, LetterDesk } from './letter-desk.ts'
import { issuedCorrection, runningRequest } from './needed.ts'
import * as answers from './review/answers.ts'
import { composeContactChanged } from './review/contact-changed.ts'
import { composeCorrectionSheet } from './review/correction-sheet.ts'
import { composeFinalReturn } from './review/final-return.ts'
import * as judging from './review/judging.ts'
import { composeIntendedDecision, composeMoneyDecision } from './review/money.ts'
import * as notices from './review/notices.ts'
import { composeReceipt } from './review/receipts.ts'
import { moneyLetters } from '../../domain/review/slices/money.ts'

/** Composes the letter of an order; exhaustive over what a review sends. */
const compose = (
  letter: ReviewLetter,
  ports: Parameters<typeof composeCorrectionSheet>[1],
): ComposedLetter | Promise<ComposedLetter> => {
  const { kind } = letter.context.order
  switch (kind) {
    case 'receipt':
      return composeReceipt(letter)
    case 'held-mail-notice':
      return answers.composeHeldNotice(letter)
    case 'neutral-notice':
      return answers.composeNeutralNotice(letter)
    case 'pdf-notice':
      return answers.composePdfNotice(letter)
    case 'closed-notice':
      return notices.composeClosedNotice(letter, ports)
    case 'unplaced-notice':
      return notices.composeUnplacedNotice(letter)
    case 'too-large-notice':
      return notices.composeTooLargeNotice(letter)
    case 'citizen-data-notice':
      return answers.composeCitizenDataNotice(letter)
    case 'mail-erased':
      return answers.composeMailErased(letter)
    case 'extension-received':
      return answers.composeExtensionReceived(letter)
    case 'extension-granted':
    case 'extension-refused':
      return answers.composeExtensionDecision(letter)
    case 'contact-changed':
      return composeContactChanged(letter)
    case 'hearing-comment':
      return judging.composeHearingComment(letter)
    case 'hearing-receipt':
      return answers.composeHearingReceipt(letter)
    case 'question':
      return judging.composeQuestion(letter)
    case 'hearing':
      return judging.composeHearing(letter)
    case 'final-assessment':
      return judging.composeFinalAssessment(letter)
    case 'intended-decision':
      return composeIntendedDecision(letter)
    case 'decision-on-money':
      return composeMoneyDecision(letter)
    case 'final-return':
      return composeFinalReturn(letter)
    case 'dissemination':
      return judging.composeDissemination(letter)
    case 'fact-check-answer':
      return judging.composeFactCheckAnswer(letter)
    case 'correction-sheet':
      return composeCorrectionSheet(letter, ports)
    case 'fact-check':
      return judging.composeFactCheck(letter, {
        fileName: `faktatjek-${letter.state.year}-${letter.state.agreement ?? ''}.html`,
        archiveKey: pagesKey(letter.state.year, letter.context.order.about, letter.state.agreement ?? ''),
      })
    default:
      throw new Error(`a review sends no letter of the kind ${kind}`)
  }
}

/** The letter as its kind writes it, with what it needs beside the review. */
const draftOf = async (
  ports: Pick<Ports, 'streams' | 'archive' | 'digest'>,
  letter: ReviewLetter,
  declared: NonNullable<DeclaredLetter['review']>,
): Promise<LetterDraft> => {
  switch (declared.needs) {
    case undefined:
      return declared.compose(letter)
    case 'running-request':
      return declared.compose(letter, await runningRequest(ports, letter))
    case 'correction-sheet':
      return declared.compose(letter, await issuedCorrection(ports, letter))
    default:
      return declared satisfies never
  }
}

const answerTo = (state: ReviewState, mail: MailRecord): readonly LetterOrder[] =>
  owedAnswer(state, mail).flatMap((kind) =>
    mail.party === null ? [] : [{ kind, party: mail.party, seq: 1, about: mail.mailKey }],
  )

const contactLetters = (state: ReviewState): readonly LetterOrder[] =>
  state.contactChanges.entered.flatMap(({ contactId, party, person }) =>
    person === null ? [] : [{ kind: 'contact-changed' as const, party, seq: 1, about: contactId }],
  )

/** A second receipt, for what a caseworker confirmed of a mail's free text. */
const proposalReceipts = (state: ReviewState): readonly LetterOrder[] =>
  state.mails.flatMap((mail) =>
    mail.party !== null && isProposalReceiptOwed(state, mail)
      ? [{ kind: 'receipt' as const, party: mail.party, seq: 2, about: mail.mailKey }]
      : [],
  )

/** One more receipt, where a mail that was answered is read otherwise now. */
const rereadReceipts = (state: ReviewState): readonly LetterOrder[] =>
  state.mails.flatMap((mail) => {
    const seq = owedRereadReceipt(mail)
    return seq === null || mail.party === null
      ? []
      : [{ kind: 'receipt' as const, party: mail.party, seq, about: mail.mailKey }]
  })

const decisionLetters = (state: ReviewState): readonly LetterOrder[] =>
  state.extensions.flatMap((request) =>
    request.decided === null
      ? []
      : [
          {
            kind: request.decided.granted ? ('extension-granted' as const) : ('extension-refused' as const),
            party: request.party,
            seq: 1,
            about: request.mailKey,
          },
        ],
  )

const correctionLetters = (state: ReviewState): readonly LetterOrder[] =>
  state.factChecks.flatMap((check) =>
    check.decided === null
      ? []
      : [{ kind: 'fact-check-answer' as const, party: check.party, seq: 1, about: check.mailKey }],
  )

export const reviewDesk: LetterDesk<ReviewState, ReviewEvent> = {
  agreementOf: (state) => {
    if (state.agreement === null) throw new Error('the review was never prepared')
    return state.agreement
  },
  yearOf: (state) => state.year,
  owed: (state) => {
    const sent = new Set(state.letters.map((letter) => letterOrderId(letter.order)))
    return [
      ...state.mails.flatMap((mail) => answerTo(state, mail)),
      ...owedNotices(state.unplaced),
      ...proposalReceipts(state),
      ...erasedMailLetters(state.mails, state.letters),
      ...moneyLetters(state),
      ...rereadReceipts(state),
      ...contactLetters(state),
      ...decisionLetters(state),
      ...correctionLetters(state),
    ].filter((order) => !sent.has(letterOrderId(order)))
  },
  wasSent: (state, order) => wasSent(state.letters, order),
  compose: async (state, context, ports) => {
    const letter = reviewLetter(state, context)
    const { review } = letters[context.order.kind]
    return review === undefined
      ? compose(letter, ports)
      : addressedInReview(letter, await draftOf(ports, letter, review))
  },
  record: recordLetter,
  recordUnreachable: (state, party, now) =>
    accept<ReviewEvent>(...nobodyReachable(state.unreachable, party, now)),
  recordOutcome,
}
