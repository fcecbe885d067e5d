import { html } from 'hono/html'
import {
  joinWords,
  numberWord,
  printDate,
  printNumber,
  printPct,
  printWholePct,
} from '../../domain/base/danish.ts'
import type { JointReport, MethodNote, Tally } from '../../domain/report/report.ts'
import { nothing, type Markup, table } from '../markup.ts'
import { sourceWords } from '../review/figures.ts'
import { agreementSection, type FollowResult } from './agreement-section.ts'
import { overallChart, verdictChart, verdictNames, verdictOrder } from './charts.ts'
import { effortSection } from './effort-section.ts'
import {
  factCheckText,
  kindPlural,
  kindWords,
  leftOutText,
  municipalitiesText,
  overallText,
  phaseText,
} from './report-words.ts'
import { themeSection } from './theme-section.ts'

/** `to tal`, `ét tal`, `ingen aftaler`. */
const counted = (count: number, one: string, many: string): string => {
  if (count === 0) return `ingen ${many}`
  const gender = one.endsWith('mål') || one.endsWith('tal') ? 'neuter' : 'common'
  return `${numberWord(count, 'da', gender)} ${count === 1 ? one : many}`
}
const first = (sentence: string): string => sentence.slice(0, 1).toLocaleUpperCase('da') + sentence.slice(1)

const thresholds = ({ method }: JointReport): string =>
  method.thresholds.length === 0
    ? 'Ingen mål er bedømt efter fremgang.'
    : `Mål, der bedømmes efter fremgang, er delvist opfyldt fra ${joinWords(
        method.thresholds.map(
          ({ partlyFromPct, targets }) =>
            `${printPct(partlyFromPct, 'da', 0)} af den aftalte fremgang (${counted(targets, 'mål', 'mål')})`,
        ),
      )}.`

/** `én decimal`; with other numbers of decimals beside it where agreements have them. */
const roundedTo = ({ decimals = [], rounded }: MethodNote): string => {
  const others = decimals.map(
    (one) => `${counted(one.decimals, 'decimal', 'decimaler')} (${counted(one.targets, 'mål', 'mål')})`,
  )
  const usual = rounded > decimals.reduce((all, one) => all + one.targets, 0) ? ['én decimal'] : []
  return joinWords([...usual, ...others])
}

const ownCaps = ({ caps = [] }: MethodNote): string =>
  caps.length === 0
    ? ''
    : `, hvor aftalen ikke siger andet: ${joinWords(
        caps.map((one) => `${printNumber(one.capPct)} pct. for ${counted(one.targets, 'mål', 'mål')}`),
      )}`

const ownCoverages = ({ coverages = [] }: MethodNote): string =>
  coverages.length === 0
    ? ''
    : `, hvor aftalen ikke siger andet: ${joinWords(
        coverages.map(
          (one) =>
            `${printNumber(one.minimumCoveragePct)} pct. i ${counted(one.agreements, 'aftale', 'aftaler')}`,
        ),
      )}`

/** ` efter et brev (to tal) og en telefonsamtale (ét tal)`. */
const typedFromText = ({ typedFrom = [] }: MethodNote): string =>
  typedFrom.length === 0
    ? ''
    : ` efter ${joinWords(
        typedFrom.map(({ source, figures }) => `${sourceWords[source]} (${counted(figures, 'tal', 'tal')})`),
      )}`

