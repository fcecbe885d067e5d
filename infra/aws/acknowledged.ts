import { type Stack, Token, Validations } from 'aws-cdk-lib'
import { functionNames, stateMachines } from '../../workflows/tasks.ts'
import { deployedName } from './names.ts'

/** As cdk-nag writes it: its name, or `<AWS::Partition>` where only the deployment knows. */
const partitionOf = (stack: Stack): string =>
  Token.isUnresolved(stack.partition) ? '<AWS::Partition>' : stack.partition

/**
 * What cdk-nag's AwsSolutions checks find and why it stands. Wildcards are named one by one: a new one fails
 * the synth.
 */
const reasonsOf = (
  stack: Stack,
  stage: string,
): readonly { readonly id: string; readonly reason: string }[] => [
  {
    id: 'AwsSolutions-S1',
    reason:
      'Who read an object is in CloudTrail data events, which the account keeps; a locked bucket cannot take access logs',
  },
  { id: 'AwsSolutions-SQS3', reason: 'failed-events is itself where failed events end' },
  {
    id: 'AwsSolutions-APIG4',
    reason:
      'Login is OpenID Connect in the console itself, with sessions in the table: no authorizer knows them',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'X-Ray, the delivery of logs (the three machines) and SES’s quota (whoever sends) know no resources',
  },
  ...['ArchiveBucket', 'LandingBucket'].map((bucket) => ({
    id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/*]`,
    reason:
      'All objects of one bucket; what two persons have had erased is all that may be deleted, by one function',
  })),
  ...['mail', 'letters'].map((keys) => ({
    id: `AwsSolutions-IAM5[Resource::<ArchiveBucket.Arn>/${keys}/*]`,
    reason: 'Mails and the letters that answer them, which two persons may have erased',
  })),
  ...stateMachines.map((machine) => ({
    id: `AwsSolutions-IAM5[Resource::arn:${partitionOf(stack)}:states:${stack.region}:<AWS::AccountId>:execution:${deployedName(stage, machine)}:*]`,
    reason: 'All executions of one machine, to be looked at: their names are made as the years go',
  })),
  ...functionNames.map((name) => ({
    id: `AwsSolutions-IAM5[Resource::<${name}Function.Arn>:*]`,
    reason: 'The versions of one function',
  })),
]

/** What the checks find at the firewall. */
const firewallReasons = [
  {
    id: 'AwsSolutions-CFR1',
    reason: 'People of a ministry travel; who may come in is the login’s to say',
  },
  {
    id: 'AwsSolutions-CFR3',
    reason: 'API Gateway logs every request that is let through; one log of addresses is enough',
  },
]

export const acknowledgeFirewall = (stack: Stack): void => {
  Validations.of(stack).acknowledge(
    ...firewallReasons.map(({ id, reason }) => ({ id: `AwsSolutions::${id}`, reason })),
  )
}

/** @param stage the deployed stage, which is part of the names */
export const acknowledge = (stack: Stack, stage: string): void => {
  Validations.of(stack).acknowledge(
    ...reasonsOf(stack, stage).map(({ id, reason }) => ({ id: `AwsSolutions::${id}`, reason })),
  )
}
