import * as xlsx from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { caseOf, numberOf, only, type PlayedYear } from '../../support/played-year.ts'
import { readMail } from '../../support/year-mails.ts'

/** What a mail is worth, and where in it a figure stands. */
export const mailCases = (year: () => PlayedYear): void => {
  const of = (id: string) => caseOf(year(), id)
  /** The figures of a review's party as numbers, by key. */
  const counted = (id: string, party: string) =>
    Object.fromEntries(
      Object.entries(of(id).state.parties.find((one) => one.municipality === party)?.figures ?? {}).flatMap(
        ([key, figure]) => {
          const number = numberOf(figure.value)
          return number === null ? [] : [[key, number]]
        },
      ),
    )
  const firstLine = (text: string): string => text.split('\n')[0] ?? ''

  describe('mail', () => {
    it('a consultant’s address is held, the contact told, nobody reminded, and released by her OK', () => {
      const one = of('haderslev-rk')
      const held = one.event('MailReceived', (event) => event.standing === 'held')
      expect(held.private?.from).toBe('viggo@integrationsraadgivning.example')
      const notice = one.letter('held-mail-notice')
      expect(notice.to).toEqual([one.address('contact')])
      expect(one.read(notice).text).toContain('viggo@integrationsraadgivning.example')
      const confirmed = one.event('MailConfirmed')
      expect(confirmed.mailKey).toBe(held.mailKey)
      // The due date of 2 March passed meanwhile.
      expect(held.meta.at < '2015-03-02' && confirmed.meta.at > '2015-03-03').toBe(true)
      expect(one.letters('reminder-1', 'reminder-2')).toEqual([])
      expect(counted('haderslev-rk', '510')).toMatchObject({ 'M1 i alt': one.figures('510')['M1 i alt'] })
      expect(year().summary.held).toBe(1)
      expect(one.state.mails.filter((mail) => mail.releasedAt !== null)).toHaveLength(1)
      // One mail, one receipt: the OK's, with the figures it made count.
      const thanks = one.letters('receipt').filter(({ order }) => order.about === confirmed.by)
      expect(one.letters('receipt').some(({ order }) => order.about === held.mailKey)).toBe(false)
      expect(firstLine(one.read(only('receipt', thanks)).text)).toBe(
        'Tak, tallene er bekræftet. I skal ikke gøre mere.',
      )
      expect(one.read(only('receipt', thanks)).text).toMatch(/^Mål 1: \d+ af \d+/mu)
    })

    it('a colleague’s figures are provisional until the contact’s OK', () => {
      const one = of('billund-pa')
      const colleague = one.event('MailReceived', (event) => event.standing === 'provisional')
      expect(colleague.private?.from).toBe('bent.proevelund@billund-kommune.example')
      const [asks, thanks] = one.letters('receipt')
      if (asks === undefined || thanks === undefined) throw new Error('two receipts')
      expect(asks.to).toEqual([one.address('contact')])
      expect(firstLine(one.read(asks).text)).toBe(
        'Tak. Bent Prøvelund har sendt tal. Svar OK for at bekræfte dem.',
      )
      const confirmed = one.event('MailConfirmed')
      expect(confirmed.mailKey).toBe(colleague.mailKey)
      expect(confirmed.meta.at > colleague.meta.at).toBe(true)
      expect(firstLine(one.read(thanks).text)).toBe('Tak, tallene er bekræftet. I skal ikke gøre mere.')
      expect(counted('billund-pa', '530')['M1 i alt']).toBe(one.figures('530')['M1 i alt'])
    })

    it('figures typed into the quotation are read where they stand', () => {
      const one = of('aeroe-pa')
      const answer = one.event('MailReceived', (event) => event.values.length > 2)
      const numbers = answer.values.filter(({ value }) => value.is === 'number')
      expect(numbers).toHaveLength(5)
      for (const { at } of numbers) expect(at).toMatchObject({ part: 'text', segment: 'quoted' })
      expect(counted('aeroe-pa', '492')).toEqual(one.figures('492'))
    })

    it('the workbook is read cell by cell, as it was filled in', async () => {
      const one = of('faaborg-midtfyn-rk')
      const answer = one.event('MailReceived', (event) => event.values.length > 2)
      expect(answer.values.filter(({ at }) => at.part === 'workbook').length).toBeGreaterThanOrEqual(6)
      const raw = await readMail('', '', year().archive.get(`mail/${answer.rawSha256}`))
      const sheet = only(
        'workbook',
        raw.attachments.filter(({ name }) => name.endsWith('.xlsx')),
      )
      const book = xlsx.read(sheet.bytes)
      for (const { key, value, at } of answer.values) {
        if (at.part !== 'workbook' || value.is !== 'number') continue
        expect(Number(book.Sheets[at.sheet]?.[at.cell]?.v), key).toBe(Number(value.value))
      }
      const { 'M1 heraf': ofWhich } = one.figures('430')
      expect(counted('faaborg-midtfyn-rk', '430')['M1 heraf']).toBe(ofWhich)
    })

    it('a wrong number is asked back in words that name it, and the correction counts', () => {
      const one = of('soenderborg-rk')
      const [doubt, thanks] = one.letters('receipt')
      if (doubt === undefined || thanks === undefined) throw new Error('two receipts')
      const text = one.read(doubt).text
      expect(firstLine(text)).toBe('Tak. Vi er i tvivl om ét tal:')
      expect(text).toContain('M1 heraf (184) er større end M1 i alt (88). Er tallene byttet om?')
      const [first, second] = one.events('MailReceived').filter((event) => event.values.length > 0)
      expect(first?.doubts.map(({ kind }) => kind)).toContain('swapped')
      expect(first?.values.map(({ key }) => key)).not.toContain('M1 heraf')
      expect(second?.values.map(({ key }) => key)).toEqual(['M1 i alt', 'M1 heraf'])
      expect(firstLine(one.read(thanks).text)).toContain('vi har alt, hvad vi skal bruge')
      expect(counted('soenderborg-rk', '540')).toEqual(
        Object.fromEntries(Object.entries(one.figures('540')).filter(([, value]) => /^\d+$/.test(value))),
      )
    })

    it('delivered twice is taken once: two raw mails, one answer, one receipt', async () => {
      const one = of('morsoe-pa')
      const answers = one
        .events('MailReceived')
        .filter((event) => event.values.some(({ key }) => key === 'M1 heraf'))
      const answer = only('answer', answers)
      const { messageId } = answer.private ?? { messageId: '' }
      const raws = []
      for (const key of year().archive.keys('mail')) {
        const mail = await readMail('', key, year().archive.get(key))
        if (mail.messageId.includes(messageId.replaceAll(/[<>]/g, ''))) raws.push(key)
      }
      expect(raws).toHaveLength(2)
      expect(one.letters('receipt').filter(({ order }) => order.about === answer.mailKey)).toHaveLength(1)
      expect(year().archive.keys('mail')).toHaveLength(year().summary.letters.received + 1)
    })

    it('an automatic reply is kept and never read as figures, though it quotes the form', async () => {
      const one = of('thisted-pa')
      const away = one.event('MailReceived', (event) => event.standing === 'automatic')
      expect(away.values).toEqual([])
      const raw = await readMail('', '', year().archive.get(`mail/${away.rawSha256}`))
      expect(raw.headers.get('auto-submitted')).toMatch(/^auto-replied/)
      expect(one.letters('receipt').filter(({ order }) => order.about === away.mailKey)).toEqual([])
      const read = one.event('MailReceived', (event) => event.values.some(({ key }) => key === 'M1 heraf'))
      expect(read.standing).toBe('counts')
      for (const { review } of year().record.agreements.values())
        for (const mail of review.state.mails)
          if (mail.standing === 'automatic') expect(mail.values).toEqual([])
    })

    it('the records system’s new mail without our thread counts at the contact’s OK', () => {
      const one = of('kolding-rk')
      const mail = one.event('MailReceived', (event) => event.standing === 'provisional')
      expect(mail.private?.from).toBe(one.address('main-mailbox'))
      expect(mail.answers).toBeNull()
      expect(one.event('MailConfirmed').mailKey).toBe(mail.mailKey)
    })

    it('English is answered in English', () => {
      const one = of('assens-pa')
      const request = one.read(one.letter('request')).text
      expect(request).toContain('Kind regards')
      expect(request).toMatch(/M1 total: ____/)
      expect(one.read(one.letter('receipt')).text).toMatch(/^Thank you/)
    })

    it('no mail shows a hole or a slip of the pen', () => {
      for (const mail of year().mails)
        expect(
          /undefined|null\b|NaN|\[object|,,|\.\. |\$\{/.exec(`${mail.subject}\n${mail.text}`)?.[0],
          mail.subject,
        ).toBeUndefined()
    })

    it('every figure of every final assessment can be followed to the raw mail in the archive', () => {
      for (const { agreement } of year().record.run.state.asked) {
        const one = of(agreement)
        for (const party of one.state.parties)
          for (const figure of Object.values(party.figures)) {
            const mail = one.state.mails.find(({ mailKey }) => mailKey === figure.mailKey)
            expect(mail?.standing).toBe('counts')
            const key = `mail/${mail?.rawSha256}`
            expect(year().archive.sha256(key)).toBe(mail?.rawSha256)
          }
      }
    })
  })
}
