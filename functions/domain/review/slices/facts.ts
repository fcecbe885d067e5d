import * as z from 'zod'
import { event, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import type { Theme } from '../../agreement/theme.ts'
import { todayInCopenhagen } from '../../base/time.ts'
import { municipalityCodeSchema, personIdSchema, type AgreementId } from '../../base/values.ts'
import type { Parties } from './figures.ts'
import type { Opening } from './opening.ts'

const disseminationReportedSchema = event(
  'DisseminationReported',
  {
    party: municipalityCodeSchema,
    mailKey: z.string(),
    /** Title or address in Erfaringsbasen was given; otherwise it is asked again (L12). */
    done: z.boolean(),
    private: privateText,
  },
  { privateFrom: 'mail' },
)
const factCheckAnsweredSchema = event(
  'FactCheckAnswered',
  { party: municipalityCodeSchema, mailKey: z.string(), ok: z.boolean(), private: privateText },
  { privateFrom: 'mail' },
)
/** What a caseworker made of a correction that the fact check asked for. */
export const factCheckOutcomes = [
  'corrected', // the pages change
  'rejected', // they do not, with the reason
  'figure', // it is about a figure that was assessed: it changes by reopening alone
] as const
const factCheckDecidedSchema = event('FactCheckDecided', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  as: z.enum(factCheckOutcomes),
  /** Titles as the pages are to have them; the agreement itself is changed by no fact check. */
  renamed: z.array(
    z.strictObject({
      /** A target's or an action's key, or `agreement` for the agreement's own title. */
      key: z.string(),
      title: z.string().min(1).max(300),
    }),
  ),
  by: personIdSchema,
  /** How the pages change, or why not: stands in the answer and on the pages. */
  private: privateText,
})

export interface FactCheck {
  readonly party: string
  readonly mailKey: string
  readonly ok: boolean
  readonly text: string
  readonly at: string
  /** What a caseworker made of the correction; null while undecided, and where there is none. */
  readonly decided: {
    readonly as: (typeof factCheckOutcomes)[number]
    readonly renamed: readonly { readonly key: string; readonly title: string }[]
    readonly text: string
    readonly at: string
  } | null
}

export interface Facts {
  readonly dissemination: {
    readonly done: boolean
    readonly text: string
    readonly mailKey: string
    readonly at: string
  } | null
  readonly factChecks: readonly FactCheck[]
}
const initial: Facts = { dissemination: null, factChecks: [] }

/** What a municipality tells after the assessment: where its experience is shared, and whether its pages are right. */
export const factsSlice = slice({
  initial,
  events: [disseminationReportedSchema, factCheckAnsweredSchema, factCheckDecidedSchema],
  fold: {
    DisseminationReported: (_, { done, mailKey, private: own }, { at }) => ({
      dissemination: { done, text: own?.text ?? '', mailKey, at },
    }),
    FactCheckAnswered: ({ factChecks }, { party, mailKey, ok, private: own }, { at }) => ({
      factChecks: [...factChecks, { party, mailKey, ok, text: own?.text ?? '', at, decided: null }],
    }),
    FactCheckDecided: ({ factChecks }, { party, mailKey, as, renamed, private: own }, { at }) => ({
      factChecks: factChecks.map((check) =>
        check.mailKey === mailKey && check.party === party
          ? { ...check, decided: { as, renamed, text: own?.text ?? '', at } }
          : check,
      ),
    }),
  },
})

/** Corrections that the fact check asked for and nobody has decided on. */
export const openCorrections = ({ factChecks }: Facts): readonly FactCheck[] =>
  factChecks.filter((check) => !check.ok && check.decided === null)

/** Titles as the report's pages have them after the fact check, by key; the last decision counts. */
export const renamedTitles = ({ factChecks }: Facts): ReadonlyMap<string, string> =>
  new Map(
    factChecks.flatMap((check) =>
      check.decided?.as === 'corrected'
        ? check.decided.renamed.map(({ key, title }) => [key, title] as const)
        : [],
    ),
  )

/** What the pages call by a title of the agreement's: its own, its targets', its actions'. */
export const titlesOnPages = ({
  content,
}: Opening): readonly { readonly key: string; readonly title: string }[] =>
  content === null
    ? []
    : [
        { key: 'agreement', title: content.title },
        ...content.targets.map(({ key, title }) => ({ key, title })),
        ...(content.actionPlan?.actions ?? []).map(({ key, title }) => ({ key, title })),
      ]

/** An experience of a municipality's reply that it says may be shared (`Erfaring`, `Erfaring må deles: ja`). */
export interface OfferedExperience {
  readonly agreement: AgreementId
  readonly municipality: string
  /** The mail that holds it: another text is another experience. */
  readonly mailKey: string
  readonly receivedOn: string
  /** As the municipality wrote it. */
  readonly text: string
  /** Of the agreement's targets, in their order; what the caseworker chooses from first. */
  readonly themes: readonly Theme[]
}

/** What a review's parties offer: a text that counts, and consent that stands. Silence is no consent. */
export const offeredIn = (review: Parties & Opening): readonly OfferedExperience[] =>
  review.parties.flatMap(({ municipality, figures }) => {
    const { agreement, content } = review
    const told = figures['Erfaring']
    const may = figures['Erfaring må deles']?.value
    const text = told?.text.trim() ?? ''
    return agreement === null || told === undefined || text === '' || may?.is !== 'yes-no' || !may.yes
      ? []
      : [
          {
            agreement,
            municipality,
            mailKey: told.mailKey,
            receivedOn: todayInCopenhagen(told.receivedAt),
            text,
            themes: [...new Set((content?.targets ?? []).flatMap(({ theme }) => theme ?? []))],
          },
        ]
  })
