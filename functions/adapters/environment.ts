import { withoutEnd } from '../domain/base/text.ts'
import * as z from 'zod'
import { clockKinds, productionStage } from './clock.ts'
import { secretNamesSchema, secretsSchema } from './secrets.ts'
import { tableNamesSchema } from './table-keys.ts'

/**
 * The variables of the functions, each name once: the deployed stack sets them, the local system sets them, and
 * nothing else reads them. Every function gets all of them, and of the secrets' names those it may read.
 */
export const environmentNames = {
  /** `aws`, or `local` for one machine with embedded parts. */
  platform: 'PLATFORM',
  stage: 'STAGE',
  clock: 'CLOCK',
  /** JSON: the name of each table of `table-keys.ts`. */
  tableNames: 'TABLE_NAMES',
  archiveBucket: 'ARCHIVE_BUCKET',
  archiveRetentionDays: 'ARCHIVE_RETENTION_DAYS',
  landingBucket: 'LANDING_BUCKET',
  configurationSet: 'CONFIGURATION_SET',
  annualRunArn: 'ANNUAL_RUN_ARN',
  agreementReviewArn: 'AGREEMENT_REVIEW_ARN',
  renegotiationArn: 'RENEGOTIATION_ARN',
  consoleUrl: 'CONSOLE_URL',
  oidcIssuer: 'OIDC_ISSUER',
  oidcClientId: 'OIDC_CLIENT_ID',
  /** Comma-separated; the first is the one that new letters are sent from. */
  replyDomains: 'REPLY_DOMAINS',
  /** Comma-separated: the ministry's own, which mails to its own people are from. */
  ownDomains: 'OWN_DOMAINS',
  journalMailbox: 'JOURNAL_MAILBOX',
  complaintText: 'COMPLAINT_TEXT',
  /** More answers in an hour stop all answers (MAIL security 18). */
  answersPerHour: 'ANSWERS_PER_HOUR',
  /** On AWS, JSON: the name of each secret that the function may read, by kind (`secrets.ts`). */
  secretNames: 'SECRET_NAMES',
  /** On AWS: raised by the operator after a secret was changed, so that every function starts anew and reads it. */
  secretsRevision: 'SECRETS_REVISION',
  /** Locally: `secretsSchema` itself, as JSON. */
  secrets: 'SECRETS',
} as const

const longestRetentionDays = 3653

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' })
    return z.NEVER
  }
})

const domainList = z
  .string()
  .transform((list) => list.split(',').map((domain) => domain.trim().toLowerCase()))
  .pipe(z.array(z.hostname()).min(1))

const everywhere = {
  STAGE: z.string().regex(/^[a-z][a-z0-9]{1,15}$/),
  TABLE_NAMES: jsonText.pipe(tableNamesSchema),
  ARCHIVE_BUCKET: z.string().min(3),
  ARCHIVE_RETENTION_DAYS: z.coerce.number().int().min(1).max(longestRetentionDays),
  LANDING_BUCKET: z.string().min(3),
  CONFIGURATION_SET: z.string().min(1),
  ANNUAL_RUN_ARN: z.string().startsWith('arn:'),
  AGREEMENT_REVIEW_ARN: z.string().startsWith('arn:'),
  RENEGOTIATION_ARN: z.string().startsWith('arn:'),
  CONSOLE_URL: z.url({ protocol: /^https?$/ }).transform((url) => withoutEnd(url, (sign) => sign === '/')),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }),
  OIDC_CLIENT_ID: z.string().min(1),
  REPLY_DOMAINS: domainList,
  OWN_DOMAINS: domainList,
  JOURNAL_MAILBOX: z.email(),
  COMPLAINT_TEXT: z.string().default(''),
  ANSWERS_PER_HOUR: z.coerce.number().int().min(1).default(200),
}

const environmentSchema = z.discriminatedUnion('PLATFORM', [
  z.object({
    ...everywhere,
    PLATFORM: z.literal('local'),
    STAGE: everywhere.STAGE.refine((stage) => stage !== productionStage, 'one machine is never production'),
    CLOCK: z.enum(clockKinds),
    SECRETS: jsonText.pipe(secretsSchema),
  }),
  z.object({
    ...everywhere,
    PLATFORM: z.literal('aws'),
    CLOCK: z.literal('system').default('system'),
    CONSOLE_URL: everywhere.CONSOLE_URL.refine((url) => url.startsWith('https://'), 'https only'),
    OIDC_ISSUER: everywhere.OIDC_ISSUER.refine((url) => url.startsWith('https://'), 'https only'),
    SECRET_NAMES: jsonText.pipe(secretNamesSchema),
    SECRETS_REVISION: z.string().min(1),
  }),
])

export type Environment = ReturnType<typeof parseEnvironment>

/**
 * Reads the variables once, at a function's cold start.
 * @throws an error that names every variable that is missing or wrong, never its value
 */
export function parseEnvironment(variables: Readonly<Record<string, string | undefined>>) {
  const parsed = environmentSchema.safeParse(variables)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`Invalid environment variables: ${wrong.join('; ')}`)
  }
  const env = parsed.data
  return {
    platform: env.PLATFORM,
    stage: env.STAGE,
    clock: env.CLOCK,
    tables: env.TABLE_NAMES,
    archive: { bucket: env.ARCHIVE_BUCKET, retentionDays: env.ARCHIVE_RETENTION_DAYS },
    landingBucket: env.LANDING_BUCKET,
    configurationSet: env.CONFIGURATION_SET,
    machines: {
      'annual-run': env.ANNUAL_RUN_ARN,
      'agreement-review': env.AGREEMENT_REVIEW_ARN,
      renegotiation: env.RENEGOTIATION_ARN,
    },
    consoleUrl: env.CONSOLE_URL,
    oidc: { issuer: env.OIDC_ISSUER, clientId: env.OIDC_CLIENT_ID },
    domains: { replyDomains: env.REPLY_DOMAINS, ownDomains: env.OWN_DOMAINS },
    journalMailbox: env.JOURNAL_MAILBOX,
    complaintText: env.COMPLAINT_TEXT,
    answersPerHour: env.ANSWERS_PER_HOUR,
    secrets:
      env.PLATFORM === 'local' ? ({ given: env.SECRETS } as const) : ({ named: env.SECRET_NAMES } as const),
  }
}
