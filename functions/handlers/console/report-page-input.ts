import { printDate, printNumber, printPct } from '../../domain/base/danish.ts'
import { verdicts, type Verdict } from '../../domain/judging/assessment.ts'
import {
  jointReportSchema,
  type JointReport,
  type ReportedAgreement,
  type ShownFigure,
} from '../../domain/report/report.ts'
import { runStream } from '../../domain/base/stream-id.ts'
import { planRun } from '../../domain/year-run/plan.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import type { ReportAgreement, ReportView } from '../../web/views.ts'
import { runCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import { correctionsView } from './corrections-page-input.ts'
import type { DeskPorts } from './desk/desk-ports.ts'

const figureWords = (figure: ShownFigure): string => {
  switch (figure.is) {
    case 'share':
      return `${figure.numerator} af ${figure.denominator}${figure.percent === null ? '' : ` (${printPct(figure.percent)})`}`
    case 'number':
      return printNumber(figure.value)
    case 'milestone':
      return figure.met ? `ja${figure.on === null ? '' : `, ${printDate(figure.on)}`}` : 'nej'
    case 'not-available':
      return 'ikke opgjort'
    case 'nothing':
      return 'intet tal'
    case 'suppressed':
      return 'vises ikke af diskretionshensyn'
    default:
      return figure satisfies never
  }
}

const outcomeWords = { assessed: '', unfinished: 'ikke færdigbedømt', stopped: 'stoppet' } as const
const checkWords = {
  'not-sent': 'ikke sendt til faktatjek',
  ok: 'kontrolleret af kommunen',
  corrections: 'kommunen har rettelser',
  silent: 'ikke kontrolleret af kommunen',
} as const

const agreementRow = (agreement: ReportedAgreement): ReportAgreement => ({
  agreement: agreement.agreement,
  title: agreement.title,
  caseNumber: agreement.caseNumber,
  municipalities: agreement.parties.map((party) => party.municipality),
  overall: agreement.overall,
  coverage: agreement.coverage ?? '0',
  unfinished: outcomeWords[agreement.outcome],
  targets: agreement.targets.map((target) => ({
    key: target.key,
    title: target.title,
    figure: figureWords(target.figure),
    target: target.goal,
    verdict: target.verdict,
    reason: target.sentence,
    byHand: target.byHand !== null,
  })),
  externalFactors: agreement.externalFactors,
  renegotiation: agreement.renegotiations.map((one) => one.phase).join(', '),
  factCheck: agreement.parties.map((party) => `${party.name}: ${checkWords[party.factCheck.is]}`).join('; '),
})

const statusWords = (run: RunState): string => {
  if (run.frozen !== null) return `frosset den ${printDate(run.frozen.on)}`
  return run.status === 'approved' ? 'godkendt' : 'udkast'
}

const methodLines = ({ method }: JointReport): readonly string[] => [
  `Data pr. ${printDate(method.dataOn)}. Bedømmelsesregler: ${method.ruleVersions.join(', ')}.`,
  `Celler, der ikke vises: ${method.suppression.cells} (grænse ${method.suppression.threshold}).`,
  `Tal indtastet af ministeriet: ${method.typedByMinistry}. Bedømmelser ændret af en medarbejder: ${method.changedByHand}.`,
]

/** The compiled report as the console shows and approves it; null before it is compiled. */
export const reportView = async (ports: DeskPorts, year: number): Promise<ReportView | null> => {
  const { state } = await loadCase(ports, runCase, runStream(year))
  if (state.report === null) return null
  const archived = await ports.archive.get(state.report.archiveKey)
  if (archived === null) return null
  const report = jointReportSchema.parse(JSON.parse(new TextDecoder().decode(archived)))
  const plan = planRun(state, 0, ports.clock.now())
  const totals = Object.fromEntries(verdicts.map((verdict) => [verdict, report.totals.verdicts[verdict]]))
  return {
    year,
    status: statusWords(state),
    subject: state.report.subject,
    awaitsApproval: plan.next === 'wait' && plan.kind === 'report-approval',
    agreements: report.agreements.map(agreementRow),
    leftOut: report.leftOut.map((entry) => ({ title: entry.title, reason: entry.reason })),
    totals: totalsOf(totals),
    methodNote: methodLines(report),
    corrections: await correctionsView(ports, state),
    files: (state.frozen?.files ?? []).map(({ name, sha256 }) => ({ name, sha256 })),
  }
}

const totalsOf = (counts: Readonly<Record<string, number>>): Readonly<Record<Verdict, number>> => ({
  met: counts['met'] ?? 0,
  'partly-met': counts['partly-met'] ?? 0,
  'not-met': counts['not-met'] ?? 0,
  'not-met-assumption-failed': counts['not-met-assumption-failed'] ?? 0,
  'not-assessable': counts['not-assessable'] ?? 0,
})
