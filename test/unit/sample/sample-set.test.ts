import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fraction from 'fraction.js'
import * as z from 'zod'
import { describe, expect, test } from 'vitest'
import {
  agreementFileSchema,
  type AgreementFile,
  type Target,
} from '../../../functions/domain/agreement/content.ts'
import type { AssessmentInput, Observation } from '../../../functions/domain/judging/assessment.ts'
import { assess } from '../../../functions/domain/judging/rule.ts'
import { samplePersonSchema } from '../../../infra/local/identity/login-pages.ts'
import { identityPeople } from '../../../infra/local/sample/identity-people.ts'
import { domainVerdictsSchema } from '../../../infra/local/mail/receipt-verdicts.ts'
import {
  bouncesSchema,
  intendedSchema,
  ministrySchema,
  peopleSchema,
  quotasSchema,
  sampleSetSchema,
} from '../../../infra/local/sample/set-schema.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'

const sample = join(import.meta.dirname, '../../../infra/local/sample')
const setFolder = join(sample, 'set')
const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'))

const files = readdirSync(join(setFolder, 'agreements')).map((name) =>
  agreementFileSchema.parse(json(setFolder, 'agreements', name)),
)
const set = sampleSetSchema.parse(json(setFolder, 'set.json'))
const quotas = quotasSchema.parse(json(sample, 'data', 'refugee-quotas-2015.json'))
const intended = intendedSchema.parse(json(setFolder, 'intended.json'))
const figures = z
  .record(z.string(), z.record(z.string(), z.record(z.string(), z.string())))
  .parse(json(setFolder, 'figures.json'))

const inForce = files.filter(
  ({ agreement }) => agreement.effectiveFrom <= '2014-12-31' && agreement.expiresOn >= '2014-12-31',
)
const later = files.filter((file) => !inForce.includes(file))
const quotaOf = (code: string): number => quotas.quotas.find(({ kommunekode }) => kommunekode === code)!.kvote
const fs1 = ({ agreement }: AgreementFile) => agreement.assumptions.find(({ key }) => key === 'FS1')!
const observed = (id: string): Map<string, string> =>
  new Map(
    set.observations.find((one) => one.id === id)!.values.map(({ agreement, value }) => [agreement, value]),
  )

/** The rule of the sample, worked by hand: more than the limit, and at least the absolute minimum. */
function hit(
  rule: { kind: string; limit: string; minAbsolute: string },
  reference: string,
  value: string,
): boolean {
  const change = new Fraction(value).sub(reference).abs()
  const size = rule.kind === 'relative' ? change.div(reference).mul(100) : change
  return size.compare(rule.limit) > 0 && change.compare(rule.minAbsolute) >= 0
}

