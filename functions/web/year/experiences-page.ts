import { html } from 'hono/html'
import { themes, type Theme } from '../../domain/agreement/theme.ts'
import { printDate } from '../../domain/base/danish.ts'
import { municipality } from '../../domain/directory/municipalities.ts'
import type { ExperienceCard } from '../../domain/year-run/slices/experiences.ts'
import { decisionForm } from '../form.ts'
import { alert, facts, nothing, verbatim, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import { themeName } from '../report/theme-section.ts'
import { moment, municipalityNames } from '../words.ts'
import { experiencesPath, type ExperienceLetterView, type ExperiencesView } from './experiences-view.ts'
import type { OfferedExperience } from '../../domain/review/slices/facts.ts'

const nameOf = (code: string): string => municipality(code).officialName

const cardList = (cards: readonly ExperienceCard[]): Markup =>
  html`${themes.map((theme) => {
    const own = cards.filter((card) => card.theme === theme)
    return own.length === 0
      ? nothing
      : html`<h2>${themeName(theme)}</h2>
          ${own.map(
            (card) =>
              html`<article class="card">
                <h3>${nameOf(card.municipality)}</h3>
                <p>${card.text}</p>
                <p class="quiet">Udgivet den ${printDate(card.publishedOn)}</p>
              </article>`,
          )}`
  })}`

type Told = Pick<OfferedExperience, 'agreement' | 'municipality' | 'mailKey'>
const idOf = (one: Told): string => `${one.agreement}-${one.municipality}`
const hiddenOf = (one: Told) => ({
  agreement: one.agreement,
  municipality: one.municipality,
  mailKey: one.mailKey,
})

const publishForm = (
  frame: PageFrame,
  to: string,
  one: Told & { readonly text: string; readonly theme: Theme | undefined },
  heading: string,
): Markup => {
  const id = idOf(one)
  return decisionForm(
    frame,
    {
      action: `publish-experience/${id}`,
      command: 'publish-experience',
      to,
      heading,
      hidden: hiddenOf(one),
    },
    (form) =>
      html`${form.select('theme', {
        label: 'Tema',
        value: one.theme ?? '',
        choices: themes.map((theme) => ({ value: theme, label: themeName(theme) })),
      })}
      ${form.textArea('text', {
        label: 'Tekst på kortet, redigeret og uden oplysninger om personer',
        rows: 6,
        value: one.text,
      })}`,
  )
}

const forms = (frame: PageFrame, to: string, one: OfferedExperience): Markup =>
  html`<h3>${nameOf(one.municipality)}, modtaget den ${printDate(one.receivedOn)}</h3>
    ${verbatim(one.text, `Erfaring fra ${nameOf(one.municipality)}`)}
    ${publishForm(frame, to, { ...one, theme: one.themes[0] }, 'Udgiv som kort')}
    ${decisionForm(
      frame,
      {
        action: `leave-out-experience/${idOf(one)}`,
        command: 'leave-out-experience',
        to,
        heading: 'Udelad',
        hidden: hiddenOf(one),
      },
      (form) => form.textArea('reason', { label: 'Begrundelse' }),
    )}`

/** Cards that may not go as they are: a number would tell of a figure that is hidden. */
const unprintableSection = (frame: PageFrame, to: string, cards: readonly ExperienceCard[]): Markup =>
  cards.length === 0
    ? nothing
    : html`${alert(
        'warning',
        'Et kort skal skrives om',
        `Kortet fra ${municipalityNames(cards.map((card) => card.municipality))} indeholder et tal, og aftalen har tal, der ikke vises. Udgiv det igen uden tal.`,
      )}
      ${
        frame.reader.roles.includes('caseworker')
          ? cards.map((card) =>
              publishForm(frame, to, card, `Udgiv igen uden tal: ${nameOf(card.municipality)}`),
            )
          : nothing
      }`

const statusOf = (letter: ExperienceLetterView): string => {
  if (letter.sent > 0 && letter.left === letter.withoutMailbox.length)
    return `Sendt til ${letter.sent} kommuner`
  if (letter.released !== null) return `Frigivet ${moment(letter.released)}; sendes på næste arbejdsdag kl. 9`
  return letter.awaitsRelease ? 'Venter på en godkender' : 'Ikke frigivet'
}

/** The letter to every municipality: how far it is, what it could not reach, and its release. */
const letterSection = (
  frame: PageFrame,
  to: string,
  letter: ExperienceLetterView,
  unprintable: ExperiencesView['unprintable'],
): Markup =>
  html`<section aria-labelledby="brevet">
    <h2 id="brevet">Brevet til alle kommuner</h2>
    ${facts([
      ['Status', statusOf(letter)],
      ['Sendt', String(letter.sent)],
      ['Mangler', String(letter.left)],
      ...(letter.bounced.length === 0 ? [] : [['Kom retur fra', municipalityNames(letter.bounced)] as const]),
      ...(letter.withoutMailbox.length === 0
        ? []
        : [['Ingen hovedpostkasse kendt', municipalityNames(letter.withoutMailbox)] as const]),
    ])}
    ${
      letter.awaitsRelease && unprintable.length === 0 && frame.reader.roles.includes('approver')
        ? decisionForm(
            frame,
            {
              action: 'release-experiences',
              command: 'release-experiences',
              to,
              heading: 'Frigiv brevet',
              hidden: { subject: letter.subject },
            },
            () =>
              html`<p>
                Kortene ovenfor sendes ordnet efter tema til ${letter.left} kommuners hovedpostkasser på næste
                arbejdsdag kl. 9, én gang til hver.
              </p>`,
          )
        : nothing
    }
  </section>`

/** The year's experience cards by theme, and what municipalities offered that waits for a caseworker. */
export const experiencesPage = (frame: PageFrame, view: ExperiencesView): Markup => {
  const to = experiencesPath(view.year)
  const may = frame.reader.roles.includes('caseworker')
  return page(frame, {
    title: `Erfaringer fra ${view.year}`,
    path: to,
    content: html`<p>Kommunerne bag har sagt ja til at dele erfaringerne.</p>
      ${view.cards.length === 0 ? html`<p>Ingen kort er udgivet.</p>` : cardList(view.cards)}
      ${
        view.undecided.length === 0
          ? nothing
          : html`<h2>Venter på en sagsbehandler</h2>
              ${
                may
                  ? view.undecided.map((one) => forms(frame, to, one))
                  : html`<ul>
                      ${view.undecided.map((one) => html`<li>${nameOf(one.municipality)}</li>`)}
                    </ul>`
              }`
      }
      ${unprintableSection(frame, to, view.unprintable)}
      ${view.letter === null ? nothing : letterSection(frame, to, view.letter, view.unprintable)}`,
  })
}
