import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readXlsx } from 'hucre'
import PostalMime, { type Email } from 'postal-mime'
import { expect, onTestFinished, test } from 'vitest'
import { directory, files, letter, openGround, svar, type Ground } from './ground.ts'

const agreementOf = (id: string) => files.find(({ agreement }) => agreement.id === id)!
const contactOf = (id: string): string =>
  agreementOf(id).contacts.find(({ role }) => role === 'contact')!.email
const caseOf = (id: string): string => agreementOf(id).agreement.caseNumber
const parsed = (received: Ground['received']): Promise<Email[]> =>
  Promise.all(received.map(({ raw }) => PostalMime.parse(raw)))

async function start(options: Parameters<typeof openGround>[0] = {}): Promise<Ground> {
  const ground = await openGround(options)
  onTestFinished(() => ground.close().catch(() => undefined))
  return ground
}

test('a contact answers at her time, with her figures, and the letter is then read', async () => {
  const { moveTo, maildirs, received } = await start()
  const address = contactOf('svendborg-rk')
  maildirs.deliver(address, '1-request', await letter({ to: address, caseNumber: caseOf('svendborg-rk') }))
  await moveTo('2015-02-23')
  expect(received).toHaveLength(0)
  expect(maildirs.list(address).map(({ seen }) => seen)).toEqual([false])
  await moveTo('2015-02-25')
  const [mail] = await parsed(received)
  expect(new Date(received[0]!.atMs).toISOString()).toBe('2015-02-24T13:07:00.000Z')
  expect(mail?.from?.address).toBe(address)
  expect(mail?.to?.[0]?.address).toBe(svar)
  expect(mail?.text).toContain('M1 i alt 134 personer')
  expect(mail?.inReplyTo).toBe(`<request-${caseOf('svendborg-rk')}@eu-west-1.amazonses.com>`)
  expect(maildirs.list(address).map(({ seen }) => seen)).toEqual([true])
})

test('a player killed before its answer was accepted sends the same message after a restart, and none after', async () => {
  let broken = true
  const first = await start({ broken: () => broken })
  const address = contactOf('faaborg-midtfyn-rk')
  first.maildirs.deliver(
    address,
    '1-request',
    await letter({ to: address, caseNumber: caseOf('faaborg-midtfyn-rk') }),
  )
  void first.clock.moveTo('2015-03-01T12:00:00Z').catch(() => undefined)
  while (first.troubles.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  await first.stop()
  expect(first.maildirs.list(address)[0]?.seen).toBe(false)

  broken = false
  const second = await start({ root: first.root })
  await second.moveTo('2015-03-02')
  expect(second.received).toHaveLength(1)
  const [mail] = await parsed(second.received)
  const outbox = readdirSync(join(first.root, 'players'))
  expect(outbox).toHaveLength(1)
  expect(mail?.messageId).toContain(outbox[0]!.replace('.json', ''))
  const filled = await readXlsx(new Uint8Array(mail!.attachments[0]!.content as ArrayBuffer))
  expect(filled.sheets[0]?.rows[4]?.[2]).toBe(
    Number(directory.figuresOf('faaborg-midtfyn-rk', '430')['M1 i alt']),
  )
  expect(filled.sheets[0]?.rows[5]?.[2]).toBe('ja, 14. november 2014')
  await second.stop()

  const third = await start({ root: first.root })
  await third.moveTo('2015-03-05')
  expect(third.received).toHaveLength(0)
})

test('one message delivered twice is the same message, and an absence note comes without an envelope sender', async () => {
  const { moveTo, maildirs, received } = await start()
  for (const id of ['morsoe-pa', 'thisted-pa'])
    maildirs.deliver(contactOf(id), '1-request', await letter({ to: contactOf(id), caseNumber: caseOf(id) }))
  await moveTo('2015-02-28')
  const mails = await parsed(received)
  const twice = received.filter((_, nth) => mails[nth]?.from?.address === contactOf('morsoe-pa'))
  expect(twice).toHaveLength(2)
  const withoutTrace = (raw: Buffer): string => raw.toString('latin1').replace(/^[\s\S]*?(?=From:)/, '')
  expect(withoutTrace(twice[0]!.raw)).toBe(withoutTrace(twice[1]!.raw))
  const note = mails.find(({ subject }) => subject?.startsWith('Automatisk svar:'))
  expect(note?.headers.find(({ key }) => key === 'return-path')?.value).toBe('<>')
  expect(note?.text).toContain('M1 i alt: ____ personer')
})

test('a copy is put aside, and a municipality that a person plays is left alone and waited for', async () => {
  const { moveTo, maildirs, received, players } = await start({ except: ['479'] })
  const address = contactOf('svendborg-rk')
  maildirs.deliver(address, '1-request', await letter({ to: address, caseNumber: caseOf('svendborg-rk') }))
  maildirs.deliver(
    'post@middelfart-kommune.example',
    '1-copy',
    await letter({ to: contactOf('middelfart-rk'), caseNumber: caseOf('middelfart-rk') }),
  )
  await moveTo('2015-03-02')
  expect(received).toHaveLength(0)
  expect(maildirs.list(address)[0]?.seen).toBe(false)
  expect(maildirs.list('post@middelfart-kommune.example')[0]?.seen).toBe(true)
  expect(await players.waitsFor('479')).toMatchObject([{ address, kind: 'request', seen: false }])
  maildirs.deliver(
    address,
    '2-receipt',
    await letter({
      to: address,
      caseNumber: caseOf('svendborg-rk'),
      subject: 'SV: Resultatkontrakt: indberetning for 2014',
      text: 'Tak, vi har alt, hvad vi skal bruge. I skal ikke gøre mere.',
    }),
  )
  expect(await players.waitsFor('479')).toEqual([])
})
