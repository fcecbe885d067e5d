import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assumptionTest } from '../../../functions/domain/agreement/assumption-test.ts'
import type {
  AgreementCommand,
  AgreementFacts,
  TakeRider,
} from '../../../functions/domain/agreement/commands.ts'
import { agreementContentSchema } from '../../../functions/domain/agreement/content.ts'
import type { AgreementContent } from '../../../functions/domain/agreement/content.ts'
import { contactRefSchema } from '../../../functions/domain/agreement/completeness.ts'
import { decideAgreement } from '../../../functions/domain/agreement/decide.ts'
import { agreementEventSchema } from '../../../functions/domain/agreement/events.ts'
import type { AgreementEvent } from '../../../functions/domain/agreement/events.ts'
import { agreementFolding } from '../../../functions/domain/agreement/state.ts'
import type { AgreementState } from '../../../functions/domain/agreement/state.ts'
import { contentForYear, openQuestion, versionOn } from '../../../functions/domain/agreement/versions.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'

const content = svendborg.agreement
const hash = (digit: string) => digit.repeat(64)
const facts: AgreementFacts = { today: '2015-03-27', finalYears: [] }
const refs = svendborg.contacts.map(({ id, municipality, role, validFrom, validTo }) =>
  contactRefSchema.parse({ id, municipality, role, validFrom, validTo }),
)

const fold = (state: AgreementState, events: readonly AgreementEvent[]): AgreementState =>
  events.reduce(
    (before, event) =>
      agreementFolding.evolve(before, agreementEventSchema.parse(event), {
        seq: 1,
        at: '2015-03-27T10:00:00.000Z',
        actor: { by: 'system', name: 'test' },
        commandId: 'c',
      }),
    state,
  )
const run = (state: AgreementState, command: AgreementCommand, given = facts) => {
  const decision = decideAgreement(state, command, given)
  if (!decision.ok) throw new Error(`${decision.refusal.kind}: ${decision.refusal.message}`)
  return { state: fold(state, decision.events), types: decision.events.map((event) => event.type) }
}
const after = (commands: readonly AgreementCommand[], from = agreementFolding.initial, given = facts) =>
  commands.reduce((state, command) => run(state, command, given).state, from)
const refusal = (state: AgreementState, command: AgreementCommand, given = facts) => {
  const decision = decideAgreement(state, command, given)
  return decision.ok ? null : decision.refusal.kind
}

const draft: AgreementCommand = { do: 'draft', content }
const contacts: AgreementCommand = { do: 'register-contacts', contacts: refs }
const sign: AgreementCommand = { do: 'sign', signatures: svendborg.signatures, contentHash: hash('a') }
const signed = () => after([draft, contacts, sign])

const observe = (
  assumption: string,
  value: string,
  year: number,
  knownOn = '2015-03-27',
): AgreementCommand => ({
  do: 'record-observation',
  observationId: `${assumption}-${value}-${year}`,
  by: assumption === 'FS1' ? 'ministry' : 'municipality',
  matterId: assumption === 'FS1' ? 'quotas-2015' : null,
  observation: {
    assumption,
    value,
    knownOn,
    validFrom: `${year}-01-01`,
    validTo: `${year}-12-31`,
    source: 'prøve',
  },
})
const wish: AgreementCommand = {
  do: 'raise',
  triggerId: 'mail-1',
  cause: 'municipality-wish',
  assumptionKeys: ['FS2'],
  error: false,
  matterId: null,
  reason: 'ja, FS2',
}

const changed = (change: Partial<AgreementContent['targets'][number]>): AgreementContent =>
  agreementContentSchema.parse({
    ...content,
    targets: content.targets.map((target) => (target.key === 'M1' ? { ...target, ...change } : target)),
  })
const lowered = changed({
  targets: [
    { year: 2014, value: '50' },
    { year: 2015, value: '46' },
  ],
})
const rider = (changes: Partial<TakeRider> = {}): AgreementCommand => ({
  do: 'take-rider',
  seq: 1,
  riderNumber: 1,
  signedOn: '2015-05-20',
  effectiveFrom: '2015-07-01',
  content: lowered,
  contentHash: hash('b'),
  backdating: null,
  ...changes,
})

