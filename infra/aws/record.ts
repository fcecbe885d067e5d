import { Stack } from 'aws-cdk-lib'
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import {
  tableKeys,
  tableNames,
  type TableNames,
  tables,
  tableTimeToLive,
} from '../../functions/adapters/table-keys.ts'
import { retention } from '../../functions/domain/base/retention.ts'
import { keysOf } from '../../functions/domain/base/values.ts'
import { fixId, keptOnceMade } from './fixed-id.ts'
import { deployedName, pascalCase } from './names.ts'
import type { Settings } from './settings.ts'

const text = (name: string) => ({ name, type: AttributeType.STRING })

/** The record: its tables, kept whatever happens to the stack, restorable to any second of 35 days. */
export class Record extends Construct {
  readonly names: TableNames
  private readonly arns = new Map<keyof typeof tables, readonly string[]>()

  constructor(
    scope: Construct,
    id: string,
    settings: Pick<Settings, 'stage' | 'protectRecord' | 'recordTable'>,
  ) {
    super(scope, id)
    const { stage, recordTable } = settings
    const made = tableNames((table) => deployedName(stage, table))
    this.names = recordTable === '' ? made : { ...made, record: recordTable }
    for (const name of keysOf(tables)) this.make(name, made[name], settings.protectRecord)
  }

  private make(name: keyof typeof tables, tableName: string, isProtected: boolean): void {
    const table = new Table(this, name, {
      tableName,
      partitionKey: text(tableKeys.partition),
      sortKey: text(tableKeys.sort),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: retention['table-copy'].kept.count,
      },
      deletionProtection: isProtected,
      removalPolicy: keptOnceMade,
      timeToLiveAttribute: tableTimeToLive,
      ...(name === 'record' ? { resourcePolicy: neverDeleted() } : {}),
    })
    fixId(table, `${pascalCase(name)}Table`)
    // A restored table is used in the place of the one that was made, which stays as it is (runbooks/restore.md).
    const isUsed = this.names[name] === tableName
    const arn = isUsed
      ? table.tableArn
      : Stack.of(this).formatArn({ service: 'dynamodb', resource: 'table', resourceName: this.names[name] })
    const arns = [arn]
    for (const index of tables[name].indexes) {
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partition),
        sortKey: text(index.sort),
        projectionType: ProjectionType.ALL,
      })
      arns.push(`${arn}/index/${index.name}`)
    }
    this.arns.set(name, arns)
  }

  /** The table and its indexes. */
  private all(name: keyof typeof tables): string[] {
    return [...(this.arns.get(name) ?? [])]
  }

  private table(name: keyof typeof tables): string[] {
    return this.all(name).slice(0, 1)
  }

  /** Exactly what the adapters call: no scan, nothing of the tables themselves. */
  readStatement(): PolicyStatement {
    return new PolicyStatement({
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      resources: this.all('record'),
    })
  }

  /** For a verification: rows that no key names. */
  scanStatement(): PolicyStatement {
    return new PolicyStatement({ actions: ['dynamodb:Scan'], resources: this.table('record') })
  }

  /** Rows of these partitions. A right can tell partitions apart, not what lies in one. */
  private onPartitions(actions: readonly string[], partitions: readonly string[]): PolicyStatement {
    return new PolicyStatement({
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: this.table('record'),
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } },
    })
  }

  /** Commits, their private parts and the list entry; never to delete one. */
  commitStatement(): PolicyStatement {
    return this.onPartitions(['PutItem'], [...streamPartitions, 'STREAMS#0'])
  }

  waitStatement(): PolicyStatement {
    return this.onPartitions(['PutItem', 'DeleteItem'], ['WAITS#*'])
  }

  /** The register, letters' claims, counters and what is begun: whatever lies beside the streams. */
  besideStatements(): PolicyStatement[] {
    return [
      this.onPartitions(['PutItem'], besidePartitions),
      this.onPartitions(['UpdateItem'], ['ANSWERS#2*']),
      this.onPartitions(['DeleteItem'], passingPartitions),
    ]
  }

  /** Helpers that an erased mail had made: no other contact ever goes. */
  eraseStatement(): PolicyStatement {
    return this.onPartitions(['DeleteItem'], ['CONTACTS#*'])
  }

  sessionsStatement(): PolicyStatement {
    return new PolicyStatement({
      actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map(
        (action) => `dynamodb:${action}`,
      ),
      resources: this.table('sessions'),
    })
  }
}

/** The partitions of `stream-id.ts`; a run's stream is `RUN#2014`, its open reviews are `RUN#2014#OPEN#0`. */
const streamPartitions = [
  'AGREEMENT#*',
  'REVIEW#*',
  'RENEGOTIATION#*',
  'RUN#????',
  'INBOX#*',
  'ANSWERS#all',
  'COMMITMENTS#all',
]

/** Rows that go when what they are about is over. */
const passingPartitions = ['RUN#????#OPEN#*', 'LETTER#*', 'TODO#*', 'ADDRESS#*', 'HELD-ANSWERS#*']

const besidePartitions = [
  ...passingPartitions,
  'AGREEMENTS#*',
  'RUNS#*',
  'TOKEN#*',
  'MESSAGE#*',
  'TAG#*',
  'CONTACTS#*',
  'DIRECTORY',
]

/**
 * Of the table itself, whatever somebody's own rights say: nobody deletes a row of a stream, by whichever door, and
 * no door is open that the functions do not use.
 */
const neverDeleted = (): PolicyDocument =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['dynamodb:DeleteItem'],
        resources: ['*'],
        conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': streamPartitions } },
      }),
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['BatchWriteItem', 'PartiQLDelete', 'PartiQLInsert', 'PartiQLUpdate'].map(
          (action) => `dynamodb:${action}`,
        ),
        resources: ['*'],
      }),
    ],
  })