describe('the sample set', () => {
  test('is what the generator writes, byte for byte', () => {
    const fresh = mkdtempSync(join(tmpdir(), 'sample-'))
    execFileSync(process.execPath, [join(sample, 'generate.ts'), fresh])
    for (const name of readdirSync(fresh, { recursive: true, encoding: 'utf8' }).filter((one) =>
      one.endsWith('.json'),
    ))
      expect(readFileSync(join(setFolder, name), 'utf8'), name).toBe(readFileSync(join(fresh, name), 'utf8'))
    expect(readdirSync(join(fresh, 'agreements'))).toEqual(readdirSync(join(setFolder, 'agreements')))
    rmSync(fresh, { recursive: true })
  })

  test('has 31 agreements of the first two kinds in force on 31 December 2014, for the 33 municipalities', () => {
    expect(inForce).toHaveLength(31)
    expect(new Set(inForce.map(({ agreement }) => agreement.kind))).toEqual(
      new Set(['resultatkontrakt', 'partnerskabsaftale']),
    )
    const members = inForce.flatMap(({ agreement }) =>
      agreement.parties.map(({ municipality }) => municipality),
    )
    expect(members.sort()).toEqual(quotas.quotas.map(({ kommunekode }) => kommunekode).sort())
    const partnership = inForce.find(({ agreement }) => agreement.parties.length > 1)!
    expect(partnership.agreement.parties.map(({ municipality, role }) => `${municipality} ${role}`)).toEqual([
      '810 lead',
      '813 member',
      '825 member',
    ])
  })

  test('has two of the 2015 kind, signed after 27 March 2015 by municipalities with an older one, imported that day', () => {
    expect(later.map(({ agreement }) => agreement.kind)).toEqual(['partnerskab-2015', 'partnerskab-2015'])
    for (const { agreement, signatures } of later) {
      const [signed] = signatures.map(({ on }) => on)
      expect(signed! > '2015-03-27').toBe(true)
      expect(set.imports.find(({ agreements }) => agreements.includes(agreement.id))?.on).toBe(signed)
      expect(
        inForce.some(
          (older) => older.agreement.parties[0]?.municipality === agreement.parties[0]?.municipality,
        ),
      ).toBe(true)
    }
    expect(set.imports.flatMap(({ agreements }) => agreements).sort()).toEqual(
      files.map(({ agreement }) => agreement.id).sort(),
    )
  })

  test('says that it is synthetic, in every agreement and title', () => {
    for (const { agreement } of files) {
      expect(agreement.synthetic).toBe(true)
      expect(agreement.title).toContain('(eksempel)')
    }
    expect(set.synthetic).toBe(true)
  })

  test('has the quota for 2015 as FS1 everywhere, a third of the real one, and 30 of 31 hit on 27 March', () => {
    const values = observed('kommunekvoter-2015')
    expect(values.size).toBe(31)
    const hits = inForce.filter((file) => {
      const final = file.agreement.parties.reduce((sum, { municipality }) => sum + quotaOf(municipality), 0)
      const assumption = fs1(file)
      expect(assumption).toMatchObject({
        type: 'quota',
        observedBy: 'ministry',
        years: [2015],
        reference: { value: String(Math.round(final / 3)), on: '2014-09-30', derived: true },
        rule: { kind: 'relative', limit: '40', minAbsolute: '10' },
      })
      expect(values.get(file.agreement.id)).toBe(String(final))
      return hit(assumption.rule, assumption.reference.value, values.get(file.agreement.id)!)
    })
    expect(hits).toHaveLength(30)
    expect(inForce.filter((file) => !hits.includes(file)).map(({ agreement }) => agreement.id)).toEqual([
      'fanoe-pa',
    ])
    expect(values.get('broenderslev-m-fl-pa')).toBe('326')
    expect(set.observations.find(({ id }) => id === 'kommunekvoter-2015')).toMatchObject({
      knownOn: '2015-03-27',
      validFrom: '2015-01-01',
      validTo: '2015-12-31',
    })
  })

  test('has several other assumptions valid in 2014, of which one fails, outside Fanø, and turns one verdict', () => {
    const unemployment = observed('ledighed-2014')
    const valid = inForce.flatMap((file) =>
      file.agreement.assumptions
        .filter(({ years }) => years.includes(2014))
        .map((assumption) => ({
          id: file.agreement.id,
          lead: file.agreement.parties[0]!.municipality,
          assumption,
        })),
    )
    const failing = valid.filter(({ id, lead, assumption }) => {
      const value =
        assumption.observedBy === 'ministry' ? unemployment.get(id) : figures[id]![lead]![assumption.key]
      return hit(assumption.rule, assumption.reference.value, value!)
    })
    expect(valid.length).toBeGreaterThanOrEqual(2)
    expect(failing.map(({ id, assumption }) => `${id} ${assumption.key}`)).toEqual(['vejen-rk FS2'])
    const turned = Object.entries(intended).flatMap(([id, verdicts]) =>
      Object.entries(verdicts)
        .filter(([, verdict]) => verdict === 'notMetAssumptionFailed')
        .map(([key]) => `${id} ${key}`),
    )
    expect(turned).toEqual(['vejen-rk M2'])
    expect(failing[0]?.assumption.bearsOn).toEqual(['M2'])
  })

  test('has weights that sum to 100, two to four targets, and all five methods', () => {
    for (const { agreement } of files) {
      expect(
        agreement.targets.reduce((sum, { weight }) => sum + weight, 0),
        agreement.id,
      ).toBe(100)
      expect(agreement.targets.length).toBeGreaterThanOrEqual(2)
      expect(agreement.targets.length).toBeLessThanOrEqual(4)
    }
    const targets = inForce.flatMap(({ agreement }) => agreement.targets)
    expect(new Set(targets.map(({ method }) => method)).size).toBe(5)
    expect(new Set(targets.map(({ direction }) => direction)).size).toBe(2)
    expect(new Set(targets.map(({ measure }) => measure.type)).size).toBe(3)
  })

  test('has unique ids, case numbers and addresses, all under .example', () => {
    for (const of of [
      files.map(({ agreement }) => agreement.id),
      files.map(({ agreement }) => agreement.caseNumber),
      files.flatMap(({ contacts }) => contacts.map(({ id }) => id)),
    ])
      expect(new Set(of).size).toBe(of.length)
    for (const file of inForce) {
      const addresses = file.contacts.map(({ email }) => email)
      expect(new Set(addresses).size).toBe(addresses.length)
      for (const address of addresses) expect(address).toMatch(/^[a-z.]+@[a-z-]+-kommune\.example$/)
    }
  })

  test('asks for one figure alone before it can be had in January', () => {
    const late = inForce.flatMap(({ agreement }) =>
      agreement.targets
        .filter(({ earliestAvailable }) =>
          earliestAvailable.some(({ year, on }) => year === 2014 && on >= '2015-01-15'),
        )
        .map(({ key }) => `${agreement.id} ${key}`),
    )
    expect(late).toEqual(['rebild-rk M3'])
  })

  test('has figures that lead to the intended verdicts', () => {
    for (const { agreement } of inForce)
      for (const target of agreement.targets) {
        const wanted = intended[agreement.id]![target.key]
        if (wanted === 'notAssessable') continue
        const answers = target.reportedBy.map((code) => figures[agreement.id]![code]!)
        expect(outcome(target, answers), `${agreement.id} ${target.key}`).toBe(
          wanted === 'notMetAssumptionFailed' ? 'notMet' : wanted,
        )
      }
  })

  test('is judged as intended by the product’s own rule', () => {
    const words = {
      met: 'met',
      'partly-met': 'partlyMet',
      'not-met': 'notMet',
      'not-met-assumption-failed': 'notMetAssumptionFailed',
      'not-assessable': 'notAssessable',
    } as const
    for (const { agreement } of inForce) {
      const assessment = assess({
        ruleVersion: 'r2',
        agreement: agreement.id,
        year: 2014,
        targets: agreement.targets,
        assumptions: agreement.assumptions,
        figures: agreement.targets.flatMap((target) =>
          target.reportedBy.map((municipality) => ({
            target: target.key,
            municipality,
            given: givenBy(agreement.id, municipality, target),
          })),
        ),
        observations: observationsOf(agreement),
      })
      const judged = Object.fromEntries(assessment.targets.map(({ key, verdict }) => [key, words[verdict]]))
      expect(judged, agreement.id).toEqual(intended[agreement.id])
    }
  })

  test('lets each municipality know every figure that it must report, and the lead the rest', () => {
    for (const { agreement } of inForce) {
      const lead = agreement.parties[0]!.municipality
      for (const target of agreement.targets)
        for (const code of target.reportedBy)
          expect(
            Object.keys(figures[agreement.id]![code]!).some(
              (key) => key === target.key || key === `${target.key} heraf`,
            ),
          ).toBe(true)
      const own = Object.keys(figures[agreement.id]![lead]!)
      if (agreement.kind === 'resultatkontrakt') expect(own).toContain('Formidling')
      expect(own).toContain('H1 udgift')
    }
  })

  test('has Svendborg as the sample of the letters describes it (LETTERS 6)', () => {
    const ours = files.find(({ agreement }) => agreement.id === svendborg.agreement.id)!
    expect({
      ...ours.agreement,
      targets: ours.agreement.targets.map((target) => ({ ...target, earliestAvailable: [] })),
    }).toEqual(svendborg.agreement)
    expect(ours.contacts).toEqual(svendborg.contacts)
    expect(ours.signatures).toEqual(svendborg.signatures)
  })

  test('has the ministry’s people, domains and bounces in their forms, sample numbers and addresses alone', () => {
    const people = peopleSchema.parse(json(setFolder, 'people.json'))
    const roles = people.flatMap((person) => person.roles)
    for (const person of identityPeople(people)) expect(samplePersonSchema.parse(person)).toEqual(person)
    expect(roles.filter((role) => role === 'caseworker').length).toBeGreaterThanOrEqual(2)
    expect(roles.filter((role) => role === 'approver').length).toBeGreaterThanOrEqual(2)
    expect(people.filter(({ deputy, roles: own }) => deputy && own.includes('approver'))).toHaveLength(1)
    expect(roles).toContain('administrator')
    expect(roles).toContain('auditor')
    for (const { email, phone } of people)
      expect(`${email} ${phone}`).toMatch(/^[a-z.]+@ministeriet\.example 00 00 00 00$/)
    const domains = z.record(z.string(), domainVerdictsSchema).parse(json(setFolder, 'domains.json'))
    for (const { contacts } of files)
      for (const { email } of contacts) expect(domains[email.split('@')[1]!]?.dmarc, email).toBe('PASS')
    const [bounce] = bouncesSchema.parse(json(setFolder, 'bounces.json'))
    expect(
      files.flatMap(({ contacts }) => contacts).find(({ email }) => email === bounce!.address)?.role,
    ).toBe('contact')
    expect(ministrySchema.parse(json(setFolder, 'ministry.json')).domains).toHaveLength(2)
  })
})

