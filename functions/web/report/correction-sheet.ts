import { printDate, joinWords } from '../../domain/base/danish.ts'
import { municipality } from '../../domain/directory/municipalities.ts'
import type { ReportedAgreement, ReportedTarget } from '../../domain/report/report.ts'
import {
  baselineText,
  factCheckText,
  figureText,
  goalText,
  overallText,
  resultText,
  verdictText,
  municipalitiesText,
} from './report-words.ts'
import { html } from 'hono/html'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import type { CorrectionSheet } from '../../domain/report/correction-sheet.ts'
import { countCell, csvOf, tableOf, type Column } from '../columns.ts'
import { table, type Markup } from '../markup.ts'
import { textFile, type ReportFile, type ReportFormats } from './report-files.ts'
import { asText, standalonePage } from './standalone.ts'

/** One place of an agreement's pages that reads otherwise now. */
export interface CorrectedPlace {
  /** `Mål 1, bedømmelse`. */
  readonly place: string
  readonly was: string
  readonly holds: string
}

const none = '–'

const standing = ({ assessed, outcome }: ReportedAgreement): string =>
  assessed === null
    ? outcome === 'stopped'
      ? 'bedømmelsen er standset'
      : 'ikke bedømt endeligt'
    : `endeligt bedømt den ${printDate(assessed.on)} (bedømmelse nr. ${assessed.version})`

const changed = (place: string, was: string, holds: string): readonly CorrectedPlace[] =>
  was === holds ? [] : [{ place, was: was === '' ? none : was, holds: holds === '' ? none : holds }]

const byHandText = ({ byHand }: ReportedTarget): string =>
  byHand === null ? 'nej' : `ja: ${byHand.reason ?? 'begrundelsen vises ikke'}`

const ofTarget = (was: ReportedTarget, holds: ReportedTarget): readonly CorrectedPlace[] => {
  const at = (what: string) => `Mål ${was.key.slice(1)}, ${what}`
  const codes = [...new Set([...was.members, ...holds.members].map((one) => one.municipality))]
  const memberText = (target: ReportedTarget, code: string) => {
    const member = target.members.find((one) => one.municipality === code)
    return member === undefined || target.verdict === null
      ? none
      : figureText(member.figure, { ...target, verdict: null })
  }
  return [
    ...changed(at('navn'), was.title, holds.title),
    ...changed(at('udgangspunkt'), baselineText(was), baselineText(holds)),
    ...changed(at('mål'), goalText(was), goalText(holds)),
    ...changed(at('resultat'), resultText(was), resultText(holds)),
    ...codes.flatMap((code) =>
      changed(
        at(`tal fra ${municipality(code).officialName}`),
        memberText(was, code),
        memberText(holds, code),
      ),
    ),
    ...changed(at('bedømmelse'), verdictText(was), verdictText(holds)),
    ...changed(at('begrundelse'), was.sentence, holds.sentence),
    ...changed(at('ændret ved konkret vurdering'), byHandText(was), byHandText(holds)),
  ]
}

/**
 * What of an agreement's pages reads otherwise, place by place, in the words of the pages. Courses that go on by
 * themselves (a renegotiation, the dissemination) are no errors of the report and are not in it.
 */
export const correctedPlaces = (
  was: ReportedAgreement,
  holds: ReportedAgreement,
): readonly CorrectedPlace[] => [
  ...changed('Aftalens navn', was.title, holds.title),
  ...changed('Bedømmelsen', standing(was), standing(holds)),
  ...changed('Samlet', overallText(was), overallText(holds)),
  ...was.targets.flatMap((target) => {
    const now = holds.targets.find((one) => one.key === target.key)
    return now === undefined ? [] : ofTarget(target, now)
  }),
  ...changed('Ydre forhold', was.externalFactors.join(' '), holds.externalFactors.join(' ')),
  ...was.actions.flatMap((action) =>
    changed(
      `Aktivitet ${action.key.slice(1)}, navn`,
      action.title,
      holds.actions.find((one) => one.key === action.key)?.title ?? action.title,
    ),
  ),
  ...was.parties.flatMap((party) => {
    const now = holds.parties.find((one) => one.municipality === party.municipality)
    return now === undefined
      ? []
      : changed(`Faktatjek, ${party.name}`, factCheckText(party), factCheckText(now))
  }),
]

/** A correction sheet as its files show it; null: not issued yet. */
interface IssuedSheet {
  readonly sheet: CorrectionSheet
  readonly issuedOn: string | null
}

