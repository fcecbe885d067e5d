import type { Chance } from '../values/chance.ts'
import type { CallResult } from '../turn/execution.ts'
import { isJsonObject, parseJson, toJson, type Json, type JsonObject } from '../values/json.ts'
import { functionNameOf, type Resource } from '../language/resource.ts'
import type { Integrations, ServiceContext } from '../types.ts'

/** The metadata that AWS's SDK adds to the answer of a service. */
export const sdkMetadata = (chance: Chance): JsonObject => {
  const requestId = chance.uuid()
  const headers = { 'Content-Type': 'application/json', 'x-amzn-RequestId': requestId }
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  }
}

/** `Payload` as the function receives it: a text is taken as JSON text, nothing as an empty object. */
const readPayload = (payload: Json | undefined): Json => {
  if (payload === undefined || payload === null) return {}
  return typeof payload === 'string' ? parseJson(payload) : payload
}

/** The failure of a function: error type, and the runtime's answer as the cause. */
const functionFailure = (error: unknown, byArn: boolean): CallResult => {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  // An error of the service itself, such as Lambda.TooManyRequestsException, has no answer of a runtime.
  if (name.startsWith('Lambda.')) return { ok: false, error: name, cause: message }
  const payload: unknown = error instanceof Error && 'payload' in error ? error.payload : undefined
  const raw =
    typeof payload === 'string'
      ? payload
      : JSON.stringify({
          errorType: name,
          errorMessage: message,
          trace: [`${name}: ${message}`],
        })
  // Called by its ARN, the function's answer stays as it came; through lambda:invoke it is written again.
  return { ok: false, error: name, cause: byArn ? raw : JSON.stringify(parseJson(raw)) }
}

/** Invokes a function, by ARN or through lambda:invoke. Values are copied through JSON both ways. */
export const callLambda = async (
  integrations: Integrations,
  resource: Resource & { readonly kind: 'lambda-arn' | 'lambda-invoke' | 'start-execution' | 'service' },
  args: Json,
  chance: Chance,
): Promise<CallResult> => {
  const { lambda } = integrations
  if (lambda === undefined)
    return { ok: false, error: 'States.Runtime', cause: 'no Lambda integration is registered' }
  const byArn = resource.kind === 'lambda-arn'
  let name = byArn ? resource.functionName : ''
  let payload = args
  if (!byArn) {
    const given = isJsonObject(args) ? args : {}
    const unknown = Object.keys(given).find((key) => key !== 'FunctionName' && key !== 'Payload')
    if (unknown !== undefined)
      return {
        ok: false,
        error: 'States.Runtime',
        cause: `lambda:invoke: the argument '${unknown}' is not implemented`,
      }
    const { FunctionName, Payload } = given
    if (typeof FunctionName !== 'string')
      return {
        ok: false,
        error: 'States.Runtime',
        cause: "lambda:invoke: the argument 'FunctionName' is missing",
      }
    name = functionNameOf(FunctionName)
    try {
      payload = readPayload(Payload)
    } catch (error) {
      const cause = `Could not parse request body into json: ${String(error)}`
      return { ok: false, error: 'Lambda.InvalidRequestContentException', cause }
    }
  }
  try {
    const answer = toJson(await lambda(name, toJson(payload)))
    const output: Json = byArn
      ? answer
      : { ExecutedVersion: '$LATEST', Payload: answer, ...sdkMetadata(chance), StatusCode: 200 }
    return { ok: true, output }
  } catch (error) {
    return functionFailure(error, byArn)
  }
}

/** Calls a registered service. */
export const callService = async (
  integrations: Integrations,
  tail: string,
  args: Json,
  context: ServiceContext,
): Promise<CallResult> => {
  const service = integrations.services?.[tail]
  if (service === undefined)
    return { ok: false, error: 'States.Runtime', cause: `'${tail}' is not registered` }
  return { ok: true, output: toJson(await service(toJson(args), context)) }
}
