import type { Construct } from 'constructs'
import { environmentNames as names } from '../../functions/adapters/environment.ts'
import type { Archive } from './archive.ts'
import type { Mail } from './mail.ts'
import { machineArn } from './names.ts'
import type { Record } from './record.ts'
import type { Settings } from './settings.ts'

/**
 * The variables of every function, by the names in `functions/adapters/environment.ts`. No secret is among them, and
 * the secrets' names are each function's own.
 */
export const functionEnvironment = (
  scope: Construct,
  parts: {
    readonly settings: Settings
    readonly record: Record
    readonly archive: Archive
    readonly mail: Mail
  },
): Readonly<{ [name: string]: string }> => {
  const { settings, record, archive, mail } = parts
  return {
    [names.platform]: 'aws',
    [names.stage]: settings.stage,
    [names.clock]: 'system',
    [names.tableNames]: JSON.stringify(record.names),
    [names.archiveBucket]: archive.archive.bucketName,
    [names.archiveRetentionDays]: String(settings.archiveRetentionDays),
    [names.landingBucket]: archive.landing.bucketName,
    [names.configurationSet]: mail.configurationSetName,
    [names.annualRunArn]: machineArn(scope, settings.stage, 'annual-run'),
    [names.agreementReviewArn]: machineArn(scope, settings.stage, 'agreement-review'),
    [names.renegotiationArn]: machineArn(scope, settings.stage, 'renegotiation'),
    [names.consoleUrl]: `https://${settings.consoleDomain}`,
    [names.oidcIssuer]: settings.oidcIssuer,
    [names.oidcClientId]: settings.oidcClientId,
    [names.replyDomains]: settings.replyDomains.join(','),
    [names.ownDomains]: settings.ownDomains.join(','),
    [names.journalMailbox]: settings.journalMailbox,
    [names.complaintText]: settings.complaintText,
    [names.answersPerHour]: String(settings.answersPerHour),
    [names.secretsRevision]: settings.secretsRevision,
  }
}
