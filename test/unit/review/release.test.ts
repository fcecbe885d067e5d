import { describe, expect, it } from 'vitest'
import { reviewListEntry } from '../../../functions/domain/review/list-entry.ts'
import { takeVouchedMail } from '../../../functions/domain/review/decide/release.ts'
import { accept } from '../../../functions/domain/base/stream.ts'
import { allFigures, finished, inHearing, number, on, requested, type ReviewWorld } from './review-world.ts'
import { partyOf } from '../../../functions/domain/review/slices/figures.ts'
import type { ReviewEvent } from '../../../functions/domain/review/state.ts'

const asked = (): ReviewWorld => requested().until(on('2015-02-10', '10:00'))
const standing = (world: ReviewWorld, key: string) =>
  world.state.mails.find((mail) => mail.mailKey === key)?.standing
const note = (world: ReviewWorld, party: string | null = '479'): ReviewWorld =>
  world.commit(
    accept<ReviewEvent>({
      type: 'UnplacedMailNoted',
      v: 1,
      mailKey: 'fresh',
      inbox: 'INBOX#2015-02',
      receivedAt: world.now,
      party: party as never,
    }),
  )
const decided = (world: ReviewWorld, outcome: 'here' | 'elsewhere' | 'dismissed'): ReviewWorld =>
  world.commit(accept<ReviewEvent>({ type: 'UnplacedMailDecided', v: 1, mailKey: 'fresh', outcome }))
const reminders = (world: ReviewWorld): readonly string[] =>
  world.letters('479').filter((letter) => letter.startsWith('reminder'))

describe('a held mail that is released counts whole', () => {
  const held = {
    key: 'held',
    standing: 'held',
    contactId: null,
    values: { M2: number(24) },
    extension: { until: '2015-03-13', byKey: true },
  } as const

  it.each(['counts', 'provisional'] as const)('its wish for more time is put on the record: %s', (as) => {
    const world = asked().mail(held)
    expect(world.state.extensions).toEqual([])
    world.person({ do: 'decide-held-mail', mailKey: 'held', as, reason: 'deres egen' })
    expect(world.state.extensions).toMatchObject([{ until: '2015-03-13', mailKey: 'held', decided: null }])
    world.mail({ confirms: true })
    expect(world.state.extensions).toHaveLength(1)
    world.pass(on('2015-03-20'))
    expect(reminders(world)).toEqual([])
  })

  it('also when the contact releases it with her OK, and not when it is rejected', () => {
    const answersOrder = { kind: 'held-mail-notice', about: 'held' }
    const confirmed = asked().mail(held).mail({ confirms: true, answersOrder })
    expect(confirmed.state.extensions).toMatchObject([{ until: '2015-03-13', mailKey: 'held' }])
    const rejected = asked().mail(held)
    rejected.person({ do: 'decide-held-mail', mailKey: 'held', as: 'rejected', reason: 'ikke deres' })
    expect(rejected.state.extensions).toEqual([])
  })

  it('its OK confirms a colleague’s mail only when it bears a contact’s address', () => {
    const world = asked().mail({ key: 'kollega', standing: 'provisional', values: { M2: number(24) } })
    world.mail({ key: 'fremmed', standing: 'held', contactId: null, confirms: true })
    world.person({ do: 'decide-held-mail', mailKey: 'fremmed', as: 'counts', reason: 'set' })
    expect(standing(world, 'kollega')).toBe('provisional')
    world.mail({ key: 'egen', standing: 'held', reason: 'no-policy', confirms: true })
    world.person({ do: 'decide-held-mail', mailKey: 'egen', as: 'counts', reason: 'set' })
    expect(standing(world, 'kollega')).toBe('counts')
  })
})

describe('a mail of an inbox that may belong here', () => {
  it('lets no reminder go until it is decided, and five working days more', () => {
    const world = note(asked()).pass(on('2015-03-24'))
    expect(reminders(world)).toEqual([])
    expect(world.plan()).toMatchObject({ next: 'wait', kind: 'reply', until: null })
    decided(world, 'elsewhere').pass(on('2015-03-30'))
    expect(reminders(world)).toEqual([])
    world.pass(on('2015-03-31'))
    expect(reminders(world)).toEqual(['reminder-1@2015-03-31'])
  })

  it('is the caseworker’s turn, and lists count it', () => {
    const world = note(asked())
    expect(reviewListEntry(world.state).summary).toMatchObject({ turn: 'caseworker', held: 1 })
    expect(reviewListEntry(decided(world, 'dismissed').state).summary).toMatchObject({
      turn: 'municipality',
      held: 0,
    })
  })

  it('is no other party’s when one party is known to have sent it', () => {
    const world = note(asked(), '461').pass(on('2015-03-03'))
    expect(reminders(world)).toEqual(['reminder-1@2015-03-03'])
  })

  it('keeps the draft and the end of a hearing waiting', () => {
    const world = note(asked().mail({ values: { ...allFigures, ...finished } })).pass(on('2015-03-10'))
    expect(world.state.status).toBe('collecting')
    expect(decided(world, 'dismissed').work().state.status).toBe('drafted')
    const hearing = note(inHearing()).pass(on('2015-04-10'))
    expect(hearing.plan()).toMatchObject({ next: 'wait', kind: 'held-mail' })
    expect(decided(hearing, 'dismissed').work().state.finals).toHaveLength(1)
  })

  it('that is decided before it is noted holds nothing back', () => {
    const world = note(decided(asked(), 'dismissed'))
    expect(reviewListEntry(world.state).summary).toMatchObject({ held: 0 })
  })
})

describe('a mail that a person has placed here', () => {
  const placed = (
    world: ReviewWorld,
    mail: Parameters<ReviewWorld['incoming']>[0],
    as: 'counts' | 'provisional',
  ) => world.commit(takeVouchedMail(world.state, world.incoming(mail), { as, reason: 'vores egen kontakt' }))

  it.each(['counts', 'provisional', 'held'] as const)('was held and is released in one: %s', (was) => {
    const world = placed(asked(), { key: 'ny', standing: was, values: { M2: number(24) } }, 'counts')
    expect(world.state.mails.at(-1)).toMatchObject({ standing: 'counts', releasedAt: world.now })
    expect(partyOf(world.state, '479')?.figures['M2']?.value).toEqual(number(24))
    expect(world.events.slice(-2).map(({ event }) => event.type)).toEqual(['MailReceived', 'HeldMailDecided'])
  })

  it.each(['automatic', 'set-aside'] as const)('stays what no person’s word changes: %s', (was) => {
    const world = placed(asked(), { key: 'ny', standing: was, values: { M2: number(24) } }, 'counts')
    expect(standing(world, 'ny')).toBe(was)
    expect(partyOf(world.state, '479')?.figures).toEqual({})
  })

  it('is repeated when the same words counted before', () => {
    const world = asked().mail({ body: 'same', values: { M2: number(24) } })
    placed(world, { key: 'ny', body: 'same', values: { M2: number(24) } }, 'counts')
    expect(standing(world, 'ny')).toBe('repeated')
  })
})
