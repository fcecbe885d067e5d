import { ArnFormat, Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import type * as z from 'zod'
import type { FunctionName } from '../../workflows/tasks.ts'
import { Archive } from './archive.ts'
import type { secretNamesSchema, SecretKind } from '../../functions/adapters/secrets.ts'
import { functionRights, type Right, secretOf } from './function-rights.ts'
import type { Mail } from './mail.ts'
import { deployedName, executionsArns, machineArns } from './names.ts'
import type { Record } from './record.ts'

interface RightsProps {
  readonly stage: string
  /** Whether a firewall stands in front of the console. */
  readonly firewall: boolean
  readonly record: Record
  readonly archive: Archive
  readonly mail: Mail
}

/**
 * Turns what a function needs into statements. Machines are named by ARNs made from their names: a grant from
 * the machine itself would make a circle, since the machine invokes the function.
 */
export class Rights extends Construct {
  private readonly props: RightsProps

  constructor(scope: Construct, id: string, props: RightsProps) {
    super(scope, id)
    this.props = props
  }

  statementsFor(name: FunctionName): readonly PolicyStatement[] {
    return this.rightsOf(name).flatMap((right) => this.statements(right))
  }

  /** By kind, the names of the secrets that a function may read. */
  secretNamesFor(name: FunctionName): z.infer<typeof secretNamesSchema> {
    const kinds = this.rightsOf(name).flatMap((right) => secretOf[right] ?? [])
    return Object.fromEntries(kinds.map((kind) => [kind, deployedName(this.props.stage, kind)]))
  }

  private rightsOf(name: FunctionName): readonly Right[] {
    return functionRights[name].filter((right) => right !== 'check-door' || this.props.firewall)
  }

  private readSecret(kind: SecretKind): PolicyStatement {
    const arn = Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      // Secrets Manager adds a hyphen and six characters of its own to the name.
      resourceName: `${deployedName(this.props.stage, kind)}-??????`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })
    return new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [arn] })
  }

  private statements(right: Right): PolicyStatement[] {
    const { record, archive, mail, stage } = this.props
    switch (right) {
      case 'read-record':
        return [record.readStatement()]
      case 'read-every-row':
        return [record.scanStatement()]
      case 'commit':
        return [record.commitStatement()]
      case 'write-waits':
        return [record.waitStatement()]
      case 'write-beside':
        return record.besideStatements()
      case 'keep-sessions':
        return [record.sessionsStatement(), this.readSecret('session')]
      case 'seal-rows':
        return [this.readSecret('seals')]
      case 'sign-tokens':
        return [this.readSecret('tokens')]
      case 'sign-lists':
        return [this.readSecret('lists')]
      case 'log-in':
        return [this.readSecret('login')]
      case 'check-door':
        return [this.readSecret('door')]
      case 'read-archive':
        return Archive.readStatements(archive.archive)
      case 'write-archive':
        return [archive.writeStatement()]
      case 'erase-content':
        return [...archive.eraseStatements(), record.eraseStatement()]
      case 'read-landing':
        return Archive.readStatements(archive.landing)
      case 'send-mail':
        return mail.sendStatements()
      case 'start-executions':
        return [this.onMachines(stage, 'states:StartExecution')]
      case 'complete-waits':
        return [this.onMachines(stage, 'states:SendTaskSuccess')]
      case 'read-executions':
        return [this.onMachines(stage, 'states:ListExecutions'), this.onExecutions(stage)]
    }
  }

  /** To look at, never to stop or redrive. */
  private onExecutions(stage: string): PolicyStatement {
    return new PolicyStatement({
      actions: [
        'states:DescribeExecution',
        'states:DescribeStateMachineForExecution',
        'states:GetExecutionHistory',
      ],
      resources: [...executionsArns(this, stage)],
    })
  }

  private onMachines(stage: string, action: string): PolicyStatement {
    return new PolicyStatement({ actions: [action], resources: [...machineArns(this, stage)] })
  }
}
