import { html } from 'hono/html'
import { breaches, moneyKinds, type MoneyCase } from '../../domain/review/slices/money.ts'
import { radios, select, textArea, textInput } from '../fields.ts'
import { decisionForm, formId, type Filled } from '../form.ts'
import { nothing, type Markup } from '../markup.ts'
import { breachLabels, moneyKindWords } from '../money-words.ts'
import type { PageFrame } from '../page.ts'
import type { ReviewPageInput } from './review-page-input.ts'

export const moneyAction = (command: 'draft' | 'approve', caseId: string): string =>
  `${command}-money/${caseId}`

const draftFields = (id: string, filled: Filled, before: MoneyCase | null, year: number): Markup => {
  const value = (name: string, stands: string) => filled.value(name) ?? stands
  return html`${
    before === null
      ? radios({
          id: `${id}-kind`,
          name: 'kind',
          label: 'Hvad handler afgørelsen om?',
          hint: 'Afslag, bortfald og tilbagebetaling sendes først i høring hos kommunen.',
          required: true,
          value: value('kind', ''),
          choices: moneyKinds.map((kind) => ({ value: kind, label: moneyKindWords[kind] })),
        })
      : html`<input type="hidden" name="kind" value="${before.kind}" />`
  }
  ${textInput({
    id: `${id}-year`,
    name: 'forYear',
    label: 'Tilskudsår',
    width: 'input-width-s',
    required: true,
    value: value('forYear', String(before?.forYear ?? year)),
  })}
  ${textInput({
    id: `${id}-kroner`,
    name: 'kroner',
    label: 'Beløb i hele kroner',
    width: 'input-width-m',
    required: true,
    value: value('kroner', before?.kroner ?? ''),
  })}
  ${select({
    id: `${id}-breach`,
    name: 'breach',
    label: 'Vilkår, der ikke er opfyldt',
    hint: 'Kun ved bortfald og tilbagebetaling. Et mål, der ikke er opfyldt, er ikke en grund.',
    value: value('breach', before?.breach ?? ''),
    choices: [
      { value: '', label: 'Intet' },
      ...breaches.map((breach) => ({ value: breach, label: breachLabels[breach] })),
    ],
  })}
  ${textInput({
    id: `${id}-ground`,
    name: 'legalGround',
    label: 'Retsgrundlag: »Afgørelsen er truffet efter …«',
    required: true,
    value: value('legalGround', before?.draft.legalGround ?? ''),
  })}
  ${textArea({
    id: `${id}-reasons`,
    name: 'reasons',
    label: 'Begrundelse: »Ministeriet har lagt vægt på, at …«',
    required: true,
    value: value('reasons', before?.draft.reasons ?? ''),
  })}
  ${
    before === null || before.comments.length === 0
      ? nothing
      : textArea({
          id: `${id}-heard`,
          name: 'heard',
          label: 'Hvordan er bemærkningerne indgået?',
          hint: 'En hel sætning. Står i afgørelsen.',
          required: true,
          value: value('heard', before.draft.heard),
        })
  }`
}

const draftHeading = (before: MoneyCase | null): string =>
  before === null
    ? 'Udkast til afgørelse om tilskud'
    : before.status === 'intended'
      ? 'Den endelige afgørelse'
      : 'Nyt udkast'

/** A draft of a decision, new or in the place of the one before. */
export const moneyDraftForm = (
  frame: PageFrame,
  input: ReviewPageInput,
  before: MoneyCase | null,
): Markup => {
  const action = moneyAction('draft', before?.caseId ?? 'new')
  return decisionForm(
    frame,
    {
      action,
      command: 'draft-money',
      to: input.base,
      heading: draftHeading(before),
      hidden: { caseId: before?.caseId ?? '' },
    },
    (filled) => draftFields(formId(action), filled, before, input.state.year),
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
  return decisionForm(frame, { action, command, to: input.base, heading, hidden }, (filled) =>
    textArea({
      id: `${formId(action)}-reason`,
      name: 'reason',
      label,
      ...(hint === undefined ? {} : { hint }),
      required: true,
      value: filled.value('reason') ?? '',
    }),
  )
}

/** Another person's approval, which sends the letter, or the draft sent back. */
export const moneyApproveForms = (frame: PageFrame, input: ReviewPageInput, money: MoneyCase): Markup => {
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
export const moneyDropForm = (frame: PageFrame, input: ReviewPageInput, money: MoneyCase): Markup =>
  reasonForm(frame, input, {
    action: `drop-money/${money.caseId}`,
    command: 'drop-money',
    heading: 'Træf ikke afgørelsen',
    hidden: { caseId: money.caseId },
    label: 'Begrundelse: »Ministeriet har lagt vægt på, at …«',
    hint: 'Er den påtænkte afgørelse sendt, får parterne besked.',
  })
