import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { complete, compose, jonas, mette, type MailParts } from '../compose-mail.ts'
import { openPostOffice, words, type PostOffice } from '../post-office.ts'

/** What an item of the table takes. */
const mostBytes = 400_000
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

/** The largest open and private part of any commit there is. */
const largestPart = async ({ ports }: PostOffice): Promise<number> => {
  const sizes = await Promise.all(
    (await ports.streams.streams()).map(async (stream) =>
      (await ports.streams.load(stream)).flatMap(({ events }) => [
        bytes(events.map(({ private: _beside, ...open }) => open)),
        bytes(events.map((one) => one.private ?? null)),
      ]),
    ),
  )
  return Math.max(...sizes.flat())
}

const lines = (count: number, line: (nth: number) => string): string =>
  Array.from({ length: count }, (_, nth) => line(nth)).join('\n')
const keys = ['M1 i alt', 'M1 heraf', 'M1 bemærkning', 'M2', 'M2 bemærkning', 'M3 bemærkning', 'FS2 bemærkning', 'H1 bemærkning', 'Formidling', 'Bemærkninger', 'Genforhandling', 'Kontakt', 'Medindberetter', 'Jeres sagsnr.', 'Udsættelse til'] // prettier-ignore

/** Bodies of a size that nobody writes by hand, each in the shape of something that people do write. */
const bodies: Readonly<Record<string, (count: number) => MailParts>> = {
  'keys that nobody asked for': (count) => ({ text: `${complete}\n${lines(count, (nth) => `M${(nth % 90) + 10} række ${nth}: ${nth}`)}` }),
  'unknown numbered keys': (count) => ({ text: `${complete}\n${lines(count, (nth) => `FS${(nth % 90) + 10}: ${nth}`)}` }),
  'misspelt keys': (count) => ({ text: lines(count, (nth) => `M1 ialt${'abcdefghij'[nth % 10]!}: ${nth}`) }),
  'one key again and again': (count) => ({ text: lines(count, (nth) => `M2: ${nth}`) }),
  'keys in the signature': (count) => ({ text: `Mvh\nMette\n${lines(count, (nth) => `FS2: kontor ${nth}`)}` }),
  'a long note under each key': (count) => ({ text: keys.map((key) => `${key}: ${'😀漢字 '.repeat(count)}`).join('\n') }),
  'words without end': (count) => ({ text: lines(count, (nth) => `Vi fik ${nth} nye borgere i projektet, og ${nth + 3} af dem kom i arbejde.`) }),
  'signs that are escaped': (count) => ({ text: `M2 bemærkning: ${'\u0001"\\'.repeat(count)}` }),
  'a table': (count) => ({ html: `<table>${lines(count, (nth) => `<tr><td>M${nth}</td><td>${nth}</td></tr>`)}</table>` }),
  'a subject': (count) => ({ text: complete, subject: 'æ'.repeat(count * 10) }),
  'a thread': (count) => ({ text: complete, references: Array.from({ length: Math.min(count, 900) }, (_, nth) => `<${'x'.repeat(200)}${nth}@x.example>`) }),
  'a name': (count) => ({ text: complete, fromName: 'Mette '.repeat(count) }),
  'files': (count) => ({ text: 'Se vedhæftede', attachments: Array.from({ length: Math.min(count, 60) }, (_, nth) => ({ filename: `${'bilag'.repeat(60)}${nth}.zip`, content: 'x' })) }),
  'a list of tables': (count) => ({ text: 'Se vedhæftede', attachments: [{ filename: 'tal.csv', content: lines(count, (nth) => `M${nth};${nth};${'bemærkning '.repeat(20)}`) }] }),
} // prettier-ignore

describe('no mail is too much for the record', { timeout: 300_000 }, () => {
  test.each(Object.keys(bodies))('MAIL 207: %s: bounded, and answered in few words', async (name) => {
    const office = await openPostOffice()
    for (const from of [mette, jonas]) {
      const { mail, answers, inbox } = await office.reply({ from, ...bodies[name]!(3000) })
      expect(mail ?? inbox).not.toBeNull()
      for (const { message } of answers) expect(words(message).length).toBeLessThan(60_000)
      expect(mail?.doubts.length ?? 0).toBeLessThanOrEqual(71)
    }
    expect(await largestPart(office)).toBeLessThan(mostBytes / 2)
  })
  test('MAIL 207: beside 3,000 lines nobody asked for the figures count, and the answer says how many there were', async () => {
    const office = await openPostOffice()
    const { mail, answers } = await office.reply(bodies['unknown numbered keys']!(3000))
    expect(mail).toMatchObject({ standing: 'counts' })
    expect(await office.figures()).toMatchObject({ M2: '24.5', FS2: '62' })
    expect(mail?.doubts.at(-1)).toEqual({ kind: 'more-unread', key: '' })
    expect(words(answers[0]!.message)).toMatch(/Mailen har [\d.]+ linjer mere, som vi ikke har læst/u)
    expect(await office.ports.archive.get(`mail/${mail!.rawSha256}`)).not.toBeNull()
  })
  test('MAIL 207: a mail of any size, with any sender and any place, leaves every part of every commit small', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            name: fc.constantFrom(...Object.keys(bodies)),
            other: fc.constantFrom(...Object.keys(bodies)),
            count: fc.constantFrom(1, 50, 900, 4000),
            from: fc.constantFrom(
              mette,
              jonas,
              'x@y.example',
              `${'a'.repeat(300)}@svendborg-kommune.example`,
            ),
            dmarc: fc.constantFrom('PASS', 'PASS', 'FAIL'),
            to: fc.constantFrom('case', 'inbox'),
          }),
          { minLength: 2, maxLength: 4 },
        ),
        async (mails) => {
          const office = await openPostOffice()
          for (const { name, other, count, from, dmarc, to } of mails) {
            const parts = { ...bodies[other]!(count), ...bodies[name]!(count), from }
            if (to === 'case') await office.reply(parts, { verdicts: { dmarc } })
            else
              await office.receive(
                await compose({ to: 'svar@svar.ministeriet.example', subject: 'Vores tal', ...parts }),
                { recipients: ['svar@svar.ministeriet.example'], source: from, verdicts: { dmarc } },
              )
          }
          await office.reply({ text: 'OK' })
          expect(await largestPart(office)).toBeLessThan(mostBytes / 2)
        },
      ),
      { numRuns: Number(process.env['ANY_SIZE_RUNS'] ?? 6), endOnFailure: true },
    )
  })
})
