import { once } from 'node:events'
import { createServer } from 'node:http'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readSecrets, tokenKeys } from '../../functions/adapters/environment.ts'

const key = 'k'.repeat(32)
const secrets = { tokens: { '1': key, '12': `${key}2` }, session: key, oidcClient: 'a-secret' }

/** Secrets Manager's protocol (JSON 1.1), with one secret of the given text. */
async function keeping(name: string, text: string): Promise<() => SecretsManagerClient> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      const found = JSON.parse(body).SecretId === name
      response
        .writeHead(found ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' })
        .end(
          JSON.stringify(
            found ? { Name: name, SecretString: text } : { __type: 'ResourceNotFoundException' },
          ),
        )
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const client = new SecretsManagerClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  onTestFinished(() => {
    client.destroy()
    server.closeAllConnections()
    server.close()
  })
  return () => client
}

describe('the secrets', () => {
  it('are the given ones on one machine', async () => {
    expect(await readSecrets({ given: secrets })).toEqual(secrets)
  })

  it('are read by their name on AWS', async () => {
    const makeClient = await keeping('aarshjul-test', JSON.stringify(secrets))
    const read = await readSecrets({ named: 'aarshjul-test' }, makeClient)
    expect(read).toEqual(secrets)
    expect([...tokenKeys(read)]).toEqual([
      [1, key],
      [12, `${key}2`],
    ])
  })

  it('are refused without telling them when they are not complete or not JSON', async () => {
    const incomplete = await keeping('one', JSON.stringify({ ...secrets, session: 'too-short' }))
    const noJson = await keeping('two', 'hemmelig')
    await expect(readSecrets({ named: 'one' }, incomplete)).rejects.toThrow(/one: session: /)
    await expect(readSecrets({ named: 'one' }, incomplete)).rejects.not.toThrow(/too-short/)
    await expect(readSecrets({ named: 'two' }, noJson)).rejects.not.toThrow(/hemmelig/)
  })

  it('that are not there fail', async () => {
    const makeClient = await keeping('one', '{}')
    await expect(readSecrets({ named: 'another' }, makeClient)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})
