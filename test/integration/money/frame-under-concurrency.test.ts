import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreementFileSchema, type AgreementFile } from '../../../functions/domain/agreement/content.ts'
import { commitmentsOf } from '../../../functions/domain/money/budget.ts'
import { agreementStream, commitmentsStream } from '../../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { agreementCase, commitmentsCase } from '../../../functions/handlers/streams/cases.ts'
import { makeImportAgreements } from '../../../functions/handlers/operator/import-agreements.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { reserveCommitments } from '../../../functions/handlers/record/reserve-commitments.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { directory } from '../../support/ministry.ts'
import { openPorts } from '../../support/world.ts'

const system = { by: 'system', name: 'test' } as const

/** An agreement with grants for 2014 alone. */
const giving = (id: string, kroner: number): AgreementFile =>
  agreementFileSchema.parse({
    ...svendborg,
    agreement: {
      ...svendborg.agreement,
      id,
      actionPlan: {
        text: 'plan',
        actions: [
          {
            key: 'H1',
            title: 'Netværk',
            titleEn: 'Network',
            grants: [{ year: 2014, kroner: String(kroner) }],
            statusRequired: false,
          },
        ],
      },
    },
    contacts: svendborg.contacts.map((contact) => ({ ...contact, id: `${contact.id}-${id}` })),
  })

const frame = { year: 2014, kinds: ['resultatkontrakt' as const], kroner: '500000', source: 'Eksempel' }

const ports = () => openPorts('2014-05-01T08:00:00.000Z', { directory: { ...directory, frames: [frame] } })
type Made = Awaited<ReturnType<typeof ports>>

const committed = async (made: Made): Promise<bigint> => {
  const ids = await made.register.agreements()
  const all = await Promise.all(
    ids.map(async (id) => commitmentsOf((await loadCase(made, agreementCase, agreementStream(id))).state)),
  )
  return all.flat().reduce((sum, { year, kroner }) => (year === 2014 ? sum + kroner : sum), 0n)
}
const openReservations = async (made: Made) =>
  (await loadCase(made, commitmentsCase, commitmentsStream)).state.open

/** The same ports, whose reads and writes of the record happen in whatever order the scheduler likes. */
const interleaved = (made: Made, scheduler: fc.Scheduler): Made => ({
  ...made,
  streams: {
    ...made.streams,
    load: scheduler.scheduleFunction((stream) => made.streams.load(stream)),
    append: scheduler.scheduleFunction((stream, commit) => made.streams.append(stream, commit)),
  },
})

describe('commitments within the year’s frame', () => {
  test('two imports at the same moment: the second sees the first, whatever comes between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 100_000, max: 450_000 }), { minLength: 2, maxLength: 4 }),
        async (scheduler, amounts) => {
          const made = await ports()
          const slow = interleaved(made, scheduler)
          const imports = amounts.map((kroner, index) =>
            makeImportAgreements(slow)({ files: [giving(`aftale-${index}`, kroner)] }),
          )
          const results = await scheduler.waitFor(Promise.all(imports))
          const taken = amounts.filter((_, index) => results[index]?.imported.length === 1)
          expect(await committed(made)).toBe(BigInt(taken.reduce((sum, kroner) => sum + kroner, 0)))
          expect(await committed(made)).toBeLessThanOrEqual(500_000n)
          expect(taken.length).toBeGreaterThan(0)
          for (const { refused } of results.filter(({ imported }) => imported.length === 0))
            expect(refused[0]?.reason).toContain('within the frame')
          expect(await openReservations(made)).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  test('in one import the first that fits is taken, and one that cannot be signed holds no money', async () => {
    const made = await ports()
    const unsigned = { ...giving('uden-underskrift', 400_000), signatures: [] }
    const { imported, refused } = await makeImportAgreements(made)({
      files: [unsigned, giving('en', 300_000), giving('to', 300_000), giving('tre', 200_000)],
    })
    expect(imported).toEqual(['en', 'tre'])
    expect(refused.map(({ agreement }) => agreement)).toEqual(['uden-underskrift', 'to'])
    expect(await committed(made)).toBe(500_000n)
  })

  test('the same import again commits nothing anew and writes nothing', async () => {
    const made = await ports()
    const files = [giving('en', 300_000), giving('to', 200_000)]
    await makeImportAgreements(made)({ files })
    const { seq } = await loadCase(made, commitmentsCase, commitmentsStream)
    expect(await makeImportAgreements(made)({ files })).toMatchObject({ imported: ['en', 'to'], refused: [] })
    expect((await loadCase(made, commitmentsCase, commitmentsStream)).seq).toBe(seq)
  })

  test('what was reserved and never heard of again holds the money for a day, and is taken up by its repetition', async () => {
    const made = await ports()
    const file = giving('en', 400_000)
    const contentHash = made.digest('en')
    const request = [{ content: file.agreement, contentHash, before: [] }]
    expect((await reserveCommitments(made, request, system))?.[0]?.refusal).toBeNull()
    expect((await reserveCommitments(made, request, system))?.[0]?.refusal).toBeNull()
    const other = () => makeImportAgreements(made)({ files: [giving('to', 200_000)] })
    expect((await other()).refused[0]?.reason).toContain('within the frame')
    made.clock.set('2014-05-02T08:00:01.000Z')
    expect(await other()).toMatchObject({ imported: ['to'] })
    expect(await committed(made)).toBe(200_000n)
  })

  test('an installation without frames reserves nothing', async () => {
    const made = await ports()
    await made.directory.write(directory)
    await makeImportAgreements(made)({ files: [giving('en', 900_000)] })
    expect(await loadCase(made, commitmentsCase, commitmentsStream)).toMatchObject({ seq: 0 })
  })
})

test('the events of the commitments’ order are read as they were written', () => {
  const id = agreementIdSchema.parse('en')
  const contentHash = 'a'.repeat(64)
  const stored = [
    {
      type: 'CommitmentsReserved',
      v: 1,
      agreement: id,
      contentHash,
      commitments: [{ kind: 'resultatkontrakt', year: 2014, kroner: '300000' }],
    },
    { type: 'ReservationSettled', v: 1, agreement: id, contentHash, taken: true },
  ].map((event) => commitmentsCase.read(event as never))
  const meta = { seq: 1, at: '2014-05-01T08:00:00.000Z', actor: system, commandId: 'one' }
  const { initial, evolve } = commitmentsCase.folding
  const [reserved, settled] = stored
  const after = evolve(initial, reserved!, meta)
  expect(after.open).toMatchObject([{ agreement: 'en', commitments: [{ year: 2014, kroner: 300_000n }] }])
  expect(evolve(after, settled!, meta).open).toEqual([])
})
