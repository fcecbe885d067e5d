import { CfnResource, Duration, RemovalPolicy } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Function as Lambda, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { codeOf } from './bundle.ts'
import { functionNeeds } from './function-rights.ts'
import { deployedName, fileNameOf, type FunctionName, functionNames } from './names.ts'
import type { Rights } from './rights.ts'

interface FunctionsProps {
  readonly stage: string
  readonly environment: Readonly<{ [name: string]: string }>
  readonly rights: Rights
}

/**
 * Every function: explicit name, fixed logical id, a role and a log of its own. Kept when it leaves the stack,
 * since running executions call it by name for up to 13 months.
 */
export class Functions extends Construct {
  private readonly byName = new Map<FunctionName, Lambda>()

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id)
    for (const name of functionNames) this.byName.set(name, this.make(name, props))
  }

  get(name: FunctionName): Lambda {
    const found = this.byName.get(name)
    if (found === undefined) throw new Error(`No function ${name}`)
    return found
  }

  private make(name: FunctionName, { stage, environment, rights }: FunctionsProps): Lambda {
    const functionName = deployedName(stage, fileNameOf(name))
    const needs = functionNeeds[name]
    const logGroup = new LogGroup(this, `${name}Log`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    const role = new Role(this, `${name}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    logGroup.grantWrite(role)
    for (const statement of rights.statementsFor(name)) role.addToPolicy(statement)
    const made = new Lambda(this, name, {
      functionName,
      code: codeOf(name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: needs.memoryMb,
      timeout: Duration.seconds(needs.timeoutSeconds),
      environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
    })
    keepUnder(`${name}Function`, made.node.defaultChild)
    keepUnder(`${name}FunctionRole`, role.node.defaultChild)
    return made
  }
}

/** A fixed logical id, and nothing deleted: a role that goes takes its function along. */
export const keepUnder = (logicalId: string, resource: unknown): void => {
  if (!(resource instanceof CfnResource)) throw new Error(`${logicalId}: not a resource`)
  resource.overrideLogicalId(logicalId)
  resource.applyRemovalPolicy(RemovalPolicy.RETAIN)
}
