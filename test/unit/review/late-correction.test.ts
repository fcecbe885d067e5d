import { describe, expect, it } from 'vitest'
import { compileAgreement } from '../../../functions/domain/report/compile-agreement.ts'
import { lateCorrection } from '../../../functions/domain/review/late-correction.ts'
import { agreementSection } from '../../../functions/web/report/agreement-section.ts'
import { reviewPage } from '../../../functions/web/review/review-page.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { factsOf } from '../../fixtures/report/report-facts.ts'
import { frame, pageInput, reader, textOf } from '../web/page-parts.ts'
import { anders, sofie } from '../../support/ministry.ts'
import { allFigures, inHearing, number, on, requested, type ReviewWorld } from './review-world.ts'

const assessed = (): ReviewWorld => inHearing().pass(on('2015-03-25', '00:00'))
/** M1 is assessed at 61 of 134; one person more is less than a point, two are more. */
const corrected = (ofWhich: number): ReviewWorld =>
  assessed().mail({ key: 'rettelse', values: { 'M1 heraf': number(ofWhich) } })
const reopen = { do: 'reopen', reason: 'tallet var forkert' } as const
const leave = { do: 'leave-closed', reason: 'noteret' } as const
const factsWith = (world: ReviewWorld) => ({
  ...factsOf([{ file: svendborg, options: { figures: {} } }]).asked[0]!,
  review: world.state,
})

describe('Edge case 16: a correction that comes after the final assessment', () => {
  it('Edge case 16: of less than a point is a footnote: it is asked, and cannot be reopened for', () => {
    const world = corrected(62)
    expect(world.state.reopen).toMatchObject({ mailKey: 'rettelse', decided: false })
    expect(lateCorrection(world.state)).toMatchObject({
      correction: {
        consequence: 'footnote',
        targets: [{ key: 'M1', before: 'partly-met', after: 'partly-met' }],
      },
      targets: ['M1'],
      reopening: 'undecided',
    })
    expect(world.decide(reopen, anders)).toMatchObject({ refusal: { kind: 'footnote' } })
    world.person(leave, anders)
    expect(lateCorrection(world.state)).toMatchObject({ reopening: 'declined' })
    expect(world.state.finals).toHaveLength(1)
  })

  it('Edge case 16: of more than a point, or that turns a verdict, may be reopened for; then nothing is late any more', () => {
    expect(lateCorrection(corrected(63).state)?.correction.consequence).toBe('reopen')
    const turned = assessed().mail({ key: 'rettelse', values: { M2: number(40) } })
    expect(lateCorrection(turned.state)?.correction.targets).toMatchObject([
      { key: 'M2', before: 'met', after: 'not-met', points: null },
    ])
    const world = corrected(63).person(reopen, anders)
    expect(lateCorrection(world.state)).toBeNull()
    world.work().recommend().approve()
    world.pass(on('2015-05-20'))
    expect(world.state.finals).toHaveLength(2)
    expect(lateCorrection(world.state)).toBeNull()
  })

  it('counts what the municipality observes too: an assumption corrected below its limit turns the verdict it excused', () => {
    const world = requested()
      .until(on('2015-02-10'))
      .mail({ values: { ...allFigures, 'M1 heraf': number(50), FS2: number(120) } })
      .pass(on('2015-03-10'))
      .recommend()
      .approve()
      .pass(on('2015-05-20'))
    const [m1] = world.state.finals[0]!.assessment.targets
    expect(m1?.verdict).toBe('not-met-assumption-failed')
    world.mail({ key: 'rettelse', values: { FS2: number(60) } })
    expect(lateCorrection(world.state)?.correction).toMatchObject({
      consequence: 'reopen',
      targets: [{ key: 'M1', before: 'not-met-assumption-failed', after: 'not-met' }],
    })
    expect(lateCorrection(assessed().state)).toBeNull()
  })

  it('is judged beside the rule’s own verdict, not beside one changed by hand', () => {
    const world = inHearing().pass(on('2015-03-25', '00:00'))
    const [final] = world.state.finals
    const byHand = {
      ...world.state,
      finals: [
        {
          ...final!,
          assessment: {
            ...final!.assessment,
            targets: final!.assessment.targets.map((one) =>
              one.key === 'M1' ? { ...one, verdict: 'met' as const } : one,
            ),
          },
        },
      ],
    }
    const mailed = corrected(62).state
    expect(lateCorrection({ ...mailed, finals: byHand.finals })?.correction.consequence).toBe('footnote')
  })

  it('stands as a footnote in the report, without the figure, and says whether it was decided on', async () => {
    const words = async (world: ReviewWorld) => {
      const { agreement } = compileAgreement(factsWith(world), '2014-12-01')
      const html = await textOf(agreementSection(agreement, 2014))
      return { agreement, text: html.replaceAll(/\s+/g, ' ') }
    }
    const undecided = await words(corrected(62))
    expect(undecided.agreement.lateCorrections).toMatchObject({ targets: ['M1'], declined: false })
    expect(undecided.text).toContain('er tal for mål 1 rettet')
    expect(undecided.text).toContain('Det er ikke afgjort, om sagen genoptages; bedømmelsen gælder.')
    const declined = await words(corrected(62).person(leave, anders))
    expect(declined.text).toContain('Sagen er ikke genoptaget, og bedømmelsen står.')
    expect(declined.text).toContain('61 af 134')
    expect(declined.text).not.toContain('62')
    expect((await words(assessed())).agreement).not.toHaveProperty('lateCorrections')
  })

  it('is shown to whoever decides: verdicts and points beside each other; a footnote offers no reopening', async () => {
    const page = async (world: ReviewWorld) =>
      (
        await textOf(reviewPage(frame(reader('caseworker'), { today: '2015-03-25' }), pageInput(world.state)))
      ).replaceAll(/\s+/g, ' ')
    const small = await page(corrected(62))
    expect(small).toContain('0,7 procentpoint')
    expect(small).toContain('Rettelsen er en fodnote')
    expect(small).not.toContain('data-action="reopen"')
    expect(small).toContain('data-action="leave-closed"')
    const large = await page(corrected(63))
    expect(large).toContain('1,5 procentpoint')
    expect(large).toContain('data-action="reopen"')
    expect(await page(corrected(63).person({ ...leave, reason: 'x' }, sofie))).not.toContain(
      'data-action="leave-closed"',
    )
  })
})
