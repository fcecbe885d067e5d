import { describe, expect, test } from 'vitest'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { makeTakeInMail } from '../../../functions/handlers/intake/take-in-mail.ts'
import { makeReconcile } from '../../../functions/handlers/schedules/reconcile.ts'
import { SendUncertain } from '../../../functions/ports/mail.ts'
import { compose, mette, type MailParts } from '../intake/compose-mail.ts'
import { ServiceFault, TooBusy } from '../../../workflows/errors.ts'
import { openPostOffice, words, type PostOffice } from '../intake/post-office.ts'
import { head, raw } from '../intake/raw-mime.ts'

const bare = 'svar@svar.ministeriet.example'
const other = (at: number): string => `<${at}.${'a'.repeat(20)}@elsewhere.example>`
const others = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => other(at))

/** The office's ports, with every request to the register counted. */
const counting = (office: PostOffice) => {
  const asked = { requests: 0 }
  const register = new Proxy(office.ports.register, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        asked.requests += 1
        return Reflect.apply(value, target, given)
      }
    },
  })
  return { asked, ports: { ...office.ports, register } }
}

const received = async (office: PostOffice, lines: readonly string[]) => {
  const { asked, ports } = counting(office)
  const mail = raw([...head, ...lines], 'latin1')
  const outcome = await office.receive(mail, { recipients: [bare], source: mette }, ports)
  return { requests: asked.requests, outcome }
}

describe('MAIL security 24: identifiers without end', () => {
  const thread = (
    office: PostOffice,
    ids: readonly string[],
    separator = ' ',
    more: readonly string[] = [],
  ) => received(office, [`References: ${ids.join(separator)}`, ...more, '', 'M2: 24,5'])

  test('4,000 references cost as much as 20, and ours among the latest is found', async () => {
    const with20 = await openPostOffice()
    const few = await thread(with20, [...others(19), with20.request.messageId])
    const with20k = await openPostOffice()
    const many = await thread(with20k, [...others(4000), with20k.request.messageId])
    expect([few.outcome.mail?.standing, many.outcome.mail?.standing]).toEqual(['counts', 'counts'])
    expect(many.requests).toBe(few.requests)
  })
  test.each([
    ['set apart by commas', ','],
    ['set apart by nothing', ''],
    ['folded over as many lines', '\r\n '],
    ['with words between them', ' (re) x '],
  ])('thousands of references %s', async (_, separator) => {
    const office = await openPostOffice()
    const { requests, outcome } = await thread(office, [...others(4000), office.request.messageId], separator)
    expect(outcome.mail?.standing).toBe('counts')
    expect(requests).toBeLessThan(10)
  })
  test('the nearest reference stands before one further off', async () => {
    const office = await openPostOffice()
    const [ours, odense] = [office.request.messageId, office.odenseRequest.messageId]
    const near = await thread(office, [odense, ...others(5), ours])
    expect(near.outcome.mail?.party).toBe('479')
  })
  test('In-Reply-To stands before the references', async () => {
    const office = await openPostOffice()
    const [ours, odense] = [office.request.messageId, office.odenseRequest.messageId]
    const answered = await thread(office, [...others(5), odense], ' ', [`In-Reply-To: ${ours}`])
    expect(answered.outcome.mail?.party).toBe('479')
  })
  test('an id of ours that thousands follow is no answer to us: a person places the mail', async () => {
    const office = await openPostOffice()
    const { requests, outcome } = await thread(office, [office.request.messageId, ...others(4000)])
    expect(outcome.inbox?.reason).toBe('no-request')
    expect(requests).toBeLessThan(20)
  })
  test('2,000 tokens in the text are several requests, and few of them are looked up', async () => {
    const office = await openPostOffice()
    const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
    const tokens = Array.from({ length: 2000 }, (_, at) => {
      const sign = (power: number): string => alphabet[Math.floor(at / 30 ** power) % 30] ?? '2'
      return `Svarnr. ${sign(0).repeat(4)} ${sign(1).repeat(4)} ${sign(2).repeat(4)} 2222`
    })
    const { requests, outcome } = await received(office, ['', ...tokens, `Svarnr. ${office.request.token}`])
    expect(outcome.mail).toBeNull()
    expect(outcome.inbox).not.toBeNull()
    expect(requests).toBeLessThan(25)
  })
})

