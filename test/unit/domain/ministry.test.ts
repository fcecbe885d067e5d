import { describe, expect, it } from 'vitest'
import { formerMinistry, ministryNames, ministryOn } from '../../../functions/domain/directory/ministry.ts'
import { letterOrderSchema } from '../../../functions/domain/casefile/letters.ts'
import type { LetterKind } from '../../../functions/domain/casefile/letter-kinds.ts'
import { caseFactsOf, frameOf } from '../../../functions/mail/compose-letter.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { directoryOf, person } from '../../support/ministry.ts'

describe('the ministry’s name by date', () => {
  it('changes on 28 June 2015, and not before', () => {
    expect(ministryOn('2015-06-27').name).toBe(
      'Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold',
    )
    expect(ministryOn('2015-06-28').name).toBe('Udlændinge-, Integrations- og Boligministeriet')
    expect(ministryOn('1999-01-01')).toBe(ministryNames[0])
  })

  it('names the contracting ministry only while it is a former one', () => {
    expect(formerMinistry('2012-11-12', '2015-07-01')).toBe('Social- og Integrationsministerium')
    expect(formerMinistry('2015-01-05', '2015-06-27')).toBeNull()
    expect(formerMinistry('2015-01-05', '2015-06-28')).toBe(
      'Ministerium for Børn, Ligestilling, Integration og Sociale Forhold',
    )
  })
})

describe('the frame of a letter', () => {
  const directory = directoryOf(person('sofie', ['caseworker']))
  const content = svendborg.agreement
  const [contact, mailbox] = svendborg.contacts
  const before = (kind: LetterKind, datedOn: string, party = '479') => ({
    order: letterOrderSchema.parse({ kind, party, seq: 1, about: '' }),
    datedOn,
  })
  const frame = (on: string, lettersBefore: readonly ReturnType<typeof before>[] = []) =>
    frameOf({
      directory,
      content,
      caseworker: null,
      signedOn: '2012-11-12',
      party: '479',
      recipient: contact ?? null,
      on,
      lettersBefore,
      theirCaseNumber: null,
      controlNumber: null,
    })

  it('carries the name of its own date', () => {
    expect(frame('2015-01-15')).toMatchObject({
      ministry: 'Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold',
      municipality: 'Svendborg Kommune',
      recipient: { name: 'Mette Prøve' },
      renamed: null,
    })
    expect(frame('2015-06-29').ministry).toBe('Udlændinge-, Integrations- og Boligministeriet')
  })

  it('tells of the new name once, in the first letter after those under the old one', () => {
    const january = before('request', '2015-01-15')
    expect(frame('2015-06-29', [january]).renamed).toEqual({
      on: '2015-06-28',
      newName: 'Udlændinge-, Integrations- og Boligministeriet',
      contractingName: 'Social- og Integrationsministerium',
      newDomain: 'svar.nytministerium.example',
    })
    expect(frame('2015-06-29', []).renamed, 'no letter under the old name').toBeNull()
    expect(frame('2015-07-02', [january, before('rider', '2015-06-29')]).renamed).toBeNull()
    expect(
      frame('2015-07-02', [january, before('receipt', '2015-06-29')]).renamed,
      'a receipt has no place for it',
    ).not.toBeNull()
    expect(frame('2015-07-02', [before('request', '2015-01-15', '450')]).renamed).toBeNull()
  })

  it('names the contracting ministry in the text, unless the frame tells it', () => {
    const about = { content, signedOn: '2012-11-12', on: '2015-07-01' }
    expect(caseFactsOf(about, { renamed: null }, 2014, 'da').contractingMinistry).toBe(
      'Social- og Integrationsministerium',
    )
    const { renamed } = frame('2015-07-01', [before('request', '2015-01-15')])
    expect(caseFactsOf(about, { renamed }, 2014, 'da').contractingMinistry).toBeNull()
  })

  it('greets no mailbox by name', () => {
    expect(mailbox?.role).toBe('main-mailbox')
    const facts = { directory, content, signedOn: '2012-11-12', party: '479', on: '2015-01-15' }
    const more = { lettersBefore: [], theirCaseNumber: null, controlNumber: null, caseworker: null }
    expect(frameOf({ ...facts, ...more, recipient: mailbox ?? null }).recipient).toBeNull()
  })
})
