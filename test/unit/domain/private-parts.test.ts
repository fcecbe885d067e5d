import { expect, it } from 'vitest'
import * as z from 'zod'
import { isTakenFromMail } from '../../../functions/domain/base/stream.ts'
import { renegotiation } from '../../../functions/domain/renegotiation/state.ts'
import { review } from '../../../functions/domain/review/state.ts'

it('a private part is a person’s own words, or says which mail it is taken from', () => {
  const schemas = new Map([...review.schemas, ...renegotiation.schemas])
  const silent = [...schemas].filter(
    ([type, schema]) =>
      schema instanceof z.ZodObject &&
      'private' in schema.shape &&
      !('by' in schema.shape) &&
      !isTakenFromMail(type),
  )
  // A decision on a held mail names its person as the commit's actor.
  expect(silent.map(([type]) => type)).toEqual(['HeldMailDecided'])
  expect([...schemas.keys()].filter(isTakenFromMail).toSorted()).toEqual([
    'CounterProposed',
    'DisseminationReported',
    'FactCheckAnswered',
    'FiguresTyped',
    'GroundJoined',
    'LetterSent',
    'MailReceived',
    'MailReread',
    'PartyDeclined',
    'QuestionRaised',
    'UnplacedMailNoted',
  ])
})
