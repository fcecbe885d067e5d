import { describe, expect, test } from 'vitest'
import { decideAgreement } from '../../../../functions/domain/agreement/decide.ts'
import type { AgreementFacts } from '../../../../functions/domain/agreement/commands.ts'
import type { AgreementState } from '../../../../functions/domain/agreement/state.ts'
import {
  agreementContentSchema,
  type AgreementContent,
  advanceCitation,
  type Advance,
} from '../../../../functions/domain/agreement/content.ts'
import {
  contentShortcomings,
  advanceShortcomings,
} from '../../../../functions/domain/agreement/completeness.ts'
import {
  commitmentShortcomings,
  givesMore,
  useOf,
  type Budget,
  commitmentsIn,
  commitmentsOf,
} from '../../../../functions/domain/money/budget.ts'
import { frameFor, framesInForce, framesSchema } from '../../../../functions/domain/money/frames.ts'
import {
  reservationOutcomes,
  reservations,
  reserve,
  settleReservations,
  type CommitmentsEvent,
  type ReservationsState,
} from '../../../../functions/domain/money/reservations.ts'
import { finalReturnForm, readableFields } from '../../../../functions/domain/form/form.ts'
import { finalReturnMissing } from '../../../../functions/domain/review/final-return.ts'
import { readValue } from '../../../../functions/intake/value/values.ts'
import { allFigures, number, on, requested } from '../../review/review-world.ts'
import { svendborg } from '../../../fixtures/agreements/svendborg.ts'
import { run, rider, signedOf, wish } from '../../../support/judging/agreement-world.ts'

const content = svendborg.agreement
const otherId = agreementContentSchema.shape.id.parse('odense-rk')
const frame = (year: number, kroner: number) => ({
  year,
  kinds: ['resultatkontrakt' as const],
  kroner: String(kroner),
  source: `Eksempel ${year}`,
})
const threeYears = (kroner: number) => [2013, 2014, 2015].map((year) => frame(year, kroner))
const budget = (frames: Budget['frames'], committed: Budget['committed'] = []): Budget => ({
  frames,
  committed,
})
const withGrants = (
  grants: readonly (readonly [year: number, kroner: number])[],
  more: Partial<AgreementContent> = {},
): AgreementContent => ({
  ...content,
  ...more,
  actionPlan: {
    text: 'plan',
    actions: [
      {
        key: 'H1',
        title: 'Netværk',
        titleEn: 'Network',
        grants: grants.map(([year, kroner]) => ({ year, kroner: String(kroner) })),
        statusRequired: false,
      },
    ],
  },
})
const outcome = (
  state: AgreementState,
  command: Parameters<typeof decideAgreement>[1],
  facts: Partial<AgreementFacts>,
) => {
  const decided = decideAgreement(state, command, { today: '2014-05-01', finalYears: [], ...facts })
  return decided.ok ? 'accepted' : `${decided.refusal.kind}: ${decided.refusal.message}`
}

