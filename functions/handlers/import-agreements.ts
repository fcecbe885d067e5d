import * as z from 'zod'
import { agreementFileSchema, type AgreementFile } from '../domain/agreement/content.ts'
import type { AgreementCommand } from '../domain/agreement/commands.ts'
import { decideAgreement } from '../domain/agreement/decide.ts'
import type { AgreementState } from '../domain/agreement/state.ts'
import { directorySchema } from '../domain/directory.ts'
import { canonicalJson } from '../domain/judging/canonical.ts'
import type { Budget } from '../domain/money/budget.ts'
import { commitmentsIn } from '../domain/money/commitments.ts'
import type { Actor } from '../domain/stream.ts'
import { agreementStream, reviewStream, runStream } from '../domain/stream-id.ts'
import { todayInCopenhagen } from '../domain/time.ts'
import type { AgreementId } from '../domain/values.ts'
import { listAgreement } from '../domain/year-run/decide.ts'
import type { Ports } from '../ports.ts'
import { agreementCase } from './cases/agreement-case.ts'
import { reviewCase } from './cases/review-case.ts'
import { runCase } from './cases/run-case.ts'
import { reviewDesk } from './letters/review-desk.ts'
import { sendOnce, type LetterPorts } from './letters/send-once.ts'
import { loadBudget } from './load-budget.ts'
import { loadCase, perform } from './record/perform.ts'
import { placeInYear, prepareReview } from './run-tasks.ts'
import { sideBySide } from './side-by-side.ts'

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
 */
export const makeImportAgreements =
  (ports: LetterPorts & Pick<Ports, 'digest'>) =>
  async (
    input: ImportInput,
  ): Promise<{ imported: string[]; refused: { agreement: string; reason: string }[] }> => {
    if (input.directory !== undefined) await ports.directory.write(input.directory)
    const imported: string[] = []
    const refused: { agreement: string; reason: string }[] = []
    const before = await loadBudget(ports)
    const taken = await sideBySide(input.files, async (file) => ({
      agreement: file.agreement.id,
      outcome: await importOne(ports, file, withEarlier(before, input.files, file)),
    }))
    for (const { agreement, outcome } of taken)
      if ('refused' in outcome) refused.push({ agreement, reason: outcome.refused })
      else {
        imported.push(agreement)
        // One after the other: all of them are listed on the same run.
        if (outcome.state !== null) await listInOpenRuns(ports, agreement, outcome.state)
      }
    return { imported, refused }
  }

/** Files are taken side by side; each finds the grants of the files before it committed. */
const withEarlier = (
  budget: Budget | null,
  files: readonly AgreementFile[],
  file: AgreementFile,
): Budget | null => {
  if (budget === null) return null
  const known = new Set(budget.committed.map(({ agreement }) => agreement))
  const earlier = files
    .slice(0, files.indexOf(file))
    .filter(({ agreement }) => agreement.id !== file.agreement.id && !known.has(agreement.id))
    .flatMap(({ agreement }) => commitmentsIn(agreement))
  return { ...budget, committed: [...budget.committed, ...earlier] }
}

const importOne = async (
  ports: LetterPorts & Pick<Ports, 'digest'>,
  file: AgreementFile,
  budget: Budget | null,
): Promise<{ readonly refused: string } | { readonly state: AgreementState | null }> => {
  const { id } = file.agreement
  const stream = agreementStream(id)
  const contentHash = ports.digest(canonicalJson(file.agreement))
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
      await sendOnce(ports, reviewCase, reviewDesk, reviewStream(year, id), {
        kind: 'first-time-next-year',
        party: municipality,
        seq: 1,
        about: '',
      })
  }
}
