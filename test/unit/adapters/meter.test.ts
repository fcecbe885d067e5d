import { expect, it } from 'vitest'
import { makeMeter } from '../../../functions/adapters/meter.ts'

it('writes one line that CloudWatch makes a number of, at the real time and for the whole stage', () => {
  const lines: string[] = []
  makeMeter({ stage: 'test', write: (line) => lines.push(line), nowMs: () => 1_424_783_220_000 }).count(
    'AnswersStopped',
  )
  expect(lines).toHaveLength(1)
  expect(lines[0]?.endsWith('\n')).toBe(true)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    _aws: {
      Timestamp: 1_424_783_220_000,
      CloudWatchMetrics: [
        {
          Namespace: 'Aarshjul/test',
          Dimensions: [[]],
          Metrics: [{ Name: 'AnswersStopped', Unit: 'Count' }],
        },
      ],
    },
    AnswersStopped: 1,
  })
})
