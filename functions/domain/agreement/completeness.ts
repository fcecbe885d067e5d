import * as z from 'zod'
import { exact } from '../base/exact.ts'
import { advanceShortcomings } from '../money/advances.ts'
import { isAfter, isWithin, overlap } from '../base/time.ts'
import { contactSchema } from './content.ts'
import type { AgreementContent, AgreementFile } from './content.ts'
import { missingParts } from './mandatory-parts.ts'
import { partiesOn } from './parties.ts'
import type { Shortcoming } from './shortcoming.ts'
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
