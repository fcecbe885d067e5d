import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { caseOf, last, numberOf, type PlayedYear } from '../../support/played-year.ts'

/** How figures come in: early, late, never, with more time, through others. */
export const collectionCases = (year: () => PlayedYear): void => {
  const of = (id: string) => caseOf(year(), id)
  const figure = (id: string, party: string, key: string) =>
    numberOf(of(id).state.parties.find((one) => one.municipality === party)?.figures[key]?.value)

  describe('collection', () => {
    it('late: Kerteminde answers after the first reminder and gets no other', () => {
      const { letter, letters, mailsFrom, address, event } = of('kerteminde-pa')
      expect(letter('request').dueOn).toBe('2015-03-02')
      expect(letter('courtesy-notice').datedOn).toBe('2015-02-16')
      expect(letter('reminder-1')).toMatchObject({ datedOn: '2015-03-03', dueOn: '2015-03-17' })
      expect(letters('reminder-2', 'collection-closed')).toEqual([])
      const [mail] = mailsFrom(address('contact')).filter((one) => one.values.length > 2)
      expect(mail?.receivedAt.slice(0, 10)).toBe('2015-03-10')
      expect(event('DraftMade').meta.at > '2015-03-17').toBe(true)
    })

    it('only after the last reminder: Nordfyns answers on 23 March, in time for the last date', () => {
      const { letter, letters, mailsFrom, address, final } = of('nordfyns-rk')
      expect(letter('reminder-1').datedOn).toBe('2015-03-03')
      expect(letter('reminder-2')).toMatchObject({ datedOn: '2015-03-18', dueOn: '2015-03-25' })
      expect(letters('collection-closed')).toEqual([])
      const mails = mailsFrom(address('contact')).filter((mail) =>
        mail.values.some(({ key }) => key === 'M1 heraf'),
      )
      expect(mails.map((mail) => todayInCopenhagen(mail.receivedAt))).toEqual(['2015-03-23'])
      expect(final().assessment.targets.every((target) => target.verdict !== 'not-assessable')).toBe(true)
    })

    it('never: Langeland is assessed as not assessable, and nobody waits for it', () => {
      const silent = of('langeland-pa')
      expect(silent.state.mails).toEqual([])
      expect(
        silent
          .letters('courtesy-notice', 'reminder-1', 'reminder-2', 'collection-closed')
          .map(({ order }) => order.kind),
      ).toEqual(['courtesy-notice', 'reminder-1', 'reminder-2', 'collection-closed'])
      expect(silent.letter('collection-closed').datedOn).toBe('2015-03-26')
      expect(silent.verdicts()).toEqual({ M1: 'not-assessable', M2: 'not-assessable' })
      expect(silent.final().assessment.targets.map(({ reason }) => reason)).toEqual([
        'no-figures',
        'no-figures',
      ])
      expect(silent.final().comments).toBe('none-received')
      expect(silent.read(silent.letter('final-assessment')).text).toContain('kan ikke bedømmes')
      // Those who answered in time were assessed before its last date had passed.
      const inTime = ['aeroe-pa', 'vejle-rk', 'soenderborg-rk', 'billund-pa', 'fanoe-pa']
      for (const id of inTime) expect(of(id).final().at < '2015-03-26').toBe(true)
      expect(silent.final().at < '2015-08-10').toBe(true)
    })

    it('an extension granted: Nyborg asks for 13 March, gets it the next day, and is not reminded', () => {
      const one = of('nyborg-rk')
      expect(one.event('ExtensionRequested')).toMatchObject({ party: '450', until: '2015-03-13' })
      const received = one.letter('extension-received')
      expect(todayInCopenhagen(received.sentAt)).toBe(
        todayInCopenhagen(one.event('ExtensionRequested').meta.at),
      )
      expect(one.event('ExtensionDecided')).toMatchObject({ granted: true, dueOn: '2015-03-13' })
      const granted = one.letter('extension-granted')
      expect(granted.dueOn).toBe('2015-03-13')
      expect(one.read(granted).text.replaceAll(/\s+/g, ' ')).toContain(
        'Den nye frist er fredag den 13. marts 2015, fordi tallene skal behandles i udvalget den 10. marts',
      )
      expect(one.letters('reminder-1', 'reminder-2')).toEqual([])
      expect(todayInCopenhagen(one.event('DraftMade').meta.at)).toBe('2015-03-14')
    })

    it('an extension refused: Esbjerg asks for 1 May, is told why, and answers within the date given instead', () => {
      const one = of('esbjerg-rk')
      expect(one.event('ExtensionRequested')).toMatchObject({ until: '2015-05-01' })
      expect(one.event('ExtensionDecided')).toMatchObject({ granted: false, dueOn: '2015-03-16' })
      const text = one.read(one.letter('extension-refused')).text.replaceAll(/\s+/g, ' ')
      expect(text).toContain('kan ikke give udsættelse til den 1. maj 2015')
      expect(text).toContain('den samlede afrapportering den 1. september')
      expect(one.letters('reminder-1', 'reminder-2')).toEqual([])
      expect(todayInCopenhagen(one.event('DraftMade').meta.at)).toBe('2015-03-17')
      expect(year().summary.extensions).toBe(2)
    })

    it('two parts: Vesthimmerlands is asked for the two missing lines alone', () => {
      const one = of('vesthimmerlands-rk')
      const text = one.read(one.letter('reminder-1')).text
      const asked = [...text.matchAll(/^([MHF]\w*\d[^:\n]*): ____/gm)].map(([, key]) => key)
      expect(asked).toEqual(['M2', 'H1 udgift'])
      expect(one.letters('reminder-2')).toEqual([])
      const receipts = one.letters('receipt').map((letter) => one.read(letter).text.split('\n')[0])
      expect(receipts[0]).toBe('Tak. Vi mangler to ting:')
      expect(receipts[1]).toBe('Tak, vi har alt, hvad vi skal bruge. I skal ikke gøre mere.')
    })

    it('a bounced contact: Tønder’s deputy gets the request with as many days as the contact had', () => {
      const one = of('toender-pa')
      const request = one.letter('request')
      const next = one.letter('to-deputy')
      expect(request.bounced).toMatchObject([{ permanent: true }])
      expect(request.to[0]).toBe(one.address('contact'))
      expect(one.delivered(request).map(({ mailbox }) => mailbox)).toEqual([one.address('main-mailbox')])
      expect(next.to).toEqual([one.address('deputy')])
      expect(one.read(next).text.replaceAll(/\s+/g, ' ')).toContain(
        'Mailen til Jonas Prøvedal kunne ikke afleveres',
      )
      const days = daysBetween(request.datedOn, request.dueOn ?? '')
      expect(next.dueOn).toBe(addDays(todayInCopenhagen(last('delivery', next.delivered).at), days))
      const answer = one.mailsFrom(one.address('deputy'))[0]
      expect(answer).toMatchObject({ standing: 'counts' })
      expect(one.letters('reminder-1')).toEqual([])
      // From then on the deputy is the one who is written to.
      expect(one.letter('hearing').to[0]).toBe(one.address('deputy'))
    })

    it('the partnership with one silent member: only the member is reminded, only the common target suffers', () => {
      const one = of('broenderslev-m-fl-pa')
      expect(one.letters('request').map(({ order }) => order.party)).toEqual(['810', '813', '825'])
      expect(
        one.letters('reminder-1', 'reminder-2', 'collection-closed').map(({ order }) => order.party),
      ).toEqual(['825', '825', '825'])
      expect(one.state.mails.filter((mail) => mail.party === '825')).toEqual([])
      expect(one.verdicts()).toEqual({ M1: 'not-assessable', M2: 'met', M3: 'met' })
      // A share of a partnership is the sum over the sum.
      const shared = one.final().assessment.targets.find(({ key }) => key === 'M2')
      const given = ['810', '813'].map((code) => one.figures(code))
      const sum = (key: string) => String(given.reduce((all, figures) => all + Number(figures[key]), 0))
      expect(shared).toMatchObject({ numerator: sum('M2 heraf'), denominator: sum('M2 i alt') })
      expect(one.letters('final-assessment').map(({ order }) => order.party)).toEqual(['810', '813', '825'])
    })

    it('a later figure: Rebild is asked in May for the one that exists only then', () => {
      const one = of('rebild-rk')
      expect(one.read(one.letter('request')).text).not.toMatch(/^M3[^:\n]*: ____/m)
      expect(one.letter('later-figure').datedOn).toBe('2015-05-04')
      expect(figure('rebild-rk', '840', 'M3 heraf') ?? figure('rebild-rk', '840', 'M3')).not.toBeNull()
      expect(one.event('HearingAnswerMarked')).toMatchObject({ as: 'courtesy' })
      expect(one.final().comments).toBe('none-received')
    })

    it('a municipality with two agreements: the younger is not asked, is told so once, and gets no figures', () => {
      for (const [younger, older] of [
        ['aabenraa-p15', 'aabenraa-pa'],
        ['kolding-p15', 'kolding-rk'],
      ] as const) {
        const one = of(younger)
        expect(one.state).toMatchObject({ status: 'not-asked', leftOut: 'first-year-next', mails: [] })
        const only = one.letter('first-time-next-year')
        expect(one.state.letters).toEqual([only])
        expect(one.read(only).text.replaceAll(/\s+/g, ' ')).toContain('indberetter første gang for 2015')
        // A token of its own.
        expect(one.read(only).replyTo).not.toBe(of(older).read(of(older).letter('request')).replyTo)
        expect(of(older).final().assessment.targets.length).toBeGreaterThan(0)
      }
      const entries = year().record.run.state.leftOut.map(({ agreement, reason }) => [agreement, reason])
      expect(entries).toEqual([
        ['aabenraa-p15', 'first-year-next'],
        ['kolding-p15', 'first-year-next'],
      ])
      const page = year()
        .archive.get(year().summary.report?.path ?? '')
        .toString()
      const caseNumbers = year()
        .set.agreements.map(({ file }) => file.agreement)
        .filter(({ id }) => id.endsWith('p15'))
      expect(caseNumbers).toHaveLength(2)
      expect(page).toContain('første gang')
    })
  })
}
