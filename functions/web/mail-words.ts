import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import type { LetterRecord } from '../domain/casefile/letters.ts'
import type { MailReceived, MailRecord } from '../domain/casefile/mails.ts'
import { municipalityName, standingWords, unansweredWords } from './words.ts'

/** That a mail was taken in, in one sentence of a case's timeline. */
export const mailReceivedText = ({ party, standing, unanswered }: MailReceived): string => {
  const from = party === null ? 'en ukendt afsender' : municipalityName(party)
  const answer = unanswered === undefined ? '' : `; ${unansweredWords[unanswered]}`
  return `Mail fra ${from}: ${standingWords[standing]}${answer}`
}

/**
 * What stands of the answer that goes by itself: why there is none, or that it has not gone yet; null where nothing
 * is to be told.
 * @param owed kinds of answer the case's record owes the mail
 */
export const automaticAnswerText = (
  mail: Pick<MailRecord, 'mailKey' | 'unanswered'>,
  letters: readonly LetterRecord[],
  owed: readonly LetterKind[],
): string | null => {
  if (mail.unanswered !== undefined) return unansweredWords[mail.unanswered]
  const waits = owed.some(
    (kind) => !letters.some(({ order }) => order.kind === kind && order.about === mail.mailKey),
  )
  return waits ? 'skyldes, ikke sendt endnu' : null
}