describe('signing', () => {
  test('an agreement is drafted, gets its contacts, is signed and in force', () => {
    const state = signed()
    expect(state.status).toBe('signed')
    expect(state.signedOn).toBe('2012-11-12')
    expect(versionOn(state, '2012-12-31')).toBeNull()
    expect(versionOn(state, '2013-01-01')?.version).toBe(1)
    expect(versionOn(state, '2016-01-01')).toBeNull()
  })

  test('an incomplete one is refused, and the missing part named', () => {
    const state = after([{ do: 'draft', content: { ...content, actionPlan: null } }, contacts])
    const decision = decideAgreement(state, sign, facts)
    expect(decision).toMatchObject({ ok: false, refusal: { kind: 'incomplete' } })
    expect(JSON.stringify(decision)).toContain('en handlingsplan, der beskriver, hvordan resultatmålene nås')
    expect(refusal(after([draft]), sign)).toBe('incomplete')
  })

  test('no event holds a contact’s name or address', () => {
    const decision = decideAgreement(after([draft]), contacts, facts)
    expect(JSON.stringify(decision)).not.toContain('Mette')
    expect(JSON.stringify(decision)).not.toContain('@')
  })

  test('signed later than it begins, it is in force from the signature', () => {
    const late = svendborg.signatures.map((one) => ({ ...one, on: '2015-04-20' }))
    const state = after([draft, contacts, { ...sign, signatures: late }])
    expect(versionOn(state, '2014-12-31')).toBeNull()
    expect(refusal(state, { do: 'open-year', year: 2014 })).toBe('not-in-force')
    expect(run(state, { do: 'open-year', year: 2015 }).types).toEqual(['YearOpened'])
  })

  test('a signed text is changed by no new draft', () => {
    expect(refusal(signed(), { do: 'draft', content: lowered })).toBe('signed')
  })
})

describe('opening a year', () => {
  test('fixes each target’s version, once', () => {
    const state = after([{ do: 'open-year', year: 2014 }], signed())
    expect(state.openedYears).toEqual([
      { year: 2014, versions: ['M1', 'M2', 'M3'].map((target) => ({ target, version: 1 })) },
    ])
    expect(run(state, { do: 'open-year', year: 2014 }).types).toEqual([])
  })

  test('a target without a value for the year is no part of it', () => {
    expect(contentForYear(signed(), 2015)?.targets.map((target) => target.key)).toEqual(['M1', 'M2'])
    expect(contentForYear(signed(), 2016)).toBeNull()
  })

  test('a member that left before the measuring date is not waited for', () => {
    const two = agreementContentSchema.parse({
      ...content,
      parties: [
        ...content.parties,
        { municipality: '480', role: 'member', from: '2013-01-01', to: '2014-06-30' },
      ],
      targets: content.targets.map((target) =>
        target.key === 'M1' ? { ...target, reportedBy: ['479', '480'] } : target,
      ),
    })
    const more = (['contact', 'signatory'] as const).map((role) =>
      contactRefSchema.parse({ ...refs[0], id: `nordfyns-${role}`, municipality: '480', role }),
    )
    const signatures = [...svendborg.signatures, { ...svendborg.signatures[1]!, party: '480' }]
    const state = after([
      { do: 'draft', content: two },
      { do: 'register-contacts', contacts: [...refs, ...more] },
      { ...sign, signatures },
    ])
    expect(contentForYear(state, 2013)?.targets[0]?.reportedBy).toEqual(['479', '480'])
    expect(contentForYear(state, 2014)?.targets[0]?.reportedBy).toEqual(['479'])
  })

  test('each target is judged by the version in force on its own measuring date', () => {
    const june = changed({ measuringDate: '06-30' })
    const first = after([{ do: 'draft', content: june }, contacts, sign, wish])
    const riderText = agreementContentSchema.parse({
      ...june,
      targets: june.targets.map((target) =>
        target.key === 'M3'
          ? target
          : { ...target, targets: [{ year: 2015, value: target.key === 'M1' ? '46' : '25' }] },
      ),
    })
    const state = after([rider({ content: riderText })], first)
    const year = contentForYear(state, 2015)
    expect(year?.targets.map((target) => [target.key, target.targets.at(-1)?.value])).toEqual([
      ['M1', '50'],
      ['M2', '25'],
    ])
  })
})

