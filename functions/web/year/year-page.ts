import { html } from 'hono/html'
import * as z from 'zod'
import { compareDanish } from '../../domain/base/danish.ts'
import { entrySchema, entryTurn } from '../../domain/casefile/open-task.ts'
import { reviewStatuses } from '../../domain/review/status.ts'
import { runStream } from '../../domain/base/stream-id.ts'
import { badge, facts, nothing, table, type Markup } from '../markup.ts'
import { executionsFact } from '../operator/operator-parts.ts'
import { page, type PageFrame } from '../page.ts'
import {
  day,
  leftOutWords,
  moment,
  municipalityNames,
  statusTones,
  statusWords,
  turnWords,
} from '../words.ts'

/** What the list shows of a review, as its head carries it. */
export const reviewRowSchema = z.object({
  agreement: z.string(),
  title: z.string(),
  caseNumber: z.string(),
  status: z.enum(reviewStatuses),
  ...entrySchema.shape,
  municipalities: z.array(z.string()),
  dueOn: z.string(),
  missing: z.int(),
  held: z.int(),
  extensions: z.int(),
  stuck: z.boolean(),
  since: z.string(),
})
export type ReviewRow = z.infer<typeof reviewRowSchema>

export const renegotiationRowSchema = z.object({
  agreement: z.string(),
  seq: z.int(),
  year: z.int(),
  title: z.string(),
  status: z.string(),
  outcome: z.string(),
  matterId: z.string(),
  ...entrySchema.shape,
  municipalities: z.array(z.string()),
  dueOn: z.string(),
  opened: z.boolean(),
  stuck: z.boolean(),
})
export type RenegotiationRow = z.infer<typeof renegotiationRowSchema>

export interface YearPageInput {
  readonly year: number
  /** In Danish. */
  readonly status: string
  readonly requestOn: string
  readonly dueOn: string
  readonly factCheckOn: string
  readonly reportingOn: string
  readonly stuck: boolean
  readonly reviews: readonly ReviewRow[]
  readonly leftOut: readonly {
    readonly agreement: string
    readonly municipalities: readonly string[]
    readonly reason: keyof typeof leftOutWords
  }[]
  readonly renegotiations: readonly RenegotiationRow[]
}

const stuckBadge = (stuck: boolean): Markup => (stuck ? html` ${badge('gået i stå', 'error')}` : nothing)

const counts = (reviews: readonly ReviewRow[]): Markup =>
  table(
    'Sager efter status',
    [{ title: 'Status' }, { title: 'Antal', right: true }],
    [
      ...reviewStatuses
        .map(
          (status) => [statusWords[status], reviews.filter((row) => row.status === status).length] as const,
        )
        .filter(([, count]) => count > 0)
        .map(([name, count]) => [name, String(count)]),
      ['I alt', String(reviews.length)],
    ],
  )

const reviewTable = (year: number, today: string, reviews: readonly ReviewRow[]): Markup =>
  table(
    `Bedømmelser af ${year}`,
    [
      { title: 'Aftale' },
      { title: 'Status' },
      { title: 'Hvis tur' },
      { title: 'Frist' },
      { title: 'Mangler', right: true },
      { title: 'Tilbageholdt', right: true },
      { title: 'Senest ændret' },
    ],
    reviews
      .toSorted((a, b) =>
        compareDanish(municipalityNames(a.municipalities), municipalityNames(b.municipalities)),
      )
      .map((row) => [
        html`<a href="/reviews/${year}/${row.agreement}">${municipalityNames(row.municipalities)}</a>
          <span class="quiet">${row.caseNumber}</span>`,
        html`${badge(statusWords[row.status], statusTones[row.status])}${stuckBadge(row.stuck)}`,
        turnWords[entryTurn(row, today)],
        day(row.dueOn),
        String(row.missing),
        row.held === 0 ? '0' : html`${badge(String(row.held), 'warning')}`,
        moment(row.since),
      ]),
  )

const outcomeWords: Readonly<Record<string, string>> = {
  declined: 'afslået',
  rider: 'tillæg indgået',
  'not-accepted': 'ikke tiltrådt',
  lapsed: 'bortfaldet',
  withdrawn: 'trukket tilbage',
}

const renegotiationStatusWords: Readonly<Record<string, string>> = {
  raised: 'spørgsmål rejst',
  opened: 'åbnet',
  drafted: 'udkast til godkendelse',
  approved: 'forslag udsendes',
  proposed: 'forslag hos parterne',
  agreed: 'tiltrådt',
  ending: 'afsluttes',
  settled: 'afsluttet',
}

const renegotiationTable = (today: string, rows: readonly RenegotiationRow[]): Markup =>
  html`<section aria-labelledby="genforhandlinger">
    <h2 id="genforhandlinger">Genforhandlinger</h2>
    ${
      rows.length === 0
        ? html`<p>Ingen spørgsmål om genforhandling er rejst.</p>`
        : table(
            'Spørgsmål om genforhandling',
            [{ title: 'Aftale' }, { title: 'Status' }, { title: 'Hvis tur' }, { title: 'Svar senest' }],
            rows
              .toSorted((a, b) =>
                compareDanish(municipalityNames(a.municipalities), municipalityNames(b.municipalities)),
              )
              .map((row) => [
                html`<a href="/renegotiations/${row.agreement}/${row.seq}"
                  >${municipalityNames(row.municipalities)}</a
                >`,
                html`${outcomeWords[row.outcome] ?? renegotiationStatusWords[row.status] ?? row.status}${stuckBadge(row.stuck)}`,
                turnWords[entryTurn(row, today)],
                day(row.dueOn),
              ]),
          )
    }
  </section>`

/** The year: every review with whose turn it is, who is left out and why, and the renegotiations beside it. */
export const yearPage = (frame: PageFrame, input: YearPageInput): Markup =>
  page(frame, {
    title: `Året ${input.year}`,
    path: `/runs/${input.year}`,
    content: html`${facts([
        ['Status', html`${input.status}${stuckBadge(input.stuck)}`],
        ['Anmodning', day(input.requestOn)],
        ['Frist', day(input.dueOn)],
        ['Faktatjek', day(input.factCheckOn)],
        ['Afrapportering', day(input.reportingOn)],
        ['Tilsagn', html`<a href="/runs/${input.year}/money">Tilsagnsrammer og tilsagn</a>`],
        ...executionsFact(frame.reader, runStream(input.year)),
      ])}
      <h2>Overblik</h2>
      ${counts(input.reviews)}
      <h2>Bedømmelser</h2>
      ${reviewTable(input.year, frame.today, input.reviews)}
      ${renegotiationTable(frame.today, input.renegotiations)}
      <h2>Spørges ikke for ${input.year}</h2>
      ${
        input.leftOut.length === 0
          ? html`<p>Alle aftaler indgår.</p>`
          : table(
              `Aftaler, der ikke spørges for ${input.year}`,
              [{ title: 'Aftale' }, { title: 'Parter' }, { title: 'Hvorfor' }],
              input.leftOut.map((entry) => [
                entry.agreement,
                municipalityNames(entry.municipalities),
                leftOutWords[entry.reason],
              ]),
            )
      }`,
  })