/** How the figures came about: what I20 asks for, in the reader's words. */
export const methodSection = (report: JointReport): Markup => {
  const { method } = report
  const { suppression } = method
  return html`<section id="metode" aria-labelledby="titel-metode">
    <h2 id="titel-metode">Metode</h2>
    <dl>
      <dt>Data</dt>
      <dd>
        Rapporten bygger på det, der var journaliseret til og med den ${printDate(method.dataOn)}. Tallene er
        opgjort af kommunerne på de datoer, aftalerne nævner, og kan være genstand for efterregulering.
      </dd>
      <dt>Kilder</dt>
      <dd>${method.sources.length === 0 ? 'Ingen.' : `${joinWords(method.sources)}.`}</dd>
      <dt>Regler</dt>
      <dd>
        Bedømt efter regelversion ${method.ruleVersions.length === 0 ? '–' : joinWords(method.ruleVersions)}.
        ${thresholds(report)}
        ${
          method.cliffs === 0
            ? ''
            : `Under grænsen tæller fremgangen ikke med i den samlede målopfyldelse for ${counted(method.cliffs, 'mål', 'mål')}.`
        }
        ${method.rounded === 0 ? 'Der er bedømt på uafrundede tal.' : `${first(counted(method.rounded, 'mål', 'mål'))} er bedømt på tal afrundet til ${roundedTo(method)}.`}
        Den samlede målopfyldelse er vægtet og regnet med højst 100 pct. for hvert mål${ownCaps(method)}; er
        under halvdelen af vægten bedømt, kan helheden ikke bedømmes${ownCoverages(method)}. Kun ændringer i
        forudsætninger, der gælder i opgørelsesperioden, indgår i bedømmelsen.
      </dd>
      <dt>Partnerskaber</dt>
      <dd>Et partnerskabs tal er summen af medlemmernes tal, aldrig et gennemsnit af procenter.</dd>
      <dt>Diskretion</dt>
      <dd>
        Tal, der bygger på færre end ${printNumber(String(suppression.threshold))} personer på en af siderne,
        vises ikke${suppression.zeroShown ? '' : ', heller ikke 0 og 100 pct.'}; det samme gælder det tal
        mere, som ellers ville røbe dem. ${first(counted(suppression.cells, 'tal', 'tal'))} og
        ${counted(suppression.overalls, 'samlet målopfyldelse', 'samlede målopfyldelser')} er udeladt af den
        grund. Bedømmelserne bygger på de fulde tal.
      </dd>
      <dt>Ministeriets egne indtastninger</dt>
      <dd>
        ${first(counted(method.typedByMinistry, 'tal', 'tal'))} er indtastet af
        ministeriet${typedFromText(method)}.
      </dd>
      <dt>Konkrete vurderinger</dt>
      <dd>
        ${first(counted(method.changedByHand, 'bedømmelse', 'bedømmelser'))} er ændret ved en konkret
        vurdering, hver med sin begrundelse. Den samlede målopfyldelse er beregnet efter reglen og ændres ikke
        af dem.
      </dd>
      <dt>Ændrede aftaler</dt>
      <dd>
        ${
          method.agreementsChanged.length === 0
            ? 'Ingen aftaler er ændret i året eller siden.'
            : html`<ul>
                ${method.agreementsChanged.map(
                  (one) =>
                    html`<li>
                      ${one.title}: tillæg nr. ${one.rider}, tiltrådt den ${printDate(one.signedOn)}, virker
                      fra den ${printDate(one.effectiveFrom)}.
                    </li>`,
                )}
              </ul>`
        }
      </dd>
      ${
        method.synthetic === 0
          ? nothing
          : html`<dt>Eksempler</dt>
              <dd>
                ${first(counted(method.synthetic, 'aftale', 'aftaler'))} er eksempler: mål, kontakter og svar
                er opdigtede.
              </dd>`
      }
    </dl>
  </section>`
}

const tallyRow = (name: string, tally: Tally): readonly string[] => [
  name,
  String(tally.agreements),
  String(tally.targets),
  ...verdictOrder.map((verdict) => String(tally.verdicts[verdict])),
  printWholePct(tally.coverage),
]

const totals = (report: JointReport): Markup =>
  html`<section id="i-alt" aria-labelledby="titel-i-alt">
    <h2 id="titel-i-alt">Resultaterne i alt</h2>
    <p>
      ${report.totals.assessed} af ${report.totals.agreements} aftaler er endeligt bedømt, og
      ${report.totals.verdicts.met} af ${report.totals.targets} mål er opfyldt. Dækningen er
      ${printWholePct(report.totals.coverage)}: så stor en del af målene kunne bedømmes.
    </p>
    <figure>${verdictChart(report)}</figure>
    ${table(
      `Målene fordelt efter bedømmelse, ${report.year}`,
      [
        { title: 'Aftaler' },
        { title: 'Antal', right: true },
        { title: 'Mål', right: true },
        ...verdictOrder.map((verdict) => ({ title: verdictNames[verdict], right: true })),
        { title: 'Dækning', right: true },
      ],
      [
        tallyRow('I alt', report.totals),
        ...report.byKind.map(({ kind, tally }) => tallyRow(kindPlural[kind], tally)),
      ],
    )}
  </section>`

