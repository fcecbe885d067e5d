import { type AgreementKind, advanceCitation, type Advance } from '../../domain/agreement/content.ts'
import {
  decimalsAgainst,
  goalDecimals,
  joinWords,
  printDate,
  printKroner,
  printNumber,
  printPct,
  printWholePct,
} from '../../domain/base/danish.ts'
import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import type {
  ReportedAgreement,
  ReportedAssumption,
  ReportedLeftOut,
  ReportedParty,
  ReportedRenegotiation,
  ReportedTarget,
  ShownFigure,
} from '../../domain/report/report.ts'

/** The joint report's Danish words for its values. */

export const kindWords: Readonly<Record<AgreementKind, string>> = {
  resultatkontrakt: 'Resultatkontrakt',
  partnerskabsaftale: 'Partnerskabsaftale',
  'partnerskab-2015': 'Partnerskab 2015',
}
export const kindPlural: Readonly<Record<AgreementKind, string>> = {
  resultatkontrakt: 'Resultatkontrakter',
  partnerskabsaftale: 'Partnerskabsaftaler',
  'partnerskab-2015': 'Partnerskaber 2015',
}

export const hiddenWords = 'Tallet vises ikke af diskretionshensyn'

type Measure = Pick<ReportedTarget, 'measure' | 'unit' | 'goal' | 'verdict'>

const percentText = (percent: string, target: Measure): string =>
  target.measure === 'share' && target.goal !== ''
    ? printPct(
        percent,
        'da',
        decimalsAgainst(
          percent,
          target.goal,
          target.verdict !== null && target.verdict !== 'met',
          goalDecimals(target.goal),
        ),
      )
    : printPct(percent)

/** `61 af 134 personer (45,5 pct.)`, `24,5 uger`, `ja, 14. november 2014`, or why there is no figure. */
export const figureText = (figure: ShownFigure, target: Measure): string => {
  switch (figure.is) {
    case 'share': {
      const counts = `${printNumber(figure.numerator)} af ${printNumber(figure.denominator)} ${target.unit}`
      return figure.percent === null ? counts : `${counts} (${percentText(figure.percent, target)})`
    }
    case 'number':
      return target.measure === 'share'
        ? percentText(figure.value, target)
        : `${printNumber(figure.value)} ${target.unit}`
    case 'milestone':
      return `${figure.met ? 'ja' : 'nej'}${figure.on === null ? '' : `, ${printDate(figure.on)}`}`
    case 'not-available':
      return 'ikke opgjort'
    case 'nothing':
      return 'intet tal modtaget'
    case 'suppressed':
      return hiddenWords
  }
}

/** A target without a verdict has no figure in the report, whatever came in. */
export const resultText = (target: ReportedTarget): string =>
  target.verdict === null ? '–' : figureText(target.figure, target)

/** `mindst 50,0 pct.`, `mindst 47,25 pct.` (its own decimals), `højst 26 uger`, `senest 31. december 2014`. */
export const goalText = (target: ReportedTarget): string => {
  if (target.goal === '') return '–'
  if (target.measure === 'milestone') return `senest ${printDate(target.goal)}`
  const bound = target.direction === 'falling' ? 'højst' : 'mindst'
  return target.measure === 'share'
    ? `${bound} ${printPct(target.goal, 'da', goalDecimals(target.goal))}`
    : `${bound} ${printNumber(target.goal)} ${target.unit}`
}

export const baselineText = (target: ReportedTarget): string =>
  target.baseline === null
    ? '–'
    : `${target.baseline.year}: ${figureText(target.baseline.figure, { ...target, verdict: null })}`

export const verdictText = (target: ReportedTarget): string =>
  target.verdict === null ? 'ikke bedømt' : verdictLabels.da[target.verdict]

/** `målopfyldelse 83 pct. (dækning 70 pct.)`: the one form of the overall result. */
export const overallText = (agreement: ReportedAgreement): string => {
  if (agreement.outcome === 'stopped') return 'bedømmelsen er standset'
  if (agreement.coverage === null) return 'ikke bedømt endeligt'
  const coverage = `dækning ${printWholePct(agreement.coverage)}`
  if (agreement.overallSuppressed) return `målopfyldelse vises ikke af diskretionshensyn (${coverage})`
  return agreement.overall === null
    ? `kan ikke bedømmes (${coverage})`
    : `målopfyldelse ${printWholePct(agreement.overall)} (${coverage})`
}

export const municipalitiesText = (agreement: ReportedAgreement): string =>
  joinWords(agreement.parties.map((party) => party.name))

export const repliedWords: Readonly<Record<ReportedParty['replied'], string>> = {
  complete: 'fuldt indberettet',
  partly: 'delvist indberettet',
  nothing: 'har ikke indberettet',
}

