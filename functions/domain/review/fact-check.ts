import type { ReviewState } from './state.ts'

export type FactCheck = ReviewState['factChecks'][number]

/** Corrections that the fact check asked for and nobody has decided on. */
export const openCorrections = (state: ReviewState): readonly FactCheck[] =>
  state.factChecks.filter((check) => !check.ok && check.decided === null)

/** Titles as the report's pages have them after the fact check, by key; the last decision counts. */
export const renamedTitles = (state: ReviewState): ReadonlyMap<string, string> =>
  new Map(
    state.factChecks.flatMap((check) =>
      check.decided?.as === 'corrected'
        ? check.decided.renamed.map(({ key, title }) => [key, title] as const)
        : [],
    ),
  )

/** What the pages call by a title of the agreement's: its own, its targets', its actions'. */
export const titlesOnPages = ({
  content,
}: ReviewState): readonly { readonly key: string; readonly title: string }[] =>
  content === null
    ? []
    : [
        { key: 'agreement', title: content.title },
        ...content.targets.map(({ key, title }) => ({ key, title })),
        ...(content.actionPlan?.actions ?? []).map(({ key, title }) => ({ key, title })),
      ]
