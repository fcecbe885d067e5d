import { describe, expect, test } from 'vitest'
import { localQueues, timeoutsMs } from '../../infra/local/embedded-aws.ts'
import { queueMappings, schedulesOf } from '../../infra/local/system.ts'
import { fileNameOf, functionNames, functions, schedules } from '../../workflows/tasks.ts'
import { synthesise } from './cdk/synthesised.ts'

/** What both systems are made from is one table: neither side may say it again in its own way. */
const stack = synthesise()
const properties = (type: string, property: string, name: string): Record<string, unknown> =>
  stack.ofType(type).find(([, resource]) => resource.Properties[property] === name)?.[1].Properties ?? {}

describe('AWS and one machine read one table', () => {
  test.each(functionNames)('%s has the same time limit on both, and its memory', (name) => {
    const { memoryMb, timeoutSeconds } = functions[name]
    const file = fileNameOf(name)
    expect(properties('AWS::Lambda::Function', 'FunctionName', `aarshjul-test-${file}`)).toMatchObject({
      MemorySize: memoryMb,
      Timeout: timeoutSeconds,
    })
    expect(timeoutsMs[file]).toBe(timeoutSeconds * 1000)
  })

  test('the clock starts the same functions on both, with the time it was due', () => {
    const called = schedules.map(({ calls }) => calls)
    expect(called).toEqual(functionNames.filter((name) => functions[name].schedule !== undefined))
    const local = schedulesOf(() => 0)
    expect(local.map(({ functionName, rule }) => ({ functionName, rule }))).toEqual(
      called.map((functionName) => ({ functionName, rule: functions[functionName].schedule?.rule })),
    )
    for (const { name, input } of local)
      expect(properties('AWS::Scheduler::Schedule', 'Name', `aarshjul-test-${name}`)).toMatchObject({
        Target: { Input: JSON.stringify(input) },
      })
    expect(stack.ofType('AWS::Scheduler::Schedule')).toHaveLength(called.length)
  })

  test('a queue hides a message as long, tries it as often and feeds as many invocations on both', () => {
    const fed = functionNames.filter((name) => functions[name].queue !== undefined)
    expect(Object.values(localQueues).map(({ calls }) => calls)).toEqual(fed)
    for (const [queue, settings] of Object.entries(localQueues)) {
      const { calls, name, concurrency, maxReceives, visibilitySeconds } = settings
      expect(settings).toEqual({ calls, ...functions[calls].queue })
      expect(properties('AWS::SQS::Queue', 'QueueName', `aarshjul-test-${name}`)).toMatchObject({
        VisibilityTimeout: visibilitySeconds,
        RedrivePolicy: { maxReceiveCount: maxReceives },
      })
      expect(queueMappings).toContainEqual({ queue, functionName: calls, concurrency })
    }
    expect(
      stack
        .ofType('AWS::Lambda::EventSourceMapping')
        .map(([, { Properties }]) => Properties['ScalingConfig'])
        .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    ).toEqual(
      queueMappings
        .map(({ concurrency }) => ({ MaximumConcurrency: concurrency }))
        .toSorted((a, b) => a.MaximumConcurrency - b.MaximumConcurrency),
    )
  })
})
