import { DynamoDBClient } from '@aws-sdk/client-dynamodb'

const connectionTimeoutMs = 2_000
const requestTimeoutMs = 8_000

/**
 * The low-level client; region, credentials and endpoint come from the SDK's own variables. Connections are
 * kept open. A request without an answer ends in an error and is tried again by the SDK: every write here is
 * safe to repeat.
 */
export const makeDynamoClient = (): DynamoDBClient => {
  const client = new DynamoDBClient({
    // Each kind of command puts its steps together once, not with every request.
    cacheMiddleware: true,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: 64 },
      httpsAgent: { keepAlive: true, maxSockets: 64 },
    },
  })
  // Nothing listens to it, and it walks through every item there and back.
  client.middlewareStack.remove('loggerMiddleware')
  return client
}
