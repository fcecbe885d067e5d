import type { AgreementFile, Assumption } from '../../../functions/domain/agreement/content.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { buildTarget, type BuiltTarget } from './build-target.ts'
import type { CastMember } from './cast.ts'
import { dice, type Outcome } from './figures.ts'
import { contactsOf, peopleOf, slugOf } from './sample-people.ts'
import type { verdictLabels } from './set-schema.ts'

export interface Municipality {
  readonly code: string
  readonly name: string
  readonly officialName: string
  /** The final quota for 2015, public. */
  readonly quota: number
}

export type IntendedVerdict = (typeof verdictLabels)[number]

/** An agreement file, what each member will answer for 2014, and the verdicts that is made to lead to. */
export interface BuiltAgreement {
  readonly file: AgreementFile
  readonly figures: ReadonlyMap<string, Readonly<Record<string, string>>>
  readonly intended: Readonly<Record<string, IntendedVerdict>>
}

const ministrySigner = { party: 'ministry' as const, name: 'Karen Prøvegaard', title: 'departementschef' }
const kindWord = { resultatkontrakt: 'Resultatkontrakt', partnerskabsaftale: 'Partnerskabsaftale' }

/** The quota that the agreement rested on: a third of the final one, because the national figure was trebled. */
export function quotaAssumption(members: readonly Municipality[], bearsOn: readonly string[]): Assumption {
  const final = members.reduce((sum, { quota }) => sum + quota, 0)
  return {
    key: 'FS1',
    type: 'quota',
    title: members.length === 1 ? 'Kommunekvoten for 2015' : 'Kommunekvoterne for 2015 i alt',
    titleEn: members.length === 1 ? 'The municipal quota for 2015' : 'The municipal quotas for 2015 in total',
    unit: 'personer',
    observedBy: 'ministry',
    reference: {
      value: String(Math.round(final / 3)),
      on: '2014-09-30',
      source:
        members.length === 1
          ? 'endelig kommunekvote for 2015 divideret med tre'
          : 'endelige kommunekvoter for 2015 divideret med tre',
      derived: true,
    },
    rule: { kind: 'relative', limit: '40', minAbsolute: '10', direction: 'both' },
    bearsOn: [...bearsOn],
    years: [2015],
    background: {
      da: `${members.length === 1 ? 'Kvoten' : 'Kvoterne'} fastsættes på ny i 2015, efter at landstallet i december 2014 er forhøjet fra 4.000 til 12.000.`,
      en: `The ${members.length === 1 ? 'quota is' : 'quotas are'} set anew in 2015, since the national figure was raised from 4,000 to 12,000 in December 2014.`,
    },
  }
}

