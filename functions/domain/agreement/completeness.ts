import * as z from 'zod'
import { exact } from '../base/exact.ts'
import { isAfter, isWithin, overlap } from '../base/time.ts'
import {
  contactSchema,
  type AgreementContent,
  type AgreementFile,
  type AgreementKind,
  type Advance,
  type Shortcoming,
  grantsOf,
  partiesOn,
} from './content.ts'
import { targetShortcomings } from './target-rules.ts'

/** A contact as events name it: id, role and time, no personal data. */
export const contactRefSchema = contactSchema.pick({
  id: true,
  municipality: true,
  role: true,
  validFrom: true,
  validTo: true,
})
export type ContactRef = z.infer<typeof contactRefSchema>

type Signature = AgreementFile['signatures'][number]

const uniqueKeys = (list: readonly string[], path: string, field: string): readonly Shortcoming[] =>
  list.flatMap((key, index) =>
    list.indexOf(key) < index
      ? [
          {
            path: `${path}.${index}.${field}`,
            expected: `a key used once (${key} is used twice)`,
            da: `en nøgle, der bruges én gang (${key} bruges to gange)`,
          },
        ]
      : [],
  )

const keyRules = (content: AgreementContent): readonly Shortcoming[] => [
  ...uniqueKeys(
    content.targets.map((one) => one.key),
    'targets',
    'key',
  ),
  ...uniqueKeys(
    content.assumptions.map((one) => one.key),
    'assumptions',
    'key',
  ),
  ...uniqueKeys(
    (content.actionPlan?.actions ?? []).map((one) => one.key),
    'actionPlan.actions',
    'key',
  ),
  ...uniqueKeys(
    content.promises.map((one) => one.id),
    'promises',
    'id',
  ),
]

const weightRules = (content: AgreementContent): readonly Shortcoming[] => {
  const total = content.targets.reduce((all, target) => all + target.weight, 0)
  return content.targets.length > 0 && total !== 100
    ? [
        {
          path: 'targets',
          expected: `weights that sum to 100 (they sum to ${total})`,
          da: `vægte, der tilsammen giver 100 (de giver ${total})`,
        },
      ]
    : []
}

const scoringRules = ({ scoring }: AgreementContent): readonly Shortcoming[] => {
  if (scoring === undefined) return []
  const minimum = exact(scoring.minimumCoveragePct)
  return minimum.compare(0) < 0 || minimum.compare(100) > 0
    ? [
        {
          path: 'scoring.minimumCoveragePct',
          expected: 'a percentage between 0 and 100',
          da: 'en procent fra 0 til 100',
        },
      ]
    : []
}

const assumptionRules = (content: AgreementContent): readonly Shortcoming[] => {
  const keys = content.targets.map((target) => target.key)
  return content.assumptions.flatMap((assumption, index) => [
    ...assumption.bearsOn.flatMap((key, at) =>
      keys.includes(key)
        ? []
        : [
            {
              path: `assumptions.${index}.bearsOn.${at}`,
              expected: `a target of the agreement (${key} is none)`,
              da: `et mål i aftalen (${key} er det ikke)`,
            },
          ],
    ),
    ...([assumption.rule.limit, assumption.rule.minAbsolute, assumption.rule.limitDown ?? '0'].some(
      (text) => exact(text).compare(0) < 0,
    )
      ? [
          {
            path: `assumptions.${index}.rule`,
            expected: 'a limit and an absolute minimum of at least 0',
            da: 'en grænse og en mindste ændring på mindst 0',
          },
        ]
      : []),
  ])
}

const partyRules = (content: AgreementContent): readonly Shortcoming[] => {
  const found: Shortcoming[] = []
  if (!isAfter(content.expiresOn, content.effectiveFrom))
    found.push({
      path: 'expiresOn',
      expected: 'a day after effectiveFrom',
      da: 'en dag efter aftalens første dag',
    })
  const first = partiesOn(content, content.effectiveFrom)
  if (first[0]?.role !== 'lead')
    found.push({
      path: 'parties',
      expected: 'a lead municipality from the first day',
      da: 'en tovholder fra aftalens første dag',
    })
  content.parties.forEach((party, index) => {
    if (party.to !== null && isAfter(party.from, party.to))
      found.push({
        path: `parties.${index}.to`,
        expected: 'a day not before from',
        da: 'en dag, der ikke ligger før den første',
      })
    const twice = content.parties.some(
      (other, at) => at < index && other.municipality === party.municipality && overlap(other, party),
    )
    if (twice)
      found.push({
        path: `parties.${index}.municipality`,
        expected: 'a municipality that is a party once at a time',
        da: 'en kommune, der er part én gang ad gangen',
      })
  })
  return found
}

