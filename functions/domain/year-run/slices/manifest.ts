import * as z from 'zod'
import { event } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import {
  agreementIdSchema,
  dateSchema,
  municipalityCodeSchema,
  personIdSchema,
  type AgreementId,
} from '../../base/values.ts'

const runStatuses = ['none', 'opened', 'prepared', 'running', 'compiled', 'approved', 'frozen'] as const
export type RunStatus = (typeof runStatuses)[number]

/** Makes two starts of one year harmless: it is the stream's first event and there is one. */
const runOpenedSchema = event('RunOpened', {
  year: z.int(),
  openedOn: dateSchema,
  requestOn: dateSchema,
  dueOn: dateSchema,
  factCheckOn: dateSchema,
  reportingOn: dateSchema,
})
export const leftOutReasons = ['first-year-next', 'not-in-force', 'incomplete', 'expired'] as const
const manifestEntrySchema = z.strictObject({
  agreement: agreementIdSchema,
  municipalities: z.array(municipalityCodeSchema),
  targets: z.int().min(0),
})
export type ManifestEntry = z.infer<typeof manifestEntrySchema>
const leftOutEntrySchema = z.strictObject({
  agreement: agreementIdSchema,
  municipalities: z.array(municipalityCodeSchema),
  reason: z.enum(leftOutReasons),
})
export type LeftOutEntry = z.infer<typeof leftOutEntrySchema>
/** Who is in, who is out and why. */
const manifestMadeSchema = event('ManifestMade', {
  asked: z.array(manifestEntrySchema),
  leftOut: z.array(leftOutEntrySchema),
})
/** An agreement that came into force while the run was under way: not asked, with the reason. */
const agreementListedSchema = event('AgreementListed', { entry: leftOutEntrySchema })
/** Without a release nothing goes out. */
const releasedSchema = event('Released', {
  agreements: z.array(agreementIdSchema).min(1),
  by: personIdSchema,
})
/** The cursor: so far, reviews of these agreements have been started. */
const reviewsStartedSchema = event('ReviewsStarted', { agreements: z.array(agreementIdSchema).min(1) })

export interface Manifest {
  readonly status: RunStatus
  readonly year: number
  readonly openedOn: string
  readonly requestOn: string
  readonly dueOn: string
  readonly factCheckOn: string
  readonly reportingOn: string
  readonly asked: readonly ManifestEntry[]
  readonly leftOut: readonly LeftOutEntry[]
  readonly released: readonly AgreementId[]
  readonly releasedBy: string | null
  readonly started: readonly AgreementId[]
}
const initial: Manifest = {
  status: 'none',
  year: 0,
  openedOn: '',
  requestOn: '',
  dueOn: '',
  factCheckOn: '',
  reportingOn: '',
  asked: [],
  leftOut: [],
  released: [],
  releasedBy: null,
  started: [],
}

/** Which year it is, who is asked, who is released and whose review is started. */
export const manifestSlice = slice({
  initial,
  events: [runOpenedSchema, manifestMadeSchema, agreementListedSchema, releasedSchema, reviewsStartedSchema],
  fold: {
    RunOpened: (_, { type: _type, v: _v, ...opened }) => ({ ...opened, status: 'opened' as const }),
    ManifestMade: (state, { asked, leftOut }) => ({
      status: 'prepared' as const,
      asked,
      leftOut: [...state.leftOut, ...leftOut],
    }),
    AgreementListed: ({ leftOut }, { entry }) => ({ leftOut: [...leftOut, entry] }),
    Released: ({ status, released }, { agreements, by }) => ({
      status: status === 'prepared' ? ('running' as const) : status,
      released: [...released, ...agreements],
      releasedBy: by,
    }),
    ReviewsStarted: ({ started }, { agreements }) => ({ started: [...started, ...agreements] }),
  },
})

/** Released and not yet started, in the manifest's order. */
export const toStart = ({ asked, released, started }: Manifest): readonly AgreementId[] =>
  asked
    .map((entry) => entry.agreement)
    .filter((agreement) => released.includes(agreement) && !started.includes(agreement))
