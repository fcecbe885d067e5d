import { heldNotice, setAsideNotice, erasedMailLetters } from '../casefile/held-mails.ts'
import type { LetterOrder } from '../casefile/letters.ts'
import type { MailRecord } from '../casefile/mails.ts'
import type { LetterKind } from '../casefile/letter-kinds.ts'
import type { RenegotiationState } from './state.ts'
import type { ProposalAnswer } from './slices/answers.ts'

const answerKinds: Readonly<Record<ProposalAnswer['answer'], LetterKind | null>> = {
  accepted: 'party-accepted',
  declined: 'party-declined',
  'no-authority': 'no-authority',
  // These have the ministry's own answer, when a person has given it.
  'counter-proposal': null,
  unmarked: null,
  comment: null,
}

/** Which notice a mail is owed beside what it answers: held, provisional, in doubt, or set aside. */
const noticeFor = (state: RenegotiationState, mail: MailRecord): LetterKind | null => {
  switch (mail.standing) {
    case 'held':
      return heldNotice(state.mails, mail)
    case 'provisional':
      return 'held-mail-notice'
    case 'set-aside':
      return setAsideNotice(state.mails, mail)
    case 'counts':
      return isAskedBack(state, mail) ? 'question' : null
    case 'automatic':
    case 'repeated':
    case 'rejected':
      return null
    default:
      return mail.standing satisfies never
  }
}

/** Did a mail try to answer the proposal without being understood? */
const isAskedBack = (state: RenegotiationState, mail: MailRecord): boolean =>
  (state.status === 'approved' || state.status === 'proposed') &&
  mail.doubts.length > 0 &&
  !state.answers.some((answer) => answer.mailKey === mail.mailKey)

/** Answers that go at once, day and night (LETTERS 4.5): each once, each for one mail. */
export const owedLetters = (state: RenegotiationState): readonly LetterOrder[] => {
  const order = (kind: LetterKind | null, party: string | null, about: string): readonly LetterOrder[] =>
    kind === null || party === null ? [] : [{ kind, party, seq: 1, about }]
  const unanswered = new Set(
    state.mails.flatMap((mail) => (mail.unanswered === undefined ? [] : [mail.mailKey])),
  )
  const isAnswered = ({ mailKey }: { readonly mailKey: string }) => !unanswered.has(mailKey)
  return [
    ...state.grounds
      .filter((ground) => ground.toldByReceipt !== true)
      .flatMap((ground) => order('renegotiation-wish-received', ground.party, ground.triggerId)),
    ...state.mails
      .filter(isAnswered)
      .flatMap((mail) => order(noticeFor(state, mail), mail.party, mail.mailKey)),
    ...state.answers
      .filter(isAnswered)
      .flatMap((answer) => order(answerKinds[answer.answer], answer.party, answer.mailKey)),
    ...erasedMailLetters(state.mails, state.letters),
  ]
}