describe('MAIL security 25: an address that is to pass for another', () => {
  const [local = '', domain = ''] = mette.split('@')
  const evil = 'x@evil.example'
  const from = async (office: PostOffice, header: string) => {
    const lines = [`From: ${header}`, ...head.filter((line) => !line.startsWith('From:'))]
    const to = [`In-Reply-To: ${office.request.messageId}`, 'Content-Type: text/plain; charset=utf-8', '']
    return office.receive(raw([...lines, ...to, 'M2: 24,5']), { recipients: [bare], source: evil })
  }
  test.each([
    `${mette}\\.evil.example`,
    `<${mette}\\.evil.example>`,
    `<${local}@${domain.replace('-', '%2d')}>`,
    `<${local}@${domain}/evil.example>`,
    `<${local}@${domain}?.evil.example>`,
    `<${local}@${domain}#.evil.example>`,
    `<${local}@${domain}:80>`,
    `<${local}@${domain}.>`,
    `<${local}@${domain}@evil.example>`,
    `<${evil}@${domain}>`,
    `<${local}@${domain.replace('s', '\uFF53')}>`,
    `<${local}@${domain.replace('k', '\u212A')}>`,
    `<${local}@${domain.replace('-', '\u00AD-')}>`,
    `<${local}@${domain.replace('.', '\u3002')}>`,
    `<${local}\u200B@${domain}>`,
    `<${mette}> <${evil}>`,
    `<${evil}> <${mette}>`,
    `<${mette}> ${evil}`,
    `<${mette}>, <${evil}>`,
    `${mette}, ${evil}`,
    `${mette} ${evil}`,
    `${mette}; ${evil}`,
    `${mette} <${evil}>`,
    `Mette ${mette} <${evil}>`,
    `<@evil.example:${mette}>`,
    `<@evil.example,@other.example:${mette}>`,
    `Kommunen: ${mette};`,
    `Kommunen: <${mette}>, <${evil}>;`,
    `"${local}"@${domain}`,
    `<"${local}"@${domain}>`,
    `"x" ${mette}`,
    `<(x)${mette}>`,
    `<${local}@${domain}(.evil.example)>`,
    `${mette} (open`,
    `${mette} (Mette Prøve, \\) ${evil})`,
    `"open <${mette}>`,
    `<${mette}`,
    `${mette}>`,
    `=?utf-8?q?${local}?=@${domain}`,
    `<=?utf-8?q?${local}?=@${domain}>`,
    `=?utf-8?b?${Buffer.from(`<${mette}>`).toString('base64')}?=`,
    `<.${mette}>`,
    `<${local}.@${domain}>`,
    `<${local}@${domain}\t.evil.example>`,
  ])('From: %s is unclear, held and answered to nobody', async (header) => {
    const office = await openPostOffice()
    const { mail, answers } = await from(office, header)
    expect(mail).toMatchObject({ standing: 'held', reason: 'from-unclear', contactId: null })
    expect(answers).toEqual([])
    expect(await office.figures()).not.toHaveProperty('M2')
  })
  test.each([
    `<${mette}>`,
    mette,
    mette.toUpperCase(),
    `Mette Prøve <${mette}>`,
    `Prøve, Mette <${mette}>`,
    `"Prøve, Mette (Integration)" <${mette}>`,
    `"${evil}" <${mette}>`,
    `[Svendborg Kommune] Mette <${mette}>`,
    `'${mette}' <${mette}>`,
    `${mette} <${mette}>`,
    `${mette} (Mette Prøve)`,
    `=?utf-8?q?Pr=C3=B8ve=2C_Mette?= <${mette}> (Svendborg)`,
    `Mette Prøve\r\n <${mette}>`,
  ])('From: %s is the contact', async (header) => {
    const office = await openPostOffice()
    const { mail } = await from(office, header)
    expect(mail).toMatchObject({ standing: 'counts', contactId: 'svendborg-mette-proeve' })
  })
  test.each([
    `${local}@${domain}\\.evil.example`,
    `jonas.proeve@${domain.replace('-', '%2d')}`,
    `jonas.proeve@${domain}/evil.example`,
    `jonas.proeve@${domain}?.evil.example`,
    `jonas.proeve@${domain}.evil.example`,
  ])('a helper %s is not of the own domain', async (address) => {
    const office = await openPostOffice()
    const { answers } = await office.reply({ text: `Medindberetter: ${address}` })
    expect(answers.map(({ message }) => words(message)).join()).not.toContain('kan nu indberette for jer')
    const contacts = await office.ports.contacts.of(agreementIdSchema.parse('svendborg-rk'))
    expect(contacts.filter(({ id }) => id.startsWith('helper-'))).toEqual([])
  })
})

