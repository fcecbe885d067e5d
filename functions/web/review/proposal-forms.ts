import { html } from 'hono/html'
import { printNumber } from '../../domain/base/danish.ts'
import type { FormField } from '../../domain/form/field.ts'
import { readableFields } from '../../domain/form/form.ts'
import { openProposals, type OpenProposal } from '../../domain/review/slices/proposals.ts'
import { decisionForm } from '../form.ts'
import { facts, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { moment, municipalityName } from '../words.ts'
import { mailPath } from './figures.ts'
import type { ReviewPageInput } from './review-page-input.ts'

/** The form's name; the number first, so that two proposals of one mail are two commands. */
export const proposalAction = (mailKey: string, index: number): string =>
  `decide-proposal/${index}/${mailKey}`

const numbers = new Set(['count', 'number', 'amount'])

/** Keys a figure may answer: those that fit best first. */
const choicesOf = (input: ReviewPageInput, { mail, proposal }: OpenProposal): readonly FormField[] => {
  const { content, year } = input.state
  if (content === null || mail.party === null) return []
  const fields = readableFields(content, { year, municipality: mail.party }).filter(({ type }) =>
    numbers.has(type),
  )
  const likely = [proposal.key, ...proposal.others].flatMap(
    (key) => fields.find((field) => field.key === key) ?? [],
  )
  return [...likely, ...fields.filter((field) => !likely.includes(field))]
}

const proposalForm = (frame: PageFrame, input: ReviewPageInput, open: OpenProposal): Markup => {
  const { mail, index, proposal } = open
  const party = input.state.parties.find(({ municipality }) => municipality === mail.party)
  const stands = party?.figures[proposal.key]?.written ?? ''
  const value = proposal.value.is === 'number' ? printNumber(proposal.value.value) : ''
  return decisionForm(
    frame,
    {
      action: proposalAction(mail.mailKey, index),
      command: 'decide-proposal',
      to: input.base,
      heading: `Er »${proposal.written}« et svar?`,
      hidden: { mailKey: mail.mailKey, index: String(index) },
    },
    (form) =>
      html`<div data-key="${proposal.key}" data-stands="${stands}" data-since="${mail.receivedAt}"></div>
        <blockquote>${proposal.sentence === '' ? '(slettet)' : proposal.sentence}</blockquote>
        ${facts([
          [
            'Fra',
            html`<a href="${mailPath(input.base, mail.mailKey)}">mail ${moment(mail.receivedAt)}</a>,
              ${mail.party === null ? '' : municipalityName(mail.party)}`,
          ],
          ['Læst som', value],
          ['Står i sagen', stands === '' ? '–' : stands],
        ])}
        ${form.radios('as', {
          label: 'Afgørelse',
          choices: [
            { value: 'confirmed', label: 'Det er svaret på nøglen herunder' },
            { value: 'dismissed', label: 'Det er ikke et svar' },
          ],
        })}
        ${form.select('key', {
          label: 'Nøgle',
          choices: [
            ...(proposal.key === '' ? [{ value: '', label: 'vælg' }] : []),
            ...choicesOf(input, open).map(({ key, unit }) => ({
              value: key,
              label: unit === '' ? key : `${key} (${unit})`,
            })),
          ],
          value: proposal.key,
        })}`,
  )
}

/** One form for every figure in free text, with the sentence it came from. */
export const proposalForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${openProposals(input.state).map((open) => proposalForm(frame, input, open))}`
