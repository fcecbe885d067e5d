import { describe, expect, it } from 'vitest'
import type { LetterKind } from '../../../functions/domain/casefile/letter-kinds.ts'
import { addDays, todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { askedCases, caseOf, only, type PlayedYear } from '../../support/played-year.ts'

/** The question the quotas of 27 March 2015 raised, and how it ended in each agreement. */
export const renegotiationCases = (year: () => PlayedYear): void => {
  const of = (id: string) => {
    const one = caseOf(year(), id)
    const { state, events } = one.renegotiation()
    const letters = (...kinds: readonly LetterKind[]) =>
      state.letters.filter(({ order }) => kinds.includes(order.kind))
    return {
      ...one,
      question: state,
      types: events.map(({ type }) => type),
      asked: letters,
      text: (kind: LetterKind) => one.read(only(`${id} ${kind}`, letters(kind))).text.replaceAll(/\s+/g, ' '),
    }
  }

  describe('renegotiation', () => {
    it('the quotas raise a question in each of the 30 agreements, and none in Fanø', () => {
      const without = askedCases(year()).filter(({ renegotiations }) => renegotiations.length === 0)
      expect(without.map(({ id }) => id)).toEqual(['fanoe-pa'])
      const fanoe = caseOf(year(), 'fanoe-pa').agreement.state
      expect(fanoe.questions).toEqual([])
      // Observed like the others: nine persons are below the absolute minimum.
      expect(fanoe.observations.map(({ observation }) => observation.value)).toEqual(['9'])
      for (const { agreement } of askedCases(year()).filter(({ id }) => id !== 'fanoe-pa')) {
        const question = only('question', agreement.state.questions)
        const quota = only(
          'trigger by the quota',
          question.triggers.filter(({ observationId }) => observationId === 'kommunekvoter-2015/FS1'),
        )
        expect(quota).toMatchObject({ matterId: 'kommunekvoter-2015', assumptionKeys: ['FS1'] })
        expect(question.outcome).not.toBeNull()
      }
    })

    it('the request says why the quota is set anew, in the words of the agreement', () => {
      for (const { id, letters } of askedCases(year()))
        for (const letter of letters('request'))
          expect(letter.text?.replaceAll(/\s+/g, ' '), id).toMatch(
            /fastsættes på ny i 2015, efter at landstallet i december 2014 er forhøjet fra 4\.000 til 12\.000\. Vi skriver til jer|set anew in 2015, since the national figure was raised from 4,000 to 12,000 in December 2014\. We write to you/u,
          )
    })

    it('declined with a reason: 22 agreements, each told why', () => {
      const declined = askedCases(year()).filter(
        ({ renegotiations }) => renegotiations[0]?.state.outcome === 'declined',
      )
      expect(declined).toHaveLength(22)
      expect(new Set(declined.map(({ id }) => of(id).question.declined?.by)).size).toBe(1)
      for (const { id } of declined) {
        const one = of(id)
        expect(one.question.declined).toMatchObject({
          reason: 'share-unaffected',
          text: expect.stringContaining('mål 1 er en andel'),
        })
        const told = one.asked('renegotiation-declined')
        expect(told.map(({ order }) => order.party)).toEqual(
          one.question.parties.map(({ municipality }) => municipality),
        )
        for (const letter of told)
          for (const mail of one.delivered(letter))
            expect(mail.text.replaceAll(/\s+/g, ' ')).toMatch(/mål 1 er en andel/)
      }
    })

    it('agreed: five agreements get a rider of their own version from 1 July 2015', () => {
      const agreed = askedCases(year()).filter(
        ({ renegotiations }) => renegotiations[0]?.state.outcome === 'rider',
      )
      expect(agreed.map(({ id }) => id).sort()).toEqual([
        'aalborg-rk',
        'esbjerg-rk',
        'hjoerring-rk',
        'odense-rk',
        'vejen-rk',
      ])
      for (const { id, agreement } of agreed) {
        const one = of(id)
        const proposal = one.question.proposal
        expect(new Set([proposal?.draftedBy, ...(proposal?.approvals.map(({ by }) => by) ?? [])]).size).toBe(
          3,
        )
        const sent = only('proposal', one.asked('proposal'))
        expect((proposal?.endsOn ?? '') >= addDays(todayInCopenhagen(sent.sentAt), 42)).toBe(true)
        expect(agreement.state.versions).toHaveLength(2)
        expect(agreement.state.versions[1]).toMatchObject({
          version: 2,
          riderNumber: 1,
          effectiveFrom: '2015-07-01',
        })
        // The opened year is judged by the version it was opened with.
        expect(agreement.state.openedYears[0]?.versions.every(({ version }) => version === 1)).toBe(true)
        const change = proposal?.changes[0]
        const target = agreement.state.versions[1]?.content.targets.find(({ key }) => key === change?.target)
        expect(JSON.stringify(target)).toContain(`"${change?.to}"`)
        const signatory = one.address('signatory')
        const mail = one.question.mails.find(({ mailKey }) => mailKey === proposal?.acceptedBy[0]?.mailKey)
        expect(mail?.details?.from).toBe(signatory)
        const rider = only('rider', one.asked('rider'))
        const attached = one.delivered(rider).flatMap(({ attachments }) => attachments)
        expect(attached.length, 'the rider is attached').toBeGreaterThan(0)
      }
    })

    it('accepted by one without authority: Aalborg is told, and the signatory’s answer counts', () => {
      const one = of('aalborg-rk')
      expect(one.types.indexOf('AnswerNoted')).toBeGreaterThan(0)
      expect(one.types.indexOf('AnswerNoted')).toBeLessThan(one.types.indexOf('PartyAccepted'))
      expect(only('letter', one.asked('no-authority')).to).toEqual([one.address('contact')])
    })

    it('the assumption that failed in 2014: the quota joins Vejen’s question, one matter, one decision', () => {
      const one = of('vejen-rk')
      expect(one.question.grounds.map(({ assumptionKeys }) => assumptionKeys)).toEqual([['FS2'], ['FS1']])
      expect(one.types.filter((type) => type === 'RenegotiationOpened')).toHaveLength(1)
      expect(one.asked('renegotiation-opened')).toHaveLength(1)
    })

    it('lapsed: Jammerbugt is silent for six weeks, is reminded, and is told that the proposal has lapsed', () => {
      const one = of('jammerbugt-rk')
      expect(one.question.outcome).toBe('lapsed')
      expect(one.question.answers).toEqual([])
      expect(one.asked('proposal-reminder')).toHaveLength(2)
      expect(one.text('proposal-lapsed')).toContain('bortfald')
      expect(one.agreement.state.versions).toHaveLength(1)
    })

    it('declined by the municipality: Mariagerfjord’s rider counts as lapsed', () => {
      const one = of('mariagerfjord-rk')
      expect(one.question).toMatchObject({ outcome: 'not-accepted', declinedBy: { party: '846' } })
      expect(one.text('party-declined')).toContain('ikke tiltræder')
      expect(one.agreement.state.versions).toHaveLength(1)
    })

    it('withdrawn: Vejle takes its wish back before it is decided, though the quota had joined', () => {
      const one = of('vejle-rk')
      expect(one.types).toEqual(expect.arrayContaining(['GroundJoined', 'WishTakenBack', 'Withdrawn']))
      expect(one.question).toMatchObject({
        outcome: 'withdrawn',
        withdrawn: { by: 'municipality', party: '630' },
      })
      expect(one.question.opened).toBeNull()
      // Its receipt said when the wish is answered: no letter beside it (MAIL 212).
      expect(one.question.grounds[0]?.toldByReceipt).toBe(true)
      expect(one.asked('renegotiation-wish-received')).toHaveLength(0)
      expect(one.text('withdrawal')).toContain('trukket')
    })

    it('is told of in the report, and ended before it is frozen', () => {
      const frozenAt = year().record.run.events.find(({ type }) => type === 'ReportFrozen')?.meta.at ?? ''
      for (const { renegotiations } of askedCases(year()))
        for (const { events } of renegotiations) {
          const ended = events.findLast(({ type }) => type === 'Settled' || type === 'RiderEnacted')
          expect((ended?.meta.at ?? '9') < frozenAt).toBe(true)
        }
      const page = year()
        .archive.get(year().summary.report?.path ?? '')
        .toString()
      expect(page).toContain('tillæg')
    })
  })
}
