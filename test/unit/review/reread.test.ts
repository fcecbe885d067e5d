import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rereadMail } from '../../../functions/domain/review/decide/reread.ts'
import { owedRereadReceipt } from '../../../functions/domain/review/owed.ts'
import {
  allFigures,
  finished,
  inHearing,
  number,
  on,
  requested,
  type MailInput,
  type ReviewWorld,
} from './review-world.ts'
import { partyOf } from '../../../functions/domain/review/slices/figures.ts'

const asked = (): ReviewWorld => requested().until(on('2015-02-10', '10:00'))

/** The mail as a mended reader has it: as it came, but for what is given. */
const reread = (world: ReviewWorld, key: string, now: MailInput): ReviewWorld => {
  const mail = world.state.mails.find(({ mailKey }) => mailKey === key)!
  const { event } = world.incoming({ key, receivedAt: mail.receivedAt, ...now })
  return world.commit(rereadMail(world.state, { fresh: event, by: 'drift', reader: 'l9' }, world.now))
}
/** The hearing is over, nobody has answered. */
const assessed = (): ReviewWorld => inHearing().pass(on('2015-03-26', '09:00'))

const figures = (world: ReviewWorld) =>
  Object.fromEntries(
    Object.entries(partyOf(world.state, '479')?.figures ?? {}).map(([key, { value }]) => [
      key,
      'value' in value ? value.value : value.is,
    ]),
  )
const types = (world: ReviewWorld, from: number) => world.events.slice(from).map(({ event }) => event.type)

describe('a mail read again while its figures may still change', () => {
  it('takes the draft away when a figure is another, and not when only a note is', () => {
    const drafted = () =>
      asked()
        .mail({ key: 'reply', values: { ...allFigures, ...finished } })
        .pass(on('2015-03-05'))
    const world = drafted()
    expect(world.state.status).toBe('drafted')
    const before = world.events.length
    reread(world, 'reply', { values: { ...allFigures, ...finished, M2: number(25) } })
    expect(types(world, before)).toEqual(['MailReread', 'DraftSuperseded'])
    expect(world.events.at(-1)?.event).toMatchObject({ cause: 'mail-reread', mailKey: 'reply' })
    expect(figures(world)).toMatchObject({ M2: '25' })

    const noted = drafted()
    const count = noted.events.length
    reread(noted, 'reply', {
      values: { ...allFigures, ...finished, 'M2 bemærkning': { is: 'text' } },
      texts: { 'M2 bemærkning': 'nyt fagsystem' },
    })
    expect(types(noted, count)).toEqual(['MailReread'])
  })

  it('asks for more time, and for a renegotiation, where that was overlooked; and not twice', () => {
    const world = asked().mail({ key: 'reply', values: allFigures })
    const wish = { Genforhandling: { is: 'yes-no', yes: true } }
    const now = {
      values: { ...allFigures, ...wish },
      texts: { Genforhandling: 'FS2 er væk' },
      extension: { until: '2015-03-13', byKey: true },
    }
    const before = world.events.length
    reread(world, 'reply', now)
    expect(types(world, before)).toEqual(['MailReread', 'ExtensionRequested', 'RenegotiationWished'])
    reread(world, 'reply', { ...now, values: { ...now.values, M2: number(9) } })
    expect(types(world, before + 3)).toEqual(['MailReread'])
  })

  it('an OK that was overlooked confirms what waited for it', () => {
    const world = asked()
      .mail({ key: 'kollega', standing: 'provisional', values: { M2: number(24) } })
      .mail({ key: 'ok' })
    expect(figures(world)).toEqual({})
    reread(world, 'ok', { confirms: true })
    expect(figures(world)).toEqual({ M2: '24' })
  })

  it('reminds nobody for five working days after a held mail came to be read', () => {
    const world = asked()
      .mail({ key: 'held', standing: 'held', reason: 'from-unclear' })
      .until(on('2015-03-02', '10:00'))
    reread(world, 'held', { values: { M2: number(24) } })
    expect(world.state.mails[0]).toMatchObject({ standing: 'counts', releasedAt: null })
    world.pass(on('2015-03-06'))
    expect(world.letters('479').filter((letter) => letter.startsWith('reminder'))).toEqual([])
    world.pass(on('2015-03-12'))
    expect(world.letters('479').filter((letter) => letter.startsWith('reminder'))).toHaveLength(1)
  })

  it('a value in a mail from before a question is no answer to it', () => {
    const world = asked()
      .mail({ key: 'reply', values: { ...allFigures, ...finished } })
      .pass(on('2015-03-05'))
    world.person({ do: 'ask', questionId: 'q-1', party: '479', keys: ['M2'], text: 'Hvordan?' })
    reread(world, 'reply', { values: { ...allFigures, ...finished, 'M2 bemærkning': { is: 'text' } } })
    expect(world.state.questions).toMatchObject([{ answeredBy: null }])
  })

  it('a comment in a mail from before the hearing is no answer in it', () => {
    const world = inHearing()
    const first = world.state.mails[0]!.mailKey
    const values = Object.fromEntries(world.state.mails[0]!.values.map(({ key, value }) => [key, value]))
    const before = world.events.length
    reread(world, first, { values: { ...values, 'M1 bemærkning': { is: 'text' } } })
    expect(types(world, before)).toEqual(['MailReread'])
    expect(world.state.status).toBe('hearing')
  })

  it('tells the municipality only where it had been told otherwise', () => {
    const world = asked().mail({ key: 'reply', values: allFigures })
    reread(world, 'reply', { values: { ...allFigures, M2: number(9) } })
    expect(owedRereadReceipt(world.state.mails[0]!)).toBeNull()
    const told = asked().mail({ key: 'reply', values: allFigures })
    told.send({ kind: 'receipt', party: '479', seq: 1, about: 'reply' })
    reread(told, 'reply', { values: { ...allFigures, M2: number(9) } })
    expect(owedRereadReceipt(told.state.mails[0]!)).toBe(11)
    reread(told, 'reply', { values: { ...allFigures, M2: number(8) } })
    expect(owedRereadReceipt(told.state.mails[0]!)).toBe(12)
  })
})