const decidedWords = {
  corrected: 'siden er rettet',
  rejected: 'siden er ikke ændret',
  figure: 'tallet er bedømt og ændres kun, hvis sagen genoptages',
} as const

const decidedText = ({ decided }: ReportedParty['factCheck']): string =>
  decided === undefined ? '' : `; ${decidedWords[decided.as]} (${printDate(decided.on)})`

/** What is said of the fact check; silence is stated (Edge case 61). */
export const factCheckText = ({ factCheck }: ReportedParty): string => {
  switch (factCheck.is) {
    case 'not-sent':
      return 'sendes til faktatjek'
    case 'ok':
      return `kontrolleret af kommunen${factCheck.on === null ? '' : ` den ${printDate(factCheck.on)}`}`
    case 'corrections':
      return `kommunen har bedt om rettelser${factCheck.on === null ? '' : ` den ${printDate(factCheck.on)}`}${decidedText(factCheck)}`
    case 'silent':
      return 'ikke kontrolleret af kommunen'
  }
}

export const leftOutText = (entry: ReportedLeftOut, year: number): string => {
  switch (entry.reason) {
    case 'first-year-next':
      return `indberetter første gang for ${year + 1}`
    case 'not-in-force':
      return `ikke i kraft på opgørelsesdatoen i ${year}`
    case 'incomplete':
      return 'mangler en af de dele, som finansloven kræver'
    case 'expired':
      return 'udløbet'
  }
}

/** `Kommunen har den 3. maj 2015 rettet tallet for mål 1 …`: a footnote, without the figure. */
export const lateCorrectionText = ({ lateCorrections }: ReportedAgreement): string | null =>
  lateCorrections === undefined
    ? null
    : `Efter den endelige bedømmelse er tal for ${joinWords(
        lateCorrections.targets.map((key) => `mål ${key.slice(1)}`),
      )} rettet, senest den ${printDate(lateCorrections.on)}. ${
        lateCorrections.declined
          ? 'Sagen er ikke genoptaget, og bedømmelsen står.'
          : 'Det er ikke afgjort, om sagen genoptages; bedømmelsen gælder.'
      }`

const causeWords: Readonly<Record<ReportedRenegotiation['causes'][number], string>> = {
  assumption: 'en forudsætning ændret ud over aftalens grænse',
  'municipality-wish': 'kommunens ønske',
  ministry: 'ministeriets ønske',
  review: 'bedømmelsen',
}
export const causesText = ({ causes, error }: ReportedRenegotiation): string =>
  [...causes.map((cause) => causeWords[cause]), ...(error ? ['en fejl i forudsætningen'] : [])].join('; ')

/** `Forudsætning 1, kommunekvoten for 2015: 160 mod 53 personer`. */
export const assumptionText = (assumption: ReportedAssumption): string => {
  const name = `Forudsætning ${assumption.key.slice(2)}, ${assumption.title}`
  if (assumption.suppressed) return `${name}: tallet vises ikke af diskretionshensyn`
  if (assumption.observed === null || assumption.reference === null) return name
  return `${name}: ${printNumber(assumption.observed)} mod ${printNumber(assumption.reference)} ${assumption.unit}`
}

export const phaseText = (one: ReportedRenegotiation): string => {
  switch (one.phase) {
    case 'undecided':
      return 'ikke afgjort'
    case 'negotiated':
      return 'forhandles stadig'
    case 'declined':
      return 'afslået'
    case 'rider':
      return one.rider === null
        ? 'tillæg tiltrådt'
        : `tillæg nr. ${one.rider.number} tiltrådt, virker fra den ${printDate(one.rider.effectiveFrom)}`
    case 'not-accepted':
      return 'forslaget blev ikke tiltrådt'
    case 'lapsed':
      return 'forslaget er bortfaldet'
    case 'withdrawn':
      return 'trukket tilbage'
  }
}

const groundWords: Readonly<Record<Advance['ground'], string>> = {
  necessary: 'nødvendigt for projektet',
  'simpler-and-sound': 'administrativt enklere og økonomisk forsvarligt',
}

/** `100.000 kr. udbetales forskudsvis (nødvendigt for projektet; Budgetvejledning 2006, pkt. 2.2.12): …` */
export const advanceText = (advance: Advance): string =>
  `${printKroner(advance.kroner)} udbetales forskudsvis (${groundWords[advance.ground]}; ${advanceCitation(advance)}): ${advance.reason}`

export const kronerText = (amount: string | null): string =>
  amount === null ? 'ikke oplyst' : printKroner(amount)

export const progressWords = {
  'not-started': 'ikke begyndt',
  'in-progress': 'i gang',
  completed: 'gennemført',
} as const
