import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keysFor, newestOf, readSecrets, separated } from '../../functions/adapters/secrets.ts'
import { reviewStream } from '../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../functions/domain/base/values.ts'
import { makeSessionIds } from '../../functions/adapters/sessions.ts'
import {
  makeAnchorSigner,
  makeFormTokens,
  makeRowSealer,
  makeTokenSigner,
} from '../../functions/adapters/signing.ts'

const key = 'k'.repeat(32)
const secrets = {
  tokens: { '1': key, '12': `${key}2` },
  seals: { '1': '1a'.repeat(32) },
  lists: { '1': '2b'.repeat(32) },
  session: { '1': key },
  login: { '1': 'a-secret' },
}

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

  it('are read by their names on AWS, those that the function is told of and no others', async () => {
    const makeClient = await keeping('aarshjul-test-tokens', JSON.stringify(secrets.tokens))
    const read = await readSecrets({ named: { tokens: 'aarshjul-test-tokens' } }, makeClient)
    expect(read).toEqual({ tokens: secrets.tokens })
    expect([...keysFor(read, 'tokens')]).toEqual([
      [1, key],
      [12, `${key}2`],
    ])
    expect(newestOf(keysFor(read, 'tokens'))).toBe(`${key}2`)
    expect(() => keysFor(read, 'session')).toThrow('no secret for session')
  })

  it('are refused without telling them when they are not complete or not JSON', async () => {
    const short = await keeping('one', JSON.stringify({ '1': 'too-short' }))
    const noJson = await keeping('two', 'hemmelig')
    await expect(readSecrets({ named: { session: 'one' } }, short)).rejects.toThrow(/one: session\.1: /)
    await expect(readSecrets({ named: { session: 'one' } }, short)).rejects.not.toThrow(/too-short/)
    await expect(readSecrets({ named: { seals: 'one' } }, short)).rejects.toThrow(/seals\.1: 64 digits/)
    await expect(readSecrets({ named: { tokens: 'two' } }, noJson)).rejects.not.toThrow(/hemmelig/)
  })

  it('that are not there fail', async () => {
    const makeClient = await keeping('one', '{}')
    await expect(readSecrets({ named: { tokens: 'another' } }, makeClient)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})

describe('secrets of before the kinds were apart', () => {
  const together = { tokens: { '1': key, '2': `${key}2` }, session: `${key}s`, oidcClient: 'a-secret' }
  const apart = separated(together)

  it('come apart so that sessions, tokens and the login stay, and no kind gives away another', () => {
    expect(apart).toMatchObject({
      tokens: together.tokens,
      session: { '1': together.session },
      login: { '1': 'a-secret' },
    })
    expect(separated(apart)).toEqual(apart)
    const all = Object.values(apart).flatMap((byVersion = {}) => Object.values(byVersion))
    expect(new Set(all).size).toBe(all.length)
  })

  it('leave every seal and list as valid as it was', () => {
    // As rows and lists were signed then: HMAC-SHA-256 of the purpose under the tokens' secret was the key.
    const old = (purpose: string) => createHmac('sha256', key).update(purpose).digest()
    const seal = `1:${createHmac('sha256', old('row')).update('a row').digest('hex')}`
    expect(makeRowSealer(keysFor(apart, 'seals')).holds('a row', seal)).toBe(true)
    const list = makeAnchorSigner(new Map([[1, old('anchor').toString('hex')]])).sign('a list')
    expect(makeAnchorSigner(keysFor(apart, 'lists')).verify('a list', list)).toBe(true)
  })
})

describe('a key that is changed', () => {
  const next = 'n'.repeat(32)
  const [seal, newSeal] = ['1a'.repeat(32), '2b'.repeat(32)]
  const both = { seals: { '1': seal, '2': newSeal }, session: { '1': key, '2': next } }
  const agreement = agreementIdSchema.parse('svendborg-rk')
  const names = { stream: reviewStream(2014, agreement), agreement, year: 2014, municipality: '479' }

  it('leaves tokens that are out valid; new ones are made with the new key alone', () => {
    const before = makeTokenSigner(new Map([[1, key]]))
    const after = makeTokenSigner(keysFor({ tokens: { '1': key, '2': next } }, 'tokens'))
    expect(after.verify(before.token(names), names, 1)).toBe(true)
    expect(after.keyVersion).toBe(2)
    expect(after.verify(after.token(names), names, 2)).toBe(true)
    expect(before.verify(after.token(names), names, 2)).toBe(false)
  })

  it('leaves rows sealed; new ones are sealed with the new key alone', () => {
    const before = makeRowSealer(new Map([[1, seal]]))
    const after = makeRowSealer(keysFor(both, 'seals'))
    expect(after.holds('a row', before.seal('a row'))).toBe(true)
    expect(after.holds('another row', before.seal('a row'))).toBe(false)
    expect(after.seal('a row')).toMatch(/^2:/)
    expect(makeRowSealer(new Map([[2, newSeal]])).holds('a row', after.seal('a row'))).toBe(true)
    expect(before.holds('a row', after.seal('a row'))).toBe(false)
  })

  it('of which a function has none seals nothing and finds no seal good', () => {
    const none = makeRowSealer(new Map())
    expect(() => none.seal('a row')).toThrow('no secret')
    expect(none.holds('a row', makeRowSealer(new Map([[1, seal]])).seal('a row'))).toBe(false)
  })

  it('ends no session and no form under way, until its old version is taken out', () => {
    const [before, after] = [makeSessionIds(new Map([[1, key]])), makeSessionIds(keysFor(both, 'session'))]
    const [old, fresh] = [before.create(), after.create()]
    expect([after.isSigned(old), after.isSigned(fresh), before.isSigned(fresh)]).toEqual([true, true, false])
    const only = makeSessionIds(new Map([[2, next]]))
    expect([only.isSigned(old), only.isSigned(fresh)]).toEqual([false, true])

    const [formsBefore, forms] = [
      makeFormTokens(new Map([[1, key]])),
      makeFormTokens(keysFor(both, 'session')),
    ]
    expect(forms.isCsrf(old, formsBefore.csrf(old))).toBe(true)
    expect(forms.unseal(formsBefore.seal('a login under way'))).toBe('a login under way')
    expect(formsBefore.isCsrf(old, forms.csrf(old))).toBe(false)
    expect(forms.isCsrf(fresh, forms.csrf(old))).toBe(false)
  })
})
