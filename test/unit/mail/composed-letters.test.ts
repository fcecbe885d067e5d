import { expect, test } from 'vitest'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { letterKinds } from '../../../functions/domain/casefile/letter-kinds.ts'
import { directorySchema } from '../../../functions/domain/directory/directory.ts'
import { reviewCommands } from '../../../functions/domain/review/commands.ts'
import { addressedInReview, owedByReview, reviewLetter } from '../../../functions/mail/compose-letter.ts'
import type { ComposedLetter } from '../../../functions/mail/letter.ts'
import { letters } from '../../../functions/mail/letters.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { anders } from '../../support/ministry.ts'
import { allFigures, on, requested, type ReviewWorld } from '../review/review-world.ts'

const directory = directorySchema.parse({
  people: [
    {
      id: 'sofie',
      name: 'Sofie Eksempel',
      title: 'fuldmægtig',
      email: 'sofie@ministeriet.example',
      phone: '00 00 00 00',
      roles: ['caseworker'],
      deputy: false,
    },
  ],
  ministry: {
    domains: [{ from: '2013-08-09', replyDomain: 'svar.ministeriet.example', domain: 'ministeriet.example' }],
    officeHead: [{ from: '2013-08-09', name: 'Anders Prøvesen', title: 'kontorchef' }],
    privacyPolicy: '',
    complaint: '',
  },
})

/** The one letter that the review owes now, composed from its state alone. */
const owedLetter = ({ state, now }: ReviewWorld, people = directory): ComposedLetter => {
  const [order, ...others] = owedByReview(state)
  expect(others).toEqual([])
  const { review } = letters[order!.kind]
  if (review?.needs !== undefined || review === undefined) throw new Error(`${order!.kind} needs more`)
  const letter = reviewLetter(state, {
    stream: reviewStream(2014, svendborg.agreement.id),
    order: order!,
    on: todayInCopenhagen(now),
    now,
    directory: people,
    contacts: svendborg.contacts,
    token: '7QX4M2P9T3VW8HND',
    controlNumber: '3f9a0c12b7e4',
  })
  const composed = addressedInReview(letter, review.compose(letter))
  expect(composed.body.kind).toBe(order!.kind)
  return composed
}

test('the answer to a mail stands in the mail’s thread', () => {
  const world = requested().until(on('2015-02-10')).mail({ values: allFigures })
  const { details } = world.state.mails.at(-1)!
  expect(owedLetter(world)).toMatchObject({
    body: { kind: 'receipt' },
    frame: { controlNumber: '3f9a0c12b7e4' },
    thread: { inReplyTo: details?.messageId },
  })
})

test('the contact is asked of a held mail in the thread of the request, never in that mail’s', () => {
  const world = requested()
    .until(on('2015-02-10'))
    .mail({ values: allFigures, standing: 'held', reason: 'unknown-address', contactId: null })
  const [request] = world.state.letters.filter(({ order }) => order.kind === 'request')
  const composed = owedLetter(world)
  expect(composed).toMatchObject({
    body: { kind: 'held-mail-notice' },
    frame: { controlNumber: null },
    to: [{ role: 'contact', municipality: '479' }],
    thread: { inReplyTo: request?.messageId },
  })
})

test('every letter about a municipality’s agreement is one that a review or a renegotiation sends', () => {
  const ofNoCase = letterKinds.filter(
    (kind) => letters[kind].review === undefined && letters[kind].renegotiation === undefined,
  )
  expect(ofNoCase.filter((kind) => letters[kind].address !== 'ministry')).toEqual(['experiences'])
})

test('whoever was given the case signs its letters from then on', () => {
  const [sofie] = directory.people
  const both = {
    ...directory,
    people: ['sofie', 'bo'].map((id) => ({ ...sofie!, id: id as never, name: id })),
  }
  const world = requested().until(on('2015-02-10')).mail({ values: allFigures })
  for (const person of ['bo', 'sofie']) {
    world.commit(
      reviewCommands.decide(world.state, { do: 'take-over-case', person }, anders, world.now, {
        people: both.people,
      }),
    )
    expect(owedLetter(world, both).frame.caseworker.name).toBe(person)
  }
})
