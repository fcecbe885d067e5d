import { readFileSync } from 'node:fs'
import PostalMime, { type Email } from 'postal-mime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSampleSet } from '../../../infra/local/sample/read-set.ts'
import { letter, openGround, type Ground } from './ground.ts'

const read = readSampleSet(`${import.meta.dirname}/../../../infra/local/sample/set`)
if (!read.ok) throw new Error('The sample set has errors')
const { agreements, bounces } = read.loaded
const older = agreements
  .map(({ file }) => file)
  .filter(({ agreement }) => agreement.kind !== 'partnerskab-2015')
const members = older.flatMap((file) =>
  file.agreement.parties.map(({ municipality }) => ({ file, municipality })),
)

/**
 * The season of the run for 2014 with a ministry that only writes: who has answered by which day. Answers to the
 * ministry's answers (receipts, extensions) are left to the whole run.
 */
describe('the collection as it is played', () => {
  let ground: Ground
  let mails: Email[]
  const bouncing = new Set(bounces.map(({ address }) => address))
  const addressOf = ({ file, municipality }: (typeof members)[number]): string => {
    const at = (role: string) =>
      file.contacts.find((one) => one.municipality === municipality && one.role === role)!.email
    return bouncing.has(at('contact')) ? at('deputy') : at('contact')
  }
  const write = async (
    id: string,
    on: string,
    subject: string,
    to: readonly (typeof members)[number][],
  ): Promise<void> => {
    await ground.moveTo(on)
    for (const member of to) {
      const address = addressOf(member)
      const { caseNumber } = member.file.agreement
      ground.maildirs.deliver(
        address,
        id,
        await letter({
          to: address,
          caseNumber,
          subject,
          dated: `${on}T08:00:00Z`,
          id: `${id}-${member.municipality}`,
        }),
      )
    }
  }
  /** Municipalities whose figures have come before a day, by the domain they wrote from. */
  const answeredBefore = (on: string): Set<string> =>
    new Set(
      ground.received.flatMap(({ atMs }, nth) => {
        const from = mails[nth]?.from?.address ?? ''
        const text = mails[nth]?.text ?? ''
        const file = (mails[nth]?.attachments.length ?? 0) > 0
        const figures =
          file || /^[> ]*(?:M1|M2|M3)[^:_\n]*[:=]? (?!_)\S/m.test(text.split(/^(?:Fra:|_{10})/m)[0] ?? '')
        const automatic = mails[nth]?.subject?.startsWith('Automatisk svar') ?? false
        const writer = from.endsWith('integrationsraadgivning.example')
          ? 'haderslev-kommune.example'
          : from.split('@')[1]!
        return atMs < Date.parse(`${on}T00:00:00+01:00`) && figures && !automatic ? [writer] : []
      }),
    )
  const silentBefore = (on: string): string[] => {
    const answered = answeredBefore(on)
    return members
      .filter((one) => !answered.has(addressOf(one).split('@')[1]!))
      .map(({ municipality }) => municipality)
  }
  const missing = async (on: string): Promise<(typeof members)[number][]> => {
    mails = await Promise.all(ground.received.map(({ raw }) => PostalMime.parse(raw)))
    const silent = silentBefore(on)
    return members.filter(({ municipality }) => silent.includes(municipality))
  }

  beforeAll(async () => {
    ground = await openGround()
    await write(
      '1-request',
      '2015-01-15',
      'Resultatkontrakt: indberetning for 2014, frist 2. marts 2015',
      members,
    )
    await ground.moveTo('2015-02-16')
    await write(
      '2-notice',
      '2015-02-16',
      'Resultatkontrakt: indberetning for 2014, frist om to uger, 2. marts 2015',
      await missing('2015-02-16'),
    )
    await ground.moveTo('2015-03-03')
    await write(
      '3-reminder',
      '2015-03-03',
      'Resultatkontrakt: påmindelse om indberetning for 2014, ny frist 17. marts 2015',
      await missing('2015-03-03'),
    )
    await ground.moveTo('2015-03-18')
    await write(
      '4-reminder',
      '2015-03-18',
      'Resultatkontrakt: sidste påmindelse, indberetning for 2014, frist 25. marts 2015',
      await missing('2015-03-18'),
    )
    await ground.moveTo('2015-03-26')
    await missing('2015-03-26')
  }, 60_000)
  afterAll(() => ground.close())

  test('most have answered by the due date: all but the late, the silent and those who asked for time', () => {
    expect(silentBefore('2015-03-03').sort()).toEqual(['440', '450', '480', '482', '561', '575', '825'])
  })

  test('one answers the first reminder', () => {
    expect(silentBefore('2015-03-18')).not.toContain('440')
  })

  test('two answer only after the last reminder, before its date is over', () => {
    expect(silentBefore('2015-03-18')).toEqual(expect.arrayContaining(['480', '575']))
    expect(silentBefore('2015-03-26').sort()).toEqual(expect.arrayContaining(['482', '825']))
    expect(silentBefore('2015-03-26')).not.toContain('480')
    expect(silentBefore('2015-03-26')).not.toContain('575')
  })

  test('a bounced contact’s deputy answers under her own name', () => {
    const deputy = older
      .find(({ agreement }) => agreement.id === 'toender-pa')!
      .contacts.find(({ role }) => role === 'deputy')!
    expect(
      mails.some(({ from, text }) => from?.address === deputy.email && text?.includes(deputy.name)),
    ).toBe(true)
  })

  test('all shapes of real mail programs occur', () => {
    const shapes = [
      mails.some(({ text }) => /^_{10,}$/m.test(text ?? '')),
      mails.some(({ html }) => html?.includes('gmail_quote')),
      mails.some(({ html }) => html?.includes('divRplyFwdMsg')),
      mails.some(({ text }) => text?.includes('Sendt fra min iPhone')),
      mails.some(({ subject }) => subject?.startsWith('Svar på jeres henvendelse')),
      mails.some(({ text }) => /^> M1 i alt: \d+ personer$/m.test(text ?? '')),
      mails.some(({ inReplyTo }) => inReplyTo === undefined),
    ]
    expect(shapes).toEqual(shapes.map(() => true))
  })

  test('no message is sent twice but the one that shall be', () => {
    const ids = mails.map(({ messageId }) => messageId)
    const twice = mails
      .filter(({ messageId }, nth) => ids.indexOf(messageId) < nth)
      .map(({ from }) => from?.address)
    expect(twice).toEqual([
      older
        .find(({ agreement }) => agreement.id === 'morsoe-pa')!
        .contacts.find(({ role }) => role === 'contact')!.email,
    ])
  })
})

test('the set’s copies of the public data name their sources', () => {
  for (const name of ['refugee-quotas-2015', 'municipalities'])
    expect(
      JSON.parse(
        readFileSync(`${import.meta.dirname}/../../../infra/local/sample/data/${name}.json`, 'utf8'),
      ),
    ).toHaveProperty('_about')
})