/** Builds one of the older agreements; the same cast member gives the same file on every machine. */
export function buildAgreement(member: CastMember, municipalities: readonly Municipality[]): BuiltAgreement {
  const [lead] = municipalities
  if (lead === undefined) throw new Error('An agreement needs a municipality')
  const rk = member.kind === 'resultatkontrakt'
  const id = `${slugOf(lead.name)}${municipalities.length > 1 ? '-m-fl' : ''}-${rk ? 'rk' : 'pa'}`
  const seed = Number(lead.code)
  const roll = dice(seed)
  const size = municipalities.map(({ code, quota }) => ({ code, size: quota }))
  const built = member.targets.map((plan, nth) => buildTarget(`M${nth + 1}`, plan, size, seed * 31 + nth))
  const signedOn = `2012-${roll(10, 11)}-${String(roll(12, 28))}`
  const second = secondAssumption(member.second, signedOn, roll)
  const grant = String(roll(12, 48) * 10_000)
  const names = municipalities.map(({ name }) => name)
  const others =
    municipalities.length === 1
      ? lead.officialName
      : `${names.slice(0, -1).join(', ')} og ${names.at(-1) ?? ''} Kommuner`
  const cost = { 'H1 udgift': String(Number(grant) + roll(1, 9) * 1000) }
  return {
    file: {
      agreement: {
        id: agreementIdSchema.parse(id),
        kind: member.kind,
        caseNumber: `2015-0${lead.code}`,
        title: `${kindWord[member.kind]} med ${others} (eksempel)`,
        synthetic: true,
        parties: municipalities.map(({ code }, nth) => ({
          municipality: code,
          role: nth === 0 ? 'lead' : 'member',
          from: '2013-01-01',
          to: null,
        })),
        clauses: rk
          ? { presentation: 'pkt. 6', renegotiation: 'pkt. 7' }
          : { presentation: 'pkt. 5', renegotiation: 'pkt. 8' },
        effectiveFrom: '2013-01-01',
        expiresOn: roll(0, 2) === 0 ? '2016-12-31' : '2015-12-31',
        targets: built.map(({ target }) => target),
        assumptions: [
          quotaAssumption(municipalities, ['M1']),
          ...(second === undefined ? [] : [second.assumption]),
        ],
        actionPlan: {
          text: rk
            ? 'Virksomhedsnetværk med fast kontaktperson i jobcentret.'
            : 'Fritidsvejledning og lektiehjælp i samarbejde med skoler og foreninger.',
          actions: [
            {
              key: 'H1',
              title: rk ? 'Virksomhedsnetværk' : 'Fritidsvejledning',
              titleEn: rk ? 'Network of enterprises' : 'Leisure guidance',
              grants: [2013, 2014, 2015].map((year) => ({ year, kroner: grant })),
              statusRequired: false,
            },
          ],
        },
        dissemination: rk
          ? {
              text: 'Erfaringerne beskrives i Erfaringsbasen.',
              plannedOn: '2015-06-30',
              throughExperienceBase: true,
            }
          : null,
        promises: [
          {
            id: 'L1',
            text: rk
              ? 'Ministeriet rådgiver om virksomhedsrettede tilbud.'
              : 'Ministeriet holder to erfaringsmøder om året.',
          },
        ],
        reservation: null,
      },
      signatures: [
        { ...ministrySigner, on: signedOn },
        ...municipalities.map(({ code, name }) => {
          const { signatory } = peopleOf(code, name)
          return { party: code, name: signatory.name, title: signatory.title, on: signedOn }
        }),
      ],
      contacts: municipalities.flatMap((one) => contactsOf(id, one, '2013-01-01', member.language ?? 'da')),
    },
    figures: figuresOf(municipalities, built, {
      ...second?.answer,
      ...cost,
      ...(rk ? { Formidling: 'kommer i Erfaringsbasen inden sommerferien' } : {}),
    }),
    intended: Object.fromEntries(
      built.map(({ target }, nth) => [
        target.key,
        intended(member, target.reportedBy, member.targets[nth]?.outcome ?? 'met', target.key),
      ]),
    ),
  }
}

/** The lead reports what the agreement has once: the action's cost, assumptions, dissemination. */
function figuresOf(
  municipalities: readonly Municipality[],
  built: readonly BuiltTarget[],
  once: Readonly<Record<string, string>>,
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  return new Map(
    municipalities.map(({ code }, nth) => {
      const own: Record<string, string> = Object.assign(
        {},
        ...built.map(({ figures }) => figures.get(code) ?? {}),
      )
      return [code, nth === 0 ? { ...own, ...once } : own]
    }),
  )
}

function intended(
  member: CastMember,
  reportedBy: readonly string[],
  outcome: Outcome,
  key: string,
): IntendedVerdict {
  if (reportedBy.some((code) => member.silent?.includes(code) ?? false)) return 'notAssessable'
  const failed =
    member.second?.is === 'target-group' &&
    Math.abs(member.second.change) > 25 &&
    member.second.bearsOn.includes(key)
  return outcome === 'notMet' && failed ? 'notMetAssumptionFailed' : outcome
}

function secondAssumption(
  second: CastMember['second'],
  signedOn: string,
  roll: (from: number, to: number) => number,
): { assumption: Assumption; answer: Record<string, string> } | undefined {
  if (second === undefined) return undefined
  const bearsOn = [...second.bearsOn]
  if (second.is === 'unemployment')
    return {
      assumption: {
        key: 'FS2',
        type: 'business-cycle',
        title: 'Ledigheden i kommunen i {år}',
        titleEn: 'Unemployment in the municipality in {år}',
        unit: 'pct.',
        observedBy: 'ministry',
        reference: { value: '5.8', on: signedOn, source: 'kontraktens bilag 1', derived: false },
        rule: { kind: 'absolute', limit: '2', minAbsolute: '0', direction: 'both' },
        bearsOn,
        years: [2014],
      },
      answer: {},
    }
  const reference = roll(6, 14) * 10
  return {
    assumption: {
      key: 'FS2',
      type: 'target-group-size',
      title: 'Nyankomne i målgruppen i løbet af {år}',
      titleEn: 'New arrivals in the target group during {år}',
      unit: 'personer',
      observedBy: 'municipality',
      reference: { value: String(reference), on: signedOn, source: 'kontraktens bilag 1', derived: false },
      rule: { kind: 'relative', limit: '25', minAbsolute: '10', direction: 'both' },
      bearsOn,
      years: [2014],
    },
    answer: { FS2: String(Math.round((reference * (100 + second.change)) / 100)) },
  }
}
