import { hearingEnd } from '../../../domain/base/calendar.ts'
import { lettersTo } from '../../../domain/casefile/letters.ts'
import { advanceCitation } from '../../../domain/money/advance.ts'
import type { MoneyCase } from '../../../domain/review/slices/money.ts'
import { frameFor, framesInForce } from '../../../domain/money/frames.ts'
import { todayInCopenhagen } from '../../../domain/base/time.ts'
import { intendedDecision, moneyDecision } from '../../../mail/money-decision.ts'
import type { ComposedLetter } from '../letter-desk.ts'
import { addressed, type ReviewLetter } from './shared.ts'

const moneyOf = (letter: ReviewLetter): MoneyCase => {
  const money = letter.state.money.find(({ caseId }) => caseId === letter.context.order.about)
  if (money === undefined) throw new Error('the decision on money is not on the record')
  return money
}

const matterOf = (letter: ReviewLetter, money: MoneyCase) => {
  const { kind, forYear, kroner, breach, draft } = money
  const { legalGround, reasons } = draft
  return { facts: letter.facts, kind, forYear, kroner, breach, legalGround, reasons }
}

/** L14, before an adverse decision. */
export const composeIntendedDecision = (letter: ReviewLetter): ComposedLetter => {
  const dueOn = hearingEnd(letter.context.on)
  return addressed(letter, intendedDecision({ ...matterOf(letter, moneyOf(letter)), dueOn }), { dueOn })
}

/** A year whose Finance Act is passed has a frame; an installation without frames knows only the calendar. */
const isReserved = (letter: ReviewLetter, { forYear }: MoneyCase): boolean => {
  const frames = framesInForce(letter.context.directory.frames ?? null)
  return frames === null
    ? forYear > Number(letter.context.on.slice(0, 4))
    : frameFor(frames, { kind: letter.content.kind, year: forYear }) === null
}

/** L14: the decision, or that what was intended is not decided. */
export const composeMoneyDecision = (letter: ReviewLetter): ComposedLetter => {
  const { state, content, context, party } = letter
  const money = moneyOf(letter)
  const gives = money.kind === 'commitment' || money.kind === 'advance'
  const advance = (content.advances ?? []).find(({ year }) => year === money.forYear)
  const intended = lettersTo(state.letters, party.municipality, 'intended-decision').find(
    ({ order }) => order.about === money.caseId,
  )
  const receivedOn = (mailKey: string, at: string): string =>
    todayInCopenhagen(state.mails.find((mail) => mail.mailKey === mailKey)?.receivedAt ?? at)
  return addressed(
    letter,
    moneyDecision({
      ...matterOf(letter, money),
      reserved: gives && isReserved(letter, money),
      advanceRule:
        money.kind === 'advance' && advance !== undefined
          ? `${advance.reason.replace(/\.$/u, '')}, jf. ${advanceCitation(advance)}`
          : null,
      hearing:
        money.intendedKroner === null || intended === undefined
          ? null
          : {
              intendedOn: intended.datedOn,
              commentsOn: money.comments.map(({ mailKey, at }) => receivedOn(mailKey, at)),
              heard: money.draft.heard,
            },
      dropped: money.status === 'dropped' ? money.remark : null,
      complaint: context.directory.ministry.complaint,
    }),
  )
}
