import { expect, it } from 'vitest'
import * as z from 'zod'
import { agreementFolding } from '../../../functions/domain/agreement/state.ts'
import { isTakenFromMail, mailsRepeatedIn } from '../../../functions/domain/base/stream.ts'
import { inbox } from '../../../functions/domain/inbox/inbox.ts'
import { renegotiation } from '../../../functions/domain/renegotiation/state.ts'
import { review } from '../../../functions/domain/review/state.ts'
import { yearRun } from '../../../functions/domain/year-run/state.ts'

const schemas = new Map(
  [agreementFolding, inbox, renegotiation, review, yearRun].flatMap((kind) => [...kind.schemas]),
)
const shapeOf = (schema: unknown) => (schema instanceof z.ZodObject ? schema.shape : {})
const withPrivate = [...schemas].filter(([, schema]) => 'private' in shapeOf(schema))

it('MAIL security 34: a private part beside a mail’s key goes with the mail, but for why it goes and for a contact that a person entered', () => {
  const staying = withPrivate.filter(
    ([type, schema]) => 'mailKey' in shapeOf(schema) && !isTakenFromMail(type),
  )
  expect(staying.map(([type]) => type).toSorted()).toEqual([
    'ContactEntered',
    'ErasureAsked',
    'ErasureDeclined',
  ])
})

it('MAIL security 34: a private part that names no mail is a person’s own words, or says which mail it is taken from', () => {
  const own = withPrivate.filter(
    ([type, schema]) =>
      !('by' in shapeOf(schema)) && !('mailKey' in shapeOf(schema)) && !isTakenFromMail(type),
  )
  // A rider’s note to years it reaches back into is the agreement’s, signed by both parties.
  expect(own.map(([type]) => type)).toEqual(['RiderInForce'])
})

it.each([
  ['CommentsAnswered', { private: { answers: [{ mailKey: 'k', text: 'Tak.' }] } }],
  ['HearingCommentShared', { mailKey: 'k' }],
  ['Withdrawn', { by: { party: '479', mailKey: 'k', recordedBy: 'sofie' } }],
  ['RenegotiationRaised', { triggerId: 'k' }],
  ['TriggerJoined', { triggerId: 'k' }],
  ['ExperienceLeftOut', { mailKey: 'k' }],
  ['InboxMailReread', { mailKey: 'k' }],
  ['MailReread', { mailKey: 'k' }],
])('MAIL security 34: %s says which mail it repeats', (type, fields) => {
  expect(schemas.has(type)).toBe(true)
  expect(mailsRepeatedIn({ type, v: 1, ...fields })).toEqual(['k'])
})
