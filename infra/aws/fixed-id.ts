import { CfnResource, RemovalPolicy } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/**
 * Gives a construct's resource a logical id that does not follow from its place in the tree: moving code about
 * must never replace a table, a bucket or a state machine.
 */
export const fixId = (construct: IConstruct, logicalId: string): CfnResource => {
  const resource = construct.node.defaultChild
  if (!(resource instanceof CfnResource))
    throw new Error(`${logicalId}: ${construct.node.path} is no resource`)
  resource.overrideLogicalId(logicalId)
  return resource
}

/**
 * What has a name of its own is kept when it leaves the stack, but for a creation that is rolled back: left there, it
 * would stand in the way of the next try.
 */
export const keptOnceMade = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