/** What is missing or wrong in the content itself; empty when it can be signed or become a rider. */
export const contentShortcomings = (content: AgreementContent): readonly Shortcoming[] => [
  ...missingParts(content),
  ...partyRules(content),
  ...keyRules(content),
  ...weightRules(content),
  ...scoringRules(content),
  ...content.targets.flatMap((_, index) => targetShortcomings(content, index)),
  ...assumptionRules(content),
  ...advanceShortcomings(content),
]

/** Somebody to ask at every party that reports, somebody who can bind each party, nobody of a stranger's. */
export const contactShortcomings = (
  content: AgreementContent,
  contacts: readonly ContactRef[],
): readonly Shortcoming[] => {
  const parties = [...new Set(content.parties.map((party) => party.municipality))]
  const reporting = new Set(content.targets.flatMap((target) => target.reportedBy))
  const has = (municipality: string, role: ContactRef['role']): boolean =>
    contacts.some((one) => one.municipality === municipality && one.role === role)
  return [
    ...uniqueKeys(
      contacts.map((one) => one.id),
      'contacts',
      'id',
    ),
    ...contacts.flatMap((one, index) =>
      parties.includes(one.municipality)
        ? []
        : [
            {
              path: `contacts.${index}.municipality`,
              expected: `a party of the agreement (${one.municipality} is none)`,
              da: `en part i aftalen (${one.municipality} er det ikke)`,
            },
          ],
    ),
    ...parties.flatMap((municipality) =>
      reporting.has(municipality) && !has(municipality, 'contact')
        ? [
            {
              path: 'contacts',
              expected: `a contact at ${municipality}, which reports`,
              da: `en kontakt i ${municipality}, som indberetter`,
            },
          ]
        : [],
    ),
    ...parties.flatMap((municipality) =>
      has(municipality, 'signatory')
        ? []
        : [
            {
              path: 'contacts',
              expected: `a signatory at ${municipality}`,
              da: `en underskriver i ${municipality}`,
            },
          ],
    ),
  ]
}

/** The ministry and every party of the first day have signed. */
export const signatureShortcomings = (
  content: AgreementContent,
  signatures: readonly Signature[],
): readonly Shortcoming[] =>
  ['ministry', ...partiesOn(content, content.effectiveFrom).map((party) => party.municipality)].flatMap(
    (party) =>
      signatures.some((one) => one.party === party)
        ? []
        : [
            {
              path: 'signatures',
              expected: `a signature of ${party}`,
              da: `en underskrift fra ${party === 'ministry' ? 'ministeriet' : party}`,
            },
          ],
  )

/** Everything that keeps a file from being imported as a signed agreement. */
export const fileShortcomings = (file: AgreementFile): readonly Shortcoming[] => [
  ...contentShortcomings(file.agreement),
  ...contactShortcomings(file.agreement, file.contacts),
  ...signatureShortcomings(file.agreement, file.signatures),
]

/** Who can be asked at a municipality on a date, in the order they are tried (Edge case 29). */
export const contactsOn = <C extends ContactRef>(
  contacts: readonly C[],
  municipality: string,
  date: string,
): readonly C[] => {
  const order: readonly string[] = ['contact', 'deputy', 'main-mailbox', 'co-reporter', 'signatory']
  return contacts
    .filter(
      (one) => one.municipality === municipality && isWithin(date, { from: one.validFrom, to: one.validTo }),
    )
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
}

/**
 * The mandatory parts of each kind, by the Finance Act's notes (§ 18.32.23.10 and .20) and, for the 2015 partnership,
 * the announcement of 27 March 2015 (domain/README.md, "The kinds of agreement"). Without them an agreement is not
 * signed.
 */
interface MandatoryPart {
  readonly path: string
  /** The source's own words. */
  readonly part: string
  readonly expected: string
  readonly isThere: (content: AgreementContent) => boolean
}

const isText = (text: string): boolean => text.trim() !== ''

