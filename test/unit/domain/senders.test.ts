import { expect, test } from 'vitest'
import {
  domainsNotSetUp,
  domainsOf,
  senderAddress,
  sendingAddresses,
  sendingDomains,
} from '../../../functions/domain/directory/senders.ts'
import { tokenAddress } from '../../../functions/domain/base/token.ts'
import { directory } from '../../support/ministry.ts'

const installed = domainsOf(directory)

test('every domain that mails are from is one to be verified: those of letters and those of the ministry’s own', () => {
  expect(sendingDomains(installed)).toEqual([
    'svar.ministeriet.example',
    'svar.nytministerium.example',
    'ministeriet.example',
    'nytministerium.example',
  ])
})

test('every address that mails are from is one that may send', () => {
  const { replyDomain } = directory.ministry.domains[0] ?? { replyDomain: '' }
  const from = [
    tokenAddress('7QX4M2P9T3VW8HND', { municipality: '479', year: 2014, domain: replyDomain }),
    senderAddress(directory, '2015-01-05', 'general').address,
    senderAddress(directory, '2015-01-05', 'staff').address,
    senderAddress(directory, '2015-07-01', 'staff').address,
  ]
  expect(from.slice(1)).toEqual([
    'svar@svar.ministeriet.example',
    'aarshjul@ministeriet.example',
    'aarshjul@nytministerium.example',
  ])
  const [before, after] = (sendingAddresses(installed)[0] ?? '').split('*')
  expect(from[0]?.startsWith(before ?? '?') && from[0].endsWith(after ?? '?')).toBe(true)
  expect(sendingAddresses(installed)).toEqual(expect.arrayContaining(from.slice(1)))
  expect(sendingAddresses(installed).filter((address) => /^\*|@\*/.test(address))).toEqual([])
})

test('a directory that names a domain which is not set up is found out', () => {
  expect(domainsNotSetUp(directory, installed)).toEqual([])
  expect(domainsNotSetUp(directory, { ...installed, ownDomains: ['ministeriet.example'] })).toEqual([
    'nytministerium.example',
  ])
})
