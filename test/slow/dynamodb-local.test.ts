import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { eventually, playYear, summaryLine, temporaryFolder } from '../support/local-year.ts'

/**
 * The record on AWS's own DynamoDB Local in place of dynalite: the suites of everything that is kept in tables, and a
 * year. It comes by Maven into the ignored cache, and a Java and Maven are installed where they are missing (root).
 */
const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const version = '2.6.1'
const home = join(root, '.cache', `dynamodb-local-${version}`)
const jars = join(home, 'lib')
const variable = 'AWS_ENDPOINT_URL_DYNAMODB'
const temporary = temporaryFolder('dynamodb-local')

const install = async (): Promise<void> => {
  if (!existsSync('/usr/bin/java') || !existsSync('/usr/bin/mvn')) {
    const apt = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 10_000_000 }
    await run('apt-get', ['update', '-qq'], apt)
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'default-jre-headless', 'maven'], apt)
  } // prettier-ignore
  if (existsSync(join(jars, `DynamoDBLocal-${version}.jar`))) return
  mkdirSync(home, { recursive: true })
  const pom = join(home, 'pom.xml')
  writeFileSync(
    pom,
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>dynamodb-local</artifactId><version>1</version><packaging>pom</packaging><dependencies><dependency><groupId>com.amazonaws</groupId><artifactId>DynamoDBLocal</artifactId><version>${version}</version></dependency></dependencies></project>`,
  )
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'
  await run('mvn', ['-q', '-B', '-f', pom, goal, '-DincludeScope=runtime', `-DoutputDirectory=${jars}`])
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = z.object({ port: z.number() }).parse(server.address())
  await new Promise((closed) => server.close(closed))
  return port
}

let endpoint: string
let client: DynamoDBClient
let stop: () => void = () => undefined

beforeAll(async () => {
  await install()
  const port = await freePort()
  endpoint = `http://127.0.0.1:${port}`
  const server = spawn(
    'java',
    [`-Djava.library.path=${jars}`, '-cp', join(jars, '*'), 'com.amazonaws.services.dynamodbv2.local.main.ServerRunner', '-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)],
    { stdio: 'ignore' },
  ) // prettier-ignore
  stop = () => server.kill()
  process.on('exit', stop)
  client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  await eventually(
    'DynamoDB Local answers',
    () =>
      client.send(new ListTablesCommand({})).then(
        () => true,
        () => undefined,
      ),
    { withinMs: 60_000, everyMs: 200 },
  )
}, 600_000)
afterAll(() => {
  client.destroy()
  stop()
})

const tables = async (): Promise<readonly string[]> =>
  (await client.send(new ListTablesCommand({}))).TableNames ?? []

const resultsSchema = z.object({
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  testResults: z.array(z.object({ name: z.string(), status: z.string() })),
})

/** Without what differs from run to run: its seconds, and the hash of the frozen folder, which holds random salts. */
const summarySchema = z.looseObject({
  report: z.object({ sha256: z.string() }),
  seconds: z.number().transform(() => null),
})

describe('on DynamoDB Local', () => {
  test('the suites of what is kept in tables hold', async () => {
    const file = join(temporary.path, 'results.json')
    const before = (await tables()).length
    await run(
      process.execPath,
      [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'contract', '--project', 'integration', 'test/contract/', 'tampered-table', 'whole-erasure', '--reporter=json', `--outputFile=${file}`],
      { cwd: root, env: { ...process.env, [variable]: endpoint }, maxBuffer: 100_000_000 },
    ).catch(() => undefined) // prettier-ignore
    const results = resultsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    expect(results.testResults.filter(({ status }) => status !== 'passed')).toEqual([])
    expect(results.numPassedTests).toBe(results.numTotalTests)
    expect(results.numTotalTests).toBeGreaterThan(200)
    expect((await tables()).length).toBeGreaterThan(before + 10)
  })

  test('a year ends with the same summary and the same report, byte for byte', async () => {
    const own = playYear(join(temporary.path, 'own'))
    process.env[variable] = endpoint
    const theirs = playYear(join(temporary.path, 'theirs'))
    delete process.env[variable]
    const [one, other] = await Promise.all([own.ended, theirs.ended])
    expect([one.code, other.code]).toEqual([0, 0])
    const told = (stdout: string) => summarySchema.parse(summaryLine(stdout))
    expect(told(other.stdout)).toEqual(told(one.stdout))
    const { Table: record } = await client.send(new DescribeTableCommand({ TableName: 'aarshjul-local' }))
    expect(record?.ItemCount).toBeGreaterThan(4_000)
    expect(existsSync(join(temporary.path, 'theirs', 'table'))).toBe(false)
  })
})
