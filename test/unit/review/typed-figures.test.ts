import { describe, expect, it } from 'vitest'
import type { ReviewCommand } from '../../../functions/domain/review/commands.ts'
import { owedAnswer } from '../../../functions/domain/review/owed.ts'
import { anders, sofie } from '../../support/ministry.ts'
import { inHearing, number, on, requested, type ReviewWorld } from './review-world.ts'

type Typed = Extract<ReviewCommand, { do: 'type-figures' }>
const typed = (options: Partial<Typed> & { readonly values?: Record<string, string> } = {}): Typed => {
  const { values = { M2: '23' }, ...rest } = options
  return {
    do: 'type-figures',
    entryKey: 'typed-1',
    party: '479',
    source: 'letter',
    mailKey: null,
    attachment: null,
    receivedOn: '2015-02-20',
    note: 'brev af 18. februar',
    figures: Object.entries<string>(values).map(([key, value]) => ({
      key,
      written: value,
      place: 'side 2, linje 4',
    })),
    ...rest,
  }
}
const february = (): ReviewWorld => requested().pass(on('2015-02-24', '10:00'))
const kindOf = (world: ReviewWorld, command: Typed, who = sofie): string => {
  const decision = world.decide(command, who)
  return decision.ok ? 'accepted' : decision.refusal.kind
}
const figure = (world: ReviewWorld, key: string) => world.state.parties[0]?.figures[key]

describe('figures typed in by the ministry', () => {
  it('Edge case 47: count with page and line, and owe the contact a receipt', () => {
    const world = february().person(typed())
    expect(figure(world, 'M2')).toMatchObject({
      value: number('23'),
      at: { part: 'typed', page: 'side 2, linje 4' },
      written: '23',
      mailKey: 'typed-1',
    })
    const entry = world.state.mails.at(-1)
    expect(entry?.typed).toEqual({
      source: 'letter',
      mailKey: null,
      attachment: null,
      by: 'sofie',
      note: 'brev af 18. februar',
    })
    expect(entry === undefined ? [] : owedAnswer(world.state, entry)).toEqual(['receipt'])
  })

  it('give way to what the municipality said later, by when each was received, never by when it was typed', () => {
    const world = february().mail({ key: 'mail-late', values: { M2: number('24') } })
    expect(kindOf(world, typed({ receivedOn: '2015-02-20' }))).toBe('older')
    expect(kindOf(world, typed({ receivedOn: '2015-02-24' }))).toBe('accepted')
    expect(kindOf(world, typed({ receivedOn: '2015-02-25' }))).toBe('future')
    const before = february()
      .person(typed())
      .mail({ key: 'mail-late', values: { M2: number('24') } })
    expect(figure(before, 'M2')).toMatchObject({ value: number('24'), before: number('23') })
  })

  it('from a mail take its time and its sender; from a colleague they wait for the OK', () => {
    const world = february()
    const receivedAt = world.now
    world.mail({ key: 'scan-0001', standing: 'provisional' }).pass(on('2015-02-26', '10:00'))
    const command = typed({ source: 'mail', mailKey: 'scan-0001', attachment: 0 })
    world.person(command)
    expect(figure(world, 'M2')).toBeUndefined()
    world.mail({ key: 'ok-000001', confirms: true })
    expect(figure(world, 'M2')).toMatchObject({ value: number('23'), receivedAt, mailKey: 'typed-1' })
    expect(kindOf(february(), command)).toBe('unknown-mail')
    const held = february().mail({ key: 'scan-0001', standing: 'held' })
    expect(kindOf(held, command)).toBe('unknown-mail')
  })

  it('Edge case 47: are confirmed by her OK, once', () => {
    const world = february().person(typed()).pass(on('2015-02-25', '10:00'))
    world.mail({ key: 'ok-000001', confirms: true })
    expect(world.state.mails.find((mail) => mail.mailKey === 'typed-1')?.confirmedBy).toBe('ok-000001')
    world.mail({ key: 'ok-000002', confirms: true })
    expect(world.events.filter(({ event }) => event.type === 'MailConfirmed')).toHaveLength(1)
  })

  it('take away a draft that they change, as any correction does', () => {
    const world = inHearing()
    world.person(typed({ receivedOn: '2015-03-10', values: { M2: '30' } }))
    expect(world.events.at(-1)?.event).toMatchObject({ type: 'DraftSuperseded', cause: 'caseworker' })
  })

  it('are refused from another role, for another party, without figures, under unknown keys, before anything is asked', () => {
    const world = february()
    expect(kindOf(world, typed(), anders)).toBe('role')
    expect(kindOf(world, typed({ party: '461' }))).toBe('party')
    expect(kindOf(world, typed({ values: {} }))).toBe('no-figure')
    expect(kindOf(world, typed({ values: { M9: '1' } }))).toBe('unknown-key')
    expect(kindOf(world, typed({ mailKey: 'scan-0001' }))).toBe('unknown-mail')
    expect(kindOf(world.person({ do: 'stop', reason: 'ophævet' }, anders), typed())).toBe('status')
  })
})
