import { Duration } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Function as Lambda, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { environmentNames } from '../../functions/adapters/environment.ts'
import { retention } from '../../functions/domain/base/retention.ts'
import { fileNameOf, type FunctionName, functionNames, functions } from '../../workflows/tasks.ts'
import { codeOf } from './bundle.ts'
import { fixId, keptOnceMade } from './fixed-id.ts'
import { logRetention } from './kept-for.ts'
import { deployedName } from './names.ts'
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
    const { memoryMb, timeoutSeconds } = functions[name]
    const logGroup = new LogGroup(this, `${name}Log`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: logRetention(retention['function-log'].kept.count),
      removalPolicy: keptOnceMade,
    })
    const writeLog = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    })
    const role = new Role(this, `${name}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      // Within the role, not beside it: what is kept keeps its rights.
      inlinePolicies: {
        rights: new PolicyDocument({ statements: [writeLog, ...rights.statementsFor(name)] }),
      },
    })
    const made = new Lambda(this, name, {
      functionName,
      code: codeOf(name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      environment: {
        ...environment,
        [environmentNames.secretNames]: JSON.stringify(rights.secretNamesFor(name)),
      },
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
    })
    // A role that went would take its function along.
    fixId(role, `${name}FunctionRole`).applyRemovalPolicy(keptOnceMade)
    fixId(made, `${name}Function`).applyRemovalPolicy(keptOnceMade)
    return made
  }
}