describe('numbered edge cases: money', () => {
  test('Edge case 66: the frame is the grant line alone: 10,0 mio. of the 11,2 of 2006, and 11,0 of the 12,0 of 2009', () => {
    const frames = framesInForce([]) ?? []
    expect(frameFor(frames, { kind: 'resultatkontrakt', year: 2006 })?.kroner).toBe('10000000')
    expect(frameFor(frames, { kind: 'partnerskabsaftale', year: 2009 })).toMatchObject({
      kroner: '11000000',
      source: 'Finansloven for 2009, § 18.32.23.20',
    })
    expect(frameFor(frames, { kind: 'partnerskabsaftale', year: 2010 })?.kroner).toBe('8500000')
    expect(frameFor(frames, { kind: 'partnerskabsaftale', year: 2006 })).toBeNull()
    expect(framesInForce(null)).toBeNull()
    expect(framesSchema.safeParse([frame(2014, 1), frame(2014, 2)]).success).toBe(false)
    expect(framesSchema.safeParse([frame(2014, 1), frame(2015, 2)]).success).toBe(true)
  })

  test('Edge case 66: an installation’s own frame of a year takes the place of the Finance Act’s', () => {
    const frames = framesInForce([frame(2006, 500)]) ?? []
    expect(frames.filter(({ year }) => year === 2006)).toEqual([frame(2006, 500)])
    expect(frames.some(({ year }) => year === 2007)).toBe(true)
  })

  test('Edge case 66: grants beyond what is free of the frame are not signed, and the refusal says where and how much', () => {
    const odense = commitmentsIn({ ...withGrants([[2014, 200_000]]), id: otherId })
    const frames = threeYears(500_000)
    const signing = (given: Budget): string => {
      const drafted = run({ ...signedOf(content), versions: [], status: 'draft' }, [])
      return outcome(
        drafted.state,
        { do: 'sign', signatures: svendborg.signatures, contentHash: 'a'.repeat(64) },
        { budget: given },
      )
    }
    expect(signing(budget(frames))).toBe('accepted')
    expect(signing(budget(frames, odense))).toBe(
      'frame: actionPlan.actions.0.grants.1: grants for 2014 within the frame (Eksempel 2014): 300.000 kr. are free of 500.000 kr., and the text gives 320.000 kr.',
    )
    expect(signing(budget([...threeYears(320_000)]))).toBe('accepted')
    expect(useOf(frame(2014, 500_000), odense)).toMatchObject({ committed: 200_000n, free: 300_000n })
  })

  test('Edge case 66: a year without a passed Finance Act is committed with the reservation that names it, and not without', () => {
    const frames = [frame(2013, 400_000), frame(2014, 400_000)]
    const paths = (reservation: string | null) =>
      commitmentShortcomings({ ...content, reservation }, budget(frames), []).map((one) => one.path)
    expect(paths(null)).toEqual(['reservation'])
    expect(
      paths('Tilsagn for 2016 gives med forbehold for den nødvendige bevilling på finansloven.'),
    ).toEqual(['reservation'])
    expect(
      paths('Tilsagn for 2015 gives med forbehold for den nødvendige bevilling på finansloven.'),
    ).toEqual([])
  })

  test('Edge case 66: a rider is refused only for what it gives beyond before: a frame reduced since takes nothing back', () => {
    const asked = run(signedOf(content), [wish]).state
    const reduced = budget(threeYears(100_000), commitmentsOf(asked))
    const more = withGrants([
      [2013, 320_000],
      [2014, 320_000],
      [2015, 330_000],
    ])
    expect(outcome(asked, rider(content), { budget: reduced })).toBe('accepted')
    expect(outcome(asked, rider(more), { budget: reduced })).toMatch(/^frame: .*grants for 2015/u)
    const committed = commitmentsOf(asked)
    for (const enough of [budget(threeYears(330_000)), budget(threeYears(330_000), committed)])
      expect(outcome(asked, rider(more), { budget: enough })).toBe('accepted')
    expect(outcome(asked, rider(more), {})).toBe('accepted')
  })

  test('a text gives more when it does so in one year, whatever the others were committed to', () => {
    const gives = (grants: Parameters<typeof withGrants>[0]) =>
      givesMore(withGrants(grants), commitmentsIn(withGrants([[2013, 200]])))
    expect(
      gives([
        [2014, 100],
        [2013, 200],
      ]),
    ).toBe(true)
    expect(gives([[2013, 201]])).toBe(true)
    expect(gives([[2013, 200]])).toBe(false)
    expect(givesMore({ ...content, actionPlan: null }, [])).toBe(false)
    expect(
      commitmentsIn(
        withGrants([
          [2014, 100],
          [2013, 200],
          [2014, 1],
        ]),
      ),
    ).toMatchObject([
      { year: 2013, kroner: 200n },
      { year: 2014, kroner: 101n },
    ])
  })

  test('Edge case 66: what is committed follows the version in force at the year’s end and ends with the agreement, never with a verdict', () => {
    const more = withGrants([
      [2014, 320_000],
      [2015, 100_000],
    ])
    const after = run(signedOf(content), [wish, rider(more, { effectiveFrom: '2015-01-01' })], {
      today: '2014-12-01',
      finalYears: [],
    }).state
    const amounts = (state: AgreementState) => commitmentsOf(state).map(({ year, kroner }) => [year, kroner])
    expect(amounts(after)).toEqual([
      [2013, 320_000n],
      [2014, 320_000n],
      [2015, 100_000n],
    ])
    const finallyAssessed = run(after, [{ do: 'open-year', year: 2014 }]).state
    expect(amounts(finallyAssessed)).toEqual(amounts(after))
    const ended = run(after, [{ do: 'terminate-agreement', on: '2014-12-31', reason: 'aftalt' }]).state
    expect(amounts(ended)).toEqual([
      [2013, 320_000n],
      [2014, 320_000n],
    ])
  })

  test('Edge case 66: an advance is part of its year’s grants, has a ground, and cites the paragraph with its edition', () => {
    const advance: Advance = {
      year: 2014,
      kroner: '100000',
      ground: 'necessary',
      reason: 'Løn til projektlederen fra den 1. januar.',
      rule: { paragraph: '2.2.12', edition: 2006 },
    }
    const paths = (...advances: Advance[]) =>
      contentShortcomings({ ...content, advances }).map((one) => one.path)
    expect(paths(advance)).toEqual([])
    expect(advanceCitation(advance)).toBe('Budgetvejledning 2006, pkt. 2.2.12')
    expect(paths({ ...advance, kroner: '320001' })).toEqual(['advances.0.kroner'])
    expect(paths({ ...advance, kroner: '320000' })).toEqual([])
    expect(paths({ ...advance, kroner: '200000' }, { ...advance, year: 2015, kroner: '200000' })).toEqual([])
    expect(paths({ ...advance, rule: { paragraph: '2.2.13', edition: 2014 } })).toEqual([])
    expect(advanceShortcomings({ actionPlan: null, advances: [advance] })).toHaveLength(1)
    expect(paths({ ...advance, kroner: '200000' }, { ...advance, kroner: '200000' })).toEqual([
      'advances.1.kroner',
    ])
    expect(paths({ ...advance, rule: { paragraph: '2.2.13', edition: 2006 } })).toEqual([
      'advances.0.rule.paragraph',
    ])
    expect(paths({ ...advance, rule: { paragraph: '2.2.13', edition: 2021 } })).toEqual([
      'advances.0.rule.edition',
    ])
    const { rule: _cited, ...uncited } = advance
    expect(agreementContentSchema.safeParse({ ...content, advances: [uncited] }).success).toBe(false)
    expect(
      agreementContentSchema.safeParse({ ...content, advances: [{ ...advance, reason: ' ' }] }).success,
    ).toBe(false)
  })

  const lastYear = { ...content, expiresOn: '2014-12-31' }
  const account = {
    'Forbrug i alt': number(950_000),
    Slutregnskab: { is: 'yes-no', yes: true },
    Revisorerklæring: { is: 'date', on: '2015-03-20' },
  }
  const place = { Formidling: 'www.erfaringsbasen.example' }

  test('Edge case 65: the last year asks for return, account and statement beside the request; in other years nothing of it', () => {
    expect(requested(lastYear).letters()).toEqual(['request@2015-01-15', 'final-return@2015-01-15'])
    expect(requested().letters()).toEqual(['request@2015-01-15'])
  })

  test('Edge case 65: a missing account holds back "closed", never "assessed"; it is asked for again, and no money is taken back', () => {
    const world = requested(lastYear).until(on('2015-02-10')).mail({ values: allFigures, texts: place })
    world.pass(on('2015-03-10')).recommend().approve().pass(on('2015-03-26'))
    expect(world.state.status).toBe('assessed')
    world.pass(on('2015-08-31'))
    expect(world.state.status).toBe('assessed')
    expect(world.letters().filter((letter) => letter.startsWith('final-return'))).toEqual([
      'final-return@2015-01-15',
      'final-return@2015-04-07',
      'final-return@2015-05-08',
    ])
    expect(world.plan()).toEqual({ next: 'wait', kind: 'final-return', until: null })
    const { Revisorerklæring: statement, ...others } = account
    world.mail({ values: others }).work()
    expect(finalReturnMissing(world.state)).toEqual(['Revisorerklæring'])
    expect(world.state).toMatchObject({ status: 'assessed', reopen: null })
    world.mail({ values: { Revisorerklæring: statement } }).work()
    expect(world.state.status).toBe('closed')
  })

  test('Edge case 65: the account is no figure that is judged: it takes no draft away', () => {
    const world = requested(lastYear).until(on('2015-02-10')).mail({ values: allFigures, texts: place })
    world.pass(on('2015-03-10')).recommend().approve().work()
    world.mail({ values: account }).work()
    expect(world.state.status).toBe('hearing')
    expect(world.pass(on('2015-03-26')).state.status).toBe('closed')
  })

  test('Edge case 65: an account that comes as a letter is registered by a caseworker, with its page as source, and closes the year', () => {
    const world = requested(lastYear).until(on('2015-02-10')).mail({ values: allFigures, texts: place })
    world.pass(on('2015-03-10')).recommend().approve().pass(on('2015-03-26'))
    const typed = (written: Record<string, string>) =>
      ({
        do: 'type-figures',
        entryKey: 'typed-account',
        party: '479',
        source: 'letter',
        mailKey: null,
        attachment: null,
        receivedOn: '2015-03-25',
        note: 'slutregnskab af 20. marts 2015',
        figures: Object.entries(written).map(([key, value]) => ({ key, written: value, place: 'side 1' })),
      }) as const
    expect(world.decide(typed({ Slutregnskab: 'på vej' })).ok).toBe(false)
    world
      .person(
        typed({
          'Forbrug i alt': '950.000 kr.',
          Slutregnskab: 'vedhæftet',
          Revisorerklæring: '20. marts 2015',
        }),
      )
      .work()
    expect(finalReturnMissing(world.state)).toEqual([])
    expect(world.state.status).toBe('closed')
    const lead = world.state.parties[0]
    expect(lead?.figures['Forbrug i alt']).toMatchObject({
      value: { is: 'number', value: '950000' },
      at: { part: 'typed', page: 'side 1' },
    })
  })

  test('Edge case 65: without the year’s own return it stays open as well', () => {
    const { M2: _missing, ...some } = allFigures
    const world = requested(lastYear)
      .until(on('2015-02-10'))
      .mail({ values: { ...some, ...account }, texts: place })
    world.pass(on('2015-03-27')).recommend().approve().pass(on('2015-05-01'))
    expect(world.state.status).toBe('assessed')
    expect(finalReturnMissing(world.state)).toEqual(['return'])
  })

  test('Edge case 65: a document is there when it is attached or has its day; a promise is asked about', () => {
    const field = finalReturnForm()[1]!
    const read = (text: string) =>
      readValue(
        text,
        { type: field.type, unit: '', share: false, whole: false, mayBeNegative: false, known: [] },
        { year: 2014, receivedOn: '2015-03-01' },
      )
    expect(read('vedhæftet')).toMatchObject({ as: 'value', value: { is: 'yes-no', yes: true } })
    expect(read('1. april 2015')).toMatchObject({ as: 'value', value: { is: 'date', on: '2015-04-01' } })
    expect(read('kommer senere')).toMatchObject({ as: 'doubt' })
    expect(readableFields(lastYear, { year: 2014, municipality: '479' }).map(({ key }) => key)).toContain(
      'Slutregnskab',
    )
    expect(readableFields(content, { year: 2014, municipality: '479' }).map(({ key }) => key)).not.toContain(
      'Slutregnskab',
    )
  })
})

