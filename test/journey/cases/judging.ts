import { describe, expect, it } from 'vitest'
import { hearingEnd } from '../../../functions/domain/base/calendar.ts'
import type { Assessment, Observation } from '../../../functions/domain/judging/assessment.ts'
import { canonicalJson } from '../../../functions/domain/judging/canonical.ts'
import { assess, isReproducible } from '../../../functions/domain/judging/rule.ts'
import { addDays, todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { askedCases, caseOf, last, type PlayedYear } from '../../support/played-year.ts'

/** Draft, decision, hearing and the final assessment. */
export const judgingCases = (year: () => PlayedYear): void => {
  const of = (id: string) => caseOf(year(), id)

  describe('judging', () => {
    it('a correction during the hearing supersedes the draft, and the new one is approved anew', () => {
      const one = of('odense-rk')
      const [first, second] = one.events('DraftMade')
      const superseded = one.event('DraftSuperseded')
      expect(superseded).toMatchObject({ subject: first?.subject, cause: 'correction' })
      const [hearing] = one.events('HearingBegun')
      expect(superseded.meta.at > (hearing?.meta.at ?? '')).toBe(true)
      expect(one.events('Approved').map(({ subject }) => subject)).toEqual([first?.subject, second?.subject])
      expect(one.final().subject).toBe(second?.subject)
      expect(one.final().assessment.targets.find(({ key }) => key === 'M2')?.numerator).toBe('97')
      // In its own favour alone: no new hearing, but the one that runs keeps its end.
      expect(second?.hearing).toBe(false)
      expect(one.letters('hearing')).toHaveLength(1)
      expect(one.events('HearingBegun')).toEqual([
        hearing,
        expect.objectContaining({
          subject: second?.subject,
          continues: first?.subject,
          endsOn: hearing?.endsOn,
        }),
      ])
      expect(todayInCopenhagen(one.event('Assessed').meta.at) > (hearing?.endsOn ?? '')).toBe(true)
      expect(year().summary.approvals).toBe(32)
    })

    it('the comment in the correcting mail is kept over the new draft, and answered with what it changed', () => {
      const one = of('odense-rk')
      const comment = one.event('HearingAnswered')
      expect(comment).toMatchObject({ answer: 'comments', mailKey: one.event('DraftSuperseded').mailKey })
      expect(one.event('CommentsAnswered').private?.answers).toMatchObject([
        { mailKey: comment.mailKey, changed: true },
      ])
      expect(one.final().comments).toBe('answered')
      expect(one.read(one.letter('final-assessment')).text.replaceAll(/\s+/g, ' ')).toContain(
        'til mål 2 har givet anledning til følgende ændringer: de to borgere er talt med, og tallet er rettet.',
      )
    })

    it('comments in the hearing are answered in the final assessment', () => {
      for (const [id, party, words] of [
        ['fredericia-pa', '607', 'aftalens målemetode tæller alle, der afsluttede 9. klasse i året'],
        ['aabenraa-pa', '580', 'målet er opfyldt, og bemærkningen ændrer ikke ved tallet'],
      ] as const) {
        const one = of(id)
        const comment = one.event('HearingAnswered')
        expect(comment).toMatchObject({ party, answer: 'comments' })
        expect(one.event('CommentsAnswered').private?.answers.map(({ mailKey }) => mailKey)).toEqual([
          comment.mailKey,
        ])
        expect(one.final().comments).toBe('answered')
        const text = one.read(one.letter('final-assessment')).text.replaceAll(/\s+/g, ' ')
        expect(text).toContain(words)
        expect(one.letters('hearing-receipt')).toHaveLength(1)
      }
    })

    it('an objection that stands goes to the head of department, whose decision is in the final letter', () => {
      const one = of('fredericia-pa')
      const answered = one.event('CommentsAnswered')
      const decided = one.event('ObjectionDecided')
      expect(answered.disputed).toEqual([decided.mailKey])
      expect([one.event('Recommended').by, one.event('Approved').by]).not.toContain(decided.by)
      expect(one.event('Assessed').meta.seq).toBeGreaterThan(decided.meta.seq)
      expect(one.read(one.letter('final-assessment')).text.replaceAll(/\s+/g, ' ')).toContain(
        'Uenigheden har været forelagt ministeriets afdelingschef, som har besluttet at fastholde bedømmelsen, idet målemetoden er aftalt ved underskriften og kan kun ændres ved et tillæg.',
      )
    })

    it('a draft sent back: the caseworker asks the municipality, and recommends again with the answer', () => {
      const one = of('varde-rk')
      const back = one.event('SentBack')
      const asked = one.event('QuestionAsked')
      const answered = one.event('QuestionAnswered')
      const [first, second] = one.events('Recommended')
      const order = [first, back, asked, answered, second, one.event('Approved')].map(
        (event) => event?.meta.seq ?? 0,
      )
      expect(order).toEqual(order.toSorted((a, b) => a - b))
      expect(one.event('Approved').by).not.toBe(second?.by)
      const question = one.letter('question')
      expect(one.read(question).text).toContain('Hvordan er ventetiden gjort op')
      expect(answered.mailKey).toBe(
        one.state.mails.find(({ answers }) => answers === `question/573/1/${asked.questionId}`)?.mailKey,
      )
      expect(one.final().subject).toBe(last('recommendation', one.events('Recommended')).subject)
    })

    it('not met, assumption failed: Vejen’s waiting time, with its reason', () => {
      const one = of('vejen-rk')
      const target = one.final().assessment.targets.find(({ key }) => key === 'M2')
      expect(target).toMatchObject({ verdict: 'not-met-assumption-failed', failedAssumptions: ['FS2'] })
      expect(one.event('Recommended').externalFactors.join(' ')).toContain('langt flere nyankomne')
      expect(one.read(one.letter('final-assessment')).text.replaceAll(/\s+/g, ' ')).toContain(
        'ændrede forudsætninger',
      )
      const others = askedCases(year()).filter(({ id }) => id !== 'vejen-rk')
      for (const other of others)
        for (const { verdict, failedAssumptions } of other.final().assessment.targets)
          expect([verdict, failedAssumptions]).not.toEqual(['not-met-assumption-failed', expect.anything()])
    })

    it('the quota for 2015 changes no verdict of 2014, byte for byte, neither left out nor put in', () => {
      const of2015 = (one: Observation) => one.validFrom >= '2015-01-01'
      const judged = ({ targets, overall, coverage, ruleVersion }: Assessment) =>
        canonicalJson({ targets, overall, coverage, ruleVersion })
      let put = 0
      for (const one of askedCases(year())) {
        const { assessment } = one.final()
        const { input } = assessment
        const quotas = one.agreement.state.observations.map(({ observation }) => observation).filter(of2015)
        const without = input.observations.filter((observation) => !of2015(observation))
        expect(quotas.map(({ assumption }) => assumption)).toEqual(['FS1'])
        expect(judged(assess({ ...input, observations: without })), one.id).toBe(judged(assessment))
        expect(judged(assess({ ...input, observations: [...without, ...quotas] })), one.id).toBe(
          judged(assessment),
        )
        put += quotas.length
      }
      expect(put).toBe(31)
    })

    it('every stored assessment can be redone, byte for byte', () => {
      for (const one of askedCases(year()))
        for (const { assessment } of one.events('DraftMade')) expect(isReproducible(assessment)).toBe(true)
    })

    it('nobody approves what he recommended, and every decision names the draft it saw', () => {
      for (const one of askedCases(year())) {
        const drafts = new Set(one.events('DraftMade').map(({ subject }) => subject))
        for (const approved of one.events('Approved')) {
          const recommended = one.events('Recommended').findLast(({ meta }) => meta.seq < approved.meta.seq)
          expect(approved.by).not.toBe(recommended?.by)
          expect(approved.subject).toBe(recommended?.subject)
          expect(drafts.has(approved.subject)).toBe(true)
        }
      }
    })

    it('a hearing lasts two weeks from delivery, unless every party has said that it has no comments', () => {
      for (const one of askedCases(year())) {
        const begun = last('hearing', one.events('HearingBegun'))
        const assessed = last('assessment', one.events('Assessed'))
        const [delivered] = one.events('HearingBegun')
        const on = todayInCopenhagen(delivered?.meta.at ?? '')
        expect(begun.endsOn >= hearingEnd(on), one.id).toBe(true)
        expect(begun.endsOn >= addDays(on, 14), one.id).toBe(true)
        expect(begun.subject, one.id).toBe(assessed.subject)
        if (todayInCopenhagen(assessed.meta.at) <= begun.endsOn)
          expect(assessed.comments, one.id).toBe('none')
      }
    })
  })
}
