import { add, exact, exactText } from '../base/exact.ts'
import { addDays, isBefore } from '../base/time.ts'
import type { AgreementContent, Measured, Target } from './content.ts'
import { municipalities } from '../directory/municipalities.ts'

/**
 * What becomes of an agreement when municipalities merge or are divided (Edge case 7): the successor
 * inherits. A whole merger needs nothing agreed, since counts add up. A division does: until a rider says how
 * baseline and value to reach are divided, the target cannot be judged.
 */
export interface Succession {
  readonly old: string
  /** One successor: it went there whole. Several: it was divided. */
  readonly into: readonly [string, ...string[]]
}

type Baseline = NonNullable<Target['baseline']>

const sumText = (a: string, b: string): string => exactText(add(exact(a), exact(b)))

/** Two counts as one: of which and in all each summed. Null where they have no sum (a median, a milestone). */
export const sumMeasured = (a: Measured, b: Measured, target: Target): Measured | null => {
  if ('numerator' in a && 'numerator' in b)
    return {
      numerator: sumText(a.numerator, b.numerator),
      denominator: sumText(a.denominator, b.denominator),
    }
  const isCount = target.measure.type === 'number' && target.measure.whole
  return isCount && 'value' in a && 'value' in b ? { value: sumText(a.value, b.value) } : null
}

const successorsOf = (code: string, successions: readonly Succession[]): readonly string[] =>
  successions.find((one) => one.old === code)?.into ?? [code]

const isDivided = (code: string, successions: readonly Succession[]): boolean =>
  successorsOf(code, successions).length > 1

const unique = (list: readonly string[]): string[] => [...new Set(list)]

type MemberMeasured = NonNullable<Baseline['byMember']>[number]

/** Each old municipality's part as its successor's; null when two of them have no sum. */
const inherited = (
  parts: readonly MemberMeasured[],
  target: Target,
  successions: readonly Succession[],
): MemberMeasured[] | null => {
  const heirs = new Map<string, Measured>()
  for (const { municipality, measured } of parts) {
    const [heir = municipality] = successorsOf(municipality, successions)
    const known = heirs.get(heir)
    const together = known === undefined ? measured : sumMeasured(known, measured, target)
    if (together === null) return null
    heirs.set(heir, together)
  }
  return [...heirs].map(([municipality, measured]) => ({ municipality, measured }))
}

const baselineAfter = (target: Target, successions: readonly Succession[]): Target['baseline'] => {
  const { baseline } = target
  if (baseline === null) return null
  const { byMember, covers, ...rest } = baseline
  const parts = byMember === undefined ? undefined : inherited(byMember, target, successions)
  if (parts === null) return null
  // Without each member's part the baseline is that of the same people, whoever answers for them now.
  const isPassedOn = target.reportedBy.some((code) => successions.some((one) => one.old === code))
  const covered = covers ?? (parts === undefined && isPassedOn ? target.reportedBy : undefined)
  return {
    ...rest,
    ...(parts === undefined ? {} : { byMember: parts }),
    ...(covered === undefined
      ? {}
      : { covers: unique(covered.flatMap((code) => successorsOf(code, successions))) }),
  }
}

const historyAfter = (target: Target, successions: readonly Succession[]): Target['history'] => {
  const years = [...new Set(target.history.map((one) => one.year))]
  return years.flatMap((year) => {
    const parts = target.history.filter((one) => one.year === year)
    return (inherited(parts, target, successions) ?? []).map((one) => ({ year, ...one }))
  })
}

const targetAfter = (target: Target, successions: readonly Succession[]): Target => {
  const reportedBy = unique(target.reportedBy.flatMap((code) => successorsOf(code, successions)))
  if (target.reportedBy.some((code) => isDivided(code, successions)))
    return { ...target, reportedBy, history: [], awaits: 'apportionment' }
  return {
    ...target,
    reportedBy,
    baseline: baselineAfter(target, successions),
    history: historyAfter(target, successions),
  }
}

