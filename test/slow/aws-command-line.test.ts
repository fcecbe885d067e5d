import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { machineArn, makeBench, waitForToken, type Bench } from '../integration/states/support.ts'
import { installedFromPyPi } from './python-tools.ts'

/**
 * The AWS command line, as it comes, on the engine. Where `aws` is missing it is installed into an ignored folder
 * (python3 and pip).
 */
const run = promisify(execFile)
const isThere = (command: string): boolean => {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const findAws = async (): Promise<string> =>
  isThere('aws') ? 'aws' : installedFromPyPi('awscli==1.46.3', 'aws')

interface Answer {
  readonly [key: string]: any
}

describe('the AWS command line on the engine', () => {
  const bench: Bench = makeBench()
  let server: { url: string; close(): Promise<void> }
  let command: string

  const aws = async (operation: string, options: Record<string, string>): Promise<Answer> => {
    const given = Object.entries(options).flatMap(([name, value]) =>
      value === '' ? [`--${name}`] : [`--${name}`, value],
    )
    const { stdout } = await run(command, ['stepfunctions', operation, ...given, '--output', 'json'], {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: server.url,
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_PAGER: '',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      },
    })
    return stdout.trim() === '' ? {} : (JSON.parse(stdout) as Answer)
  }
  /** What the command line says when the service refuses. */
  const refused = (operation: string, options: Record<string, string>): Promise<string> =>
    aws(operation, options).then(
      () => 'not refused',
      (error: unknown) => (error as { stderr: string }).stderr,
    )
  const start = (name: string): Promise<Answer> =>
    aws('start-execution', { 'state-machine-arn': machineArn('m'), name, input: '{"a":1}' })

  beforeAll(async () => {
    command = await findAws()
    bench.put('m', {
      First: { Type: 'Pass', Next: 'Wait' },
      Wait: waitForToken({ TimeoutSeconds: 600, HeartbeatSeconds: 300, End: true }),
    })
    server = await bench.engine.listen(0)
  }, 300_000)
  afterAll(async () => {
    await server.close()
    await bench.engine.close()
  })

  it('starts an execution, answers its token, and describes its end', async () => {
    const { executionArn } = await start('one')
    expect(executionArn).toBe('arn:aws:states:us-east-1:111111111111:execution:m:one')
    await bench.quiet()
    const token = bench.tokens.at(-1)!
    await aws('send-task-heartbeat', { 'task-token': token })
    await aws('send-task-success', { 'task-token': token, 'task-output': '{"b":2}' })
    expect(await aws('describe-execution', { 'execution-arn': executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      input: '{"a":1}',
      output: '{"b":2}',
      redriveStatus: 'NOT_REDRIVABLE',
    })
    expect(await refused('send-task-success', { 'task-token': token, 'task-output': '{}' })).toContain(
      '(TaskTimedOut)',
    )
    expect(await start('one').catch((error: { stderr: string }) => error.stderr)).toContain(
      '(ExecutionAlreadyExists)',
    )
  })

  it('pages a history and a list by itself, and turns the history round', async () => {
    for (const name of ['two', 'three', 'four']) await start(name)
    await bench.quiet()
    const executionArn = 'arn:aws:states:us-east-1:111111111111:execution:m:one'
    const history = await aws('get-execution-history', { 'execution-arn': executionArn, 'page-size': '2' })
    expect(history['events'].map((event: { id: number }) => event.id)).toEqual(
      history['events'].map((_: unknown, index: number) => index + 1),
    )
    expect(history['events'].at(-1).type).toBe('ExecutionSucceeded')
    const backwards = await aws('get-execution-history', {
      'execution-arn': executionArn,
      'reverse-order': '',
      'page-size': '3',
    })
    expect(backwards['events']).toEqual([...history['events']].reverse())
    const some = await aws('get-execution-history', { 'execution-arn': executionArn, 'max-items': '3' })
    expect(some['events']).toHaveLength(3)
    expect(some['NextToken']).toEqual(expect.any(String))
    const listed = await aws('list-executions', {
      'state-machine-arn': machineArn('m'),
      'status-filter': 'RUNNING',
      'page-size': '2',
    })
    expect(listed['executions'].map((one: { name: string }) => one.name)).toEqual(['four', 'three', 'two'])
  })

  it('stops, fails and redrives executions, and tells what a machine is', async () => {
    const of = (name: string) => ({
      'execution-arn': `arn:aws:states:us-east-1:111111111111:execution:m:${name}`,
    })
    await aws('stop-execution', { ...of('two'), error: 'Stop', cause: 'by hand' })
    expect(await aws('describe-execution', of('two'))).toMatchObject({
      status: 'ABORTED',
      error: 'Stop',
      cause: 'by hand',
      redriveStatus: 'REDRIVABLE',
    })
    const [, , third] = bench.tokens
    await aws('send-task-failure', { 'task-token': third!, error: 'Wrong', cause: 'said so' })
    expect(await aws('describe-execution', of('three'))).toMatchObject({ status: 'FAILED', error: 'Wrong' })
    await aws('redrive-execution', of('three'))
    expect(await aws('describe-execution', of('three'))).toMatchObject({ status: 'RUNNING', redriveCount: 1 })
    expect(await aws('list-state-machines', {})).toMatchObject({ stateMachines: [{ name: 'm' }] })
    const machine = await aws('describe-state-machine', { 'state-machine-arn': machineArn('m') })
    expect(JSON.parse(machine['definition'])).toMatchObject({ StartAt: 'First' })
    expect(await refused('describe-execution', of('nobody'))).toContain('(ExecutionDoesNotExist)')
    expect(await refused('send-task-success', { 'task-token': 'made-up', 'task-output': '{}' })).toContain(
      '(InvalidToken)',
    )
  })
})
