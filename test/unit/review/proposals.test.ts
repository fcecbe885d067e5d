import { todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { describe, expect, it } from 'vitest'
import type { ReviewCommand } from '../../../functions/domain/review/commands.ts'
import { takeMail } from '../../../functions/domain/review/decide/take-mail.ts'
import { turnOf } from '../../../functions/domain/review/open-tasks.ts'
import { isProposalReceiptOwed, openProposals } from '../../../functions/domain/review/slices/proposals.ts'
import { anders, sofie } from '../../support/ministry.ts'
import { allFigures, number, on, requested, type MailInput, type ReviewWorld } from './review-world.ts'

type Decide = Extract<ReviewCommand, { do: 'decide-proposal' }>
const decide = (options: Partial<Decide> = {}): Decide => ({
  do: 'decide-proposal',
  mailKey: 'prose-0001',
  index: 0,
  as: 'confirmed',
  key: 'M2',
  ...options,
})

/** A mail in whose words two figures were found: a waiting time, and one that names no field. */
const prose = (world: ReviewWorld, mail: MailInput = {}): ReviewWorld => {
  const incoming = world.incoming({ key: 'prose-0001', freeText: 'Ventetiden er 23 uger.', ...mail })
  const { event } = incoming
  const at = { part: 'text', line: 3, segment: 'new' } as const
  return world.commit(
    takeMail(world.state, {
      ...incoming,
      event: {
        ...event,
        proposals: [
          { key: 'M2', others: [], value: number('23'), at },
          { key: '', others: [], value: number('7.5'), at },
        ],
        ...(event.private === undefined
          ? {}
          : {
              private: {
                ...event.private,
                proposals: [
                  { written: '23 uger', sentence: 'Ventetiden er 23 uger.' },
                  { written: '7,5 dage', sentence: 'Det er 7,5 dage mere.' },
                ],
              },
            }),
      },
    }),
  )
}
const { M2: _, ...withoutM2 } = allFigures
/** All but the waiting time stands; the due date is 2 March. */
const collecting = (): ReviewWorld =>
  requested()
    .pass(on('2015-02-20', '10:00'))
    .mail({ key: 'most', values: withoutM2 })
    .pass(on('2015-02-24', '10:00'))
const kindOf = (world: ReviewWorld, command: Decide, who = sofie): string => {
  const decision = world.decide(command, who)
  return decision.ok ? 'accepted' : decision.refusal.kind
}

describe('figures in free text', () => {
  it('count for nothing, hold back the reminder, and are the caseworker’s turn', () => {
    const world = prose(collecting())
    expect(world.state.parties[0]?.figures['M2']).toBeUndefined()
    expect(turnOf(world.state, todayInCopenhagen(world.now))).toBe('caseworker')
    world.pass(on('2015-03-20', '10:00'))
    expect(world.letters('479').filter((letter) => letter.startsWith('reminder'))).toEqual([])
    world.person(decide({ as: 'dismissed' })).person(decide({ index: 1, as: 'dismissed' }))
    world.pass(on('2015-03-26', '10:00'))
    expect(world.letters('479').filter((letter) => letter.startsWith('reminder'))).toEqual([])
    world.pass(on('2015-03-27', '10:00'))
    expect(world.letters('479').filter((letter) => letter.startsWith('reminder'))).toEqual([
      'reminder-1@2015-03-27',
    ])
  })

  it('count when confirmed, by the mail’s own time and line; the receipt goes when the last is decided', () => {
    const world = prose(collecting())
    const receivedAt = world.now
    world.pass(on('2015-02-26', '10:00')).person(decide())
    expect(world.state.parties[0]?.figures['M2']).toMatchObject({
      value: number('23'),
      written: '23 uger',
      mailKey: 'prose-0001',
      receivedAt,
      at: { part: 'text', line: 3 },
    })
    const mail = () => world.state.mails.find(({ mailKey }) => mailKey === 'prose-0001')
    const owed = (): boolean => {
      const found = mail()
      return found !== undefined && isProposalReceiptOwed(world.state, found)
    }
    expect(owed()).toBe(false)
    world.person(decide({ index: 1, as: 'dismissed' }))
    expect(owed()).toBe(true)
    expect(mail()?.values.map(({ key }) => key)).toEqual(['M2'])
  })

  it('are decided once, by a caseworker, under a key that takes the number', () => {
    const world = prose(collecting())
    expect(kindOf(world, decide(), anders)).toBe('role')
    expect(kindOf(world, decide({ key: 'M1 i alt', index: 1 }))).toBe('unknown-key')
    expect(kindOf(world, decide({ key: 'M9' }))).toBe('unknown-key')
    expect(kindOf(world, decide({ index: 2 }))).toBe('no-proposal')
    world.person(decide())
    expect(kindOf(world, decide())).toBe('no-proposal')
  })

  it('are nothing more once the municipality has answered by key', () => {
    const world = prose(collecting()).pass(on('2015-02-25', '10:00'))
    world.mail({ key: 'answer', values: { M2: number('24') } })
    expect(openProposals(world.state)).toEqual([])
    expect(kindOf(world, decide())).toBe('no-proposal')
  })

  it('are not kept where the figure stands already, in a mail that is held they wait with it', () => {
    const world = collecting().mail({ key: 'all', values: { M2: number('23') } })
    expect(
      prose(world)
        .state.mails.at(-1)
        ?.proposals.map(({ written }) => written),
    ).toEqual(['7,5 dage'])
    const held = prose(collecting(), { standing: 'held' })
    expect(openProposals(held.state)).toEqual([])
    held.person({ do: 'decide-held-mail', mailKey: 'prose-0001', as: 'counts', reason: 'hendes egen' })
    expect(openProposals(held.state)).toHaveLength(2)
  })
})