/** Names of a sheet's files; the number tells them apart for ever. */
export const correctionFileNames = (year: number, number: number) => {
  const name = `rettelsesblad-${number}-samlet-afrapportering-${year}`
  return { json: `${name}.json`, page: `${name}.html`, print: `${name}.pdf`, csv: `${name}.csv` }
}

/** `Rettelsesblad nr. 1 til den samlede afrapportering for 2014` (L13b). */
export const correctionTitle = ({ number, year }: Pick<CorrectionSheet, 'number' | 'year'>): string =>
  `Rettelsesblad nr. ${number} til den samlede afrapportering for ${year}`

const causeWords = {
  assessment: 'ny endelig bedømmelse efter genoptagelse',
  'fact-check': 'rettelse ved faktatjekket',
} as const
export const causesWords = (causes: CorrectionSheet['causes']): string =>
  joinWords(causes.map(({ is, on }) => `${causeWords[is]} den ${printDate(on)}`))

/** The sheet's content below its title. */
export const correctionContent = ({ sheet, issuedOn }: IssuedSheet): Markup =>
  html`<p>
      ${sheet.holds.title} (sagsnr. ${sheet.holds.caseNumber}), ${municipalitiesText(sheet.holds)}.
      ${issuedOn === null ? 'Forslag, ikke udsendt.' : `Udsendt den ${printDate(issuedOn)}.`}
    </p>
    <p>Grundlag: ${causesWords(sheet.causes)}.</p>
    <p>Hvorfor: ${sheet.why}</p>
    ${table(
      correctionTitle(sheet),
      [{ title: 'Sted' }, { title: 'Rapporten sagde' }, { title: 'Nu gælder' }],
      correctedPlaces(sheet.was, sheet.holds).map(({ place, was, holds }) => [place, was, holds]),
    )}
    <p>
      Rapporten, der blev frosset den ${printDate(sheet.frozenOn)} (kontrolsum ${sheet.report.slice(0, 12)}),
      er uændret; dette blad læses sammen med den.
    </p>`

const csvColumns: readonly Column<IssuedSheet & { readonly corrected: CorrectedPlace }>[] = [
  { heading: 'År', cell: ({ sheet }) => countCell(sheet.year) },
  { heading: 'Rettelsesblad', cell: ({ sheet }) => countCell(sheet.number) },
  { heading: 'Udsendt', cell: ({ issuedOn }) => issuedOn },
  { heading: 'Aftale', cell: ({ sheet }) => sheet.holds.agreement },
  { heading: 'Titel', cell: ({ sheet }) => sheet.holds.title },
  { heading: 'Sagsnr.', cell: ({ sheet }) => sheet.holds.caseNumber },
  { heading: 'Sted', cell: ({ corrected }) => corrected.place },
  { heading: 'Rapporten sagde', cell: ({ corrected }) => corrected.was },
  { heading: 'Nu gælder', cell: ({ corrected }) => corrected.holds },
  { heading: 'Grundlag', cell: ({ sheet }) => causesWords(sheet.causes) },
  { heading: 'Hvorfor', cell: ({ sheet }) => sheet.why },
]

const correctionCsv = (issued: IssuedSheet): string => {
  const places = correctedPlaces(issued.sheet.was, issued.sheet.holds)
  return csvOf(
    tableOf(
      csvColumns,
      places.map((corrected) => ({ ...issued, corrected })),
    ),
  )
}

/** Every file of an issued sheet, made from the value and its date alone: equal sheets give equal bytes. */
export const correctionFiles = (
  issued: { readonly sheet: CorrectionSheet; readonly issuedOn: string },
  formats: Pick<ReportFormats, 'print'>,
): readonly ReportFile[] => {
  const { sheet, issuedOn } = issued
  const names = correctionFileNames(sheet.year, sheet.number)
  const title = correctionTitle(sheet)
  return [
    textFile(names.json, () => canonicalJson({ ...sheet, issuedOn })),
    textFile(names.page, () =>
      asText(standalonePage({ title, authority: sheet.ministry, content: correctionContent(issued) })),
    ),
    {
      name: names.print,
      bytes: async () =>
        formats.print({
          title,
          author: sheet.ministry,
          language: 'da-DK',
          datedOn: issuedOn,
          markup: (await html`<div>${correctionContent(issued)}</div>`).toString(),
        }),
    },
    textFile(names.csv, () => correctionCsv(issued)),
  ]
}
