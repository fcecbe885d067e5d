import { RemovalPolicy } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  type BucketProps,
} from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { fixId } from './fixed-id.ts'
import { keptFor } from './kept-for.ts'

const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
} satisfies BucketProps

/**
 * The locked archive, and the bucket in which mail lands. Names are CloudFormation's own: bucket names are
 * shared by all of AWS. The archive has no default lock, since such a bucket refuses a put without a checksum
 * (SES's own, for one); every object gets its lock with its put.
 */
export class Archive extends Construct {
  readonly archive: Bucket
  readonly landing: Bucket

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.archive = new Bucket(this, 'Archive', {
      ...closed,
      // KMS with S3's own key, whose use is traced; a key of ours would be one more thing that could be lost.
      encryption: BucketEncryption.KMS_MANAGED,
      bucketKeyEnabled: true,
      versioned: true,
      objectLockEnabled: true,
      removalPolicy: RemovalPolicy.RETAIN,
      metrics: [{ id: 'mail', prefix: 'mail/' }],
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: keptFor('unfinished-upload') }],
    })
    this.landing = new Bucket(this, 'Landing', {
      ...closed,
      // S3's own key in KMS lets nobody but this account write, and here SES does.
      encryption: BucketEncryption.S3_MANAGED,
      removalPolicy: RemovalPolicy.RETAIN,
      metrics: [{ id: 'all' }],
      // Raw mail waits here for its archiving: minutes, or until a person has emptied the dead-letter queue.
      lifecycleRules: [{ expiration: keptFor('landed-mail') }],
    })
    fixId(this.archive, 'ArchiveBucket')
    fixId(this.landing, 'LandingBucket')
  }

  /** Without the right to list, S3 answers 403 and not 404 for an object that is not there. */
  static readStatements(bucket: Bucket): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }),
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    ]
  }

  /**
   * Mails and the letters that answer them, every version, against their lock; and a mail's twin in the landing
   * bucket. Nothing else of the archive: no list of hashes, no report.
   */
  eraseStatements(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: ['s3:ListBucketVersions'], resources: [this.archive.bucketArn] }),
      new PolicyStatement({
        actions: ['s3:DeleteObjectVersion', 's3:BypassGovernanceRetention'],
        resources: ['mail/*', 'letters/*'].map((keys) => this.archive.arnForObjects(keys)),
      }),
      ...Archive.readStatements(this.landing),
      new PolicyStatement({ actions: ['s3:DeleteObject'], resources: [this.landing.arnForObjects('*')] }),
    ]
  }

  /** New objects and their lock. Never s3:DeleteObject, never s3:BypassGovernanceRetention. */
  writeStatement(): PolicyStatement {
    return new PolicyStatement({
      actions: ['s3:PutObject', 's3:PutObjectRetention'],
      resources: [this.archive.arnForObjects('*')],
    })
  }
}