describe('MAIL security 26: case numbers from nobody', () => {
  const stranger = 'x@evil.example'
  const numbers = Array.from({ length: 1000 }, (_, at) => `2015-${String(at).padStart(4, '0')}`)
  const held = async (office: PostOffice): Promise<number> => {
    const states = await Promise.all(Object.values(office.streams).map((stream) => office.state(stream)))
    return states.filter(({ unplaced }) => unplaced.some(({ decidedAt }) => decidedAt === null)).length
  }
  const send = async (office: PostOffice, verdicts: Record<string, string>, parts: MailParts = {}) =>
    office.receive(await compose({ from: stranger, to: bare, text: numbers.join('\n'), ...parts }), {
      source: stranger,
      recipients: [bare],
      verdicts,
    })
  test.each([
    ['DMARC FAIL', { dmarc: 'FAIL' }],
    ['no policy', { dmarc: 'GRAY' }],
    ['spam', { spam: 'FAIL', dmarc: 'FAIL' }],
    ['spam, authenticated', { spam: 'FAIL' }],
    ['a virus, authenticated', { virus: 'FAIL' }],
    ['a verdict that is missing', { dmarc: 'PROCESSING_FAILED' }],
  ] as [string, Record<string, string>][])('from a stranger with %s hold nothing', async (_, verdicts) => {
    const office = await openPostOffice()
    const { inbox: kept, answers } = await send(office, verdicts)
    expect(kept).toMatchObject({ reason: 'no-request', likely: [] })
    expect(answers).toEqual([])
    expect(await held(office)).toBe(0)
    await office.until('2015-03-03')
    const { letters } = await office.state()
    expect(letters.map(({ order }) => order.kind)).toContain('reminder-1')
  })
  test.each([
    ['an authenticated stranger', {}, stranger],
    ['a registered address that is not authenticated', { dmarc: 'FAIL' }, mette],
    ['a contact', {}, mette],
  ] as [string, Record<string, string>, string][])(
    'from %s hold two cases at most',
    async (_, verdicts, by) => {
      const office = await openPostOffice()
      await send(office, verdicts, { from: by })
      expect(await held(office)).toBeLessThanOrEqual(2)
      expect((await office.inbox())[0]?.homes.length).toBeLessThanOrEqual(2)
    },
  )
  test.each([{ spam: 'FAIL' }, { virus: 'FAIL' }] as Record<string, string>[])(
    'with tokens of several requests and %o hold nothing',
    async (verdicts) => {
      const office = await openPostOffice()
      const tokens = [office.request, office.otherRequest, office.odenseRequest].map(({ token }) => token)
      await send(office, verdicts, { text: tokens.map((token) => `Svarnr. ${token}`).join('\n') })
      expect(await held(office)).toBe(0)
    },
  )
  test('with one token and the number of another case, after a failed scan, hold nothing', async () => {
    const office = await openPostOffice()
    const text = `Svarnr. ${office.request.token}\nSagsnr. 2015-0480`
    const { inbox: kept } = await send(office, { spam: 'FAIL' }, { text })
    expect(kept?.reason).toBe('other-case')
    expect(await held(office)).toBe(0)
  })
})

describe('MAIL security 29: an absence note that is not theirs', () => {
  const note = {
    subject: 'Automatisk svar: Fravær',
    text: 'Jeg er på ferie til og med 31. marts 2015.',
    headers: { 'Auto-Submitted': 'auto-replied' },
  }
  test.each([
    [{ dmarc: 'FAIL' }, null],
    [{ dmarc: 'GRAY' }, null],
    [{ dmarc: 'PROCESSING_FAILED' }, null],
    [{ spam: 'FAIL' }, null],
    [{ virus: 'FAIL' }, null],
    [{}, '2015-03-31'],
  ] as [Record<string, string>, string | null][])(
    'with %o is taken for an absence until %s',
    async (verdicts, until) => {
      const office = await openPostOffice()
      const { mail } = await office.reply(note, { verdicts })
      expect(mail).toMatchObject({ standing: 'automatic', reason: 'absence', absentUntil: until })
    },
  )
})

