import { decimalsAgainst, printPct } from '../base/danish.ts'
import type { Language } from '../base/values.ts'
import type { Verdict } from './assessment.ts'

/**
 * The verdicts in the words of letters, pages and the report, and in no others. A rule's sentences, which are
 * stored, have words of their own: mending a label here changes no assessment.
 */
export const verdictLabels: Readonly<Record<Language, Readonly<Record<Verdict, string>>>> = {
  da: {
    met: 'opfyldt',
    'partly-met': 'delvist opfyldt',
    'not-met': 'ikke opfyldt',
    'not-met-assumption-failed': 'ikke opfyldt – ændrede forudsætninger',
    'not-assessable': 'kan ikke bedømmes',
  },
  en: {
    met: 'met',
    'partly-met': 'partly met',
    'not-met': 'not met',
    'not-met-assumption-failed': 'not met – changed assumptions',
    'not-assessable': 'not assessable',
  },
}

/**
 * `målopfyldelse 84 pct. (dækning 100 pct.)`, the one form of the overall result. A coverage short of the
 * agreement's own minimum (half where it has none) is never printed as reaching it.
 */
export const overallText = (
  {
    overall,
    coverage,
    minimumCoveragePct = '50',
  }: {
    readonly overall: string | null
    readonly coverage: string
    readonly minimumCoveragePct?: string | undefined
  },
  language: Language,
): string => {
  const decimals = decimalsAgainst(coverage, minimumCoveragePct, overall === null, 0)
  const covered = printPct(coverage, language, decimals)
  if (overall === null)
    return language === 'da'
      ? `kan ikke bedømmes (dækning ${covered})`
      : `not assessable (coverage ${covered})`
  const met = printPct(overall, language, decimalsAgainst(overall, '100', true, 0))
  return language === 'da'
    ? `målopfyldelse ${met} (dækning ${covered})`
    : `overall achievement ${met} (coverage ${covered})`
}
