import * as z from 'zod'
import { event, hashSchema as hash, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { personIdSchema } from '../../base/values.ts'
import { executionAttachedSchema } from '../../casefile/attempts.ts'
import { assessmentSchema, type Assessment } from '../../judging/assessment.ts'

const assessedSchema = event('Assessed', {
  version: z.int().positive(),
  subject: hash,
  assessment: assessmentSchema,
  comments: z.enum(['none-received', 'none', 'answered']),
})
const closedSchema = event('Closed', {})
/** After the final assessment a person decides whether to reopen (Edge case 2). */
const reopenRaisedSchema = event('ReopenRaised', { mailKey: z.string() })
export const reopenedSchema = event('Reopened', { by: personIdSchema, private: privateText })
const reopenDeclinedSchema = event('ReopenDeclined', { by: personIdSchema, private: privateText })
const stoppedSchema = event('Stopped', { by: personIdSchema, private: privateText })

export interface FinalAssessment {
  readonly version: number
  readonly subject: string
  readonly assessment: Assessment
  readonly at: string
  readonly comments: 'none-received' | 'none' | 'answered'
}

export interface Assessing {
  readonly finals: readonly FinalAssessment[]
  readonly reopen: { readonly mailKey: string; readonly decided: boolean } | null
  /** Instant at which it was closed; null while it is open, or open again. */
  readonly closedAt: string | null
  readonly stopReason: string
  /** Reopened, and taken up by no execution since. */
  readonly awaitsAttempt: boolean
}
const initial: Assessing = { finals: [], reopen: null, closedAt: null, stopReason: '', awaitsAttempt: false }

const reopenDecided = ({ reopen }: Assessing): Pick<Assessing, 'reopen'> => ({
  reopen: reopen === null ? null : { ...reopen, decided: true },
})

/** Final assessments, whether one is reopened, and how it ends. */
export const assessmentSlice = slice({
  initial,
  events: [
    assessedSchema,
    closedSchema,
    reopenRaisedSchema,
    reopenedSchema,
    reopenDeclinedSchema,
    stoppedSchema,
  ],
  hears: [executionAttachedSchema],
  fold: {
    Assessed: ({ finals }, { version, subject, assessment, comments }, { at }) => ({
      finals: [...finals, { version, subject, assessment, at, comments }],
    }),
    Closed: (_, __, { at }) => ({ closedAt: at }),
    ReopenRaised: (_, { mailKey }) => ({ reopen: { mailKey, decided: false } }),
    Reopened: (state) => ({ closedAt: null, awaitsAttempt: true, ...reopenDecided(state) }),
    ExecutionAttached: () => ({ awaitsAttempt: false }),
    ReopenDeclined: reopenDecided,
    Stopped: (_, { private: own }) => ({ stopReason: own?.text ?? '' }),
  },
})