describe('a year that is over', () => {
  it('is not touched: the reading is noted once, and a changed figure asks whether to reopen', () => {
    const world = assessed()
    const [mail] = world.state.mails
    const values = Object.fromEntries(mail!.values.map(({ key, value }) => [key, value]))
    const [parties, finals] = [world.state.parties, world.state.finals]
    const before = world.events.length
    const now = { values: { ...values, M2: number(99) } }
    reread(world, mail!.mailKey, now)
    expect(types(world, before)).toEqual(['MailReread', 'ReopenRaised'])
    expect(world.events[before]?.event).toMatchObject({ outcome: 'noted', tells: false })
    expect(world.state).toMatchObject({ parties, finals, status: 'assessed' })
    expect(world.state.mails[0]).toMatchObject({ values: mail!.values, standing: mail!.standing })
    reread(world, mail!.mailKey, now)
    expect(world.events).toHaveLength(before + 2)
  })

  it('reopened, it takes what was noted', () => {
    const world = assessed()
    const [mail] = world.state.mails
    const values = Object.fromEntries(mail!.values.map(({ key, value }) => [key, value]))
    const now = { values: { ...values, M2: number(99) } }
    reread(world, mail!.mailKey, now)
    world.person({ do: 'reopen', reason: 'læst forkert' })
    reread(world, mail!.mailKey, now)
    expect(world.events.at(-1)?.event).toMatchObject({ type: 'MailReread', outcome: 'applied' })
    expect(figures(world)).toMatchObject({ M2: '99' })
  })
})

describe('whatever is read again', () => {
  const value = fc.option(fc.integer({ min: 1, max: 9 }), { nil: null })
  const reading = fc.record({ M2: value, 'M1 i alt': value, 'H1 udgift': value })
  const given = (read: Readonly<Record<string, number | null>>) =>
    Object.fromEntries(
      Object.entries(read).flatMap(([key, one]) => (one === null ? [] : [[key, number(one)]])),
    )

  it('the record is as if every mail had been read so from the start', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ old: reading, now: reading }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat({ max: 3 }), { maxLength: 6 }),
        (mails, order) => {
          const take = (which: 'old' | 'now'): ReviewWorld =>
            mails.reduce(
              (world, mail, nth) =>
                world
                  .until(on('2015-02-10', `10:0${nth}`))
                  .mail({ key: `m${nth}`, values: given(mail[which]) }),
              requested(),
            )
          const world = take('old')
          for (const nth of [...order.filter((one) => one < mails.length), ...mails.keys()])
            reread(world, `m${nth}`, { values: given(mails[nth]!.now) })
          expect(figures(world)).toEqual(figures(take('now')))
          const count = world.events.length
          for (const nth of mails.keys()) reread(world, `m${nth}`, { values: given(mails[nth]!.now) })
          expect(world.events).toHaveLength(count)
        },
      ),
      { numRuns: 60 },
    )
  })
})
