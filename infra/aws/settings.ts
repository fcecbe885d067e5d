import type { Node } from 'constructs'
import * as z from 'zod'
import { productionStage } from '../../functions/adapters/clock.ts'
import { retention } from '../../functions/domain/base/retention.ts'

const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
  .pipe(z.array(z.hostname()).min(1))

/** Everything an installation sets, by `-c name=value`; the values here are samples and synthesise without one. */
const settingsSchema = z.object({
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,15}$/)
    .default('test'),
  /** Nobody can delete the record's table. `false` for the very first deployment alone, so that it can be rolled back. */
  protectRecord: z.stringbool().default(true),
  /** A restored table that is used in place of the one the stack made; empty: that one (runbooks/restore.md). */
  recordTable: z.union([z.literal(''), z.string().regex(/^[\w.-]{3,255}$/)]).default(''),
  /** Must receive mail by SES: eu-west-1 does. */
  region: z.string().default('eu-west-1'),
  /** Comma-separated; letters are sent from the first. Their MX records point at SES and nothing else. */
  replyDomains: list.default(['svar.ministeriet.example']),
  /** Comma-separated: the ministry's own domains, former ones too; mails to its own people are from these. */
  ownDomains: list.default(['ministeriet.example']),
  /** Below each of the domains, for bounces: SPF aligned with From. */
  mailFromLabel: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('bounce'),
  consoleDomain: z.hostname().default('aarshjul.ministeriet.example'),
  consoleCertificateArn: z
    .string()
    .startsWith('arn:')
    .default('arn:aws:acm:eu-west-1:000000000000:certificate/00000000-0000-0000-0000-000000000000'),
  oidcIssuer: z.url({ protocol: /^https$/ }).default('https://login.ministeriet.example'),
  oidcClientId: z.string().min(1).default('aarshjul'),
  journalMailbox: z.email().default('journal@ministeriet.example'),
  /** Told of every alarm. */
  operationsMailbox: z.email().default('drift@ministeriet.example'),
  complaintText: z.string().default(''),
  /** More answers to mails in an hour stop all answers until a person has looked. */
  answersPerHour: z.coerce.number().int().min(1).default(200),
  /** Raised after a secret was changed: every function starts anew and reads it. */
  secretsRevision: z.string().min(1).default('1'),
  /** How long the console's access log keeps the addresses of its visitors; a number of days that CloudWatch knows. */
  accessLogDays: z.coerce
    .number()
    .pipe(z.literal([1, 3, 5, 7, 14, 30, 60, 90]))
    .default(30),
  /**
   * A firewall in front of the console (firewall.ts), where both are set: the certificate of `consoleDomain` in
   * us-east-1, and the address that the output ConsoleAlias prints.
   */
  firewallCertificateArn: z
    .union([z.literal(''), z.string().startsWith('arn:aws:acm:us-east-1:')])
    .default(''),
  firewallOrigin: z.union([z.literal(''), z.hostname()]).default(''),
  /** The version of the secret `door` that the firewall shows. */
  doorVersion: z
    .string()
    .regex(/^[1-9]\d*$/)
    .default('1'),
  /** Requests of one address in five minutes that the firewall lets through. */
  firewallRate: z.coerce.number().int().min(10).default(2000),
  /** How long an archived object is locked: ten years at most. */
  archiveRetentionDays: z.coerce.number().int().min(1).max(3653).default(retention['raw-mail'].kept.count),
})
export type Settings = z.infer<typeof settingsSchema>

/** The firewall's settings; null where there is none. */
export const firewallOf = ({
  firewallCertificateArn: certificateArn,
  firewallOrigin: origin,
}: Settings): { readonly certificateArn: string; readonly origin: string } | null =>
  certificateArn === '' || origin === '' ? null : { certificateArn, origin }

const isSample = (value: unknown): boolean => /\.example\b|:000000000000:/.test(String(value))

/**
 * What `cdk.json` and `-c` set.
 * @throws an error that names every value that is wrong, or is a sample in production
 */
export function settingsFrom(node: Node): Settings {
  const given = Object.keys(settingsSchema.shape).flatMap((name) => {
    const value: unknown = node.tryGetContext(name)
    return value === undefined ? [] : [[name, value]]
  })
  const settings = settingsSchema.parse(Object.fromEntries(given))
  const samples = Object.entries(settings).flatMap(([name, value]) => (isSample(value) ? [name] : []))
  if ((settings.firewallCertificateArn === '') !== (settings.firewallOrigin === ''))
    throw new Error('A firewall needs both firewallCertificateArn and firewallOrigin')
  if (settings.stage === productionStage && samples.length > 0)
    throw new Error(`Production does not run on samples: set ${samples.join(', ')} with -c name=value`)
  return settings
}
