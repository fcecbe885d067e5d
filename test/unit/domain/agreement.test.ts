import { describe, expect, test } from 'vitest'
import { agreementContentSchema } from '../../../functions/domain/agreement/content.ts'
import { contactRefSchema } from '../../../functions/domain/agreement/completeness.ts'
import { agreementCommands } from '../../../functions/domain/agreement/commands.ts'
import type { Decider } from '../../../functions/domain/base/command.ts'
import { decideAgreement } from '../../../functions/domain/agreement/decide.ts'
import { contentForYear, openQuestion, versionOn } from '../../../functions/domain/agreement/versions.ts'
import type { AgreementState } from '../../../functions/domain/agreement/state.ts'
import { placeInYear } from '../../../functions/domain/year-run/place-in-year.ts'
import { anders, sofie } from '../../support/ministry.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import {
  content,
  facts,
  refs,
  run,
  after,
  refusal,
  draft,
  contacts,
  sign,
  signed,
  observe,
  wish,
  changed,
  lowered,
  rider,
} from './agreement-course.ts'

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
  test('it expires after its last day and not before, and is terminated once', () => {
    expect(refusal(signed(), { do: 'expire', on: '2015-12-30' })).toBe('not-expired')
    expect(refusal(signed(), { do: 'expire', on: '2015-12-31' })).toBe('not-expired')
    expect(after([{ do: 'expire', on: '2016-01-01' }], signed()).endedOn).toBe('2015-12-31')
    const ended = after([{ do: 'terminate-agreement', on: '2015-06-30', reason: 'opsagt' }], signed())
    expect(versionOn(ended, '2015-06-30')?.version).toBe(1)
    expect(versionOn(ended, '2015-07-01')).toBeNull()
    expect(refusal(ended, { do: 'terminate-agreement', on: '2015-07-30', reason: 'opsagt' })).toBe('ended')
  })

  test('no year is placed otherwise when the end is on record; an ended agreement is left out as such', () => {
    const expired = after([{ do: 'expire', on: '2016-01-01' }], signed())
    const places = (state: AgreementState) =>
      [2011, 2012, 2013, 2014, 2015, 2016, 2017].map((year) => placeInYear(content.id, state, year))
    expect(places(expired)).toEqual(places(signed()))
    expect(places(expired).flatMap((place) => ('leftOut' in place ? place.leftOut.reason : 'asked'))).toEqual(
      ['not-in-force', 'first-year-next', 'asked', 'asked', 'asked', 'expired', 'expired'],
    )
  })
  test('only an approver who is not disqualified ends it, and says why', () => {
    const ending = (who: Decider, reason = 'opsagt') => {
      const asked = { do: 'terminate-agreement', on: '2015-06-30', reason } as const
      const decision = agreementCommands.decide(signed(), asked, who, '2015-03-27T10:00:00.000Z', {})
      return decision.ok ? decision.events : decision.refusal.kind
    }
    expect(ending(anders)).toMatchObject([{ type: 'AgreementTerminated', on: '2015-06-30', by: 'anders' }])
    expect(ending(sofie)).toBe('role')
    expect(ending({ ...anders, barredFrom: ['479'] })).toBe('barred')
    expect(ending(anders, ' ')).toBe('reason')
  })
})
