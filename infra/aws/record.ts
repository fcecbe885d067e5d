import { RemovalPolicy } from 'aws-cdk-lib'
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { tableIndexes, tableKeys, tableTimeToLive } from '../../functions/adapters/table-keys.ts'
import { fixId } from './fixed-id.ts'
import { deployedName } from './names.ts'

const text = (name: string) => ({ name, type: AttributeType.STRING })

/** The record: one table, kept whatever happens to the stack, restorable to any second of 35 days. */
export class Record extends Construct {
  readonly table: Table

  constructor(scope: Construct, id: string, props: { stage: string }) {
    super(scope, id)
    this.table = new Table(this, 'Table', {
      tableName: deployedName(props.stage, 'record'),
      partitionKey: text(tableKeys.partition),
      sortKey: text(tableKeys.sort),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      timeToLiveAttribute: tableTimeToLive,
    })
    fixId(this.table, 'RecordTable')
    for (const index of tableIndexes)
      this.table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partition),
        sortKey: text(index.sort),
        projectionType: ProjectionType.ALL,
      })
  }

  /** Exactly what the adapters call: no scan, no batch, nothing of the table itself. */
  readStatement(): PolicyStatement {
    const indexes = tableIndexes.map((index) => `${this.table.tableArn}/index/${index.name}`)
    return new PolicyStatement({
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      resources: [this.table.tableArn, ...indexes],
    })
  }

  writeStatement(): PolicyStatement {
    return new PolicyStatement({
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      resources: [this.table.tableArn],
    })
  }
}