const targets = (part: string): MandatoryPart => ({
  path: 'targets',
  part,
  expected: 'at least one result target',
  isThere: (content) => content.targets.length > 0,
})
const methods = (part: string): MandatoryPart => ({
  path: 'targets',
  part,
  expected: 'a measurement method with definition, source and indicator for every target',
  isThere: (content) =>
    content.targets.length > 0 &&
    content.targets.every(
      ({ measurement }) =>
        isText(measurement.definition) && isText(measurement.source) && isText(measurement.indicator),
    ),
})
const actionPlan = (part: string): MandatoryPart => ({
  path: 'actionPlan',
  part,
  expected: 'an action plan that says how the targets are reached',
  isThere: (content) => content.actionPlan !== null && isText(content.actionPlan.text),
})

const mandatory: Readonly<Record<AgreementKind, readonly MandatoryPart[]>> = {
  resultatkontrakt: [
    targets('resultatmål for integrationsindsatsen'),
    actionPlan('en handlingsplan, der beskriver, hvordan resultatmålene nås'),
    methods('målemetoder til måling af, om målene er nået'),
    {
      path: 'dissemination',
      part: 'beskrivelse af, hvordan integrationspartnerskabet vil formidle sine resultater',
      expected: 'how the results are spread',
      isThere: (content) => content.dissemination !== null && isText(content.dissemination.text),
    },
    {
      path: 'dissemination.throughExperienceBase',
      part: 'formidling gennem Ministeriet for Flygtninge, Indvandrere og Integrations Erfaringsbase',
      expected: 'dissemination through the experience base, among other ways',
      isThere: (content) => content.dissemination?.throughExperienceBase === true,
    },
  ],
  partnerskabsaftale: [
    targets('resultatmål for indsatsen for marginaliserede nydanske børn og unge'),
    methods('metoder til måling af, om resultatmålene er nået'),
    actionPlan('en handlingsplan, der beskriver den lokale indsats for, at resultatmålene nås'),
  ],
  'partnerskab-2015': [
    targets('ambitiøse, lokale mål på områder, hvor netop deres kommune ønsker at styrke integrationen'),
    {
      path: 'promises',
      part: 'adgang til et styrket individuelt rådgivningstilbud, erfaringsudveksling mv.',
      expected: 'what the ministry promises: individual advice and exchange of experience',
      isThere: (content) => content.promises.some((promise) => isText(promise.text)),
    },
  ],
}

/** The mandatory parts that are missing. */
export const missingParts = (content: AgreementContent): readonly Shortcoming[] =>
  mandatory[content.kind]
    .filter((one) => !one.isThere(content))
    .map(({ path, expected, part }) => ({ path, expected, part, da: part }))

/** Editions whose paragraph on advance payment is known: in the one of 2006 it is 2.2.12. */
const paragraphIn: ReadonlyMap<number, string> = new Map([[2006, '2.2.12']])

/** An advance is part of what is granted for its year, and cites the paragraph as its edition has it. */
export const advanceShortcomings = (content: {
  readonly actionPlan: AgreementContent['actionPlan']
  readonly advances?: readonly Advance[] | undefined
}): readonly Shortcoming[] => {
  const advances = content.advances ?? []
  const granted = (year: number) =>
    grantsOf(content)
      .filter((grant) => grant.year === year)
      .reduce((sum, { kroner }) => sum + BigInt(kroner), 0n)
  return advances.flatMap((advance, index): Shortcoming[] => {
    const { year, rule } = advance
    const sameYear = advances.slice(0, index + 1).filter((one) => one.year === year)
    const paid = sameYear.reduce((sum, { kroner }) => sum + BigInt(kroner), 0n)
    const known = paragraphIn.get(rule.edition)
    return [
      ...(paid > granted(year)
        ? [
            {
              path: `advances.${index}.kroner`,
              expected: `advances for ${year} within its grants, ${granted(year)} kroner (they are ${paid})`,
              da: `forskud for ${year} inden for årets tilskud, ${granted(year)} kr. (de er ${paid} kr.)`,
            },
          ]
        : []),
      ...(rule.edition > year
        ? [
            {
              path: `advances.${index}.rule.edition`,
              expected: `an edition of ${year} or before`,
              da: `en udgave fra ${year} eller før`,
            },
          ]
        : []),
      ...(known !== undefined && known !== rule.paragraph
        ? [
            {
              path: `advances.${index}.rule.paragraph`,
              expected: `${known}, as advance payment stands in the edition of ${rule.edition}`,
              da: `${known}, som forskud står i udgaven fra ${rule.edition}`,
            },
          ]
        : []),
    ]
  })
}