describe('observations', () => {
  test('the quota raises a question, once, within its matter', () => {
    const first = run(signed(), observe('FS1', '160', 2015))
    expect(first.types).toEqual(['ObservationRecorded', 'RenegotiationRaised'])
    expect(openQuestion(first.state)?.triggers[0]).toMatchObject({
      matterId: 'quotas-2015',
      assumptionKeys: ['FS1'],
    })
    expect(run(first.state, observe('FS1', '160', 2015)).types).toEqual([])
    expect(run(first.state, observe('FS1', '170', 2015)).types).toEqual(['ObservationRecorded'])
  })

  test('within the limit it is recorded and nothing more', () => {
    expect(run(signed(), observe('FS2', '70', 2014)).types).toEqual(['ObservationRecorded'])
  })

  test('a second trigger joins the question that is open; after its end a new one is raised', () => {
    const state = after([observe('FS2', '83', 2014)], signed())
    const joined = run(state, observe('FS1', '160', 2015))
    expect(joined.types).toEqual(['ObservationRecorded', 'TriggerJoined'])
    expect(joined.state.questions).toHaveLength(1)
    const declined = after([{ do: 'settle', seq: 1, outcome: 'declined' }], state)
    const next = run(declined, observe('FS1', '160', 2015))
    expect(next.types).toEqual(['ObservationRecorded', 'RenegotiationRaised'])
    expect(next.state.questions.map((one) => one.seq)).toEqual([1, 2])
  })

  test('each assumption is observed by the one it names', () => {
    expect(
      refusal(signed(), { ...observe('FS1', '160', 2015), by: 'municipality' } as AgreementCommand),
    ).toBe('not-theirs')
    expect(refusal(signed(), observe('FS7', '1', 2015))).toBe('unknown-assumption')
  })

  test('after the agreement’s end it is recorded only', () => {
    expect(run(signed(), observe('FS2', '83', 2015, '2016-02-20')).types).toEqual(['ObservationRecorded'])
  })
})

describe('wishes', () => {
  test('a wish raises a question once, and names an assumption, an error or a reason', () => {
    const first = run(signed(), wish)
    expect(first.types).toEqual(['RenegotiationRaised'])
    expect(run(first.state, wish).types).toEqual([])
    expect(refusal(signed(), { ...wish, cause: 'ministry', assumptionKeys: [] })).toBe('no-ground')
    expect(run(signed(), { ...wish, cause: 'ministry', assumptionKeys: [], error: true }).types).toHaveLength(
      1,
    )
    expect(refusal(signed(), { ...wish, assumptionKeys: ['FS9'] })).toBe('unknown-assumption')
  })

  test('after its end an agreement is not renegotiated', () => {
    expect(refusal(signed(), wish, { ...facts, today: '2016-01-01' })).toBe('ended')
  })
})

