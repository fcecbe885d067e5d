import type { IncomingMessage, ServerResponse } from 'node:http'
import { FunctionFailure } from '../function-failure.ts'
import type { Invoke } from '../functions-runtime.ts'
import {
  BodyTooLargeError,
  createEndpoint,
  headerText,
  listenLocally,
  readBody,
  type Listening,
} from './http-endpoint.ts'

/** Lambda's limit of a synchronous request, in bytes. */
const largestRequestBytes = 6_291_456
const path = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/

/** An error of the service itself, not of the function. */
class LambdaError extends Error {
  override readonly name = 'LambdaError'
  readonly code: string
  readonly status: number

  constructor(code: string, status: number, message: string) {
    super(message)
    this.code = code
    this.status = status
  }
}

/**
 * Lambda's Invoke for the operator's command line. Set `AWS_ENDPOINT_URL_LAMBDA` to `url`. Only the synchronous
 * call is spoken; a function that fails answers 200 with `X-Amz-Function-Error`, as Lambda does.
 * @param options.prefix what stands before a function's file name: `aarshjul-local-`
 */
export async function openLambda(options: {
  port: number
  prefix: string
  invoke: Invoke
}): Promise<Listening> {
  const { prefix, invoke } = options
  const server = createEndpoint((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy()
        return
      }
      const failure = serviceError(error)
      response.writeHead(failure.status, {
        'content-type': 'application/json',
        'x-amzn-errortype': failure.code,
      })
      response.end(
        JSON.stringify({ Type: failure.status < 500 ? 'User' : 'Service', Message: failure.message }),
      )
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = functionOf(request)
    const text = (await readBody(request, largestRequestBytes)).toString('utf8')
    const result = await invokeFunction(name, parseJson(text))
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(result.failed ? { 'x-amz-function-error': 'Unhandled' } : {}),
    })
    response.end(result.payload)
  }

  async function invokeFunction(name: string, event: unknown): Promise<{ failed: boolean; payload: string }> {
    try {
      return { failed: false, payload: JSON.stringify(await invoke(name, event, 'command')) }
    } catch (error) {
      if (!(error instanceof FunctionFailure)) throw error
      if (error.name === 'Runtime.ImportModuleError')
        throw new LambdaError('ResourceNotFoundException', 404, `Function not found: ${prefix}${name}`)
      return { failed: true, payload: error.payload }
    }
  }

  function functionOf(request: IncomingMessage): string {
    const [target = ''] = (request.url ?? '').split('?')
    const found = request.method === 'POST' ? path.exec(target)?.[1] : undefined
    if (found === undefined)
      throw new LambdaError(
        'UnknownOperationException',
        404,
        'Only Invoke is spoken by the local Lambda endpoint',
      )
    const type = headerText(request.headers, 'x-amz-invocation-type') || 'RequestResponse'
    if (type !== 'RequestResponse')
      throw new LambdaError(
        'InvalidParameterValueException',
        400,
        `${type} is not implemented by the local endpoint`,
      )
    const name = decodeURIComponent(found).replace(/^arn:.*:function:/, '')
    const file = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    if (!/^[a-z][a-z0-9-]*$/.test(file))
      throw new LambdaError('ResourceNotFoundException', 404, `Function not found: ${name}`)
    return file
  }

  return listenLocally(server, options.port, 'Lambda endpoint')
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch (error) {
    throw new LambdaError('InvalidRequestContentException', 400, `The payload is not JSON: ${String(error)}`)
  }
}

function serviceError(error: unknown): LambdaError {
  if (error instanceof LambdaError) return error
  if (error instanceof BodyTooLargeError)
    return new LambdaError('RequestTooLargeException', 413, error.message)
  console.error('lambda:', error)
  return new LambdaError('ServiceException', 500, 'The endpoint failed')
}
