import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  InvalidToken,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn'
import { afterEach, describe, expect, it } from 'vitest'
import { machineArn, makeBench, waitForToken, type Bench } from './support.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const connect = async (bench: Bench): Promise<{ client: SFNClient; url: string }> => {
  const { url, close } = await bench.engine.listen(0)
  const client = new SFNClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })
  closing.push(async () => {
    client.destroy()
    await close()
    await bench.engine.close()
  })
  return { client, url }
}

const waits = { Wait: waitForToken({ HeartbeatSeconds: 100, TimeoutSeconds: 1000, End: true }) }

describe('the wire', () => {
  it('serves the SDK client from start to end', async () => {
    const bench = makeBench()
    bench.put('m', waits)
    const { client } = await connect(bench)
    const { executionArn, startDate } = await client.send(
      new StartExecutionCommand({ stateMachineArn: machineArn('m'), name: 'one', input: '{"a":1}' }),
    )
    expect(startDate).toEqual(new Date(bench.now()))
    await bench.quiet()
    const [taskToken] = bench.tokens
    await client.send(new SendTaskHeartbeatCommand({ taskToken }))
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"b":2}' }))
    const described = await client.send(new DescribeExecutionCommand({ executionArn }))
    expect(described).toMatchObject({ status: 'SUCCEEDED', input: '{"a":1}', output: '{"b":2}', name: 'one' })
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }))
    expect(events?.[0]).toMatchObject({
      id: 1,
      type: 'ExecutionStarted',
      executionStartedEventDetails: { input: '{"a":1}' },
    })
    expect(events?.[0]?.timestamp).toEqual(startDate)
  })

  it('tells the definition an execution runs, also when its machine has a newer one', async () => {
    const bench = makeBench()
    bench.put('m', waits)
    const { client } = await connect(bench)
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn: machineArn('m'), name: 'one' }),
    )
    await bench.quiet()
    bench.put('m', { Other: { Type: 'Succeed' } })
    const described = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }))
    expect(described).toMatchObject({ stateMachineArn: machineArn('m'), name: 'm' })
    expect(JSON.parse(described.definition ?? '')).toMatchObject({ StartAt: 'Wait' })
    await expect(
      client.send(
        new DescribeStateMachineForExecutionCommand({ executionArn: executionArn?.replace(/one$/, 'none') }),
      ),
    ).rejects.toBeInstanceOf(ExecutionDoesNotExist)
  })

  it('answers mistakes with the errors the SDK knows', async () => {
    const bench = makeBench()
    bench.put('m', waits)
    const { client } = await connect(bench)
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn: machineArn('m'), name: 'one' }),
    )
    await bench.quiet()
    const [taskToken] = bench.tokens
    await client.send(new SendTaskFailureCommand({ taskToken, error: 'E', cause: 'c' }))
    await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))).rejects.toBeInstanceOf(
      TaskTimedOut,
    )
    await expect(
      client.send(new SendTaskSuccessCommand({ taskToken: 'made-up', output: '{}' })),
    ).rejects.toBeInstanceOf(InvalidToken)
    await expect(
      client.send(new DescribeExecutionCommand({ executionArn: executionArn!.replace(/one$/, 'two') })),
    ).rejects.toBeInstanceOf(ExecutionDoesNotExist)
    await expect(client.send(new StopExecutionCommand({ executionArn: 'arn:x' }))).rejects.toMatchObject({
      name: 'InvalidArn',
    })
    expect((await client.send(new RedriveExecutionCommand({ executionArn }))).redriveDate).toEqual(
      new Date(bench.now()),
    )
  })

  it('pages lists and histories, forwards and backwards', async () => {
    const bench = makeBench()
    bench.put('m', {
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Pass', Next: 'C' },
      C: { Type: 'Pass', End: true },
    })
    bench.put('n', { A: { Type: 'Pass', End: true } })
    const { client } = await connect(bench)
    for (let index = 0; index < 5; index += 1) await bench.start('m', `e${index}`)
    const executionArn = 'arn:aws:states:us-east-1:111111111111:execution:m:e0'
    for (const reverseOrder of [false, true]) {
      const ids: (number | undefined)[] = []
      for await (const page of paginateGetExecutionHistory(
        { client, pageSize: 3 },
        { executionArn, reverseOrder },
      ))
        ids.push(...(page.events ?? []).map((event) => event.id))
      const all = Array.from({ length: 8 }, (_, index) => index + 1)
      expect(ids).toEqual(reverseOrder ? all.reverse() : all)
    }
    const first = await client.send(
      new ListExecutionsCommand({
        stateMachineArn: machineArn('m'),
        maxResults: 3,
        statusFilter: 'SUCCEEDED',
      }),
    )
    const second = await client.send(
      new ListExecutionsCommand({
        stateMachineArn: machineArn('m'),
        maxResults: 3,
        nextToken: first.nextToken,
      }),
    )
    expect([...first.executions!, ...second.executions!].map((execution) => execution.name)).toEqual([
      'e4',
      'e3',
      'e2',
      'e1',
      'e0',
    ])
    expect(second.nextToken).toBeUndefined()
    const machines = await client.send(new ListStateMachinesCommand({}))
    expect(machines.stateMachines?.map((machine) => machine.name)).toEqual(['m', 'n'])
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn('n') }))
    expect(JSON.parse(described.definition!)).toMatchObject({ StartAt: 'A' })
  })

  it('refuses operations and parameters it does not implement, browsers, and what is no JSON', async () => {
    const bench = makeBench()
    const { url } = await connect(bench)
    const post = async (
      target: string,
      body: string,
      headers: Record<string, string> = {},
    ): Promise<{ status: number; type: unknown }> => {
      const response = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'x-amz-target': `AWSStepFunctions.${target}`, ...headers },
      })
      return { status: response.status, type: ((await response.json()) as Record<string, unknown>)['__type'] }
    }
    expect(await post('CreateStateMachine', '{}')).toEqual({ status: 400, type: 'UnknownOperationException' })
    expect(await post('StartExecution', '{"stateMachineArn":"x","other":1}')).toEqual({
      status: 400,
      type: 'ValidationException',
    })
    expect(await post('StartExecution', '{')).toEqual({ status: 400, type: 'SerializationException' })
    expect(await post('StartExecution', '{}', { origin: 'https://page.example' })).toEqual({
      status: 403,
      type: 'AccessDeniedException',
    })
  })
})