const partiesAfter = (
  parties: AgreementContent['parties'],
  successions: readonly Succession[],
  on: string,
): AgreementContent['parties'] => {
  const ends = (party: (typeof parties)[number]): boolean =>
    successions.some((one) => one.old === party.municipality && !one.into.includes(party.municipality)) &&
    isBefore(party.from, on) &&
    (party.to === null || !isBefore(party.to, on))
  const kept = parties.map((party) => (ends(party) ? { ...party, to: addDays(on, -1) } : party))
  const heirs = new Map<string, 'lead' | 'member'>()
  for (const party of parties.filter(ends))
    successorsOf(party.municipality, successions).forEach((heir, index) => {
      // The main successor of the lead municipality leads.
      if (party.role === 'lead' && index === 0) heirs.set(heir, 'lead')
      else if (!heirs.has(heir)) heirs.set(heir, 'member')
    })
  const isParty = (code: string): boolean => kept.some((one) => one.municipality === code && one.to === null)
  const joining = [...heirs].filter(([code]) => !isParty(code))
  return [...kept, ...joining.map(([municipality, role]) => ({ municipality, role, from: on, to: null }))]
}

/**
 * The agreement as its successors have it from a day on: the content of a rider, for people to read and sign.
 * @param on first day of the new municipalities
 */
export const contentAfterReform = (
  content: AgreementContent,
  successions: readonly Succession[],
  on: string,
): AgreementContent => ({
  ...content,
  parties: partiesAfter(content.parties, successions, on),
  targets: content.targets.map((target) => targetAfter(target, successions)),
})

/** What the parties have agreed about a divided target: each successor's part of the baseline, and new values. */
export interface Apportionment {
  readonly byMember: readonly [MemberMeasured, ...MemberMeasured[]]
  readonly targets?: Target['targets']
}

/** The target with its apportionment, to be judged again. Null when the parts have no sum. */
export const apportioned = (target: Target, { byMember, targets }: Apportionment): Target | null => {
  const [first, ...others] = byMember
  let measured: Measured | null = first.measured
  for (const one of others) measured = measured === null ? null : sumMeasured(measured, one.measured, target)
  if (measured === null || target.baseline === null) return null
  const { awaits: _awaits, ...rest } = target
  return {
    ...rest,
    targets: targets ?? target.targets,
    baseline: { ...target.baseline, measured, byMember: [...byMember] },
  }
}

/**
 * Successors in the municipal reform of 1 January 2007, which falls inside the agreements of 2005-08 (Edge case
 * 7): 18 old municipalities that went whole into one, 11 that were divided, the main successor first. A choice of
 * cases, not all 271 old ones; others are named by the codes of their successors.
 */
const rows: readonly (readonly [old: string, main: string, ...others: string[]])[] = [
  ['Grindsted', 'Billund'],
  ['Kjellerup', 'Silkeborg'],
  ['Gjern', 'Silkeborg'],
  ['Them', 'Silkeborg'],
  ['Værløse', 'Furesø'],
  ['Farum', 'Furesø'],
  ['Haslev', 'Faxe'],
  ['Skagen', 'Frederikshavn'],
  ['Sæby', 'Frederikshavn'],
  ['Karlebo', 'Fredensborg'],
  ['Fredensborg-Humlebæk', 'Fredensborg'],
  ['Birkerød', 'Rudersdal'],
  ['Søllerød', 'Rudersdal'],
  ['Ribe', 'Esbjerg'],
  ['Bramming', 'Esbjerg'],
  ['Dronninglund', 'Brønderslev'],
  ['Nakskov', 'Lolland'],
  ['Korsør', 'Slagelse'],
  ['Christiansfeld', 'Kolding', 'Haderslev'],
  ['Nørre-Rangstrup', 'Tønder', 'Haderslev'],
  ['Egtved', 'Vejle', 'Kolding'],
  ['Tørring-Uldum', 'Hedensted', 'Vejle'],
  ['Slangerup', 'Frederikssund', 'Hillerød'],
  ['Brædstrup', 'Horsens', 'Skanderborg'],
  ['Langå', 'Randers', 'Favrskov'],
  ['Sønderhald', 'Norddjurs', 'Randers'],
  ['Mariager', 'Mariagerfjord', 'Randers'],
  ['Aalestrup', 'Vesthimmerlands', 'Mariagerfjord'],
  ['Nørager', 'Rebild', 'Mariagerfjord'],
]

const codeOf = (name: string): string => {
  const found = municipalities.find((one) => one.name === name)
  if (found === undefined) throw new RangeError(`${name} is no municipality of today`)
  return found.code
}

export interface OldMunicipality {
  readonly name: string
  /** Codes of its successors, the main one first: one took it whole, several divided it. */
  readonly into: readonly [string, ...string[]]
}

export const reform2007: readonly OldMunicipality[] = rows.map(([name, main, ...others]) => ({
  name,
  into: [codeOf(main), ...others.map(codeOf)],
}))
