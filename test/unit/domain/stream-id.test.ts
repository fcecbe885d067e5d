import { expect, test } from 'vitest'
import {
  agreementStream,
  answersStream,
  commitmentsStream,
  inboxStream,
  isStreamId,
  parseStreamId,
  renegotiationStream,
  reviewStream,
  runStream,
} from '../../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'

const agreement = agreementIdSchema.parse('svendborg-rk')

test('every kind of stream’s identity is read back into what it was made of', () => {
  const made = [
    agreementStream(agreement),
    reviewStream(2014, agreement),
    renegotiationStream(agreement, 3),
    runStream(2014),
    inboxStream('2015-02-28T23:30:00Z'),
    answersStream,
    commitmentsStream,
  ]
  expect(made.every(isStreamId)).toBe(true)
  expect(made.map(parseStreamId)).toEqual([
    { kind: 'agreement', agreement },
    { kind: 'review', year: 2014, agreement },
    { kind: 'renegotiation', agreement, seq: 3 },
    { kind: 'run', year: 2014 },
    { kind: 'inbox', month: '2015-02' },
    { kind: 'answers' },
    { kind: 'commitments' },
  ])
})
