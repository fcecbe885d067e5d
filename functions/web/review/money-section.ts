import { html } from 'hono/html'
import { type MoneyCase, isMoneyHearingOver, moneyHearingEndsOn } from '../../domain/review/slices/money.ts'
import type { ReviewCommandName } from '../../domain/review/commands.ts'
import { atCopenhagen } from '../../domain/base/time.ts'
import { details, facts, nothing, verbatim, type Markup } from '../markup.ts'
import { breachLabels, moneyStatusWords, moneyTitle } from '../money-words.ts'
import type { PageFrame } from '../page.ts'
import { day, moment, municipalityName } from '../words.ts'
import { ownWords } from './correspondence.ts'
import { mailPath } from './figures.ts'
import { moneyAction, moneyApproveForms, moneyDraftForm, moneyDropForm } from './money-forms.ts'
import type { ReviewPageInput } from './review-page-input.ts'

type May = (command: ReviewCommandName) => boolean

const commentsOn = ({ base, state }: ReviewPageInput, money: MoneyCase): Markup =>
  html`${money.comments.map(({ party, mailKey, at }) => {
    const text = ownWords(state.mails.find((mail) => mail.mailKey === mailKey)) || 'Se mailens side.'
    return html`<p>
        <strong>${municipalityName(party)}</strong>, <a href="${mailPath(base, mailKey)}">${moment(at)}</a>:
      </p>
      ${verbatim(text, `Bemærkninger fra ${municipalityName(party)}`)}`
  })}`

const factsOf = ({ state, nameOf }: ReviewPageInput, money: MoneyCase): Markup => {
  const { draft, status } = money
  const ends = moneyHearingEndsOn(state, money)
  return facts([
    ['Status', moneyStatusWords[status]],
    ['Udkast af', `${nameOf(draft.by)}, ${moment(draft.at)}`],
    ...(money.approvedBy === null ? [] : [['Godkendt af', nameOf(money.approvedBy)] as const]),
    ...(money.breach === null ? [] : [['Vilkår, der ikke er opfyldt', breachLabels[money.breach]] as const]),
    ['Retsgrundlag', draft.legalGround],
    ['Begrundelse', draft.reasons],
    ...(draft.heard === '' ? [] : [['Bemærkningerne', draft.heard] as const]),
    ...(status === 'intended'
      ? [['Høringen slutter', ends === null ? 'ikke begyndt: levering er ikke bevist' : day(ends)] as const]
      : []),
    ...(money.remark === '' ? [] : [['Begrundelse fra godkenderen', money.remark] as const]),
  ])
}

const moneyCase = (frame: PageFrame, input: ReviewPageInput, money: MoneyCase, may: May): Markup => {
  const { draft, status } = money
  const over = isMoneyHearingOver(input.state, money, atCopenhagen(frame.today, '12:00'))
  const drafts = status === 'drafted' || status === 'returned' || over
  const approves = status === 'drafted' && may('approve-money') && draft.by !== frame.reader.id
  const open = status !== 'decided' && status !== 'dropped'
  return html`<h3>${moneyTitle(money)}</h3>
    ${factsOf(input, money)} ${commentsOn(input, money)}
    ${approves ? moneyApproveForms(frame, input, money) : nothing}
    ${drafts && may('draft-money') ? moneyDraftForm(frame, input, money) : nothing}
    ${open && may('drop-money') ? moneyDropForm(frame, input, money) : nothing}`
}

/** Decisions on the agreement's money: drafted by one, approved by another, an adverse one heard first. */
export const moneySection = (frame: PageFrame, input: ReviewPageInput, may: May): Markup => {
  const { money, status } = input.state
  const drafting = may('draft-money') && status !== 'none'
  if (money.length === 0 && !drafting) return nothing
  return html`<section aria-labelledby="tilskud">
    <h2 id="tilskud">Afgørelser om tilskud</h2>
    ${money.map((one) => moneyCase(frame, input, one, may))}
    ${
      drafting
        ? details(
            'Skriv udkast til en afgørelse om tilskud',
            moneyDraftForm(frame, input, null),
            frame.refused?.action === moneyAction('draft', 'new'),
          )
        : nothing
    }
  </section>`
}