const overview = (report: JointReport): Markup =>
  html`<section id="oversigt" aria-labelledby="titel-oversigt">
    <h2 id="titel-oversigt">Aftalerne</h2>
    <figure>${overallChart(report)}</figure>
    ${table(
      `Oversigt over aftalerne, ${report.year}`,
      [
        { title: 'Aftale' },
        { title: 'Aftaletype' },
        { title: 'Parter' },
        { title: 'Samlet' },
        { title: 'Genforhandling' },
        { title: 'Faktatjek' },
      ],
      report.agreements.map((agreement) => [
        html`<a href="#aftale-${agreement.agreement}">${agreement.title}</a>`,
        kindWords[agreement.kind],
        municipalitiesText(agreement),
        overallText(agreement),
        agreement.renegotiations.map(phaseText).join('; ') || 'ingen',
        agreement.parties
          .map((party) =>
            agreement.parties.length === 1 ? factCheckText(party) : `${party.name}: ${factCheckText(party)}`,
          )
          .join('; '),
      ]),
    )}
    <p>
      Spørgsmål om genforhandling er rejst i ${report.renegotiations.raised} aftaler;
      ${report.renegotiations.running} er ikke afsluttet.
    </p>
  </section>`

const unfinished = (report: JointReport): Markup => {
  const open = report.agreements.filter((agreement) => agreement.outcome !== 'assessed')
  return open.length === 0
    ? nothing
    : html`<section id="ikke-afsluttet" aria-labelledby="titel-ikke-afsluttet">
        <h2 id="titel-ikke-afsluttet">Ikke afsluttede bedømmelser</h2>
        <ul>
          ${open.map(
            (agreement) =>
              html`<li>
                <a href="#aftale-${agreement.agreement}">${agreement.title}</a>:
                ${agreement.outcome === 'stopped' ? 'standset' : 'bedømmelsen var ikke afsluttet'}
              </li>`,
          )}
        </ul>
      </section>`
}

const leftOut = (report: JointReport): Markup =>
  report.leftOut.length === 0
    ? nothing
    : html`<section id="ikke-spurgt" aria-labelledby="titel-ikke-spurgt">
        <h2 id="titel-ikke-spurgt">Aftaler, der ikke er spurgt for ${report.year}</h2>
        ${table(
          `Aftaler, der ikke er spurgt for ${report.year}, og hvorfor`,
          [{ title: 'Aftale' }, { title: 'Parter' }, { title: 'Sagsnr.' }, { title: 'Hvorfor' }],
          report.leftOut.map((entry) => [
            entry.title,
            entry.municipalities.join(', '),
            entry.caseNumber,
            leftOutText(entry, report.year),
          ]),
        )}
      </section>`

export const reportTitle = (report: Pick<JointReport, 'year'>): string =>
  `Samlet afrapportering for ${report.year}`

/**
 * The report's content from its first heading of the second level: for the page itself and for the console.
 * @param follow where the console follows a result to; null in what is published
 */
export const reportContent = (report: JointReport, follow: FollowResult | null = null): Markup =>
  html`<div class="joint-report" lang="da">
    <p>
      ${report.ministry}. Rapporteringsdato: ${printDate(report.reportingOn)}. Resultaterne fremlægges og
      bedømmes én gang årligt efter resultatkontrakterne og partnerskabsaftalerne.
    </p>
    ${totals(report)} ${unfinished(report)} ${overview(report)} ${leftOut(report)} ${themeSection(report)}
    ${effortSection(report)}
    <section id="sider" aria-labelledby="titel-sider">
      <h2 id="titel-sider">Aftale for aftale</h2>
      ${report.agreements.map((agreement) => agreementSection(agreement, report.year, follow))}
    </section>
    ${methodSection(report)}
  </div>`
