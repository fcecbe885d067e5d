import type { MailRecord } from '../../../domain/casefile/mails.ts'
import { readableFields } from '../../../domain/form/form.ts'
import type { ReviewState } from '../../../domain/review/state.ts'
import { valueWords } from '../../../mail/read-rows.ts'
import type { ReceiptData } from '../../../mail/receipt.ts'
import type { ReviewLetter } from './shared.ts'
import { differencesIn, type Difference, type Said } from '../../../domain/review/slices/colleagues.ts'

/** The mails that an OK made count, as they came. */
export const confirmedBy = (state: ReviewState, mail: MailRecord): readonly MailRecord[] =>
  state.mails.filter((other) => other.confirmedBy === mail.mailKey)

/** Keys under which colleagues differ, in the mail or in what it confirms, and which nobody has settled. */
const differencesToAsk = ({ state, party }: ReviewLetter, mail: MailRecord): readonly Difference[] => {
  const about = mail.standing === 'provisional' ? [mail] : confirmedBy(state, mail)
  return differencesIn(state, party.municipality, about).filter(
    ({ because }) => because === 'colleagues-differ',
  )
}

const wordsUnder = (letter: ReviewLetter, key: string, { value }: Pick<Said, 'value'>): string => {
  const { content, party, state } = letter
  const field = readableFields(content, { year: state.year, municipality: party.municipality }).find(
    (candidate) => candidate.key === key,
  )
  const at = { part: 'text', line: 0, segment: 'new' } as const
  return field === undefined
    ? ''
    : valueWords(field, { key, value, text: '', written: '', at }, letter.recipient.language)
}

const differenceAsked = (letter: ReviewLetter, { key, said }: Difference): ReceiptData['doubts'][number] => ({
  kind: 'colleagues-differ',
  key,
  written: '',
  details: Object.fromEntries(
    said.flatMap((one, index) => [
      [`sender${index + 1}`, one.sender],
      [`value${index + 1}`, wordsUnder(letter, key, one)],
    ]),
  ),
  at: null,
})

/** The questions of a receipt to the contact: who wrote what, and which value holds (MAIL.md 125). */
export const colleaguesAsked = (letter: ReviewLetter, mail: MailRecord): ReceiptData['doubts'] =>
  differencesToAsk(letter, mail).map((difference) => differenceAsked(letter, difference))

/** Where a colleague's value differs from the contact's own, which counts. */
export const besideOwn = (letter: ReviewLetter, mail: MailRecord): NonNullable<ReceiptData['besideOwn']> =>
  mail.standing !== 'provisional'
    ? []
    : differencesIn(letter.state, letter.party.municipality, [mail]).flatMap(({ key, because, said }) => {
        const [own] = said
        const theirs = said.find(({ mailKey }) => mailKey === mail.mailKey)
        return because !== 'own-answer' || own === undefined || theirs === undefined
          ? []
          : [
              {
                key,
                sender: theirs.sender,
                theirs: wordsUnder(letter, key, theirs),
                own: wordsUnder(letter, key, own),
              },
            ]
      })
