import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import {
  tableKeys,
  tableNames,
  type TableNames,
  tables,
  tableTimeToLive,
} from '../../functions/adapters/table-keys.ts'
import { keysOf } from '../../functions/domain/base/values.ts'
import { fixId, keptOnceMade } from './fixed-id.ts'
import { deployedName, pascalCase } from './names.ts'

const text = (name: string) => ({ name, type: AttributeType.STRING })

/** The record: its tables, kept whatever happens to the stack, restorable to any second of 35 days. */
export class Record extends Construct {
  readonly names: TableNames
  private readonly arns: string[] = []
  private readonly indexArns: string[] = []

  constructor(
    scope: Construct,
    id: string,
    { stage, protectRecord }: { readonly stage: string; readonly protectRecord: boolean },
  ) {
    super(scope, id)
    this.names = tableNames((table) => deployedName(stage, table))
    for (const name of keysOf(tables)) this.make(name, protectRecord)
  }

  private make(name: keyof typeof tables, isProtected: boolean): void {
    const table = new Table(this, name, {
      tableName: this.names[name],
      partitionKey: text(tableKeys.partition),
      sortKey: text(tableKeys.sort),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: isProtected,
      removalPolicy: keptOnceMade,
      timeToLiveAttribute: tableTimeToLive,
    })
    fixId(table, `${pascalCase(name)}Table`)
    this.arns.push(table.tableArn)
    for (const index of tables[name].indexes) {
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partition),
        sortKey: text(index.sort),
        projectionType: ProjectionType.ALL,
      })
      this.indexArns.push(`${table.tableArn}/index/${index.name}`)
    }
  }

  /** Exactly what the adapters call: no scan, nothing of the tables themselves. */
  readStatement(): PolicyStatement {
    return new PolicyStatement({
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      resources: [...this.arns, ...this.indexArns],
    })
  }

  /** For a verification: rows that no key names. */
  scanStatement(): PolicyStatement {
    return new PolicyStatement({ actions: ['dynamodb:Scan'], resources: this.arns })
  }

  writeStatement(): PolicyStatement {
    return new PolicyStatement({
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      resources: this.arns,
    })
  }
}
