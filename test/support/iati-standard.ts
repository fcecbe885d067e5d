import { DomUtils, parseDocument } from 'htmlparser2'

/**
 * What the IATI activity standard 2.03 asks of the elements a report of results is made of: which children in
 * which order and number, which attributes, which values. Written from the standard's schema and its rules
 * (iatistandard.org: activity standard, IndicatorMeasure, ResultType, OrganisationRole, ActivityDateType).
 */

type Element = ReturnType<typeof DomUtils.findAll>[number]
type Often = 'one' | 'some' | 'any' | 'maybe'

interface Shape {
  readonly children: readonly (readonly [string, Often])[]
  readonly attributes?: Readonly<Record<string, RegExp>>
  /** May be left out. */
  readonly optional?: Readonly<Record<string, RegExp>>
}

const date = /^\d{4}-\d{2}-\d{2}$/
const bool = /^(?:0|1|true|false)$/
const decimal = /^-?\d+(?:\.\d+)?$/
const narrative = [['narrative', 'some']] as const
const commented = { children: [['comment', 'maybe']] } as const

const shapes: Readonly<Record<string, Shape>> = {
  'iati-activities': {
    children: [['iati-activity', 'some']],
    attributes: { version: /^2\.03$/ },
    optional: { 'generated-datetime': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/ },
  },
  'iati-activity': {
    children: [
      ['iati-identifier', 'one'],
      ['reporting-org', 'one'],
      ['title', 'one'],
      ['description', 'some'],
      ['participating-org', 'some'],
      ['activity-status', 'one'],
      ['activity-date', 'some'],
      ['recipient-country', 'any'],
      ['result', 'any'],
    ],
    attributes: { 'xml:lang': /^[a-z]{2}$/ },
  },
  'iati-identifier': { children: [] },
  'reporting-org': { children: narrative, attributes: { ref: /^[^\s/&|?]+$/, type: /^\d\d$/ } },
  'participating-org': { children: narrative, attributes: { role: /^[1-4]$/ }, optional: { type: /^\d\d$/ } },
  'activity-status': { children: [], attributes: { code: /^[1-6]$/ } },
  'activity-date': { children: [], attributes: { type: /^[1-4]$/, 'iso-date': date } },
  'recipient-country': { children: [], attributes: { code: /^[A-Z]{2}$/ } },
  result: {
    children: [
      ['title', 'one'],
      ['description', 'maybe'],
      ['indicator', 'some'],
    ],
    attributes: { type: /^(?:1|2|3|9)$/ },
    optional: { 'aggregation-status': bool },
  },
  indicator: {
    children: [
      ['title', 'one'],
      ['description', 'maybe'],
      ['baseline', 'any'],
      ['period', 'any'],
    ],
    attributes: { measure: /^[1-5]$/ },
    optional: { ascending: bool, 'aggregation-status': bool },
  },
  baseline: { ...commented, attributes: { year: /^[12]\d{3}$/ }, optional: { value: decimal } },
  period: {
    children: [
      ['period-start', 'one'],
      ['period-end', 'one'],
      ['target', 'any'],
      ['actual', 'any'],
    ],
  },
  'period-start': { children: [], attributes: { 'iso-date': date } },
  'period-end': { children: [], attributes: { 'iso-date': date } },
  target: { ...commented, optional: { value: decimal } },
  actual: { ...commented, optional: { value: decimal } },
  comment: { children: narrative },
  title: { children: narrative },
  description: { children: narrative },
  narrative: { children: [], optional: { 'xml:lang': /^[a-z]{2}$/ } },
}

const fits: Readonly<Record<Often, (count: number) => boolean>> = {
  one: (count) => count === 1,
  some: (count) => count >= 1,
  any: () => true,
  maybe: (count) => count <= 1,
}

const childrenOf = (element: Element): readonly Element[] =>
  DomUtils.findAll((one) => one.parent === element, element.children)

const shapeFaults = (element: Element): readonly string[] => {
  const shape = shapes[element.name]
  if (shape === undefined) return [`<${element.name}> is no element of the standard`]
  const at = `<${element.name}>`
  const names = childrenOf(element).map((child) => child.name)
  const order = shape.children.map(([name]) => name)
  const places = names.map((name) => order.indexOf(name))
  const { attributes = {}, optional = {} } = shape
  const known = { ...attributes, ...optional }
  return [
    ...names.filter((name) => !order.includes(name)).map((name) => `${at} holds no <${name}>`),
    ...(places.some((place, index) => index > 0 && place < (places[index - 1] ?? 0))
      ? [`${at}: ${names.join(', ')} is not the order`]
      : []),
    ...shape.children
      .filter(([name, often]) => !fits[often](names.filter((one) => one === name).length))
      .map(([name, often]) => `${at} wants <${name}> ${often}`),
    ...Object.keys(attributes)
      .filter((name) => element.attribs[name] === undefined)
      .map((name) => `${at} lacks ${name}`),
    ...Object.entries(element.attribs).flatMap(([name, value]) =>
      known[name]?.test(value) === true ? [] : [`${at} ${name}="${value}"`],
    ),
  ]
}

/** Rules beside the schema: identifiers, values by measure, text that is there. */
const ruleFaults = (activity: Element): readonly string[] => {
  const all = (name: string, within: Element = activity) => DomUtils.getElementsByTagName(name, within, true)
  const ref = all('reporting-org')[0]?.attribs['ref'] ?? ''
  const id = DomUtils.textContent(all('iati-identifier')[0] ?? [])
  const [start] = all('activity-date')
  return [
    ...(ref !== '' && id.startsWith(`${ref}-`) && id.length > ref.length + 1 ? [] : [`identifier ${id}`]),
    ...(start?.attribs['type'] === '2' || start?.attribs['type'] === '1' ? [] : ['no start date']),
    ...all('narrative')
      .filter((one) => DomUtils.textContent(one).trim() === '')
      .map(() => 'an empty narrative'),
    ...all('indicator').flatMap((indicator) => {
      const qualitative = indicator.attribs['measure'] === '5'
      return ['baseline', 'target', 'actual']
        .flatMap((name) => all(name, indicator))
        .filter((one) => (one.attribs['value'] === undefined) !== qualitative)
        .map((one) => `<${one.name}> of measure ${indicator.attribs['measure'] ?? ''}: value`)
    }),
    ...all('period')
      .filter((period) => {
        const [from, to] = ['period-start', 'period-end'].map(
          (name) => all(name, period)[0]?.attribs['iso-date'] ?? '',
        )
        return (from ?? '') >= (to ?? '')
      })
      .map(() => 'a period that ends before it begins'),
  ]
}

/** What the document lacks or has too much of; empty: it is as the standard asks. */
export const iatiFaults = (xml: string): readonly string[] => {
  const document = parseDocument(xml, { xmlMode: true })
  const elements = DomUtils.findAll(() => true, document.children)
  const ids = DomUtils.getElementsByTagName('iati-identifier', document, true).map((one) =>
    DomUtils.textContent(one),
  )
  return [
    ...elements.flatMap(shapeFaults),
    ...DomUtils.getElementsByTagName('iati-activity', document, true).flatMap(ruleFaults),
    ...(new Set(ids).size === ids.length ? [] : ['an identifier twice']),
  ]
}
