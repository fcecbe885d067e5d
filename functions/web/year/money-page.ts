import { html } from 'hono/html'
import { compareDanish, printKroner } from '../../domain/base/danish.ts'
import type { Advance } from '../../domain/agreement/content.ts'
import type { FrameUse, Commitment } from '../../domain/money/budget.ts'
import { nothing, table, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import { advanceText, kindPlural } from '../report/report-words.ts'

/** What the money page shows: frames of one year, what is committed of them, and by whom. */
export interface MoneyPageInput {
  readonly year: number
  /** Null: the installation keeps no frames, and nothing is checked against them. */
  readonly frames: readonly FrameUse[] | null
  readonly agreements: readonly {
    readonly commitment: Commitment
    readonly title: string
    /** With reservation for the Finance Act: no frame for the year is passed. */
    readonly reserved: boolean
    readonly advances: readonly Advance[]
  }[]
}

const kroner = (amount: bigint): string => printKroner(String(amount))

const frameTable = (year: number, frames: readonly FrameUse[]): Markup =>
  table(
    `Tilsagnsrammer for ${year}`,
    [
      { title: 'Ramme' },
      { title: 'Aftaler' },
      { title: 'Til rådighed', right: true },
      { title: 'Givet tilsagn om', right: true },
      { title: 'Rest', right: true },
    ],
    frames.map((use) => [
      use.frame.source,
      use.frame.kinds.map((kind) => kindPlural[kind]).join(', '),
      kroner(use.kroner),
      kroner(use.committed),
      kroner(use.free),
    ]),
  )

/** The year's money: frames, commitments, what is free, and each agreement's part. */
export const moneyPage = (frame: PageFrame, input: MoneyPageInput): Markup => {
  const { year, frames, agreements } = input
  return page(frame, {
    title: `Tilsagn for ${year}`,
    path: `/runs/${year}/money`,
    content: html`${
        frames === null
          ? html`<p>Der er ikke lagt tilsagnsrammer ind. Tilsagn bliver ikke holdt op mod en ramme.</p>`
          : frames.length === 0
            ? html`<p>
                Der er ingen tilsagnsramme for ${year}. Tilsagn gives med forbehold for den nødvendige
                bevilling på finansloven.
              </p>`
            : frameTable(year, frames)
      }
      <h2>Aftalerne</h2>
      ${
        agreements.length === 0
          ? html`<p>Ingen aftaler har tilsagn for ${year}.</p>`
          : table(
              `Tilsagn for ${year} efter aftale`,
              [{ title: 'Aftale' }, { title: 'Tilsagn', right: true }, { title: 'Forbehold og forskud' }],
              agreements
                .toSorted((a, b) => compareDanish(a.title, b.title))
                .map(({ commitment, title, reserved, advances }) => [
                  html`<a href="/reviews/${year}/${commitment.agreement}">${title}</a>`,
                  kroner(commitment.kroner),
                  html`${reserved ? 'Med forbehold for bevilling på finansloven. ' : nothing}${advances.map(
                    (advance) => html`${advanceText(advance)} `,
                  )}`,
                ]),
            )
      }
      <p>Tilsagn falder ikke bort, fordi et mål ikke er opfyldt.</p>
      <p><a href="/runs/${year}">Til året</a></p>`,
  })
}