describe('riders', () => {
  const asked = () => after([{ do: 'open-year', year: 2014 }, observe('FS1', '160', 2015)], signed())

  test('a rider after every opened year is the next version and settles its question', () => {
    const result = run(asked(), rider())
    expect(result.types).toEqual(['RiderInForce', 'RenegotiationSettled'])
    expect(versionOn(result.state, '2015-06-30')?.version).toBe(1)
    expect(versionOn(result.state, '2015-07-01')?.version).toBe(2)
    expect(openQuestion(result.state)).toBeNull()
    expect(run(result.state, rider()).types).toEqual([])
    expect(contentForYear(result.state, 2014)?.targets[0]?.targets).toEqual(content.targets[0]?.targets)
  })

  test('within an opened year it needs both signatures and a note, and no final assessment', () => {
    const back = { effectiveFrom: '2014-10-01' }
    const note = { signedByAll: true, note: 'Begge parter ønsker virkning i 2014.' }
    expect(refusal(asked(), rider(back))).toBe('year-opened')
    expect(refusal(asked(), rider({ ...back, backdating: { ...note, signedByAll: false } }))).toBe(
      'year-opened',
    )
    expect(run(asked(), rider({ ...back, backdating: note })).types).toContain('RiderInForce')
    expect(refusal(asked(), rider({ ...back, backdating: note }), { ...facts, finalYears: [2014] })).toBe(
      'year-assessed',
    )
  })

  test('a key names one thing for the agreement’s life', () => {
    const other = changed({ measurement: { ...content.targets[0]!.measurement, indicator: 'noget-andet' } })
    expect(refusal(asked(), rider({ content: other }))).toBe('key-reused')
    const without = agreementContentSchema.parse({
      ...content,
      targets: content.targets.slice(0, 2).map((target) => ({ ...target, weight: 50 })),
    })
    const lapsed = after([rider({ content: without }), { ...wish, triggerId: 'mail-2' }], asked())
    const again = rider({ seq: 2, riderNumber: 2, effectiveFrom: '2015-08-01', contentHash: hash('c') })
    expect(refusal(lapsed, again)).toBe('key-reused')
  })

  test('is refused incomplete, without a question, for another agreement or after the end', () => {
    expect(refusal(asked(), rider({ content: { ...lowered, actionPlan: null } }))).toBe('incomplete')
    expect(refusal(asked(), rider({ seq: 4 }))).toBe('no-question')
    expect(refusal(asked(), rider({ content: { ...lowered, kind: 'partnerskabsaftale' } }))).toBe(
      'another-agreement',
    )
    expect(refusal(asked(), rider(), { ...facts, today: '2016-01-01' })).toBe('ended')
    expect(refusal(asked(), { do: 'settle', seq: 1, outcome: 'rider' })).toBe('no-rider')
  })
})

describe('the end', () => {
  test('it expires on its day and not before, and is terminated once', () => {
    expect(refusal(signed(), { do: 'expire', on: '2015-12-30' })).toBe('not-expired')
    expect(after([{ do: 'expire', on: '2016-01-01' }], signed()).endedOn).toBe('2015-12-31')
    const ended = after([{ do: 'terminate', on: '2015-06-30', by: 'anders', reason: 'opsagt' }], signed())
    expect(versionOn(ended, '2015-06-30')?.version).toBe(1)
    expect(versionOn(ended, '2015-07-01')).toBeNull()
    expect(refusal(ended, { do: 'terminate', on: '2015-07-30', by: 'anders', reason: 'opsagt' })).toBe(
      'ended',
    )
  })
})

describe('the limit of an assumption', () => {
  const rule = { kind: 'relative', limit: '40', minAbsolute: '10', direction: 'both' } as const
  const quota = (reference: string) => ({
    reference: { value: reference, on: '2014-09-30', source: 'afledt', derived: true },
    rule,
  })

  test('Odense’s quota of 334 against 111 is beyond it, Fanø’s 9 against 3 is not', () => {
    expect(assumptionTest(quota('111'), { value: '334' })).toMatchObject({ beyond: true, difference: '223' })
    expect(assumptionTest(quota('3'), { value: '9' })).toMatchObject({ beyond: false, changePct: '200' })
  })

  test('exactly on the limit is not beyond it', () => {
    expect(assumptionTest(quota('100'), { value: '140' }).beyond).toBe(false)
    expect(assumptionTest(quota('100'), { value: '141' }).beyond).toBe(true)
    expect(assumptionTest(quota('100'), { value: '59' }).beyond).toBe(true)
  })

  test('from zero any change of the least size is beyond', () => {
    expect(assumptionTest(quota('0'), { value: '10' })).toMatchObject({ beyond: true, changePct: null })
    expect(assumptionTest(quota('0'), { value: '9' }).beyond).toBe(false)
  })

  test('direction, absolute, any and by hand', () => {
    const of = (changes: object, value: string) =>
      assumptionTest({ ...quota('100'), rule: { ...rule, ...changes } }, { value }).beyond
    expect([of({ direction: 'up' }, '20'), of({ direction: 'down' }, '20')]).toEqual([false, true])
    expect([
      of({ kind: 'absolute', limit: '2', minAbsolute: '0' }, '102'),
      of({ kind: 'absolute', limit: '2', minAbsolute: '0' }, '102.5'),
    ]).toEqual([false, true])
    expect([
      of({ kind: 'any', minAbsolute: '0' }, '100'),
      of({ kind: 'any', minAbsolute: '0' }, '100.1'),
    ]).toEqual([false, true])
    expect([of({ kind: 'by-hand' }, '100'), of({ kind: 'by-hand' }, '101')]).toEqual([false, true])
  })

  test('no change is beyond no limit, and a larger change is never less beyond', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.nat(100), (reference, change, more) => {
        const at = (size: number) =>
          assumptionTest(quota(String(reference)), { value: String(reference + size) }).beyond
        expect(at(0)).toBe(false)
        expect(!at(change) || at(change + more)).toBe(true)
      }),
    )
  })
})