const silent = ['482', '825']

function givenBy(
  agreement: string,
  municipality: string,
  target: Target,
): AssessmentInput['figures'][number]['given'] {
  if (silent.includes(municipality)) return { given: 'nothing' }
  const own = figures[agreement]![municipality]!
  const one = own[target.key]
  if (target.measure.type === 'share')
    return {
      given: 'measured',
      measured: { numerator: own[`${target.key} heraf`]!, denominator: own[`${target.key} i alt`]! },
    }
  if (target.measure.type === 'number')
    return { given: 'measured', measured: { value: one!.replace(',', '.') } }
  return {
    given: 'measured',
    measured: { met: one!.startsWith('ja'), on: one!.startsWith('ja') ? '2014-11-14' : '2015-06-01' },
  }
}

/** Those of the ministry, the quotas for 2015 among them, and what the municipalities report as FS2. */
function observationsOf(agreement: AgreementFile['agreement']): Observation[] {
  const lead = agreement.parties[0]!.municipality
  const theirs = agreement.assumptions.flatMap(({ key, observedBy }) => {
    const value =
      observedBy === 'municipality' && !silent.includes(lead) ? figures[agreement.id]![lead]![key] : undefined
    return value === undefined
      ? []
      : [
          {
            assumption: key,
            value,
            knownOn: '2015-03-01',
            validFrom: '2014-01-01',
            validTo: '2014-12-31',
            source: 'kommunen',
          },
        ]
  })
  const ours = set.observations.flatMap(({ values, knownOn, validFrom, validTo, source }) =>
    values
      .filter((one) => one.agreement === agreement.id)
      .map(({ assumption, value }) => ({ assumption, value, knownOn, validFrom, validTo, source })),
  )
  return [...theirs, ...ours]
}

