import * as z from 'zod'
import { agreementFileSchema, type AgreementFile } from '../../domain/agreement/content.ts'
import type { AgreementCommand } from '../../domain/agreement/commands.ts'
import { fileShortcomings } from '../../domain/agreement/completeness.ts'
import { decideAgreement } from '../../domain/agreement/decide.ts'
import type { AgreementState } from '../../domain/agreement/state.ts'
import { directorySchema } from '../../domain/directory/directory.ts'
import { domainsNotSetUp } from '../../domain/directory/senders.ts'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import { type Budget, commitmentsOf } from '../../domain/money/budget.ts'
import type { Actor } from '../../domain/base/stream.ts'
import { agreementStream, reviewStream, runStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { listAgreement } from '../../domain/year-run/decide.ts'
import type { Ports } from '../../ports/ports.ts'
import { agreementCase, runCase } from '../streams/cases.ts'
import { reviewComposer } from '../letters/composers.ts'
import { sendOnce, type LetterPorts } from '../letters/send-once.ts'
import { loadCase, perform } from '../record/perform.ts'
import { reserveCommitments, settleCommitments } from '../record/reserve-commitments.ts'
import { placeInYear } from '../../domain/year-run/place-in-year.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'
import { prepareReview } from '../tasks/prepare-run.ts'

export const importInputSchema = z.object({
  files: z.array(agreementFileSchema),
  directory: directorySchema.optional(),
})
export type ImportInput = z.infer<typeof importInputSchema>

const actor: Actor = { by: 'system', name: 'ImportAgreements' }

/** The steps of one agreement, in their order; each is nothing when it was done before. */
const steps = (file: AgreementFile, contentHash: string): readonly AgreementCommand[] => [
  { do: 'draft', content: file.agreement },
  {
    do: 'register-contacts',
    contacts: file.contacts.map(({ id, municipality, role, validFrom, validTo }) => ({
      id,
      municipality,
      role,
      validFrom,
      validTo,
    })),
  },
  { do: 'sign', signatures: file.signatures, contentHash },
]

/**
 * Takes agreements in: draft, contacts, signatures, in force. The same file again changes nothing. One that the
 * record refuses is named with its reason; the others are taken.
 * @throws when the directory names a domain that this installation may not send from: its mails would stay here
 */
export const makeImportAgreements =
  (ports: LetterPorts & { readonly settings: Pick<Ports['settings'], 'domains'> }) =>
  async (
    input: ImportInput,
  ): Promise<{ imported: string[]; refused: { agreement: string; reason: string }[] }> => {
    if (input.directory !== undefined) {
      const missing = domainsNotSetUp(input.directory, ports.settings.domains)
      if (missing.length > 0)
        throw new Error(`Nothing was imported: this installation may not send from ${missing.join(', ')}`)
      await ports.directory.write(input.directory)
    }
    const imported: string[] = []
    const refused: { agreement: string; reason: string }[] = []
    const hashed = input.files.map((file) => ({ file, contentHash: hashOf(ports, file) }))
    // What cannot be signed for another reason reserves nothing.
    const whole = hashed.filter(({ file }) => fileShortcomings(file).length === 0)
    const requests = await mapConcurrently(whole, async ({ file: { agreement: content }, contentHash }) => ({
      content,
      contentHash,
      before: commitmentsOf((await loadCase(ports, agreementCase, agreementStream(content.id))).state),
    }))
    const reserved = (await reserveCommitments(ports, requests, actor)) ?? []
    const reservedFor = (file: AgreementFile) => reserved.find((one) => one.agreement === file.agreement.id)
    const taken = await mapConcurrently(hashed, async ({ file, contentHash }) => ({
      agreement: file.agreement.id,
      contentHash,
      outcome: await importOne(ports, file, contentHash, reservedFor(file)?.budget ?? null),
    }))
    await settleCommitments(
      ports,
      taken.map(({ outcome, ...one }) => ({ ...one, taken: 'state' in outcome })),
      actor,
    )
    for (const { agreement, outcome } of taken)
      if ('refused' in outcome) refused.push({ agreement, reason: outcome.refused })
      else {
        imported.push(agreement)
        // One after the other: all of them are listed on the same run.
        if (outcome.state !== null) await listInOpenRuns(ports, agreement, outcome.state)
      }
    return { imported, refused }
  }

const hashOf = (ports: Pick<Ports, 'digest'>, file: AgreementFile): string =>
  ports.digest(canonicalJson(file.agreement))

const importOne = async (
  ports: LetterPorts & Pick<Ports, 'digest'>,
  file: AgreementFile,
  contentHash: string,
  budget: Budget | null,
): Promise<{ readonly refused: string } | { readonly state: AgreementState | null }> => {
  const { id } = file.agreement
  const stream = agreementStream(id)
  await ports.register.addAgreement(id)
  for (const contact of file.contacts) await ports.contacts.put(id, contact)
  const today = todayInCopenhagen(ports.clock.now())
  let state: AgreementState | null = null
  for (const command of steps(file, contentHash)) {
    const performed = await perform(ports, agreementCase, stream, {
      id: `import/${command.do}/${ports.digest(canonicalJson(file))}`,
      actor,
      decide: (current) => decideAgreement(current, command, { today, finalYears: [], budget }),
    })
    if (performed.outcome === 'refused') return { refused: performed.refusal.message }
    state = performed.loaded.state
  }
  return { state }
}

/** An agreement that comes in while a run is under way is listed there with the reason it is not asked, and told. */
const listInOpenRuns = async (ports: LetterPorts, id: AgreementId, state: AgreementState): Promise<void> => {
  for (const year of await ports.register.runs()) {
    const { state: run } = await loadCase(ports, runCase, runStream(year))
    const place = placeInYear(id, state, year)
    if (run.status === 'none' || run.status === 'opened' || run.status === 'frozen' || 'asked' in place)
      continue
    if (run.asked.some((entry) => entry.agreement === id)) continue
    const { leftOut } = place
    await perform(ports, runCase, runStream(year), {
      id: `list/${id}`,
      actor,
      decide: (current) => listAgreement(current, leftOut),
    })
    if (leftOut.reason !== 'first-year-next') continue
    await prepareReview(ports, id, state, year, 'first-year-next')
    for (const municipality of leftOut.municipalities)
      await sendOnce(ports, reviewComposer, reviewStream(year, id), {
        kind: 'first-time-next-year',
        party: municipality,
        seq: 1,
        about: '',
      })
  }
}
