import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { AgreementCommand } from '../../../functions/domain/agreement/commands.ts'
import { contactRefSchema, fileShortcomings } from '../../../functions/domain/agreement/completeness.ts'
import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import type { AgreementFile } from '../../../functions/domain/agreement/content.ts'
import { decideAgreement } from '../../../functions/domain/agreement/decide.ts'
import { agreementFolding } from '../../../functions/domain/agreement/state.ts'
import type { AgreementState } from '../../../functions/domain/agreement/state.ts'
import { openQuestion } from '../../../functions/domain/agreement/versions.ts'
import { canonicalJson } from '../../../functions/domain/judging/canonical.ts'
import { sampleSetSchema } from '../../../infra/local/sample/set-schema.ts'

const set = join(import.meta.dirname, '../../../infra/local/sample/set')
const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(set, ...path), 'utf8'))
const files = readdirSync(join(set, 'agreements')).map((name) =>
  agreementFileSchema.parse(json('agreements', name)),
)
const { observations } = sampleSetSchema.parse(json('set.json'))
const figures = z
  .record(z.string(), z.record(z.string(), z.record(z.string(), z.string())))
  .parse(json('figures.json'))

const run = (state: AgreementState, command: AgreementCommand, today: string): AgreementState => {
  const decision = decideAgreement(state, command, { today, finalYears: [] })
  if (!decision.ok) throw new Error(`${decision.refusal.kind}: ${decision.refusal.message}`)
  const meta = {
    seq: 1,
    at: `${today}T09:00:00.000Z`,
    actor: { by: 'system', name: 'test' },
    commandId: 'c',
  } as const
  return decision.events.reduce((before, event) => agreementFolding.evolve(before, event, meta), state)
}

const signed = (file: AgreementFile): AgreementState => {
  const contacts = file.contacts.map(({ id, municipality, role, validFrom, validTo }) =>
    contactRefSchema.parse({ id, municipality, role, validFrom, validTo }),
  )
  const contentHash = createHash('sha256').update(canonicalJson(file.agreement)).digest('hex')
  const commands: readonly AgreementCommand[] = [
    { do: 'draft', content: file.agreement },
    { do: 'register-contacts', contacts },
    { do: 'sign', signatures: file.signatures, contentHash },
  ]
  return commands.reduce((state, command) => run(state, command, '2014-12-01'), agreementFolding.initial)
}

type Observing = Extract<AgreementCommand, { do: 'record-observation' }>

/** What the ministry observes about the agreement. */
const byMinistry = ({ agreement }: AgreementFile): readonly Observing[] =>
  observations.flatMap(({ id, knownOn, validFrom, validTo, source, values }) =>
    values
      .filter((one) => one.agreement === agreement.id)
      .map(({ assumption, value }) => ({
        do: 'record-observation',
        observationId: `${id}-${assumption}`,
        by: 'ministry',
        matterId: id,
        observation: { assumption, value, knownOn, validFrom, validTo, source },
      })),
  )

/** What the municipality reports under its FS keys, before the quotas are known. */
const byMunicipality = ({ agreement }: AgreementFile): readonly Observing[] =>
  Object.values(figures[agreement.id] ?? {})
    .flatMap((one) => Object.entries(one))
    .filter(([key]) => /^FS\d+$/.test(key))
    .map(([assumption, value]) => ({
      do: 'record-observation',
      observationId: `mail-${assumption}`,
      by: 'municipality',
      matterId: null,
      observation: {
        assumption,
        value: value.replace(',', '.'),
        knownOn: '2015-03-02',
        validFrom: '2014-01-01',
        validTo: '2014-12-31',
        source: 'indberetning',
      },
    }))

/** The state after every observation of the set, in the order they became known. */
const observed = (file: AgreementFile): AgreementState =>
  [...byMinistry(file), ...byMunicipality(file)]
    .toSorted((a, b) => (a.observation.knownOn < b.observation.knownOn ? -1 : 1))
    .reduce((state, command) => run(state, command, '2015-03-27'), signed(file))

describe('the sample set through the agreement’s rules', () => {
  test('every agreement can be signed', () => {
    expect(files).toHaveLength(33)
    for (const file of files) expect(fileShortcomings(file)).toEqual([])
  })

  test('31 open the year 2014; the two signed in 2015 do not', () => {
    const refused = files.filter((file) => {
      const facts = { today: '2015-01-15', finalYears: [] }
      return !decideAgreement(signed(file), { do: 'open-year', year: 2014 }, facts).ok
    })
    expect(refused.map(({ agreement }) => agreement.kind)).toEqual(['partnerskab-2015', 'partnerskab-2015'])
  })

  test('the quotas raise the question in 30 agreements and join an open one in one of them; Fanø has none', () => {
    const asked = files.filter(({ agreement }) => agreement.kind !== 'partnerskab-2015')
    const questions = asked.map((file) => ({ id: file.agreement.id, question: openQuestion(observed(file)) }))
    const open = questions.flatMap(({ question }) => (question === null ? [] : [question]))
    expect(open).toHaveLength(30)
    expect(questions.filter(({ question }) => question === null).map(({ id }) => id)).toEqual(['fanoe-pa'])
    const joined = open.filter((question) => question.triggers.length > 1)
    expect(joined).toHaveLength(1)
    expect(joined[0]?.triggers.map((one) => one.assumptionKeys)).toEqual([['FS2'], ['FS1']])
    expect(joined[0]?.triggers.map((one) => one.matterId)).toEqual([null, 'kommunekvoter-2015'])
  })
})
