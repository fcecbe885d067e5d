import { expect, test } from 'vitest'
import { boundedHeader, boundedWords } from '../../../functions/handlers/intake/record-bounds.ts'

const long = 'æ'.repeat(5000)

test('MAIL 207: subject, name, addresses and whatever a wish names are cut before they are stored', () => {
  const words = boundedWords({
    from: long,
    name: long,
    subject: long,
    messageId: long,
    references: [],
    freeText: '',
    texts: {},
    written: { M2: long },
    doubts: [],
    theirCaseNumber: long,
    contactWish: long,
    source: long,
  })
  expect({
    from: words.from.length,
    name: words.name.length,
    subject: words.subject.length,
    messageId: words.messageId.length,
    source: words.source?.length,
    written: words.written['M2']?.length,
    theirCaseNumber: words.theirCaseNumber?.length,
    contactWish: words.contactWish?.length,
  }).toEqual({
    from: 320,
    name: 200,
    subject: 2000,
    messageId: 320,
    source: 320,
    written: 80,
    theirCaseNumber: 200,
    contactWish: 1000,
  })
})

test('MAIL 207: the same in an inbox', () => {
  const header = { from: long, subject: long, messageId: long, source: long, references: [] }
  expect(Object.values(boundedHeader(header)).map(({ length }) => length)).toEqual([320, 2000, 320, 320, 0])
})
