import { Duration } from 'aws-cdk-lib'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import * as z from 'zod'
import { keptMs, retention, type StoredKind } from '../../functions/domain/base/retention.ts'

/** Kinds that are kept for a time, not for as long as what they belong to. */
type Passing = {
  [K in StoredKind]: (typeof retention)[K]['kept'] extends null ? never : K
}[StoredKind]

/** How long the table of retention keeps such a thing. */
export const keptFor = (kind: Passing): Duration => Duration.millis(keptMs(retention[kind]))

const logDays = z.enum(RetentionDays)

/** So many days, as a log group takes them. @throws an error when CloudWatch knows no such time */
export const logRetention = (days: number): RetentionDays => logDays.parse(days)
