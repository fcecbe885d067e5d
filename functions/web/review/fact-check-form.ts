import { html } from 'hono/html'
import { openCorrections, titlesOnPages, type FactCheck } from '../../domain/review/slices/facts.ts'
import { decisionForm } from '../form.ts'
import { details, verbatim, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { moment, municipalityName } from '../words.ts'
import { ownWords } from './correspondence.ts'
import { mailPath } from './figures.ts'
import type { ReviewPageInput } from './review-page-input.ts'

const titleName = (key: string): string =>
  key === 'agreement' ? 'aftalen' : key.startsWith('M') ? `mål ${key.slice(1)}` : `aktivitet ${key.slice(1)}`

const correctionForm = (frame: PageFrame, input: ReviewPageInput, check: FactCheck): Markup => {
  const mail = input.state.mails.find((candidate) => candidate.mailKey === check.mailKey)
  return decisionForm(
    frame,
    {
      action: `decide-fact-check/${check.mailKey}`,
      command: 'decide-fact-check',
      to: input.base,
      heading: `Rettelse fra ${municipalityName(check.party)} ved faktatjekket, ${moment(check.at)}`,
      hidden: { mailKey: check.mailKey },
    },
    (form) =>
      html`<div data-party="${check.party}" data-since="${check.at}"></div>
        ${verbatim(check.text || ownWords(mail) || 'Se mailens side.', 'Rettelsens tekst')}
        <p><a href="${mailPath(input.base, check.mailKey)}">Mailens side</a></p>
        ${form.radios('as', {
          label: 'Hvad sker der med siderne?',
          choices: [
            { value: 'corrected', label: 'Siderne rettes' },
            { value: 'rejected', label: 'Siderne ændres ikke' },
            {
              value: 'figure',
              label: 'Det gælder et bedømt tal: spørg, om sagen skal genoptages',
            },
          ],
        })}
        ${form.textArea('text', {
          label: 'Svar til kommunen',
          hint: 'Hvad der er rettet, eller hvorfor ikke. Står i svaret og på siderne.',
        })}
        ${details(
          'Ret et navn på siderne',
          html`${titlesOnPages(input.state).map(({ key, title }) =>
            form.textInput(`title.${key}`, {
              label: `Navn på ${titleName(key)}`,
              hint: `Nu: ${title}. Tomt: som nu.`,
              required: false,
            }),
          )}`,
        )}`,
  )
}

/** One form for every correction of the fact check that nobody has decided on. */
export const correctionForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${openCorrections(input.state).map((check) => correctionForm(frame, input, check))}`
