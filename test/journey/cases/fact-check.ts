import { describe, expect, it } from 'vitest'
import { addWorkingDays } from '../../../functions/domain/base/calendar.ts'
import { todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { askedCases, caseOf, type PlayedYear } from '../../support/played-year.ts'

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ')

/** What the municipalities say of their pages before the joint report is out. */
export const factCheckCases = (year: () => PlayedYear): void => {
  describe('fact check', () => {
    const one = () => caseOf(year(), 'fredericia-pa')

    it('Fredericia’s correction of a name is a caseworker’s task, decided in the console', () => {
      const asked = one().event('FactCheckAnswered')
      expect(asked).toMatchObject({ party: '607', ok: false })
      const decided = one().event('FactCheckDecided')
      expect(decided).toMatchObject({
        mailKey: asked.mailKey,
        as: 'corrected',
        renamed: [{ key: 'H1', title: 'Fritidsvejledning og lektiehjælp' }],
        meta: { actor: { by: 'person', personId: decided.by } },
      })
      const latest = addWorkingDays(todayInCopenhagen(asked.meta.at), 3)
      expect(todayInCopenhagen(decided.meta.at) <= latest).toBe(true)
    })

    it('is answered by one letter in the thread of the mail', () => {
      const letter = one().read(one().letter('fact-check-answer'))
      expect(flat(letter.text)).toContain('Jeres sider er rettet. Aktivitetens navn er rettet.')
      expect(letter.subject).toMatch(/^SV: /)
    })

    it('changes the words on the pages and nothing of the assessment; the report states it', () => {
      const page = flat(
        year()
          .archive.get(year().summary.report?.path ?? '')
          .toString(),
      )
      expect(page).toContain('Fritidsvejledning og lektiehjælp')
      expect(page).toContain('Ministeriets svar: Aktivitetens navn er rettet.')
      expect(one().state.finals).toHaveLength(1)
      expect(one().state.content?.actionPlan?.actions[0]?.title).toBe('Fritidsvejledning')
    })

    it('the report approved is one that was compiled after every decision', () => {
      const { events } = year().record.run
      const compiled = events.findLast(({ type }) => type === 'ReportCompiled')
      const approved = events.findLast(({ type }) => type === 'ReportApproved')
      expect(compiled?.meta.seq ?? 0).toBeLessThan(approved?.meta.seq ?? 0)
      for (const { events: decisions } of askedCases(year()))
        for (const { meta } of decisions('FactCheckDecided'))
          expect(meta.at < (compiled?.meta.at ?? '')).toBe(true)
    })
  })
}
