import { dueDay } from '../../../domain/base/calendar.ts'
import { finalReturnForm } from '../../../domain/form/form.ts'
import { accountDueOn, finalReturnMissing } from '../../../domain/review/final-return.ts'
import { finalReturn } from '../../../mail/final-return.ts'
import type { ComposedLetter } from '../letter-desk.ts'
import { addressed, type ReviewLetter } from './shared.ts'

/** L10, and its reminders with what is still missing. */
export const composeFinalReturn = (letter: ReviewLetter): ComposedLetter => {
  const { content, context, state } = letter
  const dueOn = accountDueOn(state.year, context.on)
  const missing = finalReturnMissing(state)
  const first = context.order.seq === 1
  return addressed(
    letter,
    finalReturn({
      facts: letter.facts,
      expiresOn: content.expiresOn,
      returnDueOn: state.dueOn === '' ? dueDay(state.year) : state.dueOn,
      accountDueOn: dueOn,
      requestOn: state.requestOn,
      fields: finalReturnForm().filter(({ key }) => first || missing.includes(key)),
      reminderOf: first ? null : { withReturn: missing.includes('return') },
    }),
    { dueOn },
  )
}
