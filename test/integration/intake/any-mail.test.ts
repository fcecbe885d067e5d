import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { digest } from '../../../functions/adapters/signing.ts'
import { makeTakeInMail } from '../../../functions/handlers/intake/take-in-mail.ts'
import { replyDomains } from '../../../functions/domain/directory/directory.ts'
import { anyMail, type AnyMail } from './any-mail.ts'
import { complete, mette } from './compose-mail.ts'
import { agreementFiles } from './office-records.ts'
import { olderFigures, replyOf } from './reply-generator.ts'
import { combinations, recipe } from './reply-recipes.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'

/**
 * Any mail at all through the whole intake: parser, identification, sender, reading, record, answer. A few mails an
 * office, so that no budget of answers hides what would be answered.
 */
const mailsAnOffice = 6
const runs = { numRuns: Number(process.env['ANY_MAIL_RUNS'] ?? 10), endOnFailure: true }

const registered = new Set(
  agreementFiles.flatMap(({ contacts }) => contacts.map(({ email }) => email.toLowerCase())),
)

/** Every mail that is on the record anywhere, by the hash of its bytes. */
const recorded = async (office: PostOffice): Promise<readonly string[]> => {
  const { svendborg, other, odense } = office.streams
  const states = await Promise.all([svendborg, other, odense].map((stream) => office.state(stream)))
  return [...states.flatMap(({ mails }) => mails), ...(await office.inbox())].map(
    ({ rawSha256 }) => rawSha256,
  )
}

/** One of our own, come back: archived and dropped silently (MAIL 22). */
const isOurs = async (office: PostOffice, raw: Uint8Array): Promise<boolean> => {
  const own = replyDomains(await office.ports.directory.read())
  const message = await office.ports.mime.parse(raw).catch(() => null)
  const [from, ...more] = message?.from ?? []
  return more.length === 0 && own.some((domain) => from?.address.endsWith(`@${domain}`) === true)
}

const sentSince = (office: PostOffice, count: number): readonly (readonly string[])[] =>
  office.ports.mail.sent.slice(count).map(({ to }) => to.map((one) => one.toLowerCase()))

/** Takes the mails of one office in, one after another, and looks at each. */
const eachMail = (
  look: (office: PostOffice, mail: AnyMail, take: () => ReturnType<PostOffice['receive']>) => Promise<void>,
) =>
  fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      const office = await openPostOffice()
      // One builder an office: given the office itself, fast-check would compare it at every draw.
      const mails = () => anyMail(office)
      for (let nth = 0; nth < mailsAnOffice; nth += 1) {
        const mail = await draw(mails)
        await look(office, mail, () => office.receive(mail.raw, mail.envelope))
      }
    }),
    runs,
  )