describe('reservations of one frame', () => {
  const morning = '2014-05-01T08:00:00.000Z'
  const frames = [frame(2014, 500_000), frame(2015, 500_000)]
  const aarhusId = agreementContentSchema.shape.id.parse('aarhus-rk')
  const hash = (letter: string) => letter.repeat(64)
  type Grants = Parameters<typeof withGrants>[0]
  const asking = (grants: Grants, id = content.id, contentHash = hash('a'), before: Grants = []) => ({
    content: withGrants(grants, { id }),
    contentHash,
    before: commitmentsIn(withGrants(before, { id })),
  })
  const after = (
    state: ReservationsState,
    decided: { ok: true; events: readonly CommitmentsEvent[] } | { ok: false },
    at = morning,
  ): ReservationsState =>
    (decided.ok ? decided.events : []).reduce(
      (folded, event) =>
        reservations.evolve(folded, event, {
          seq: 1,
          at,
          actor: { by: 'system', name: 'test' },
          commandId: 'x',
        }),
      state,
    )
  const reserved = (...requests: ReturnType<typeof asking>[]) =>
    requests.reduce(
      (state, request) => after(state, reserve(state, [request], budget(frames), morning)),
      reservations.initial,
    )
  /** What others' commitments leave of 2014 for one that asks for the whole frame. */
  const leftBeside = (
    state: ReservationsState,
    committed: Budget['committed'] = [],
    now = morning,
    asked = asking([[2014, 500_000]]),
  ) => {
    const outcomes = reservationOutcomes(state, [asked], budget(frames, committed), now)
    return /: ([\d.]+) kr\. are free/u.exec(outcomes[0]?.refusal ?? '')?.[1] ?? 'all'
  }
  const odense = (grants: Grants, contentHash = hash('b')) => asking(grants, otherId, contentHash)

  test('of what is reserved and what is committed for an agreement and year the larger counts, once', () => {
    const committed = (...grants: Grants) => commitmentsIn(withGrants(grants, { id: otherId }))
    const more = reserved(odense([[2014, 300_000]]))
    expect(leftBeside(more)).toBe('200.000')
    expect(leftBeside(more, committed([2014, 200_000]))).toBe('200.000')
    expect(leftBeside(more, committed([2014, 300_000]))).toBe('200.000')
    expect(leftBeside(more, committed([2014, 350_000]))).toBe('150.000')
    expect(leftBeside(more, committed([2015, 200_000]))).toBe('200.000')
    expect(leftBeside(more, commitmentsIn(withGrants([[2014, 100_000]], { id: aarhusId })))).toBe('100.000')
    const nextYear = reserved(odense([[2015, 300_000]]))
    expect(leftBeside(nextYear, committed([2014, 200_000]))).toBe('300.000')
    expect(leftBeside(nextYear)).toBe('all')
  })

  test('an agreement holds its latest reservation alone, and is not held up by its own', () => {
    const twice = reserved(odense([[2014, 100_000]], hash('b')), odense([[2014, 300_000]], hash('c')))
    expect(twice.open.map((one) => one.contentHash)).toEqual([hash('c')])
    expect(leftBeside(twice)).toBe('200.000')
    expect(leftBeside(twice, [], morning, odense([[2014, 500_000]]))).toBe('all')
    const both = reserved(odense([[2014, 100_000]]), asking([[2014, 100_000]], aarhusId))
    expect(both.open.map((one) => one.agreement)).toEqual([otherId, aarhusId])
  })

  test('a reservation holds for less than a day after it was made', () => {
    const state = reserved(odense([[2014, 300_000]]))
    expect(leftBeside(state, [], '2014-05-02T07:59:59.999Z')).toBe('200.000')
    expect(leftBeside(state, [], '2014-05-02T08:00:00.000Z')).toBe('all')
  })

  test('only what gives more and fits is written, and what is held already is not written again', () => {
    const request = odense([[2014, 300_000]])
    const written = (
      state: ReservationsState,
      requests: Parameters<typeof reserve>[1],
      now = morning,
    ): unknown => reserve(state, requests, budget(frames), now)
    const event = {
      type: 'CommitmentsReserved',
      v: 1,
      agreement: otherId,
      contentHash: hash('b'),
      commitments: [{ kind: 'resultatkontrakt', year: 2014, kroner: '300000' }],
    }
    const none = { ok: true, events: [] }
    const { initial } = reservations
    expect(written(initial, [request])).toEqual({ ok: true, events: [event] })
    expect(written(initial, [request, request])).toEqual({ ok: true, events: [event] })
    const state = reserved(request)
    expect(written(state, [request])).toEqual(none)
    expect(written(state, [request], '2014-05-02T08:00:00.000Z')).toEqual({ ok: true, events: [event] })
    expect(written(state, [{ ...request, contentHash: hash('c') }])).toEqual({
      ok: true,
      events: [{ ...event, contentHash: hash('c') }],
    })
    const sameText = asking([[2014, 100_000]], aarhusId, hash('b'))
    expect(written(state, [sameText])).toMatchObject({ events: [{ agreement: aarhusId }] })
    expect(written(initial, [asking([[2014, 300_000]], otherId, hash('b'), [[2014, 300_000]])])).toEqual(none)
    expect(written(initial, [odense([[2014, 500_001]])])).toEqual(none)
  })

  test('each request sees those before it, and says what it was checked against', () => {
    const requests = [
      odense([[2014, 300_000]]),
      odense([[2014, 250_000]], hash('c')),
      asking([
        [2014, 260_000],
        [2015, 600_000],
      ]),
      asking([[2014, 250_000]], aarhusId),
    ]
    const outcomes = reservationOutcomes(reservations.initial, requests, budget(frames), morning)
    expect(outcomes.map(({ agreement, refusal }) => [agreement, refusal])).toEqual([
      [otherId, null],
      [otherId, null],
      [
        content.id,
        'actionPlan.actions.0.grants.0: grants for 2014 within the frame (Eksempel 2014): 250.000 kr. are free of 500.000 kr., and the text gives 260.000 kr.; actionPlan.actions.0.grants.1: grants for 2015 within the frame (Eksempel 2015): 500.000 kr. are free of 500.000 kr., and the text gives 600.000 kr.',
      ],
      [aarhusId, null],
    ])
    expect(outcomes.map(({ contentHash, budget: seen }) => [contentHash, seen.frames])).toEqual(
      requests.map(({ contentHash }) => [contentHash, frames]),
    )
    expect(outcomes[3]?.budget.committed).toEqual(commitmentsIn(requests[1]!.content))
  })

  test('settled is what is open for the agreement and the text, and nothing else', () => {
    const state = reserved(odense([[2014, 100_000]]), asking([[2014, 100_000]], aarhusId))
    const settled = (agreement: string, contentHash: string) =>
      settleReservations(state, [{ agreement, contentHash, taken: true }])
    expect(settled(otherId, hash('b'))).toEqual({
      ok: true,
      events: [{ type: 'ReservationSettled', v: 1, agreement: otherId, contentHash: hash('b'), taken: true }],
    })
    for (const [agreement, contentHash] of [
      [otherId, hash('c')],
      [aarhusId, hash('b')],
    ] as const)
      expect(settled(agreement, contentHash)).toEqual({ ok: true, events: [] })
    expect(after(state, settled(otherId, hash('b'))).open.map((one) => one.agreement)).toEqual([aarhusId])
    const event = (agreement: typeof otherId, contentHash: string): CommitmentsEvent => ({
      type: 'ReservationSettled',
      v: 1,
      agreement,
      contentHash,
      taken: false,
    })
    for (const other of [event(otherId, hash('a')), event(aarhusId, hash('b'))])
      expect(after(state, { ok: true, events: [other] }).open).toEqual(state.open)
  })
})
