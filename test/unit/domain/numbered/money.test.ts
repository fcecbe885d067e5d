import { describe, expect, test } from 'vitest'
import { contentShortcomings } from '../../../../functions/domain/agreement/completeness.ts'
import {
  agreementContentSchema,
  type AgreementContent,
} from '../../../../functions/domain/agreement/content.ts'
import { decideAgreement } from '../../../../functions/domain/agreement/decide.ts'
import type { AgreementFacts } from '../../../../functions/domain/agreement/commands.ts'
import type { AgreementState } from '../../../../functions/domain/agreement/state.ts'
import { advanceCitation, type Advance } from '../../../../functions/domain/money/advance.ts'
import { commitmentShortcomings, useOf, type Budget } from '../../../../functions/domain/money/budget.ts'
import { commitmentsIn, commitmentsOf } from '../../../../functions/domain/money/commitments.ts'
import { frameFor, framesInForce, framesSchema } from '../../../../functions/domain/money/frames.ts'
import { finalReturnForm, readableFields } from '../../../../functions/domain/form/form.ts'
import { finalReturnMissing } from '../../../../functions/domain/review/final-return.ts'
import { readValue } from '../../../../functions/intake/values.ts'
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
      commitmentShortcomings({ ...content, reservation }, budget(frames)).map((one) => one.path)
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
    expect(outcome(asked, rider(more), { budget: budget(threeYears(330_000)) })).toBe('accepted')
    expect(outcome(asked, rider(more), {})).toBe('accepted')
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
    const ended = run(after, [{ do: 'terminate', on: '2014-12-31', by: 'anders', reason: 'aftalt' }]).state
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
        { type: field.type, unit: '', share: false, whole: false, mayBeNegative: false },
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
