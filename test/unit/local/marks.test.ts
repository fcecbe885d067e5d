import { expect, it } from 'vitest'
import { marksFinder } from '../../support/marks.ts'

const name = 'Mette Prøve'
const find = marksFinder([name, 'mette.proeve@svendborg-kommune.example'])
const utf8 = Buffer.from(`x${name}y`)

it.each([
  ['as written', utf8],
  ['in small letters', Buffer.from(name.toLowerCase())],
  ['in JSON', Buffer.from(String.raw`{"name":"Mette Pr\u00f8ve"}`)],
  ['in an address', Buffer.from('/x?name=Mette%20Pr%C3%B8ve')],
  ['in quoted-printable', Buffer.from('Mette Pr=C3=B8ve')],
  ['in a header', Buffer.from('=?utf-8?Q?Mette_Pr=C3=B8ve?=')],
  ['in base64', Buffer.from(utf8.toString('base64'))],
  ['in base64, a byte later', Buffer.from(Buffer.from(`xx${name}y`).toString('base64'))],
  ['in base64, two bytes later', Buffer.from(Buffer.from(`xxx${name}`).toString('base64'))],
])('a mark is found %s', (_how, bytes) => {
  expect(find(bytes)).toEqual([name])
})

it('what is no mark is not found, and a short mark is refused', () => {
  expect(find(Buffer.from('Sofie Eksempel'))).toEqual([])
  expect(() => marksFinder(['OK'])).toThrow(RangeError)
})