describe('MAIL security 31: a mail that no reader finishes', () => {
  const never = new Error('the time is up')
  const stuck = (office: PostOffice) => ({
    ...office.ports,
    // The whole mail is never finished; its header is.
    mime: {
      parse: async (bytes: Uint8Array) => {
        if (Buffer.from(bytes).includes('STUCK')) throw never
        return office.ports.mime.parse(bytes)
      },
    },
  })
  const land = async (office: PostOffice, parts: MailParts = {}) => {
    const given = {
      to: office.request.address,
      inReplyTo: office.request.messageId,
      text: 'STUCK\nM2: 24,5',
      ...parts,
    }
    const mail = await compose(given)
    office.ports.landing.land('stuck', mail)
    return office.received('stuck', { recipients: [given.to], source: mette })
  }
  const inbox = async (office: PostOffice) =>
    (await office.inbox()).map(({ reason, homes }) => ({ reason, homes }))
  test('is held at the last try, its case waits, and nobody is answered', async () => {
    const office = await openPostOffice()
    const landed = await land(office)
    const sent = office.ports.mail.sent.length
    await makeTakeInMail(stuck(office))(landed, true)
    expect(await inbox(office)).toMatchObject([
      { reason: 'unreadable', homes: [{ stream: office.streams.svendborg, because: 'token' }] },
    ])
    expect((await office.state()).unplaced).toMatchObject([{ decidedAt: null }])
    expect(office.ports.mail.sent.length).toBe(sent)
    await office.until('2015-03-03')
    expect((await office.state()).letters.map(({ order }) => order.kind)).not.toContain('reminder-1')
  })
  test('is held once, however often it is handed in', async () => {
    const office = await openPostOffice()
    const landed = await land(office)
    for (let time = 0; time < 3; time += 1) await makeTakeInMail(stuck(office))(landed, true)
    expect(await inbox(office)).toHaveLength(1)
  })
  test('that names no case is held without one', async () => {
    const office = await openPostOffice()
    const landed = await land(office, { to: bare, inReplyTo: '<x@y.example>', from: 'x@evil.example' })
    await makeTakeInMail(stuck(office))(landed, true)
    expect(await inbox(office)).toEqual([{ reason: 'unreadable', homes: [] }])
  })
  test('that was on the record before its acts failed is not held a second time', async () => {
    const office = await openPostOffice()
    const landed = await land(office, { text: 'M2: 24,5' })
    await makeTakeInMail(office.ports)(landed)
    const commits = (await office.ports.streams.load(office.streams.svendborg)).length
    await makeTakeInMail(office.ports)(landed, true)
    expect(await inbox(office)).toEqual([])
    expect((await office.ports.streams.load(office.streams.svendborg)).length).toBe(commits)
  })
  test('in the inbox before its acts failed is not held a second time', async () => {
    const office = await openPostOffice()
    const landed = await land(office, { text: 'M2: 24,5', to: bare, inReplyTo: '<x@y.example>' })
    await makeTakeInMail(office.ports)(landed)
    await makeTakeInMail(office.ports)(landed, true)
    expect((await inbox(office)).map(({ reason }) => reason)).toEqual(['no-request'])
  })
  test('whose header no reader finishes either is held without a case', async () => {
    const office = await openPostOffice()
    const landed = await land(office)
    const fallen = stuck(office)
    const parse = async (): Promise<never> => {
      throw new TypeError('a fault of ours')
    }
    await makeTakeInMail({ ...fallen, mime: { ...fallen.mime, parse } })(landed, true)
    expect(await inbox(office)).toEqual([{ reason: 'unreadable', homes: [] }])
  })
  test('is held at the last try while others write all the time', async () => {
    const office = await openPostOffice()
    const landed = await land(office)
    let left = 90
    const { streams } = office.ports
    const busy = {
      ...stuck(office),
      streams: {
        ...streams,
        append: async (...[to, commit]: Parameters<typeof streams.append>) => {
          left -= 1
          return left > 0 ? ({ outcome: 'taken' } as const) : streams.append(to, commit)
        },
      },
    }
    await makeTakeInMail(busy)(landed, true)
    expect(await inbox(office)).toMatchObject([{ reason: 'unreadable' }])
    expect((await office.state()).unplaced).toMatchObject([{ decidedAt: null }])
  })
  test.each([
    ['a service fails', new ServiceFault('AWS: TimeoutError')],
    ['others write all the while', new TooBusy('too many')],
  ])('is handed in again where %s before it is on the record: no note stands for it', async (_how, fault) => {
    const office = await openPostOffice()
    const landed = await land(office, { text: 'M2: 24,5' })
    const { streams } = office.ports
    const append = async (): Promise<never> => {
      throw fault
    }
    const failing = { ...office.ports, streams: { ...streams, append } }
    await expect(makeTakeInMail(failing)(landed)).rejects.toBe(fault)
    expect(await office.ports.outbox.list()).toEqual([])
    await makeTakeInMail(office.ports)(landed)
    expect((await office.state()).mails).toMatchObject([{ standing: 'counts' }])
  })
  test('whose answer may have gone is no dead letter: reconcile looks for it', async () => {
    const office = await openPostOffice()
    const landed = await land(office, { text: 'M2: 24,5' })
    const send = async (): Promise<never> => {
      throw new SendUncertain('no answer came')
    }
    await makeTakeInMail({ ...office.ports, mail: { ...office.ports.mail, send } })(landed)
    const [mail] = (await office.state()).mails
    expect(await office.ports.outbox.list()).toMatchObject([
      { commandId: `mail/${mail?.mailKey}`, stream: office.streams.svendborg },
    ])
    office.ports.clock.set(office.at('2015-02-24', '18:00'))
    await makeReconcile(office.ports)({ sweep: false })
    expect((await office.state()).letters.map(({ order }) => order.kind)).toContain('receipt')
    expect(await office.ports.outbox.list()).toEqual([])
  })
})
