import { describe, expect, test } from 'vitest'
import type { ParsedMessage } from '../../../functions/intake/message.ts'
import type { Verdicts } from '../../../functions/intake/sender.ts'
import { canonicalAddress } from '../../../functions/intake/mailbox.ts'
import { classifySender } from '../../../functions/intake/sender.ts'
import { contact, message } from './mail.ts'

const contacts = [
  contact({}),
  contact({ id: 'post', role: 'main-mailbox', email: 'post@svendborg-kommune.example' }),
  contact({ id: 'helper', role: 'co-reporter', email: 'jonas.proeve@svendborg-kommune.example' }),
  contact({ id: 'old', role: 'deputy', email: 'tidligere@svendborg-kommune.example', validTo: '2014-12-31' }),
  contact({ id: 'private', role: 'deputy', email: 'mette@gmail.com' }),
]
const pass: Verdicts = { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS', spam: 'PASS', virus: 'PASS' }
const classify = (
  address: string,
  more: { verdicts?: Partial<Verdicts>; matched?: boolean; message?: Partial<ParsedMessage> } = {},
) =>
  classifySender({
    message: message({ from: [{ name: '', address }], ...more.message }),
    verdicts: { ...pass, ...more.verdicts },
    contacts,
    on: '2015-02-24',
    matched: more.matched ?? true,
    ownDomains: ['svar.ministeriet.example', 'svar.nytministerium.example'],
  })

describe('who sent it', () => {
  test('MAIL 1: a registered contact with DMARC PASS', () => {
    expect(classify('Mette.Proeve@Svendborg-Kommune.example')).toMatchObject({
      is: 'contact',
      contact: { id: 'mette' },
    })
    expect(classify('post@svendborg-kommune.example')).toMatchObject({ is: 'main-mailbox' })
    expect(classify('jonas.proeve@svendborg-kommune.example')).toMatchObject({ is: 'co-reporter' })
  })
  test.each([
    ['13', { dmarc: 'FAIL' }, 'not-authenticated'],
    ['14, 135', { dmarc: 'GRAY' }, 'no-policy'],
    ['15', { dmarc: 'PROCESSING_FAILED' }, 'verdict-missing'],
    ['security 19', { virus: 'FAIL' }, 'virus'],
    ['security 19', { virus: 'PROCESSING_FAILED' }, 'virus'],
    ['security', { spam: 'FAIL' }, 'spam'],
  ] as const)('MAIL %s: %o is held', (_, verdicts, reason) => {
    expect(classify('mette.proeve@svendborg-kommune.example', { verdicts })).toMatchObject({
      is: 'held',
      reason,
    })
  })
  test('a held mail says whose address it bears, for the neutral notice', () => {
    expect(classify('mette.proeve@svendborg-kommune.example', { verdicts: { dmarc: 'FAIL' } })).toMatchObject(
      { claims: { id: 'mette' } },
    )
    expect(classify('mette@elsewhere.example', { verdicts: { dmarc: 'FAIL' } })).toMatchObject({
      claims: null,
    })
  })
  test('MAIL 16, 123: a colleague of the own domain, only when matched', () => {
    expect(classify('integration@svendborg-kommune.example')).toEqual({
      is: 'colleague',
      address: 'integration@svendborg-kommune.example',
      municipality: '479',
    })
    expect(classify('integration@svendborg-kommune.example', { matched: false })).toMatchObject({
      is: 'held',
      reason: 'colleague-unmatched',
    })
    expect(classify('tidligere@svendborg-kommune.example')).toMatchObject({ is: 'colleague' })
  })
  test.each([
    ['17', 'anna@gmail.com'],
    ['18', 'konsulent@raadgiver.example'],
    ['123', 'mette.proeve@svendborg.example'],
    ['123', 'x@mail.svendborg-kommune.example'],
    ['25', 'mette.proeve@svendb\u03BFrg-kommune.example'],
  ])('MAIL %s: %s is held', (_, address) => {
    expect(classify(address)).toMatchObject({ is: 'held', reason: 'unknown-address' })
  })
  test('MAIL 19, 20, 24: Sender, Reply-To and verdicts in the mail change nothing', () => {
    const [name, address, mette] = ['Mette', 'x@elsewhere.example', 'mette.proeve@svendborg-kommune.example']
    const headers = new Map([['authentication-results', ['ses; dmarc=pass']], ['x-ses-spam-verdict', ['PASS']], ['reply-to', [mette]]]) // prettier-ignore
    const forged = { from: [{ name, address }], sender: { name: '', address: mette }, headers }
    const found = classify(address, { verdicts: { dmarc: 'FAIL' }, message: forged })
    expect(found).toMatchObject({ is: 'held', claims: null })
  })
  test('an address has one spelling', () => {
    expect(canonicalAddress('Å.Prøve@KØGE.example')).toBe('å.prøve@xn--kge-0na.example')
    expect(canonicalAddress('a b@x.example')).toBeNull()
    expect(canonicalAddress('a@x.example, b@y.example')).toBeNull()
  })
})