/** The five methods, worked independently of the product's judging. */
function outcome(target: Target, answers: readonly Readonly<Record<string, string>>[]): string {
  const value = target.targets.find(({ year }) => year === 2014)!.value
  if (target.measure.type === 'milestone') return answers[0]![target.key]!.startsWith('ja') ? 'met' : 'notMet'
  const sum = (key: string): Fraction =>
    answers.reduce(
      (total, one) => total.add((one[`${target.key}${key}`] ?? '').replace(',', '.')),
      new Fraction(0),
    )
  const base = target.baseline!.measured
  const share = target.measure.type === 'share'
  const actual = share ? sum(' heraf').div(sum(' i alt')).mul(100) : sum('')
  const start =
    'numerator' in base
      ? new Fraction(base.numerator).div(base.denominator).mul(100)
      : new Fraction('value' in base ? base.value : 0)
  const sign = target.direction === 'rising' ? 1 : -1
  if (target.method === 'maintain' && !start.equals(value)) return 'a baseline that is not the target'
  if (target.method === 'level' || target.method === 'maintain')
    return actual.sub(value).mul(sign).compare(0) >= 0 ? 'met' : 'notMet'
  const origin = target.method === 'progress-without' ? new Fraction(target.expectedWithout!) : start
  const way = actual.sub(origin).div(new Fraction(value).sub(origin))
  return way.compare(1) >= 0
    ? 'met'
    : way.mul(100).compare(target.partlyFromPct) >= 0
      ? 'partlyMet'
      : 'notMet'
}