describe('for every course of events', () => {
  const commands: readonly AgreementCommand[] = [
    draft,
    contacts,
    sign,
    { do: 'open-year', year: 2014 },
    { do: 'open-year', year: 2015 },
    observe('FS1', '160', 2015),
    observe('FS2', '83', 2014),
    observe('FS2', '61', 2014),
    wish,
    { ...wish, triggerId: 'mail-2' },
    { do: 'settle', seq: 1, outcome: 'declined' },
    { do: 'settle', seq: 2, outcome: 'lapsed' },
    rider(),
    rider({ seq: 2, riderNumber: 2, effectiveFrom: '2015-10-01', contentHash: hash('d') }),
    { do: 'terminate', on: '2015-06-30', by: 'anders', reason: 'opsagt' },
  ]
  const course = fc.array(fc.constantFrom(...commands), { maxLength: 25 })
  const tried = (state: AgreementState, command: AgreementCommand) => {
    const decision = decideAgreement(state, command, facts)
    return decision.ok ? fold(state, decision.events) : state
  }
  const start = () => after([draft, contacts])

  test('a command that has had its effect has none the second time', () => {
    fc.assert(
      fc.property(course, (list) => {
        let state = start()
        for (const command of list) {
          const decision = decideAgreement(state, command, facts)
          if (!decision.ok) continue
          state = fold(state, decision.events)
          const again = decideAgreement(state, command, facts)
          // Undone by nothing but a later command: the repetition is empty, or refused for what came of it.
          expect(again.ok ? again.events : []).toEqual([])
        }
      }),
    )
  })

  test('there is at most one open question, versions follow each other, an opened year keeps its content', () => {
    fc.assert(
      fc.property(course, (list) => {
        let state = start()
        for (const command of list) {
          const before = state.openedYears.map(({ year }) => [year, contentForYear(state, year)] as const)
          state = tried(state, command)
          expect(state.questions.filter((one) => one.outcome === null).length).toBeLessThanOrEqual(1)
          const days = state.versions.map((one) => one.effectiveFrom)
          expect(days.toSorted()).toEqual(days)
          expect(state.versions.map((one) => one.version)).toEqual(days.map((_, index) => index + 1))
          if (command.do === 'take-rider')
            for (const [year, then] of before) expect(contentForYear(state, year)).toEqual(then)
        }
      }),
    )
  })

  test('an erased private part changes no state', () => {
    fc.assert(
      fc.property(course, (list) => {
        let [whole, erased] = [start(), start()]
        for (const command of list) {
          const decision = decideAgreement(whole, command, facts)
          if (!decision.ok) continue
          const bare = decision.events.map((event) => {
            const { private: _, ...rest } = { private: undefined, ...event }
            return agreementEventSchema.parse(rest)
          })
          whole = fold(whole, decision.events)
          erased = fold(erased, bare)
        }
        expect(erased).toEqual(whole)
      }),
    )
  })
})