describe('any bytes at all, with any verdicts', { timeout: 300_000 }, () => {
  it('never crash the intake and never lose a mail: archived as they came, and on the record', async () => {
    await eachMail(async (office, { raw }, take) => {
      const before = await recorded(office)
      await take()
      const sha256 = digest(raw)
      expect(await office.ports.archive.get(`mail/${sha256}`)).toEqual(new Uint8Array(raw))
      const after = await recorded(office)
      // One home and no two; what was taken in before, or is our own, has no second.
      const added = after.slice().sort().length - before.length
      const known = before.length > 0 && added === 0
      if (await isOurs(office, raw)) expect(added).toBeLessThanOrEqual(1)
      else expect([sha256, added === 1 || known]).toEqual([sha256, true])
      if (added === 1) expect(after.filter((one) => !before.includes(one))).toEqual([sha256])
    })
  })

  it('never produce an answer to an unauthenticated sender, but the one neutral notice to a registered address', async () => {
    await eachMail(async (office, { raw, envelope }, take) => {
      const { verdicts = {} } = envelope
      const { answers } = await take()
      const failed =
        (verdicts.dmarc ?? 'PASS') !== 'PASS' ||
        (verdicts.virus ?? 'PASS') !== 'PASS' ||
        verdicts.spam === 'FAIL'
      for (const { to } of answers) expect(to.filter((one) => !registered.has(one.toLowerCase()))).toEqual([])
      // Asked whose it is, a contact is told of a mail that is not hers; the address it bears gets no more.
      const from = (await office.ports.mime.parse(raw).catch(() => null))?.from[0]?.address ?? ''
      for (const { kind, to } of failed ? answers : [])
        expect(to.includes(from) ? ['neutral-notice'] : ['neutral-notice', 'held-mail-notice']).toContain(
          kind,
        )
      if (verdicts.virus === 'FAIL' || verdicts.spam === 'FAIL') expect(answers).toEqual([])
      expect(answers.length).toBeLessThanOrEqual(1)
    })
  })

  it('never change a figure unless the receiving system vouches for a registered sender', async () => {
    await eachMail(async (office, { envelope }, take) => {
      const before = JSON.stringify(await office.figures())
      const { mail } = await take()
      const isOther = JSON.stringify(await office.figures()) !== before
      const { dmarc = 'PASS', virus = 'PASS' } = envelope.verdicts ?? {}
      const isVouchedFor = dmarc === 'PASS' && virus === 'PASS'
      const isTheirs = mail?.standing === 'counts' && registered.has(mail.details?.from ?? '')
      expect([isOther, !isOther || (isVouchedFor && isTheirs)]).toEqual([isOther, true])
    })
  })

  it('handed in again, say nothing and change nothing', async () => {
    await eachMail(async (office, { raw, envelope }, take) => {
      await take()
      const [before, sent] = [await recorded(office), office.ports.mail.sent.length]
      const key = `again-${digest(raw).slice(0, 12)}`
      office.ports.landing.land(key, raw)
      const received = office.received(key, envelope)
      await makeTakeInMail(office.ports)({
        ...received,
        mail: { ...received.mail, timestamp: received.mail.timestamp },
      })
      expect(await recorded(office)).toEqual(before)
      expect(sentSince(office, sent)).toEqual([])
    })
  })
})

describe('generated replies through the whole intake', { timeout: 300_000 }, () => {
  let office: PostOffice
  beforeEach(async () => {
    office = await openPostOffice()
    await office.reply({ text: olderFigures })
  })

  it.each([0, 1, 2, 3])('count as they were entered and nothing else does, part %i', async (part) => {
    const wrong: unknown[] = []
    for (let nth = part; nth < 80; nth += 4) {
      const asked = recipe((nth * 4_441) % combinations)
      const { raw, expected } = await replyOf(asked, office.request.text)
      const { mail } = await office.receive(raw, { source: mette })
      const found = Object.fromEntries(
        (mail?.values ?? []).map(({ key, value }) => [key, 'value' in value ? value.value : value.is]),
      )
      if (!isDeepStrictEqual(found, expected) || mail?.standing !== 'counts' || mail.doubts.length > 0)
        wrong.push({ asked, expected, found, standing: mail?.standing, doubts: mail?.doubts })
    }
    expect(wrong).toEqual([])
  })

  it('unauthenticated they count for nothing and are answered by nobody but the neutral notice', async () => {
    await office.reply({ text: complete })
    const figures = await office.figures()
    const kinds = new Set<string>()
    for (let nth = 0; nth < 20; nth += 1) {
      const { raw } = await replyOf(recipe(nth * 977), office.request.text)
      const { mail, answers } = await office.receive(raw, { source: mette, verdicts: { dmarc: 'FAIL' } })
      expect(mail?.standing).toBe('held')
      for (const { kind, to } of answers) {
        kinds.add(kind)
        expect(to).toEqual([mette])
      }
    }
    expect([...kinds]).toEqual(['neutral-notice'])
    expect(await office.figures()).toEqual(figures)
  })
})
