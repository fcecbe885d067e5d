import { ArnFormat, Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { stateMachines, type StateMachine } from '../../workflows/tasks.ts'

/** `agreement-review` is `AgreementReview`. */
export const pascalCase = (name: string): string =>
  name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())

export const deployedName = (stage: string, part: string): string => `aarshjul-${stage}-${part}`

/**
 * A state machine's ARN from its name alone: functions know machines and machines know functions, and neither
 * may wait for the other's resource.
 */
export const machineArn = (scope: Construct, stage: string, machine: StateMachine): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: deployedName(stage, machine),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })

/** Every execution of a state machine. */
const executionsArn = (scope: Construct, stage: string, machine: StateMachine): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${deployedName(stage, machine)}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })

export const executionsArns = (scope: Construct, stage: string): readonly string[] =>
  stateMachines.map((machine) => executionsArn(scope, stage, machine))

export const machineArns = (scope: Construct, stage: string): readonly string[] =>
  stateMachines.map((machine) => machineArn(scope, stage, machine))
