import { html } from 'hono/html'
import { askedForm, askedUpTo, missingFields } from '../../domain/review/asked.ts'
import { dueOnOf } from '../../domain/review/collection.ts'
import type { FormField } from '../../domain/form/field.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { erasedOn } from '../erasure/erasure-words.ts'
import { alert, badge, nothing, table, type Markup } from '../markup.ts'
import { day, moment, municipalityName } from '../words.ts'
import { answerText, lastYearText, provenanceText, targetText } from './answer-words.ts'
import type { Figure, PartyState } from '../../domain/review/slices/figures.ts'
import { isWithdrawn } from '../../domain/casefile/erasures.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import type { TypedSource } from '../../domain/casefile/figures-typed.ts'

/** Address of a mail's own page. */
export const mailPath = (base: string, mailKey: string): string =>
  `${base}/mails/${encodeURIComponent(mailKey)}`

/** The name of a key's row on a page, for links to it. */
export const figureAnchor = (key: string): string => `tal-${key.replaceAll(/[^\p{L}\p{N}]/gu, '-')}`

/** The cell it was read in, on the mail's page; the answer itself where the cell cannot be shown any more. */
export const cellAnchor = (key: string): string => `celle-${figureAnchor(key).slice('tal-'.length)}`

/** The row of a party's figure on the review's page, which the report's numbers lead to. */
const rowAnchor = (municipality: string, key: string): string =>
  `tal-${municipality}-${figureAnchor(key).slice('tal-'.length)}`

/** The first row of a target: of one party, or of the party that stands first. */
const targetAnchor = (municipality: string | null, target: string): string =>
  municipality === null ? `maal-${target}` : `maal-${municipality}-${target}`

/** Where a result of the joint report is followed to: the review's row of the figures it was made from. */
export const resultPath = (
  year: number,
  agreement: string,
  target: string,
  municipality: string | null,
): string => `/reviews/${year}/${agreement}#${targetAnchor(municipality, target)}`

/** A key, with the names that links lead to: its own, and its target's where it comes first of it. */
const keyCell = (
  state: ReviewState,
  party: PartyState,
  fields: readonly FormField[],
  field: FormField,
): Markup => {
  const own = html`<span id="${rowAnchor(party.municipality, field.key)}">${field.key}</span>`
  const { subject } = field
  if (subject.of !== 'target') return own
  const { key } = subject.target
  const first = fields.find((other) => other.subject.of === 'target' && other.subject.target.key === key)
  if (first !== field) return own
  const named = html`<span id="${targetAnchor(party.municipality, key)}">${own}</span>`
  return state.parties[0] === party ? html`<span id="${targetAnchor(null, key)}">${named}</span>` : named
}

/** Straight to the line or the cell, where it stood in one; otherwise to the answer on the page of what was typed. */
const placeAnchor = ({ key, at }: Figure): string => {
  switch (at.part) {
    case 'text':
      return `linje-${at.line}`
    case 'table':
    case 'workbook':
      return cellAnchor(key)
    case 'typed':
      return figureAnchor(key)
    default:
      return at satisfies never
  }
}

const targetCell = (field: FormField, year: number): string =>
  field.subject.of === 'target' && (field.subject.part === 'value' || field.subject.part === 'of-which')
    ? targetText(field.subject.target, year)
    : ''

const source = (state: ReviewState, party: PartyState, key: string, base: string): Markup => {
  const figure = party.figures[key]
  if (figure === undefined) return html`–`
  const erased = erasedOn(state.mails.find(({ mailKey }) => mailKey === figure.mailKey)?.erasure)
  const what = figure.at.part === 'typed' ? 'tastet' : 'mail'
  return html`<a href="${mailPath(base, figure.mailKey)}#${placeAnchor(figure)}"
      >${what} ${moment(figure.receivedAt)}</a
    >,
    ${erased ?? provenanceText(figure.at)}${figure.written === '' ? '' : html` <span class="quiet">»${figure.written}«</span>`}${figure.before === null ? '' : html` <span class="quiet">(rettet)</span>`}`
}

const valueCell = (party: PartyState, field: FormField, missing: ReadonlySet<string>): Markup => {
  const figure = party.figures[field.key]
  const doubted = party.doubts.some((doubt) => doubt.key === field.key)
  const value = figure === undefined ? html`` : html`${answerText(figure.value, figure.text, field.unit)}`
  if (doubted) return html`${value} ${badge('i tvivl', 'warning')}`
  return missing.has(field.key) ? html`${value} ${badge('mangler', 'warning')}` : value
}

const partySection = (state: ReviewState, party: PartyState, base: string): Markup => {
  const { content } = state
  if (content === null) return nothing
  const on = askedUpTo(state, party.municipality)
  const fields = askedForm(content, state.year, party.municipality, on)
  const known = new Set(fields.map((field) => field.key))
  const missing = new Set(missingFields(state, party, on).map((field) => field.key))
  const shown = fields.filter((field) => field.required || party.figures[field.key] !== undefined)
  const others = Object.values(party.figures).filter((figure) => !known.has(figure.key))
  const rows = [
    ...shown.map((field) => [
      keyCell(state, party, shown, field),
      valueCell(party, field, missing),
      lastYearText(field, state.year, party.municipality),
      targetCell(field, state.year),
      source(state, party, field.key, base),
    ]),
    ...others.map((figure) => [
      html`<span id="${rowAnchor(party.municipality, figure.key)}">${figure.key}</span>`,
      answerText(figure.value, figure.text, ''),
      '–',
      '',
      source(state, party, figure.key, base),
    ]),
  ]
  const name = municipalityName(party.municipality)
  return html`<h3>${name}</h3>
    <p>
      Frist ${day(dueOnOf(state, party.municipality))}.
      ${missing.size === 0 ? 'Intet mangler.' : `Mangler: ${[...missing].join(', ')}.`}
      ${party.finishedAt === null ? '' : `Meldt færdig ${moment(party.finishedAt)}.`}
      ${party.theirCaseNumber === null ? '' : `Kommunens sagsnr. ${party.theirCaseNumber}.`}
    </p>
    ${table(
      `Tal fra ${name}`,
      [
        { title: 'Nøgle' },
        { title: `Resultat ${state.year}` },
        { title: `${state.year - 1}` },
        { title: 'Mål' },
        { title: 'Kilde' },
      ],
      rows,
    )}`
}

/** The figures of each party with where they came from, what is missing and what is in doubt. */
export const figuresSection = (state: ReviewState, base: string): Markup =>
  html`<section aria-labelledby="tal">
    <h2 id="tal">Tal</h2>
    ${
      state.content?.synthetic === true
        ? alert('info', 'Eksempeldata', 'Mål og kontakter i denne aftale er opdigtede eksempler.')
        : nothing
    }
    ${state.parties.map((party) => partySection(state, party, base))}
  </section>`

/** Shown to nobody: set aside, or asked to be erased. */
export const isHidden = (mail: MailRecord): boolean => mail.standing === 'set-aside' || isWithdrawn(mail)

/** What figures were typed in from, as the pages say it. */
export const sourceWords: Readonly<Record<TypedSource, string>> = {
  mail: 'en mail',
  letter: 'et brev',
  phone: 'en telefonsamtale',
  meeting: 'et møde',
}
