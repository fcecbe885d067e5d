import type { Integrations } from '../types.ts'

/** What a Task calls. */
export type Resource =
  | { readonly kind: 'lambda-arn'; readonly arn: string; readonly functionName: string }
  | {
      readonly kind: 'lambda-invoke' | 'start-execution' | 'service'
      /** The tail of the ARN: `lambda:invoke.waitForTaskToken`. */
      readonly tail: string
      /** `lambda`, `states`, `aws-sdk:s3`: as the history events name it. */
      readonly resourceType: string
      /** `invoke.waitForTaskToken`, `startExecution.sync:2`. */
      readonly resource: string
      readonly pattern: Pattern
    }

/** Whether the task ends with the answer, with a token, or with the end of what it started. */
export type Pattern = 'response' | 'token' | 'sync' | 'sync2'

const patternOf = (action: string): Pattern => {
  if (action.endsWith('.waitForTaskToken')) return 'token'
  if (action.endsWith('.sync:2')) return 'sync2'
  return action.endsWith('.sync') ? 'sync' : 'response'
}

const lambdaArn = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:([\w-]+)(?::(?:\$LATEST|[\w-]+))?$/
const serviceArn =
  /^arn:aws[\w-]*:states:[\w-]*:\d*:((?:aws-sdk:)?[\w-]+):([A-Za-z]+(?:\.waitForTaskToken|\.sync:2|\.sync)?)$/

/** The name of the function in a name, a partial ARN or an ARN, as `FunctionName` takes them. */
export const functionNameOf = (text: string): string => {
  const tail = /(?:^|:)function:([\w-]+)/.exec(text)
  return tail?.[1] ?? text.replace(/:(?:\$LATEST|[\w-]+)$/, '')
}

/**
 * Reads the Resource of a Task. Answers a reason instead when it is none, or none that anybody registered with
 * the engine.
 */
export const readResource = (
  arn: string,
  integrations: Integrations,
): Resource | { readonly refused: string } => {
  const lambda = lambdaArn.exec(arn)
  if (lambda?.[1] !== undefined) {
    if (integrations.lambda === undefined) return { refused: `'${arn}': no Lambda integration is registered` }
    return { kind: 'lambda-arn', arn, functionName: lambda[1] }
  }
  const service = serviceArn.exec(arn)
  const [, resourceType, resource] = service ?? []
  if (resourceType === undefined || resource === undefined || resourceType === 'activity')
    return { refused: `'${arn}' is neither a function nor a service integration that the engine knows` }
  const tail = `${resourceType}:${resource}`
  const named = { tail, resourceType, resource, pattern: patternOf(resource) }
  if (integrations.services !== undefined && Object.hasOwn(integrations.services, tail)) {
    if (named.pattern === 'sync' || named.pattern === 'sync2')
      return { refused: `'${arn}': .sync is implemented for states:startExecution alone` }
    return { kind: 'service', ...named }
  }
  if (tail === 'lambda:invoke' || tail === 'lambda:invoke.waitForTaskToken') {
    if (integrations.lambda === undefined) return { refused: `'${arn}': no Lambda integration is registered` }
    return { kind: 'lambda-invoke', ...named }
  }
  if (
    tail === 'states:startExecution' ||
    tail === 'states:startExecution.sync' ||
    tail === 'states:startExecution.sync:2'
  )
    return { kind: 'start-execution', ...named }
  return { refused: `'${arn}': the service integration '${tail}' is not registered` }
}
