import { describe, expect, test } from 'vitest'
import { formerMinistry, ministryNames, ministryOn } from '../../../functions/domain/ministry.ts'

describe('the ministry by date', () => {
  test('changes its name on 28 June 2015', () => {
    expect(ministryOn('2015-06-27').name).toBe(
      'Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold',
    )
    expect(ministryOn('2015-06-28').name).toBe('Udlændinge-, Integrations- og Boligministeriet')
    expect(ministryOn('2015-06-28').english).toBe('Ministry of Immigration, Integration and Housing')
  })

  test('has its names in the order of their days, each with its indefinite', () => {
    const days = ministryNames.map((one) => one.from)
    expect(days.toSorted()).toEqual(days)
    for (const { name, indefinite } of ministryNames)
      expect(indefinite).toBe(name.replace('inisteriet', 'inisterium'))
  })

  test('a contract names the ministry of its day in the indefinite once the name has changed', () => {
    expect(formerMinistry('2012-11-12', '2015-06-29')).toBe('Social- og Integrationsministerium')
    expect(formerMinistry('2006-05-01', '2015-06-29')).toBe(
      'Ministerium for Flygtninge, Indvandrere og Integration',
    )
    expect(formerMinistry('2014-11-12', '2015-06-27')).toBeNull()
  })
})
