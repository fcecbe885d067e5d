import { describe, expect, it } from 'vitest'
import { municipalities } from '../../../functions/domain/directory/municipalities.ts'
import type { PlayedYear } from '../../support/played-year.ts'

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ')

/** What municipalities told of their year, and shared. */
export const experienceCases = (year: () => PlayedYear): void => {
  describe('experiences', () => {
    const letters = () => year().record.run.state.letters
    const cards = () => year().record.run.state.experiences.published

    it('those that may be shared become cards of one caseworker; the one that may not becomes none', () => {
      expect(
        cards()
          .map(({ municipality }) => municipality)
          .toSorted(),
      ).toEqual(['410', '773'])
    })

    it('go to every municipality the working day after the report, released by another person', () => {
      const { released } = year().record.run.state.experiences
      expect(cards().map(({ by }) => by)).not.toContain(released?.by)
      expect(letters().map(({ order }) => order.party)).toEqual(municipalities.map(({ code }) => code))
      expect(new Set(letters().map(({ datedOn }) => datedOn))).toEqual(new Set(['2015-09-02']))
    })

    it('lie in all 98 main mailboxes, once, ordered by theme, with nothing of the one that was not shared', () => {
      const mails = year().mails.filter(({ subject }) => subject.includes('erfaringer fra årets aftaler'))
      expect(new Set(mails.map(({ mailbox }) => mailbox)).size).toBe(98)
      expect(mails).toHaveLength(98)
      const [text = ''] = mails.map((mail) => flat(mail.text))
      expect(text).toContain('Her er to erfaringer fra årets aftaler, ordnet efter tema.')
      expect(text).toMatch(/Arbejde Middelfart Kommune: Mentorer .* Medborgerskab Morsø Kommune: Aftenhold/)
      expect(text).not.toContain('Fælles jobdage')
    })
  })
}
