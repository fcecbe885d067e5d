import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readFileSync } from 'node:fs'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { DefinitionBody, LogLevel, StateMachine as Machine } from 'aws-cdk-lib/aws-stepfunctions'
import { Construct } from 'constructs'
import { retention } from '../../functions/domain/base/retention.ts'
import { functionNames, stateMachines, type StateMachine } from '../../workflows/tasks.ts'
import { fixId, keptOnceMade } from './fixed-id.ts'
import type { Functions } from './functions.ts'
import { logRetention } from './kept-for.ts'
import { deployedName, pascalCase } from './names.ts'

const definitionFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'workflows')

/**
 * The state machines from the very definitions that one machine runs. A definition from a file brings its own
 * timeout and retries and gets no right by itself: each machine may invoke the functions it names, and no other.
 */
export class Workflows extends Construct {
  readonly machines: readonly Machine[]

  constructor(scope: Construct, id: string, props: { stage: string; functions: Functions }) {
    super(scope, id)
    this.machines = stateMachines.map((machine) => this.make(machine, props))
  }

  private make(
    machine: StateMachine,
    { stage, functions }: { stage: string; functions: Functions },
  ): Machine {
    const definition = readFileSync(join(definitionFolder, `${machine}.asl.json`), 'utf8')
    const called = functionNames.filter((name) => definition.includes(`\${${name}}`))
    const arns = called.map((name) => functions.get(name).functionArn)
    const stateMachineName = deployedName(stage, machine)
    const invoke = new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: arns.flatMap((arn) => [arn, `${arn}:*`]),
    })
    const role = new Role(this, `${machine} role`, {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      inlinePolicies: { invoke: new PolicyDocument({ statements: [invoke] }) },
    })
    const made = new Machine(this, machine, {
      stateMachineName,
      definitionBody: DefinitionBody.fromString(definition),
      definitionSubstitutions: Object.fromEntries(
        called.map((name) => [name, functions.get(name).functionArn]),
      ),
      role,
      removalPolicy: keptOnceMade,
      tracingEnabled: true,
      logs: {
        destination: this.logOf(machine, stateMachineName),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    })
    fixId(role, `${pascalCase(machine)}StateMachineRole`).applyRemovalPolicy(keptOnceMade)
    fixId(made, `${pascalCase(machine)}StateMachine`)
    return made
  }

  /** States and errors, never inputs or outputs: a token is in them. Under this name the log needs no policy. */
  private logOf(machine: StateMachine, stateMachineName: string): LogGroup {
    return new LogGroup(this, `${machine} log`, {
      logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
      retention: logRetention(retention['workflow-log'].kept.count),
      removalPolicy: keptOnceMade,
    })
  }
}
