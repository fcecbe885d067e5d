import { html } from 'hono/html'
import {
  type MoneyCase,
  isMoneyHearingOver,
  moneyHearingEndsOn,
  breaches,
  moneyKinds,
} from '../../domain/review/slices/money.ts'
import type { ReviewCommandName } from '../../domain/review/commands.ts'
import { atCopenhagen } from '../../domain/base/time.ts'
import { details, facts, nothing, verbatim, type Markup } from '../markup.ts'
import { breachLabels, moneyStatusWords, moneyTitle, moneyKindWords } from '../money-words.ts'
import type { PageFrame } from '../page.ts'
import { day, moment, municipalityName } from '../words.ts'
import { ownWords } from './correspondence.ts'
import { mailPath } from './figures.ts'
import type { ReviewPageInput } from './review-page-input.ts'
import { decisionForm, type Form } from '../form.ts'

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

export const moneyAction = (command: 'draft' | 'approve', caseId: string): string =>
  `${command}-money/${caseId}`

const draftFields = (form: Form, before: MoneyCase | null, year: number): Markup =>
  html`${
    before === null
      ? form.radios('kind', {
          label: 'Hvad handler afgørelsen om?',
          hint: 'Afslag, bortfald og tilbagebetaling sendes først i høring hos kommunen.',
          choices: moneyKinds.map((kind) => ({ value: kind, label: moneyKindWords[kind] })),
        })
      : html`<input type="hidden" name="kind" value="${before.kind}" />`
  }
  ${form.textInput('forYear', {
    label: 'Tilskudsår',
    width: 'input-width-s',
    value: String(before?.forYear ?? year),
  })}
  ${form.textInput('kroner', {
    label: 'Beløb i hele kroner',
    width: 'input-width-m',
    value: before?.kroner ?? '',
  })}
  ${form.select('breach', {
    label: 'Vilkår, der ikke er opfyldt',
    hint: 'Kun ved bortfald og tilbagebetaling. Et mål, der ikke er opfyldt, er ikke en grund.',
    required: false,
    value: before?.breach ?? '',
    choices: [
      { value: '', label: 'Intet' },
      ...breaches.map((breach) => ({ value: breach, label: breachLabels[breach] })),
    ],
  })}
  ${form.textInput('legalGround', {
    label: 'Retsgrundlag: »Afgørelsen er truffet efter …«',
    value: before?.draft.legalGround ?? '',
  })}
  ${form.textArea('reasons', {
    label: 'Begrundelse: »Ministeriet har lagt vægt på, at …«',
    value: before?.draft.reasons ?? '',
  })}
  ${
    before === null || before.comments.length === 0
      ? nothing
      : form.textArea('heard', {
          label: 'Hvordan er bemærkningerne indgået?',
          hint: 'En hel sætning. Står i afgørelsen.',
          value: before.draft.heard,
        })
  }`

const draftHeading = (before: MoneyCase | null): string =>
  before === null
    ? 'Udkast til afgørelse om tilskud'
    : before.status === 'intended'
      ? 'Den endelige afgørelse'
      : 'Nyt udkast'

/** A draft of a decision, new or in the place of the one before. */
const moneyDraftForm = (frame: PageFrame, input: ReviewPageInput, before: MoneyCase | null): Markup => {
  return decisionForm(
    frame,
    {
      action: moneyAction('draft', before?.caseId ?? 'new'),
      command: 'draft-money',
      to: input.base,
      heading: draftHeading(before),
      hidden: { caseId: before?.caseId ?? '' },
    },
    (form) => draftFields(form, before, input.state.year),
  )
}

const reasonForm = (
  frame: PageFrame,
  input: ReviewPageInput,
  shape: {
    readonly action: string
    readonly command: string
    readonly heading: string
    readonly hidden: Readonly<Record<string, string>>
    readonly label: string
    readonly hint?: string
  },
): Markup => {
  const { action, command, heading, hidden, label, hint } = shape
  return decisionForm(frame, { action, command, to: input.base, heading, hidden }, (form) =>
    form.textArea('reason', { label, ...(hint === undefined ? {} : { hint }) }),
  )
}

/** Another person's approval, which sends the letter, or the draft sent back. */
const moneyApproveForms = (frame: PageFrame, input: ReviewPageInput, money: MoneyCase): Markup => {
  const { caseId, draft } = money
  const hidden = { caseId, draftId: draft.draftId }
  return html`${decisionForm(
    frame,
    {
      action: moneyAction('approve', caseId),
      command: 'approve-money',
      to: input.base,
      heading: draft.step === 'intended' ? 'Godkend, og send i høring' : 'Godkend, og send afgørelsen',
      hidden,
    },
    () => html`<p>Brevet sendes straks til alle parter. Det kan ske på arbejdsdage fra kl. 9.</p>`,
  )}
  ${reasonForm(frame, input, {
    action: `return-money/${caseId}`,
    command: 'return-money',
    heading: 'Send udkastet tilbage',
    hidden,
    label: 'Begrundelse',
  })}`
}

/** What was intended is given up. */
const moneyDropForm = (frame: PageFrame, input: ReviewPageInput, money: MoneyCase): Markup =>
  reasonForm(frame, input, {
    action: `drop-money/${money.caseId}`,
    command: 'drop-money',
    heading: 'Træf ikke afgørelsen',
    hidden: { caseId: money.caseId },
    label: 'Begrundelse: »Ministeriet har lagt vægt på, at …«',
    hint: 'Er den påtænkte afgørelse sendt, får parterne besked.',
  })
