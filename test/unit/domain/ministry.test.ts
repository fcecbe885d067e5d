import { describe, expect, test } from 'vitest'
import {
  formerNameSince,
  ministryOn,
  ministrySchema,
  receivingDomains,
  renamedBetween,
  sampleMinistry,
} from '../../../functions/domain/ministry.ts'
import { addDays } from '../../../functions/domain/time.ts'

describe('the ministry by date', () => {
  test('changes its name on 28 June 2015, domain and all', () => {
    expect(ministryOn(sampleMinistry, '2015-06-27')).toMatchObject({
      name: 'Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold',
      domain: 'svar.ministeriet.example',
    })
    expect(ministryOn(sampleMinistry, '2015-06-28')).toMatchObject({
      name: 'Udlændinge-, Integrations- og Boligministeriet',
      domain: 'svar.nytministerium.example',
    })
    expect(receivingDomains(sampleMinistry, '2015-06-29')).toEqual([
      'svar.ministeriet.example',
      'svar.nytministerium.example',
    ])
  })

  test('has one name on every day since 2001', () => {
    expect(ministrySchema.parse(sampleMinistry)).toEqual(sampleMinistry)
    sampleMinistry.names.slice(1).forEach((one, index) => {
      expect(addDays(sampleMinistry.names[index]!.to!, 1)).toBe(one.from)
    })
    expect(() => ministryOn(sampleMinistry, '2001-01-01')).toThrow(RangeError)
  })

  test('a contract names the ministry of its day in the indefinite once the name has changed', () => {
    expect(formerNameSince(sampleMinistry, '2012-11-12', '2015-06-29')?.da).toBe(
      'Social- og Integrationsministerium',
    )
    expect(formerNameSince(sampleMinistry, '2006-05-01', '2015-06-29')?.da).toBe(
      'Ministerium for Flygtninge, Indvandrere og Integration',
    )
    expect(formerNameSince(sampleMinistry, '2014-11-12', '2015-06-27')).toBeNull()
  })

  test('a change is told from its day, once', () => {
    expect(renamedBetween(sampleMinistry, '2015-05-01', '2015-06-27')).toBeNull()
    expect(renamedBetween(sampleMinistry, '2015-05-01', '2015-06-29')).toEqual({ on: '2015-06-28' })
    expect(renamedBetween(sampleMinistry, '2015-06-29', '2015-09-01')).toBeNull()
  })
})
